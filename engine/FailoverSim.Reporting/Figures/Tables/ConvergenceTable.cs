namespace FailoverSim.Reporting.Figures.Tables;

internal static class ConvergenceTable
{
    public static FigureTable Of(ConvergenceData data) => FigureTable.Of(
        ["service", "replications", "down time per year", "at least", "at most", "precision [± %]", "asked for [± %]", "exact down time per year"],
        from panel in data.Panels
        from point in panel.Points
        select (IReadOnlyList<string>)
        [
            panel.Service, Cells.Count(point.Replications), point.Seconds is { } seconds ? Cells.Duration(seconds) : "none seen",
            Cells.Duration(point.Low), Cells.Duration(point.High), Cells.Number(100 * point.Precision),
            panel.Target is { } target ? Cells.Number(100 * target) : "", panel.Exact is { } exact ? Cells.Duration(exact) : "",
        ]);
}
