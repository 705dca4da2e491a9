using System.Globalization;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;
using FsCheck.Xunit;
using Xunit;

namespace FailoverSim.Tests.Analysis;

public class ServiceTotalsTests
{
    [Property(MaxTest = 60)]
    public void Merging_in_any_grouping_and_order_gives_identical_totals(ulong seed)
    {
        var toy = new ToyDowntime(seed);
        var rows = Enumerable.Range(0, 40).Select(r => RandomRow(toy, r)).ToList();
        string whole = Describe(Merged(rows.Select(row => Merged([], row))));
        var shuffled = rows.OrderBy(_ => toy.Uniform()).ToList();
        int cut = (int)(toy.Uniform() * 40);
        var left = Sum(shuffled.Take(cut));
        left.Merge(Merged(shuffled.Skip(cut).Chunk(3).Select(Sum)));
        Assert.Equal(whole, Describe(left));
        Assert.Equal(whole, Describe(Sum(rows)));
    }

    [Fact]
    public void Sums_beyond_64_bits_stay_exact()
    {
        long horizon = long.MaxValue;
        var totals = new ServiceTotals(SampleRows.Names(), 0);
        for (int r = 0; r < 10; r++)
        {
            totals.Add(SampleRows.Row(r, horizon, [(0, horizon)]));
        }
        Assert.Equal((Int128)horizon * 10, totals.Exposure);
        Assert.Equal(System.Numerics.BigInteger.Pow(horizon, 2) * 10, totals.SquaredDurations);
        Assert.Equal(0, totals.DownAndOutages.VarianceOfX);
    }

    [Fact]
    public void Ratios_have_the_variance_of_their_residuals()
    {
        (long X, long Y)[] pairs = [(10, 2), (7, 1), (0, 0), (30, 5)];
        var moments = new RatioMoments();
        foreach (var (x, y) in pairs)
        {
            moments.Add(x, y);
        }
        double ratio = 47 / 8.0;
        double expected = pairs.Sum(p => Math.Pow(p.X - ratio * p.Y, 2)) * 4 / 3;
        Assert.Equal(expected, moments.VarianceOfResiduals, 1e-9);
    }

    [Fact]
    public void Of_many_durations_totals_alone_answer_to_within_half_a_percent_and_a_table_exactly()
    {
        var exact = new List<long>();
        var toy = new ToyDowntime(1);
        ServiceRow[] rows = [.. Enumerable.Range(0, 50).Select(r =>
        {
            var durations = Enumerable.Range(0, 4000).Select(_ => (long)(toy.LogNormal(100, 2) * 1e9)).ToList();
            exact.AddRange(durations);
            return SampleRows.Row(r, long.MaxValue / 2, [.. durations.Select(d => (0L, d))]);
        })];
        exact.Sort();
        ServiceTotals alone = Sum(rows);
        ServiceTotals ofTable = new ResultTable("base", SampleRows.Names(), long.MaxValue / 2, [new Block(0, rows, 1)]).Totals(0);
        foreach (double p in new[] { 0.5, 0.95, 0.99, 0.123 })
        {
            double value = exact[(int)Math.Ceiling(p * exact.Count) - 1] * 1e-9;
            var (low, high) = OrderStatistics.Ranks(exact.Count, p, 0.95);
            Estimate estimate = OrderStatistics.Quantile(alone, p, 0.95);
            Assert.Equal(value, estimate.Value!.Value, 0.004 * value);
            Assert.True(estimate.Cautions.HasFlag(Cautions.Histogram));
            estimate = OrderStatistics.Quantile(ofTable, p, 0.95);
            Assert.Equal((value, exact[(int)low - 1] * 1e-9, exact[(int)high - 1] * 1e-9), (estimate.Value!.Value, estimate.Low!.Value, estimate.High!.Value));
            Assert.False(estimate.Cautions.HasFlag(Cautions.Histogram));
        }
    }

    [Property]
    public void A_duration_lies_in_its_bucket_to_within_half_a_percent(long nanoseconds)
    {
        foreach (long duration in new[] { nanoseconds & long.MaxValue, (nanoseconds & long.MaxValue) >> 40, long.MaxValue })
        {
            int bucket = DurationBuckets.IndexOf(duration);
            double middle = DurationBuckets.MiddleOf(bucket);
            Assert.InRange(middle, duration * (1 - 1 / 256.0), duration * (1 + 1 / 256.0));
            Assert.Equal(bucket, DurationBuckets.IndexOf((long)Math.Min(middle, long.MaxValue - 1024.0)));
        }
    }

    [Fact]
    public void Buckets_follow_each_other_without_gap_or_overlap()
    {
        int last = -1;
        for (long duration = 0; duration < 5000; duration++)
        {
            int bucket = DurationBuckets.IndexOf(duration);
            Assert.InRange(bucket, last, last + 1);
            last = bucket;
        }
    }

    private static ServiceRow RandomRow(ToyDowntime toy, int replication)
    {
        int count = (int)(toy.Uniform() * 5);
        return SampleRows.Row(
            replication,
            1_000_000_000_000_000,
            [.. Enumerable.Range(0, count).Select(i => (i * 1000L, 1 + (long)(toy.Uniform() * 1e12)))],
            carriedIn: toy.Uniform() < 0.2 ? 12345 : 0,
            requests: true);
    }

    private static ServiceTotals Sum(IEnumerable<ServiceRow> rows)
    {
        var totals = new ServiceTotals(SampleRows.Names(), 0);
        foreach (ServiceRow row in rows)
        {
            totals.Add(row);
        }
        return totals;
    }

    private static ServiceTotals Merged(IEnumerable<ServiceTotals> parts, params ServiceRow[] rows)
    {
        var totals = Sum(rows);
        foreach (ServiceTotals part in parts)
        {
            totals.Merge(part);
        }
        return totals;
    }

    /// <summary>Everything that figures are made of, as text.</summary>
    private static string Describe(ServiceTotals t) => string.Join(
        '\n',
        string.Create(CultureInfo.InvariantCulture, $"{t.Replications} {t.Up} {t.Down} {t.Outages} {t.InOutages} {t.SquaredDurations} {t.SquaredCarriedIn}"),
        string.Create(CultureInfo.InvariantCulture, $"{t.LongestOutage} {t.WithOutage} {t.WithDownTime} {t.Failover}"),
        string.Join(' ', t.DownByCause.Concat(t.DownByStage).Select(Describe)) + " " + string.Join(' ', t.LossByStage),
        string.Join(' ', new[] { t.Failovers, t.Losses, t.FailoverTime, t.LossTime, t.LostRequests! }.Select(Describe)),
        Describe(t.DownAndOutages) + Describe(t.DurationsAndOutages) + Describe(t.FirstOutage),
        string.Join(' ', t.Durations.Outline()),
        string.Join("\n", Summary.Of("s", "v", t)));

    private static string Describe(ReplicationSum s) =>
        string.Create(CultureInfo.InvariantCulture, $"[{s.Total} {s.Squares} {s.Largest} {s.Positive}]");

    private static string Describe(RatioMoments m) =>
        string.Create(CultureInfo.InvariantCulture, $"[{m.Count} {m.X} {m.Y} {m.XX} {m.XY} {m.YY} {m.LargestX} {m.LargestY}]");
}
