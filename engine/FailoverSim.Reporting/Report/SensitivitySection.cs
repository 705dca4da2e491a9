using FailoverSim.Analysis.Importance;
using FailoverSim.Reporting.Text;

namespace FailoverSim.Reporting.Report;

/// <summary>What the answer depends on: values varied one at a time, values swept, parts by importance.</summary>
internal static class SensitivitySection
{
    public static ReportSection? Of(ReportContent content) => ReportSection.Of("sensitivity", "What it depends on",
        [Tornado(content), content.Show("tornado-"), .. ComparisonSection.Groups(content, sweeps: true),
            content.Show("sweep-"), content.Show("tradeoff-"), Importance(content)]);

    private static Markup Tornado(ReportContent content)
    {
        if (content.Findings.Tornado is not { } tornado)
        {
            return Markup.Nothing;
        }
        SensitivityText text = SensitivityText.Of(
            content.Findings.Reading.Study.Sensitivity!, [.. tornado.Tornados.Where(of => content.InDetail.Contains(of.Service))]);
        return Markup.All(PageTable.Of("One value varied at a time, the largest swing first", text.Heads, text.Rows), PageTable.List(text.Notes));
    }

    private static Markup Importance(ReportContent content) => content.Findings.Importance is not { Parts.Count: > 0 } importance
        ? Markup.Nothing
        : Markup.All(
            PageTable.Of(
                "How important one copy of each part is, all else as it is", ["service", "part", .. importance.Parts[0].Measures.Select(measure => measure.Name)],
                importance.Parts.Where(part => content.InDetail.Contains(part.Service)).Select(Row)),
            PageTable.List(importance.Refused));

    private static IReadOnlyList<string> Row(PartImportance part) =>
    [
        part.Service, $"{part.Kind} {part.Part}",
        .. part.Measures.Select(measure => measure.Estimate.Value is { } value ? HumanUnits.Number(value) : "–"),
    ];
}
