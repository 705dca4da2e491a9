namespace FailoverSim.Reporting.Figures.Tables;

internal static class WaterfallTable
{
    public static FigureTable Of(WaterfallData data) => FigureTable.Of(
        ["kind of outage", "seen", "a year", "stage", "mean time", "share [%]"],
        from panel in data.Panels
        let mean = panel.Stages.Sum(stage => stage.Seconds)
        from stage in panel.Stages.Count == 0 ? [("", 0)] : panel.Stages.Append(("together", mean))
        select (IReadOnlyList<string>)
        [
            panel.Kind, Cells.Count(panel.Outages), Cells.Number(panel.PerYear), stage.Item1,
            mean > 0 ? Cells.Duration(stage.Item2) : Cells.None, mean > 0 ? Cells.Percent(stage.Item2 / mean) : Cells.None,
        ]);
}
