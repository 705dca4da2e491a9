using FailoverSim.Models.Etcd;
using FailoverSim.Models.Laws;
using Xunit;
using Xunit.Abstractions;

namespace FailoverSim.Tests.Cluster.Etcd;

/// <summary>Published times of Raft elections that etcd's Raft can express, with ticks of 1 ms and no pre-vote.</summary>
/// <remarks>
/// Its timeouts are uniform on [E, 2E) and a leader goes before every election, so these cannot be expressed: narrower ranges
/// (150 to 155 ms and the like in Ongaro and Ousterhout, USENIX ATC 2014, figure 16); elections from the first start, without
/// a leader that fell (the AvailSim tool's five servers, and the split votes among five); logs that differ at random
/// (followers that reach their leader have the same); heartbeats at half the timeout (a heartbeat is one tick).
/// </remarks>
public class EtcdPublishedTests(ITestOutputHelper output)
{
    /// <summary>
    /// Four survivors of five, one-way latency d: the first candidate fails when two of the other three time out within d, that
    /// is when the first and the third of four uniform instants are less than d apart: Beta(2, 3).
    /// </summary>
    [Fact]
    public void Votes_are_split_as_often_as_uniform_timeouts_fall_together()
    {
        const int trials = 2_000;
        double x = 0.15;
        double expected = (6 * x * x) - (8 * x * x * x) + (3 * x * x * x * x);
        Failovers failovers = Failovers.OfCrashes(5, Ticking(100), new Constant(0.030), trials, spacing: 10);
        double share = (double)failovers.Terms.Count(t => t > 1) / trials;
        output.WriteLine($"split {share:F4}, expected {expected:F4}");
        Assert.Equal(expected, share, 4.9 * Math.Sqrt(expected * (1 - expected) / trials));
    }

    /// <summary>
    /// Ongaro's dissertation, §9.4: one-way latency uniform on 30 to 40 ms, timeouts on 300 to 600 ms, one or two of five servers
    /// down; the mean is about 475 and 650 ms, and 99.9 % elect within 1.5 and 3 s.
    /// </summary>
    [Theory]
    [InlineData(0, 0.475, 0.05, 1.5)]
    [InlineData(1, 0.650, 0.06, 3.0)]
    public void Elections_over_a_wide_area_take_as_long_as_published(int dead, double mean, double tolerance, double most)
    {
        Failovers failovers = Failovers.OfCrashes(5, Ticking(300), new Uniform(0.060, 0.080), 300, spacing: 10, dead: dead);
        // Published times count from the timers' start, here the arrival of the last heartbeat: its way, behind slower ones, is 40 ms.
        double[] times = [.. failovers.FirstLeader.Select(t => t - 0.040)];
        Array.Sort(times);
        double deviation = Math.Sqrt(times.Sum(t => (t - times.Average()) * (t - times.Average())) / times.Length);
        output.WriteLine($"mean {times.Average():F4} p99.9 {times[(int)(0.999 * times.Length)]:F4}");
        Assert.Equal(mean, times.Average(), (tolerance * mean) + (4.9 * deviation / Math.Sqrt(times.Length)));
        Assert.InRange(times.Count(t => t > most), 0, 0.001 * times.Length + (4.9 * Math.Sqrt(0.001 * times.Length)));
    }

    private static EtcdOptions Ticking(double election) => EtcdLab.Defaults with
    {
        Heartbeat = EtcdLab.Milliseconds(1),
        ElectionTimeout = EtcdLab.Milliseconds(election),
        PreVote = false,
        Fsync = new Constant(0),
    };
}
