using Xunit;
using static FailoverSim.Tests.Cluster.Whole.DataPlaneLayouts;

namespace FailoverSim.Tests.Cluster.Whole;

/// <summary>What becomes of lookups, and of those who need them.</summary>
public class DnsStories
{
    /// <summary>Both answer from one node: nothing forbids it, and the scheduler does not move anybody.</summary>
    private const string OnOneNode = "coredns: {replicas: 2, cpu: 100m, nodes: [workers], affinity: {by: node, when-impossible: schedule-anyway}}";

    /// <summary>From the news of a dead node to the rules of the others.</summary>
    private const double Rules = (0.1 + 2) / 2;

    private const string Names = "dns: {probe: dns}, first: {probe: dns, timeout: 2s}";

    [Fact]
    public void A_dead_replica_swallows_its_share_of_tries_until_it_is_out_of_the_rules()
    {
        Outcomes seen = Outcomes.Of(Workers("other: {}", Services(Names) + Silence("workload.coredns.host", "1h")));
        seen.Of("dns").Number(0);
        // Every second try finds it; one lookup in four finds it twice.
        seen.LostBy("first").AreOnAverage((Detect + Rules) / 2, 0.1);
        seen.LostBy("dns").AreOnAverage((Detect + Rules) / 4, 0.1);
    }

    [Fact]
    public void Both_replicas_on_a_node_that_dies_are_missed_until_they_are_replaced()
    {
        Outcomes seen = Outcomes.Of(Workers(OnOneNode, Services(Names) + Silence("workload.coredns.host", "1h")));
        seen.Of("dns").Number(400).Are("failover").Stage("detect", Detect, 0.1).Stage("evict", Pass, 0.1).Stage("tolerate", 300, 0.001)
            // The sooner of the two.
            .Between(39.6 + 300 + 1.4, 55.5 + 5.1 + 300 + 10.1);
        Assert.Equal(seen.Of("dns").Select(o => Math.Round(o.Length, 6)), seen.LostBy("dns").Select(lost => Math.Round(lost, 6)));
        Assert.All(seen.Counts("pods.deleted"), count => Assert.Equal(2, count));
    }

    [Fact]
    public void A_replica_that_crashes_is_out_of_the_rules_in_a_second_and_a_half()
    {
        Outcomes seen = Outcomes.Of(Workers(
            "other: {}", Services(Names) + "faults: {f: {at: [1h], of: workloads.coredns, share: 50% of replicas, repair: {takes: 1m}}}"));
        seen.Of("dns").Number(0);
        // The kubelet lists what runs every second.
        seen.LostBy("first").AreOnAverage((0.5 + Rules) / 2);
        seen.LostBy("dns").AreOnAverage((0.5 + Rules) / 4);
    }

    [Fact]
    public void A_drained_replica_costs_no_lookup()
    {
        Outcomes seen = Outcomes.Of(
            Workers("coredns: {replicas: 2, cpu: 100m, budget: {max-unavailable: 1}}",
                Services(Names) + "maintenance: {patch: {of: nodes.workers, every: 2h, per-node: 5m}}"), replications: 50);
        Assert.All(seen.Counts("pods.evicted-through-budgets"), count => Assert.True(count > 0));
        seen.Of("dns").Number(0);
        Assert.All(seen.LostBy("first"), lost => Assert.Equal(0, lost));
    }

    [Theory]
    [InlineData("30s", 30)]
    [InlineData("5s", 5)]
    [InlineData("0s", 0)]
    public void Clients_go_on_with_what_they_remember(string ttl, int seconds)
    {
        Outcomes seen = Outcomes.Of(
            Workers($"{OnOneNode}\nweb: {{replicas: 3, cpu: 1, nodes: [web]}}",
                Services(Names + ", web: {probe: workload web, through: dns}") + $"components: {{dns: {{ttl: {ttl}}}}}\n" + Silence("workload.coredns.host", "1h"),
                "{count: 6, place: spread, cpu: 16}\n  web: {count: 3, place: spread, cpu: 16}"),
            replications: 50);
        var names = seen.Of("dns").Number(50);
        var web = seen.Of("web").Number(50).Are("failover");
        Assert.All(names.Zip(web), pair => Assert.Equal(
            (Math.Round(pair.First.Start + seconds, 6), Math.Round(pair.First.Start + pair.First.Length, 6)),
            (Math.Round(pair.Second.Start, 6), Math.Round(pair.Second.Start + pair.Second.Length, 6))));
        // What is remembered has expired after half of the ttl in the mean.
        Assert.All(names.Zip(seen.LostBy("web")), pair => Assert.Equal(pair.First.Length - (seconds / 2.0), pair.Second, tolerance: 1e-4));
    }

    [Fact]
    public void Names_need_nothing_of_the_control_plane()
    {
        Outcomes seen = Outcomes.Of(
            Workers("other: {}", "services: {api: {probe: apiserver.write}, dns: {probe: dns}}", controlPlane: "control-plane: {kind: managed, availability: 50%, outage: 6m}"),
            replications: 20);
        Assert.True(seen.Of("api").Count > 100);
        seen.Of("dns").Number(0);
        Assert.All(seen.LostBy("dns"), lost => Assert.Equal(0, lost));
    }

    private static string Services(string services) => $"services: {{{services}}}\n";
}
