using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Files;
using FailoverSim.Scenario.Values;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Variants;

/// <summary>What kind of number a swept value is.</summary>
internal enum AmountKind
{
    /// <summary>In nanoseconds.</summary>
    Duration,
    Number,
    Percentage,
}

/// <summary>Swept values as numbers, so that they can be spaced evenly and drawn where they belong.</summary>
internal static class SweptAmount
{
    private const decimal Most = 1_000_000_000_000;

    /// <summary>Seconds, or the number itself; null for words and for what has parts.</summary>
    public static double? Of(YamlNode value) => value is YamlScalar scalar && Read(scalar) is { } read
        ? (double)(read.Kind == AmountKind.Duration ? read.Amount / SimDuration.NanosecondsPerSecond : read.Amount)
        : null;

    public static (AmountKind Kind, decimal Amount)? Read(YamlScalar value)
    {
        var quiet = new DiagnosticBag();
        var field = new FieldContext("values", FilesBeside.None);
        if (new DurationKind("1h", allowZero: true).Read(value, field, quiet) is SimDuration duration)
        {
            return (AmountKind.Duration, duration.Nanoseconds);
        }
        if (value.Text.EndsWith('%'))
        {
            return new ShareRangeKind("60%", Most).Read(value, field, new DiagnosticBag()) is ShareRange share && share.Low == share.High
                ? (AmountKind.Percentage, share.Low) : null;
        }
        return decimal.TryParse(value.Text, System.Globalization.NumberStyles.AllowDecimalPoint,
            System.Globalization.CultureInfo.InvariantCulture, out decimal number) && number <= Most
            ? (AmountKind.Number, number)
            : new CountKind(0, Most).Read(value, field, new DiagnosticBag()) is decimal count ? (AmountKind.Number, count) : null;
    }

    public static string Write(AmountKind kind, decimal amount) => kind switch
    {
        AmountKind.Duration => DurationText.Write(Math.Round(amount)),
        AmountKind.Percentage => ShareText.Write(Math.Round(amount, 12)),
        _ => NumberText.Write(Math.Round(amount, 12)),
    };
}
