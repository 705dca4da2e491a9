using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;
using FailoverSim.Tests.Analysis;

namespace FailoverSim.Tests.Reporting;

/// <summary>A small run of two variants with everything that a row can hold.</summary>
internal static class SampleResults
{
    private const long Hour = 3600 * SampleRows.Second;

    public static readonly Origin Origin = new("pumps-3-of-5", new string('a', 64), "0.1.0", ulong.MaxValue);

    public static ResultSet Two(int replications = 100) =>
        new(Origin, [Table(ResultSet.BaseVariant, replications, 1), Table("six-pumps", replications, 2)]);

    public static ResultTable Table(string variant, int replications, ulong seed)
    {
        var toy = new ToyDowntime(seed);
        long horizon = 20 * 8760 * Hour;
        var rows = Enumerable.Range(0, replications).Select(r =>
        {
            int count = (int)(toy.Uniform() * 3);
            var row = SampleRows.Row(
                r, horizon,
                [.. Enumerable.Range(0, count).Select(i => ((100L + i) * Hour + r, 1 + (long)(toy.Exponential(5) * Hour)))],
                carriedIn: r == 3 ? 77 : 0,
                met: 19,
                requests: true);
            return r == 5 ? WithHistogram(row) : row;
        }).ToList();
        return new ResultTable(
            variant, SampleRows.Names(windows: 20), horizon,
            rows.Chunk(Block.Size).Select((chunk, index) => new Block(index, chunk, 1)));
    }

    /// <summary>As a row of a run that measures the margin.</summary>
    public static ServiceRow WithMargin(ServiceRow row, IReadOnlyList<long> margin) => Copy(row, row.Histogram, margin);

    /// <summary>As a row with more outages than are kept one by one.</summary>
    private static ServiceRow WithHistogram(ServiceRow row) => Copy(
        row,
        row.Outages.GroupBy(o => DurationBuckets.IndexOf(o.Duration)).ToDictionary(g => g.Key, g => (long)g.Count()),
        [row.DownNanoseconds, 0, 1, 0, row.UpNanoseconds - 1]);

    private static ServiceRow Copy(ServiceRow row, IReadOnlyDictionary<int, long>? histogram, IReadOnlyList<long> margin) => new()
    {
        Replication = row.Replication,
        Service = 0,
        UpNanoseconds = row.UpNanoseconds,
        DownNanoseconds = row.DownNanoseconds,
        OutageCount = row.OutageCount,
        FirstOutageAfter = row.FirstOutageAfter,
        Outages = row.Outages,
        OutageCauses = row.OutageCauses,
        OutageStages = row.OutageStages,
        Histogram = histogram,
        MarginNanoseconds = margin,
        SquaredDurations = row.SquaredDurations,
        LongestOutage = row.LongestOutage,
        DownByCause = row.DownByCause,
        DownByStage = row.DownByStage,
        FailoverNanoseconds = row.FailoverNanoseconds,
        LossCount = row.LossCount,
        LossByStage = row.LossByStage,
        LostRequestNanoseconds = row.LostRequestNanoseconds,
        SloWindowsMet = row.SloWindowsMet,
        SloLongestOutages = row.SloLongestOutages,
        SloParts = row.SloParts,
        Counts = row.Counts,
        Combinations = row.Combinations,
        CombinationKinds = row.CombinationKinds,
    };
}
