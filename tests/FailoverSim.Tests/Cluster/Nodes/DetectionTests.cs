using FailoverSim.Kernel.Time;
using FailoverSim.Models.Nodes;
using Xunit;

namespace FailoverSim.Tests.Cluster.Nodes;

/// <summary>From the death of a node until the API server says so, and its pods are deleted: Monte Carlo runs of the rules, and published sums.</summary>
public class DetectionTests
{
    private const double DiesAt = 1000;

    /// <summary>Standard errors allowed.</summary>
    private const double Wide = 4.9;

    [Theory]
    [InlineData(40, 37.8, 29.6, 45.45)]
    [InlineData(50, 47.9, 39.6, 55.55)]
    public void A_silent_node_is_noticed(double grace, double mean, double least, double most)
    {
        double[] samples = Samples(new NodeHealthOptions { GracePeriod = Seconds(grace) }, 50_000, "not-ready", 60);
        Check(samples, mean, 0.1);
        Assert.InRange(samples.Min(), least, least + 1);
        Assert.InRange(samples.Max(), most - 1, most);
    }

    /// <summary>Without jitter and call times the age of the last heartbeat is uniform: the mean is exact.</summary>
    [Fact]
    public void Without_jitter_the_mean_is_exact()
    {
        NodeHealthOptions options = new() { RenewJitter = 0, RenewTakes = SimDuration.Zero, PassTime = SimDuration.Zero };
        double[] samples = Samples(options, 10_000, "not-ready", 70);
        // Passes are at multiples of 5 s after the one that saw the heartbeat: the tenth is not later than 50 s, the eleventh is.
        Check(samples, 55 + 2.5 - 5, 0);
        Assert.InRange(samples.Min(), 45, 45.3);
        Assert.InRange(samples.Max(), 59.7, 60);
    }

    /// <summary>T10: tainted by the pass after the one that marked it; its pods are deleted 300 s later.</summary>
    [Fact]
    public void Pods_of_a_silent_node_are_deleted_after_353_seconds()
    {
        NodeBench bench = Dying(new NodeHealthOptions());
        double[] deleted = new double[3000];
        for (int r = 0; r < deleted.Length; r++)
        {
            bench.Play(DiesAt + 365, r);
            double noticed = Assert.Single(bench.Times("not-ready"));
            double tainted = Assert.Single(bench.Times("tainted"));
            deleted[r] = Assert.Single(bench.Times("evicted-0")) - DiesAt;
            Assert.InRange(tainted - noticed, 5.0499, 5.1501);
            Assert.Equal(300, deleted[r] + DiesAt - tainted, 6);
        }
        Assert.InRange(deleted.Min(), 344.6, 347);
        Assert.InRange(deleted.Max(), 358, 360.8);
        Check(deleted, 353, 0.1);
    }

    /// <summary>
    /// VC-D02: sums g + e that a guide documents. They leave out that passes lie on a grid and that the taint comes one pass after the mark:
    /// the mean lies within [g + e − u, g + e + p], single runs within two passes more.
    /// </summary>
    [Theory]
    [InlineData(10, 5, 40, 300)]
    [InlineData(10, 5, 50, 300)]
    [InlineData(4, 2, 20, 30)]
    [InlineData(20, 5, 120, 60)]
    [InlineData(60, 5, 300, 60)]
    public void Documented_sums(double update, double period, double grace, double eviction)
    {
        NodeHealthOptions options = new()
        {
            LeaseRenewInterval = Seconds(update),
            MonitorPeriod = Seconds(period),
            GracePeriod = Seconds(grace),
        };
        double sum = grace + eviction;
        double[] samples = Samples(options, 3000, "evicted-0", sum + 40, eviction);
        Assert.InRange(samples.Average(), sum - update, sum + period);
        Assert.InRange(samples.Min(), sum - update, sum);
        Assert.InRange(samples.Max(), sum, sum + (3 * (period + 0.05)) + 0.1);
    }

    [Fact]
    public void A_grace_period_that_a_healthy_node_would_miss_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new NodeBench([1], new NodeHealthOptions { GracePeriod = Seconds(10.2) }));

    private static SimDuration Seconds(double seconds) => SimDuration.FromSeconds(seconds);

    private static NodeBench Dying(NodeHealthOptions options, double toleration = 300)
    {
        NodeBench bench = new([4], options, tolerations: [toleration]);
        bench.Drop(DiesAt, double.PositiveInfinity, bench.Powered(1));
        return bench;
    }

    private static double[] Samples(NodeHealthOptions options, int replications, string what, double within, double toleration = 300)
    {
        NodeBench bench = Dying(options, toleration);
        double[] samples = new double[replications];
        for (int r = 0; r < replications; r++)
        {
            samples[r] = Assert.Single(bench.Play(DiesAt + within, r).Times(what)) - DiesAt;
        }
        return samples;
    }

    private static void Check(double[] samples, double mean, double tolerance)
    {
        double average = samples.Average();
        double error = Math.Sqrt(samples.Sum(x => (x - average) * (x - average)) / (samples.Length - 1) / samples.Length);
        double width = tolerance + (Wide * error);
        Assert.InRange(average, mean - width, mean + width);
    }
}
