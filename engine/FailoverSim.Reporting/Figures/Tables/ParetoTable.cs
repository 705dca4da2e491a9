namespace FailoverSim.Reporting.Figures.Tables;

internal static class ParetoTable
{
    /// <summary>All causes, those too that the figure tells together.</summary>
    public static FigureTable Of(ParetoData data)
    {
        double total = data.Causes.Sum(cause => cause.Minutes);
        double sum = 0;
        return FigureTable.Of(
            ["cause", "down time [min a year]", "at least", "at most", "share [%]", "of it and all above [%]"],
            data.Causes.Where(cause => cause.Minutes > 0).Select((cause, i) =>
            {
                sum += cause.Minutes;
                (double Low, double High)? interval = i < data.Intervals.Count ? data.Intervals[i] : null;
                return (IReadOnlyList<string>)
                [
                    cause.Cause, Cells.Number(cause.Minutes), Cells.Number(interval?.Low), Cells.Number(interval?.High),
                    Cells.Percent(cause.Minutes / total), Cells.Percent(Math.Min(1, sum / total)),
                ];
            }));
    }
}
