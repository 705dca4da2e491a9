using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Tables;
using FailoverSim.Reporting.Results;
using FailoverSim.Reporting.Text;

namespace FailoverSim.Reporting.Report;

/// <summary>Each objective with its verdict and the use of its budget, and what the variants would come to.</summary>
internal static class SloSection
{
    public static ReportSection? Of(ReportContent content)
    {
        RunReport report = RunReport.Of(content.Findings);
        return report.Verdicts.Count == 0 ? null : ReportSection.Of("slo", "Objectives",
            PageTable.Of("Objectives of the scenario as written", ["SLO", "service", "verdict", .. SloText.Heads], report.Verdicts.Select(verdict => (IReadOnlyList<string>)
            [
                verdict.Slo.Name, verdict.Slo.Service, VerdictText.Signed(verdict.Verdict), .. SloText.Cells(content.Base, verdict),
            ])),
            PageTable.List(report.Verdicts.Select(verdict =>
                $"{verdict.Slo.Name}: {string.Join("; ", [VerdictText.Of(verdict), SloText.Windows(verdict.Slo), .. SloText.ToDecide(content.Base, verdict)])}.")),
            report.Results.Tables.Count == 1 ? Markup.Nothing : PageTable.Of(
                "The same objectives with each variant", ["variant", .. report.Spec.Slos.Select(slo => slo.Name)], report.Results.Tables.Select(table => Variant(report, table))));
    }

    private static IReadOnlyList<string> Variant(RunReport report, ResultTable table)
    {
        Dictionary<string, SloVerdict> verdicts = report.VerdictsOf(table).ToDictionary(verdict => verdict.Slo.Name);
        return
        [
            table.Variant,
            .. report.Spec.Slos.Select(slo => verdicts.TryGetValue(slo.Name, out SloVerdict? verdict)
                ? $"{VerdictText.Signed(verdict.Verdict)}, {SloText.Probability(verdict.Probability)}" : "–"),
        ];
    }
}
