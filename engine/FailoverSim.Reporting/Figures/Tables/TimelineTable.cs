namespace FailoverSim.Reporting.Figures.Tables;

internal static class TimelineTable
{
    /// <summary>What is to be seen in the window.</summary>
    public static FigureTable Of(TimelineData data) => FigureTable.Of(
        ["what", "state", "from, after the start of the run", "until", "for"],
        from row in data.Rows
        from span in row.Spans
        where span.EndNs >= data.WindowStartNs && span.StartNs <= data.WindowEndNs
        select (IReadOnlyList<string>)
        [
            row.Name, span.State, Cells.Instant(span.StartNs), Cells.Instant(span.EndNs), Cells.Duration((span.EndNs - span.StartNs) * 1e-9),
        ]);
}
