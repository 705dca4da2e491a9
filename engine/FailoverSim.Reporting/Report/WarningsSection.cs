using FailoverSim.Reporting.Results;
using FailoverSim.Reporting.Text;

namespace FailoverSim.Reporting.Report;

/// <summary>What to bear in mind when the numbers are read or passed on.</summary>
internal static class WarningsSection
{
    public const string Id = "warnings";

    public static ReportSection? Of(ReportContent content) => ReportSection.Of(Id, "To bear in mind", PageTable.List(Entries(content)));

    /// <summary>One sentence each.</summary>
    public static IReadOnlyList<string> Entries(ReportContent content)
    {
        RunReport report = RunReport.Of(content.Findings);
        return
        [
            .. Enumerable.Repeat(report.Ending, report.IsComplete ? 0 : 1),
            .. content.Findings.Warnings,
            .. from service in content.InDetail
               from warning in ConsoleSummary.Of(content.Base.Variant, content.Totals(service)).Warnings
               group service by warning into alike
               select $"{string.Join(", ", alike)}: {alike.Key}.",
        ];
    }
}
