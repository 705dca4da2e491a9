using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Files;
using FailoverSim.Scenario.Values;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Variants;

/// <summary>A value that follows the swept one: <c>tie: {PATH: 60%}</c>.</summary>
internal static class TiedValue
{
    public static YamlScalar? Of(YamlEntry tie, YamlNode swept, DiagnosticBag bag)
    {
        if (tie.Value is not YamlScalar share)
        {
            bag.Error(tie.Value.Mark, Codes.BadTie, $"'{tie.Key.Text}' is tied to no percentage",
                "write a percentage such as 60%");
            return null;
        }
        var quiet = new DiagnosticBag();
        var field = new FieldContext(tie.Key.Text, FilesBeside.None);
        if (new ShareRangeKind("60%", max: 1_000).Read(share, field, quiet) is not ShareRange { Low: var factor } range
            || range.High != factor)
        {
            bag.Error(share.Mark, Codes.BadTie, $"'{ValueKind.Shown(share.Text)}' is not a percentage",
                "write a percentage such as 60%");
            return null;
        }
        if (swept is YamlScalar value && Scaled(value, factor, field) is { } text)
        {
            return YamlScalar.Of(share.Mark, text);
        }
        bag.Error(tie.Key.Mark, Codes.BadTie,
            $"'{tie.Key.Text}' cannot follow {(swept is YamlScalar word ? $"'{ValueKind.Shown(word.Text)}'" : swept.Noun)}", "tie to durations or numbers only");
        return null;
    }

    private static string? Scaled(YamlScalar value, decimal factor, FieldContext field)
    {
        var quiet = new DiagnosticBag();
        if (new DurationKind("1h", allowZero: true).Read(value, field, quiet) is Kernel.Time.SimDuration duration)
        {
            return DurationText.Write(Math.Round(duration.Nanoseconds * factor));
        }
        return new CountKind(0, 1_000_000_000).Read(value, field, quiet) is decimal number
            ? NumberText.Write(number * factor) : null;
    }
}
