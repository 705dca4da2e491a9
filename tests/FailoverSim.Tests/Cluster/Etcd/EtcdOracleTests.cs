using FailoverSim.Models.Cluster;
using FailoverSim.Models.Etcd;
using FailoverSim.Models.Laws;
using Xunit;
using Xunit.Abstractions;

namespace FailoverSim.Tests.Cluster.Etcd;

/// <summary>Times of failovers against closed forms and against an independent simulation of the same rules.</summary>
public class EtcdOracleTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(3, 1.250, 0.93, 1.21, 1.70, 1.83)]
    [InlineData(5, 1.117, double.NaN, 1.08, 1.45, 1.61)]
    [InlineData(7, 1.058, double.NaN, 1.03, 1.31, 1.46)]
    public void Leader_crash_to_first_commit(int members, double mean, double p05, double p50, double p95, double p99)
    {
        double[] times = Failovers.OfCrashes(members, EtcdLab.Defaults, new Constant(0.001), 20_000).FirstCommit;
        Show(times);
        AssertMean(times, mean, 0.01);
        AssertQuantile(times, 0.05, p05, 0.01);
        AssertQuantile(times, 0.50, p50, 0.01);
        AssertQuantile(times, 0.95, p95, 0.01);
        AssertQuantile(times, 0.99, p99, 0.02);
    }

    [Fact]
    public void Without_pre_vote_split_votes_cost_more()
    {
        double[] times = Failovers.OfCrashes(3, EtcdLab.Defaults with { PreVote = false }, new Constant(0.001), 20_000).FirstCommit;
        Show(times);
        AssertMean(times, 1.34, 0.01);
        AssertQuantile(times, 0.50, 1.23, 0.01);
        AssertQuantile(times, 0.95, 2.29, 0.03);
        AssertQuantile(times, 0.99, 2.69, 0.05);
    }

    [Fact]
    public void Across_regions_all_is_slower()
    {
        EtcdOptions options = EtcdLab.Defaults with
        {
            Heartbeat = EtcdLab.Milliseconds(300),
            ElectionTimeout = EtcdLab.Milliseconds(3000),
        };
        double[] times = Failovers.OfCrashes(3, options, new Constant(0.060), 20_000).FirstCommit;
        Show(times);
        AssertMean(times, 3.94, 0.03);
        AssertQuantile(times, 0.50, 3.76, 0.03);
        AssertQuantile(times, 0.95, 5.31, 0.05);
    }

    [Theory]
    [InlineData(3, 1.183333333, 1.192893219, 1.676393202)]
    [InlineData(5, 1.050, 1.059103585, 1.427129195)]
    public void First_campaign_is_the_least_of_uniform_timeouts(int members, double mean, double median, double p95)
    {
        EtcdOptions options = EtcdLab.Defaults with { Fsync = new Constant(0) };
        Failovers failovers = Failovers.OfCrashes(members, options, new Constant(0), 4_000, spacing: 6, Fidelity.Exhaustive);
        Show(failovers.FirstCampaign);
        AssertMean(failovers.FirstCampaign, mean, 0);
        // From the last heartbeat, which the leader sent on its last tick before the crash.
        Array.Sort(failovers.CampaignFromHeartbeat);
        AssertMean(failovers.CampaignFromHeartbeat, mean + 0.05, 0);
        AssertQuantile(failovers.CampaignFromHeartbeat, 0.5, median, 0);
        AssertQuantile(failovers.CampaignFromHeartbeat, 0.95, p95, 0);
    }

    [Fact]
    public void Cut_off_leader_steps_down_when_it_checks_its_quorum()
    {
        double[] times = Failovers.OfIsolations(5_000);
        Show(times);
        // An answer to the heartbeat that follows a check (raft.go, tickHeartbeat) counts at the next one: the cut is noticed at
        // the second check after it, E to 2E ticks later, less the round trip.
        Assert.InRange(times.Min(), 0.999, 1.01);
        Assert.InRange(times.Max(), 1.99, 1.999);
        AssertMean(times, 1.499, 0);
    }

    private void Show(double[] sample)
    {
        Array.Sort(sample);
        output.WriteLine(
            $"mean {sample.Average():F4} min {sample[0]:F4} p05 {At(sample, .05):F4} p50 {At(sample, .5):F4} p95 {At(sample, .95):F4} p99 {At(sample, .99):F4} max {sample[^1]:F4}");
    }

    private static double At(double[] sorted, double p) => sorted[(int)(p * sorted.Length)];

    private static void AssertMean(double[] sample, double expected, double tolerance)
    {
        double mean = sample.Average();
        double error = Math.Sqrt(sample.Sum(x => (x - mean) * (x - mean))) / sample.Length;
        Assert.InRange(mean, expected - tolerance - (4.9 * error), expected + tolerance + (4.9 * error));
    }

    /// <summary>The share of the sample below the expected quantile, give or take the tolerance, is p.</summary>
    private static void AssertQuantile(double[] sorted, double p, double expected, double tolerance)
    {
        if (double.IsNaN(expected))
        {
            return;
        }
        double error = 4.9 * Math.Sqrt(p * (1 - p) / sorted.Length);
        Assert.True(Share(sorted, expected - tolerance) <= p + error, $"p{100 * p} is {At(sorted, p)}");
        Assert.True(Share(sorted, expected + tolerance) >= p - error, $"p{100 * p} is {At(sorted, p)}");
    }

    private static double Share(double[] sorted, double x) => (double)sorted.Count(v => v <= x) / sorted.Length;
}
