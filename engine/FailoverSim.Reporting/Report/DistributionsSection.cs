using FailoverSim.Analysis.Estimates;
using FailoverSim.Reporting.Text;

namespace FailoverSim.Reporting.Report;

/// <summary>What lies behind the averages.</summary>
internal static class DistributionsSection
{
    public static ReportSection? Of(ReportContent content) => ReportSection.Of("distributions", "Behind the averages",
        content.Show("availability"), content.Show("outage-durations"), content.Show("downtime-per-year"),
        content.Show("slo-budget-"), content.Show("slo-windows-"), content.Show("workloads"), Workloads(content));

    private static Markup Workloads(ReportContent content)
    {
        MemberSummary[] down = [.. MemberSummary.Of(content.Base).Where(workload => workload.DowntimePerYear.Value > 0)];
        return PageTable.Of(
            "Workloads, the longest down first", ["workload", "down per year", "outages per year", "longest"],
            down.OrderByDescending(workload => workload.DowntimePerYear.Value).Take(20).Select(workload => (IReadOnlyList<string>)
            [
                workload.Name, WorkloadsText.Down(workload.DowntimePerYear.Times(60)), HumanUnits.Number(workload.OutagesPerYear.Value ?? 0),
                workload.LongestOutage is { } longest ? HumanUnits.Duration(longest) : "–",
            ]));
    }
}
