namespace FailoverSim.Reporting.Figures.Tables;

internal static class TradeoffTable
{
    public static FigureTable Of(TradeoffData data) => FigureTable.Of(
        [
            data.Parameter, "down time per year", "at least", "at most", "noticed after, per outage",
            .. data.Mechanisms.Select(name => $"{name} for nothing [a year]"), "may be the best",
        ],
        data.Points.Select(point => (IReadOnlyList<string>)
        [
            point.Label, point.Down.Value is null ? "none seen" : Cells.Duration(point.Down.Value),
            Cells.Duration(point.Down.Low), Cells.Duration(point.Down.High), Cells.Duration(point.Detection?.Value),
            .. point.False.Select(rate => Cells.Number(rate.Value)),
            point.IsLeast ? "yes, the least here" : point.MayBeBest ? "yes" : "no",
        ]));
}
