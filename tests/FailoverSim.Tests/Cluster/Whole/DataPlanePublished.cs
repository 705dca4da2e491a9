using FailoverSim.Tests.Measured;
using Xunit;

namespace FailoverSim.Tests.Cluster.Whole;

/// <summary>Times of whole clusters that others have published.</summary>
public class DataPlanePublished
{
    [Fact]
    public void The_only_pod_of_a_node_that_fails_is_out_as_long_as_measured_in_2018_but_for_where_the_five_minutes_begin()
    {
        IReadOnlyList<PublishedOutage> all = PublishedOutages.Simulate();
        Assert.All(all.Where(p => p.IsAlike), p => Assert.True(Math.Abs(p.Difference) <= PublishedOutages.Tolerance, p.ToString()));
        PublishedOutage outage = Assert.Single(all, p => !p.IsAlike);
        // Detection, a pass, and what a pod takes to start.
        Assert.InRange(outage.Simulated - outage.Published, 37.8 + 5.05, 37.8 + 5.05 + 7);
    }

    /// <summary>Sums that kubespray's documentation gives for its settings, within a heartbeat before and three passes after.</summary>
    [Theory]
    [InlineData("{node-monitor-period: 2s, node-monitor-grace-period: 20s}", 2, 16, 20, 30, 50)]
    [InlineData("{node-monitor-period: 5s, node-monitor-grace-period: 2m}", 5, 80, 120, 60, 180)]
    [InlineData("{node-monitor-period: 5s, node-monitor-grace-period: 5m}", 5, 240, 300, 60, 360)]
    public void A_node_that_falls_silent_is_evicted_when_documented(string timers, int pass, int lease, int grace, int toleration, int documented)
    {
        Outcomes seen = Outcomes.Of(
            $$$"""
            use: [{timers: kubernetes/v1.31}]
            nodes:
              workers: {count: 6, cpu: 8}
            components: {controller-manager: {{{timers}}}, kubelet: {node-lease-duration-seconds: {{{lease}}}s}}
            workloads: {app: {replicas: 1, cpu: 2, tolerations: {not-ready: {{{toleration}}}s, unreachable: {{{toleration}}}s} } }
            services: {app: {probe: workload app}}
            faults: {f: {at: [1h], of: workload.app.host, state: hang, lasts: 1h}}
            """,
            replications: 200);
        Assert.Equal(documented, grace + toleration);
        foreach (Seen outage in seen.Of("app").Number(200))
        {
            double eviction = outage.Stages["detect"] + outage.Stages["evict"] + outage.Stages["tolerate"];
            // Renewals jitter by 4 %. One pass sees the last heartbeat, one finds it too old, and the one after that taints.
            Assert.InRange(eviction, documented - (1.05 * lease / 4), documented + (3 * (pass + 0.05)) + 0.1);
        }
    }
}
