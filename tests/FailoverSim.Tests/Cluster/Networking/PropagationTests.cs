using FailoverSim.Kernel;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Networking;
using Xunit;

namespace FailoverSim.Tests.Cluster.Networking;

/// <summary>minSyncPeriod 1 s, and 1 s between changes of a workload's slices.</summary>
public class PropagationTests
{
    [Fact]
    public void A_lone_change_is_not_delayed()
    {
        PropagationLimiter limiter = New(3);
        Assert.Equal(0.25, Ask(limiter, 0, 0, 0.25));
        Assert.Equal(10.5, Ask(limiter, 0, 10, 0.5));
        Assert.Equal(20.5, Ask(limiter, 1, 20, 0.5));
    }

    [Fact]
    public void Changes_that_wait_go_together()
    {
        PropagationLimiter limiter = New(3);
        Assert.Equal(10.5, Ask(limiter, 0, 10, 0.5));
        Assert.Equal(11.5, Ask(limiter, 0, 10.25, 0.5));
        Assert.Equal(11.5, Ask(limiter, 0, 10.5, 0.5));
        Assert.Equal(11.5, Ask(limiter, 1, 10.75, 0.5));
        Assert.Equal(12.5, Ask(limiter, 2, 11.25, 0.5));
    }

    /// <summary>None sooner than drawn, none more than the two limits (and a slower predecessor) late, none overtakes; under load few changes of the rules.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(40, 2)]
    public void Limits_hold_under_any_load(int workloads, int seed)
    {
        PropagationLimiter limiter = New(workloads);
        Random random = new(seed);
        double[] last = new double[workloads];
        SortedSet<double> syncs = [];
        int changes = 0;
        for (double now = 0; now < 500; now += random.NextDouble() * (now % 50 < 25 ? 0.1 : 3))
        {
            int workload = random.Next(workloads);
            double drawn = 0.1 + (0.4 * random.NextDouble());
            double at = Ask(limiter, workload, now, drawn);
            Assert.InRange(at, now + drawn - 1e-8, now + drawn + 2.4 + 1e-8);
            Assert.True(at >= last[workload]);
            last[workload] = at;
            syncs.Add(at);
            changes++;
        }
        double[] instants = [.. syncs];
        Assert.True(changes > 4000);
        Assert.InRange(instants.Length, 250, 1000);
        if (workloads == 1)
        {
            Assert.All(instants.Zip(instants.Skip(1)), pair => Assert.True(pair.Second - pair.First > 0.999999));
        }
    }

    private static PropagationLimiter New(int workloads) =>
        new(new ModelBuilder(), workloads, new KubeProxyOptions(SimDuration.FromSeconds(1)));

    private static double Ask(PropagationLimiter limiter, int workload, double now, double drawn) =>
        limiter.InRules(workload, SimTime.Zero + SimDuration.FromSeconds(now), drawn).Seconds;
}
