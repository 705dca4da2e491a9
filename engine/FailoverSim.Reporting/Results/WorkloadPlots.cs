using FailoverSim.Analysis.Tables;
using FailoverSim.Reporting.Figures;

namespace FailoverSim.Reporting.Results;

/// <summary>From results to the figure of all workloads.</summary>
internal static class WorkloadPlots
{
    private const double Nano = 1e-9;
    private const double SecondsPerYear = 365 * 86400;

    public static WorkloadsData Workloads(ResultTable table, string basis)
    {
        double years = (double)table.Totals(0).Exposure * Nano / SecondsPerYear;
        WorkloadGroup[] groups = [.. table.Fleet
            .GroupBy(member => member.Name.Group) // in the order in which they first appear
            .Select(group => new WorkloadGroup(
                group.Key, [.. group.Select(member => (double)member.DownTime.Total * Nano / years).Order()]))];
        return new WorkloadsData(new FigureHeading("workloads", Titles.Workloads(groups), $"Down time of workloads. {basis}"), groups, years);
    }
}
