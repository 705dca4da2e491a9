namespace FailoverSim.Reporting.Figures.Tables;

internal static class SloWindowsTable
{
    public static FigureTable Of(SloWindowsData data) => FigureTable.Of(
        ["replication", "windows", "that used some", "that used more than all", "most used [% of the budget]"],
        data.Rows.Select(row => (IReadOnlyList<string>)
        [
            Cells.Count(row.Replication), Cells.Count(data.Windows), Cells.Count(row.Windows.Count(window => window.Used > 0)),
            Cells.Count(row.Windows.Count(window => window.Used > 1)), Cells.Budget(row.Windows.Select(window => window.Used).DefaultIfEmpty(0).Max()),
        ]));
}
