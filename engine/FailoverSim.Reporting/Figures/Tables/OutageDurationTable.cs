namespace FailoverSim.Reporting.Figures.Tables;

internal static class OutageDurationTable
{
    public static FigureTable Of(OutageDurationData data) => FigureTable.Of(
        ["service", "outages", "mean", "median", "95th percentile", "longest"],
        data.Samples.Select(service => Row(service.Service, new WeightedSample(service.Sorted))));

    private static IReadOnlyList<string> Row(string service, WeightedSample sample) => sample.Count == 0
        ? [service, "0", Cells.None, Cells.None, Cells.None, Cells.None]
        :
        [
            service, Cells.Count(sample.Count), Cells.Duration(sample.Mean),
            Cells.Duration(sample.Quantile(0.5)), Cells.Duration(sample.Quantile(0.95)), Cells.Duration(sample.Quantile(1)),
        ];
}
