namespace FailoverSim.Reporting.Figures.Tables;

internal static class DistributionsTable
{
    public static FigureTable Of(DistributionsData data) => FigureTable.Of(
        ["case", "sample", "n", "median", "95th percentile", "longest"],
        from panel in data.Panels
        from sample in data.Samples.Zip(panel.Sorted, (name, sorted) => (Name: name, Sorted: sorted))
        select (IReadOnlyList<string>)
        [
            panel.Title, sample.Name, Cells.Count(sample.Sorted.Count),
            Quantile(sample.Sorted, 0.5), Quantile(sample.Sorted, 0.95), Quantile(sample.Sorted, 1),
        ]);

    private static string Quantile(IReadOnlyList<double> sorted, double share) =>
        Cells.Duration(sorted.Count == 0 ? null : sorted[(int)Math.Ceiling(share * sorted.Count) - 1]);
}
