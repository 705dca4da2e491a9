namespace FailoverSim.Reporting.Figures.Tables;

internal static class WorkloadsTable
{
    public static FigureTable Of(WorkloadsData data) => FigureTable.Of(
        ["kind", "workloads", "never down", "mean down time per year", "median", "worst"],
        data.Groups.Where(group => group.Sorted.Count > 0).Select(group => (IReadOnlyList<string>)
        [
            group.Name, Cells.Count(group.Sorted.Count), Cells.Count(group.Sorted.Count(seconds => seconds <= 0)),
            Cells.Duration(group.Sorted.Average()), Cells.Duration(group.Median), Cells.Duration(group.Sorted[^1]),
        ]));
}
