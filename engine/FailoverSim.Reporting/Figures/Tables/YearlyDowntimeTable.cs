namespace FailoverSim.Reporting.Figures.Tables;

internal static class YearlyDowntimeTable
{
    public static FigureTable Of(YearlyDowntimeData data) => FigureTable.Of(
        ["service", "years", "without down time [%]", "mean", "median", "95th percentile", "budget per year", "years over it [%]"],
        data.Services.Select(service => Row(service, new WeightedSample(service.Sorted))));

    private static IReadOnlyList<string> Row(YearlyDowntime service, WeightedSample sample) => sample.Count == 0
        ? [service.Service, "0", Cells.None, Cells.None, Cells.None, Cells.None, Cells.Duration(service.BudgetSeconds), Cells.None]
        :
        [
            service.Service, Cells.Count(sample.Count), Cells.Percent(1 - sample.ShareAbove(0)), Cells.Duration(sample.Mean),
            Cells.Duration(sample.Quantile(0.5)), Cells.Duration(sample.Quantile(0.95)), Cells.Duration(service.BudgetSeconds),
            service.BudgetSeconds is { } budget ? Cells.Percent(sample.ShareAbove(budget)) : Cells.None,
        ];
}
