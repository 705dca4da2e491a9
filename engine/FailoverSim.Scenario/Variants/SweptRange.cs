using System.Globalization;
using System.Text.RegularExpressions;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Values;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Variants;

/// <summary>Evenly spaced values, both ends included: <c>1s..15s in 8 steps</c> is 1 s, 3 s … 15 s.</summary>
internal static class SweptRange
{
    public const string Pattern = @"^.+\.\..+ in [0-9]+ steps$";

    private const string Remedy = "write a list, or a range such as 1s..15s in 8 steps";

    /// <summary>Null after a finding.</summary>
    public static IReadOnlyList<YamlNode>? Of(YamlScalar range, DiagnosticBag bag)
    {
        var parts = Form.Match(range.Text);
        if (!parts.Success)
        {
            bag.Error(range.Mark, Codes.BadGrid, $"'{ValueKind.Shown(range.Text)}' is neither a list nor a range with steps", Remedy);
            return null;
        }
        if (!int.TryParse(parts.Groups["steps"].Value, CultureInfo.InvariantCulture, out int steps)
            || steps is < 2 or > VariantComposer.MostVariants)
        {
            bag.Error(range.At(parts.Groups["steps"].Index), Codes.BadGrid,
                $"a range has from 2 to {VariantComposer.MostVariants} steps, both ends included", "write like 1s..15s in 8 steps");
            return null;
        }
        var low = SweptAmount.Read(YamlScalar.Of(range.Mark, parts.Groups["low"].Value));
        var high = SweptAmount.Read(YamlScalar.Of(range.Mark, parts.Groups["high"].Value));
        if (low is not { } first || high is not { } last || first.Kind != last.Kind || first.Amount >= last.Amount)
        {
            bag.Error(range.Mark, Codes.BadGrid,
                $"'{ValueKind.Shown(range.Text)}' does not go from one duration, number or percentage up to another", Remedy);
            return null;
        }
        return [.. Enumerable.Range(0, steps).Select(i => YamlScalar.Of(
            range.Mark, SweptAmount.Write(first.Kind, first.Amount + ((last.Amount - first.Amount) * i / (steps - 1)))))];
    }

    /// <summary>Blanks and dots without end would take others than this one hours.</summary>
    private static Regex Form { get; } =
        new(@"^(?<low>.+?)\s*\.\.\s*(?<high>.+?)\s+in\s+(?<steps>[0-9]+)\s+steps$", RegexOptions.NonBacktracking);
}
