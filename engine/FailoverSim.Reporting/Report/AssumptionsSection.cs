using FailoverSim.Reporting.Text;
using FailoverSim.Scenario.Output;

namespace FailoverSim.Reporting.Report;

/// <summary>Every value that the answer rests on and nobody wrote, with its source; those that somebody wrote apart.</summary>
internal static class AssumptionsSection
{
    private const string Default = "default";
    private const string Catalogued = "default: ";
    private static readonly string[] Unwritten = [Catalogued, "engineering default", "drawn from "];

    public static ReportSection? Of(ReportContent content)
    {
        ILookup<bool, ValueSource> values = content.Findings.Reading.Values.ToLookup(IsWritten);
        ValueSource[] sourced = [.. values[false].Where(value => value.Source != Default)];
        ValueSource[] plain = [.. values[false].Where(value => value.Source == Default)];
        return ReportSection.Of("assumptions", "What was assumed",
            sourced.Length == 0 ? Markup.Nothing : Markup.Of("p",
                $"{HumanUnits.Count(sourced.Length)} values stand in no file: they come from catalogues, published defaults and rules. Whoever knows better can write them, or try them with --set."),
            PageTable.Of("Values from catalogues and defaults", ["value", "is", "where it comes from"], sourced.Select(Row)),
            PageTable.FoldedData($"{HumanUnits.Count(plain.Length)} values as the language has them where nothing is written",
                PageTable.Of("Values that go without saying", ["value", "is"], plain.Select(value => (IReadOnlyList<string>)[value.Path, value.Value]))),
            PageTable.FoldedData($"{HumanUnits.Count(values[true].Count())} values that the scenario says itself",
                PageTable.Of("Values as written", ["value", "is", "where"], values[true].Select(Row))),
            Others(content));
    }

    private static Markup Others(ReportContent content) => PageTable.List(content.Findings.Others.Select(other =>
        $"{other.Variant} is a file of its own; what it assumes is in manifest.json, its hash below."));

    internal static bool IsWritten(ValueSource value) =>
        value.Source != Default && !Unwritten.Any(prefix => value.Source.StartsWith(prefix, StringComparison.Ordinal));

    private static IReadOnlyList<string> Row(ValueSource value) =>
        [value.Path, value.Value, value.Source.StartsWith(Catalogued, StringComparison.Ordinal) ? value.Source[Catalogued.Length..] : value.Source];
}
