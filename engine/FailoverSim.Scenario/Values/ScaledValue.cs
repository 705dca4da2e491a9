using System.Globalization;
using System.Text.RegularExpressions;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Laws;
using FailoverSim.Scenario.Files;

namespace FailoverSim.Scenario.Values;

/// <summary>
/// A value times a factor, as the file would write it. Every duration in a law is scaled, its limits included, so that the law
/// keeps its shape: X becomes f·X. Frequencies are numbers of events, and scale as such.
/// </summary>
internal static partial class ScaledValue
{
    /// <summary>The text, or the reason why there is none.</summary>
    /// <param name="kind">How the value is written.</param>
    /// <param name="value">What was read.</param>
    /// <param name="factor">Above zero.</param>
    public static (string? Text, string? Reason) Of(ValueKind kind, object value, decimal factor) => value switch
    {
        LawValue law => Law(law, factor),
        SimDuration duration => duration == SimDuration.Zero ? (null, "zero stays zero") : (Duration(duration.Nanoseconds * factor), null),
        decimal share when kind is ShareKind => share == 0 ? (null, "zero stays zero") : (ShareText.Write(share * factor), null),
        _ => (null, "it is no law, duration, frequency or share"),
    };

    private static (string? Text, string? Reason) Law(LawValue law, decimal factor)
    {
        if (law.Law is Never)
        {
            return (null, "what never happens cannot happen more or less often");
        }
        if (law.Normal.Contains("empirical(", StringComparison.Ordinal))
        {
            return (null, "samples stand in a file of their own");
        }
        if (law.Law.Mean == 0)
        {
            return (null, "zero stays zero");
        }
        var frequency = Frequency().Match(law.Normal);
        if (frequency.Success)
        {
            string number = NumberText.Write(decimal.Parse(frequency.Groups["number"].Value, CultureInfo.InvariantCulture) * factor);
            return (frequency.Groups["before"].Value + number + frequency.Groups["after"].Value, null);
        }
        return (DurationInLaw().Replace(law.Normal, match => Duration(Nanoseconds(match.Value) * factor)), null);
    }

    private static decimal Nanoseconds(string text) =>
        DurationText.ReadNanoseconds(new TextCursor(text), new FieldContext("", FilesBeside.None), blanks: false);

    private static string Duration(decimal nanoseconds) => DurationText.WriteShort(Math.Round(nanoseconds));

    /// <summary>Normal forms write <c>AFR 4%</c> and <c>12 per year</c>.</summary>
    [GeneratedRegex(@"^(?<before>AFR )?(?<number>[0-9.]+)(?<after>%| per [a-z]+)$")]
    private static partial Regex Frequency();

    /// <summary>Normal forms write durations in one unit and without decimals; other numbers have no unit.</summary>
    [GeneratedRegex(@"(?<![\w])[0-9]+(ns|us|ms|s|m|h|d|y)(?!\w)")]
    private static partial Regex DurationInLaw();
}
