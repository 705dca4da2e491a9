using Xunit;
using static FailoverSim.Tests.Cluster.Whole.DataPlaneLayouts;

namespace FailoverSim.Tests.Cluster.Whole;

/// <summary>What faults of nodes, zones, links and containers do to workloads, from the text of a scenario to its outages.</summary>
public class DataPlaneStories
{
    /// <summary>From death to detection: passes of 5.05 s, renewals of 10 to 10.4 s.</summary>
    [Theory]
    [InlineData("v1.33", 47.9)]
    [InlineData("v1.31", 37.8)]
    public void A_node_dies_and_its_only_pod_is_tolerated_there_for_five_minutes(string timers, double detect)
    {
        Outcomes seen = Outcomes.Of(Workers("app: {replicas: 1, cpu: 2}", Service("app") + Silence("workload.app.host", "1h"), timers: timers));
        seen.Of("app").Number(400).Are("failover").Mean(detect + Pass + 300 + Ready, 0.1)
            .Stage("detect", detect, 0.1).Stage("evict", Pass, 0.1).Stage("tolerate", 300, 0.001)
            .Stage("schedule+pull+start+ready+propagate", Ready, 0.1)
            .OnlyStages("detect", "evict", "tolerate", "schedule", "pull", "start", "ready", "propagate");
        Assert.All(seen.Counts("nodes.not-ready"), count => Assert.Equal(1, count));
        Assert.All(seen.Counts("taint-evictions"), count => Assert.Equal(1, count));
        Assert.All(seen.Counts("taint-evictions-false"), count => Assert.Equal(0, count));
        Assert.All(seen.Counts("pods.deleted"), count => Assert.Equal(1, count));
    }

    [Fact]
    public void A_second_replica_elsewhere_hides_it_all() =>
        Outcomes.Of(Workers(
            "app: {replicas: 2, cpu: 2, spread: {by: zone}}", Service("app") + Silence("workload.app.host", "1h")), replications: 50).Of("app").Number(0);

    [Fact]
    public void A_node_that_is_back_before_its_pods_are_evicted_keeps_them()
    {
        Outcomes seen = Outcomes.Of(
            Workers("app: {replicas: 1, cpu: 2}", Service("app") + "faults: {f: {at: [1h], of: workload.app.host, repair: {takes: 2m}}}"));
        Assert.All(seen.Counts("pods.deleted"), count => Assert.Equal(0, count));
        // Two minutes of work on the machine, 2 to 10 s until the kubelet speaks, then the container is started there.
        seen.Of("app").Number(400).Are("failover").Mean(120 + 6 + Ready, 0.1);
    }

    [Fact]
    public void The_leader_of_the_controller_manager_dies_with_the_node()
    {
        Outcomes seen = Outcomes.Of(Layouts.External(
            """
              app: {probe: workload app}
            workloads: {app: {replicas: 1, cpu: 2}}
            faults:
              f: {at: [1h], of: workload.app.host, state: hang, lasts: 1h}
              g: {at: [1h], of: controller-manager.leader, repair: {takes: 20m}}
            """,
            pools: "  workers: {count: 6, place: spread, cpu: 16, memory: 64GiB}\n"));
        // The new leader takes the node for alive when it first sees it, so that the eleventh pass is the one that doubts.
        const double TakeOver = 16.54 + 3, Doubt = 10 * Pass;
        seen.Of("app").Number(400).Mean(TakeOver + Doubt + Pass + 300 + Ready, 0.2).Stage("tolerate", 300, 0.001);
        Assert.All(seen.Of("app"), outage => Assert.Contains("f", outage.Root, StringComparison.Ordinal));
    }

    [Fact]
    public void A_zone_is_lost_and_its_nodes_are_evicted_one_every_ten_seconds()
    {
        const int Apps = 60;
        string[] apps = [.. Enumerable.Range(1, Apps).Select(i => $"app-{i}")];
        Outcomes seen = Outcomes.Of(
            Workers(
                "app: {count: 60, replicas: 1, cpu: 8}",
                Service(apps) + "faults: {f: {at: [1h], of: zones.a, lasts: 1h}}",
                "{count: 60, place: spread, cpu: 16, memory: 64GiB}"),
            replications: 100);
        List<List<Seen>> zones = [.. apps.SelectMany(seen.Of).GroupBy(o => o.Replication).Select(outages => outages.OrderBy(o => o.Length).ToList())];
        Assert.Equal(100, zones.Count);
        Assert.All(zones, outages => Assert.Equal(20, outages.Count));
        List<Seen> first = [.. zones.Select(z => z[0])], last = [.. zones.Select(z => z[^1])];
        first.Are("failover").Mean(48 + 5 + 300 + Ready, 6);
        last.Are("failover").Mean(48 + 5 + 190 + 300 + Ready, 12).Stage("tolerate", 300, 0.001).Stage("evict", 5 + 190, 12);
    }

    /// <summary>Certificates have run out: kube-proxy hears what the node controller says of kubelets that cannot say a word.</summary>
    [Fact]
    public void No_kubelet_is_heard_and_all_services_are_empty_though_every_pod_runs()
    {
        Outcomes seen = WithoutWord("f: {at: [1h], of: kubelet, state: hang, scope: all-replicas, lasts: 10m}");
        foreach (string app in new[] { "app-1", "app-4" })
        {
            IReadOnlyList<Seen> outages = seen.Of(app).Number(200).Are("failover");
            // The last of three nodes, and the way into the rules.
            Assert.All(outages, o => Assert.InRange(o.Start - 3600, 39.6 + 0.1, 55.5 + 2 + 1));
            // A try every 7 s at the most and the status loop of 10 s, for the first of them; and the way back.
            Assert.All(outages, o => Assert.InRange(o.Start + o.Length - 4200, 0.1, 17 + 2 + 1));
        }
    }

    /// <summary>Rules stay as they are while kube-proxy hears as little; afterwards it may hear of marks that are not yet taken off.</summary>
    [Fact]
    public void Whole_zones_are_cut_off_from_the_api_and_go_on_serving()
    {
        Outcomes seen = WithoutWord("f: {at: [1h], of: [zone-links.a-control, zone-links.b-control], scope: all-replicas, lasts: 10m}");
        foreach (string app in new[] { "app-1", "app-4" })
        {
            IReadOnlyList<Seen> outages = seen.Of(app).Are("failover");
            Assert.InRange(outages.Count, 1, 199);
            Assert.All(outages, o => Assert.InRange(o.Start - 4200, 0.1, 17 + 2 + 1));
            Assert.All(outages, o => Assert.InRange(o.Start + o.Length - 4200, 0.1, 17 + 2 + 1));
        }
    }

    [Fact]
    public void Somebody_vouches_for_a_silent_node_and_a_stateful_set_goes_on_elsewhere()
    {
        string Text(string vouches) => Workers(
            "db: {kind: stateful-set, replicas: 1, cpu: 2, volume: {bound-to: zone, force-detach-after: 6m}}",
            Service("db") + Silence("workload.db.host", "90m"),
            $"{{count: 6, place: spread, cpu: 16, memory: 64GiB{vouches}}}");
        // Deleted after five minutes of toleration, but its node confirms nothing before it is back.
        Outcomes.Of(Text(""), replications: 50).Of("db").Number(50).Are("failover").Between(5400, 5400 + 120);
        // Vouched for five minutes after it was found silent: collected by a pass every 20 s, attached in 6 to 35 s.
        Outcomes.Of(Text(", out-of-service-after: 5m")).Of("db").Number(400).Are("failover")
            .Mean(Detect + 300 + 10.05 + 20.5 + Ready, 0.2).Between(339.6 + 7, 355.5 + 90);
    }

    [Fact]
    public void The_provider_ends_a_machine_and_its_object_goes_with_it()
    {
        string Text(string kind) => $$$"""
            use: [{timers: kubernetes/v1.33}]
            topology: {zones: [a]}
            nodes:
              spot: {count: 1, cpu: 8, boot: 5h, reclaim: {every: 1h, notice: 0s}}
              general: {count: 3, cpu: 8}
            workloads:
              filler: {replicas: 3, cpu: 4, nodes: [general], spread: {by: node}}
              app: {kind: {{{kind}}}, replicas: 1, cpu: 2, nodes: [spot, general]}
            services: {app: {probe: workload app}}
            """;
        // Deleted at the notice, the pod of a Deployment is created anew at once.
        Outcomes.Of(Text("deployment")).Of("app").Number(400).Are("failover", "spot.reclaim").Mean(Ready, 0.1);
        // One of a StatefulSet waits for the garbage collector: the node's object is gone at most 5 s after it is found silent, and missed for 40 s.
        Outcomes.Of(Text("stateful-set")).Of("app").Number(400).Are("failover", "spot.reclaim").Between(39.6 + 40, 55.5 + 5 + 80 + 10)
            .Mean(Detect + 2.5 + 40 + 20 + Ready, 12);
    }

    [Fact]
    public void A_container_crashes_and_is_restarted_in_place() =>
        // As long as the restart takes; then start, probe and rules, which may have changed less than a second ago.
        Outcomes.Of(Workers("app: {replicas: 1, cpu: 2}", Service("app") + "faults: {f: {at: [1h], of: workloads.app, repair: {takes: 1s}}}"))
            .Of("app").Number(400).Are("failover").Between(2, 12).Mean(1 + 3 + 0.5 + 1.05, 0.3);

    [Fact]
    public void An_application_hangs_until_its_probes_have_it_restarted()
    {
        string Text(string probe) => Workers(
            $"app: {{replicas: 1, cpu: 2{probe}}}", Service("app") + "faults: {f: {at: [1h], of: workloads.app, state: hang, lasts: 2h}}");
        // Three failures 10 s apart and their timeout, the grace period, start, probe and rules.
        Outcomes.Of(Text(", liveness: {}")).Of("app").Number(400).Are("failover").Between(50, 75)
            .Mean(5 + 20 + 1 + 30 + 3 + 0.5 + 1.05, 0.3);
        // Nobody restarts what has no liveness probe.
        Outcomes.Of(Text(""), replications: 20, horizon: "4h").Of("app").Number(20).Are("failover").Between(7200, 7220);
    }

    /// <summary>The control plane in a zone of its own, and a fault for which no pod is touched.</summary>
    private static Outcomes WithoutWord(string fault)
    {
        Outcomes seen = Outcomes.Of(
            $$$"""
            use: [{timers: kubernetes/v1.33}]
            topology: {zones: [a, b, control]}
            nodes:
              cp: {count: 3, place: {control: 3}, runs: [etcd, apiserver, controller-manager, scheduler]}
              workers: {count: 12, place: {a: 6, b: 6}, cpu: 16, memory: 64GiB}
            workloads:
              app: {count: 4, replicas: 3, cpu: 2, spread: {by: zone, max-skew: 1, when-impossible: schedule-anyway}}
            faults:
              {{{fault}}}
            services:
              api: {probe: apiserver.write}
              app-1: {probe: workload app-1}
              app-4: {probe: workload app-4}
            """,
            replications: 200);
        seen.Of("api").Number(0);
        Assert.All(seen.Counts("pods.deleted"), count => Assert.Equal(0, count));
        // One node of each zone at the most, before the controller sees that it is all of them, and takes the taints off again.
        Assert.All(seen.Counts("nodes.tainted"), count => Assert.InRange(count, 0, 2));
        return seen;
    }
}
