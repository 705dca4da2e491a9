using FailoverSim.Models.Laws;
using Xunit;

namespace FailoverSim.Tests.Cluster.Leases;

/// <summary>Times to fail over against Monte Carlo runs of the rules alone, and against renewal theory where it gives them exactly.</summary>
public class LeaseOracles
{
    private const double CrashAt = 50;

    /// <summary>Standard errors allowed.</summary>
    private const double Wide = 4.9;

    [Theory]
    [InlineData(1, 17.38, 14.86, 17.34, 20.09, 21.13, 0.03)]
    [InlineData(2, 16.54, 14.50, double.NaN, 18.74, 19.64, 0.03)]
    [InlineData(4, 15.89, double.NaN, double.NaN, 17.70, double.NaN, 0.03)]
    public void A_crashed_leader_is_replaced(
        int standbys, double mean, double p05, double p50, double p95, double p99, double tolerance)
    {
        double[] samples = Crashes(new LeaseBench(standbys + 1), 100_000, CrashAt + 30);
        Assert.InRange(samples[0], 13, 13.3);
        Assert.InRange(samples[^1], 18, 23.9);
        Check(samples, mean, tolerance);
        CheckQuantile(samples, 0.05, p05, tolerance);
        CheckQuantile(samples, 0.5, p50, tolerance);
        CheckQuantile(samples, 0.95, p95, tolerance);
        CheckQuantile(samples, 0.99, p99, tolerance);
    }

    /// <summary>VC-A12: no call times; Wald's identity for the mean, a numerical convolution for the rest.</summary>
    [Theory]
    [InlineData(1, 17.3559312084719, 1.5809, 14.842, 17.305, 20.060, 21.104)]
    [InlineData(2, 16.51859, 1.2851, 14.479, 16.474, 18.713, 19.621)]
    public void Without_call_times_it_is_exact(
        int standbys, double mean, double deviation, double p05, double p50, double p95, double p99)
    {
        double[] samples = Crashes(new LeaseBench(standbys + 1, call: new Constant(0)), 100_000, CrashAt + 30);
        Assert.InRange(samples[0], 13, 23.8);
        Assert.InRange(samples[^1], 13, 23.8);
        Check(samples, mean, 0);
        Assert.InRange(Deviation(samples), 0.98 * deviation, 1.02 * deviation);
        CheckQuantile(samples, 0.05, p05, 0.0005);
        CheckQuantile(samples, 0.5, p50, 0.0005);
        CheckQuantile(samples, 0.95, p95, 0.0005);
        CheckQuantile(samples, 0.99, p99, 0.0005);
    }

    [Theory]
    [InlineData(1, 1.70)]
    [InlineData(2, 1.10)]
    public void A_released_lease_is_taken_at_the_next_poll(int standbys, double mean)
    {
        LeaseBench bench = new(standbys + 1, LeaseBench.Timers(15, 10, 2, release: true));
        bench.ToHolder(CrashAt, (_, holder) => bench.Electors.Stop(holder));
        double[] samples = bench.Samples(100_000, CrashAt, CrashAt + 10);
        Assert.InRange(samples[^1], 3, 4.45);
        Check(samples, mean, 0.02);
    }

    [Fact]
    public void A_lone_process_that_restarts_waits_for_its_own_old_lease()
    {
        LeaseBench bench = new(1);
        bench.ToHolder(CrashAt, bench.Kill);
        bench.Lab.At(CrashAt + 5, s => bench.Start(s, 0));
        double[] samples = bench.Samples(100_000, CrashAt + 5, CrashAt + 30);
        Assert.InRange(samples[0], 15, 15.1);
        Assert.InRange(samples[^1], 19, 19.45);
        Check(samples, 16.71, 0.02);
    }

    [Theory]
    [InlineData(5, 3, 1, 5.77, 6.88, 8.7, 0.02)]
    [InlineData(60, 40, 5, 63.8, 69.3, 82.1, 0.1)]
    [InlineData(137, 107, 26, 156.9, 185.8, 251.5, 0.5)]
    public void Other_timers(
        double duration, double deadline, double retry, double mean, double p95, double most, double tolerance)
    {
        LeaseBench bench = new(3, LeaseBench.Timers(duration, deadline, retry));
        double[] samples = Crashes(bench, 100_000, CrashAt + (2 * duration));
        Assert.InRange(samples[^1], mean, most);
        Check(samples, mean, tolerance);
        CheckQuantile(samples, 0.95, p95, tolerance);
    }

    /// <summary>A released lease and one standby without call times: what remains of the gap between two polls, E[X²] / 2E[X].</summary>
    [Fact]
    public void What_remains_of_a_gap_between_polls_is_longer_than_half_a_gap()
    {
        LeaseBench bench = new(2, LeaseBench.Timers(15, 10, 2, release: true), call: new Constant(0));
        bench.ToHolder(5_000, (_, holder) => bench.Electors.Stop(holder));
        Check(bench.Samples(100_000, 5_000, 5_010), 1.675, 0);
    }

    private static double[] Crashes(LeaseBench bench, int replications, double until)
    {
        bench.ToHolder(CrashAt, bench.Kill);
        return bench.Samples(replications, CrashAt, until);
    }

    private static double Deviation(double[] samples)
    {
        double mean = samples.Average();
        return Math.Sqrt(samples.Sum(x => (x - mean) * (x - mean)) / (samples.Length - 1));
    }

    private static void Check(double[] samples, double mean, double tolerance)
    {
        double width = tolerance + (Wide * Deviation(samples) / Math.Sqrt(samples.Length));
        Assert.InRange(samples.Average(), mean - width, mean + width);
    }

    /// <summary>The share of samples below the quantile is binomial: compared at the two ends of the tolerance.</summary>
    private static void CheckQuantile(double[] samples, double share, double quantile, double tolerance)
    {
        if (!double.IsNaN(quantile))
        {
            double width = Wide * Math.Sqrt(share * (1 - share) / samples.Length);
            Assert.InRange(ShareBelow(quantile - tolerance), 0, share + width);
            Assert.InRange(ShareBelow(quantile + tolerance), share - width, 1);
        }

        double ShareBelow(double x) => (double)samples.Count(sample => sample <= x) / samples.Length;
    }
}
