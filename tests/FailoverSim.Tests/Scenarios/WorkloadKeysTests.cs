using FailoverSim.Kernel.Time;
using FailoverSim.Models.Workloads;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Output;
using FailoverSim.Scenario.Specification;
using Xunit;

namespace FailoverSim.Tests.Scenarios;

/// <summary>The keys of workloads, workers and their components, one by one.</summary>
public sealed class WorkloadKeysTests
{
    private const string Managed = "control-plane: {kind: managed, availability: 99.95%, outage: 6m}\n";
    private const string Nodes = "nodes: {w: {count: 6, cpu: 8, memory: 32GiB}, spare: {count: 3, cpu: 4, max-pods: 20}}\n";

    [Fact]
    public void One_workload_has_the_name_of_its_entry()
    {
        var copy = Workload("app: {}");
        Assert.Equal(("app", 1, 1, 0, 0L, 0L), (copy.Name, copy.Replicas, copy.Needed, copy.MinHealthy, copy.Cpu, copy.Memory));
        Assert.Empty(copy.Pools);
        Assert.Equal("app-1", Workload("app: {count: 1}").Name);
    }

    [Theory]
    [InlineData("max-unavailable: 1", 7, 6)]
    [InlineData("max-unavailable: 25%", 7, 5)]
    [InlineData("min-available: 50%", 7, 4)]
    [InlineData("min-available: 2", 7, 2)]
    [InlineData("max-unavailable: 100%", 3, 0)]
    [InlineData("min-available: 5", 3, 5)]
    public void Budgets_are_rounded_up_both_ways(string budget, int replicas, int healthy) =>
        Assert.Equal(healthy, Workload($"app: {{replicas: {replicas}, budget: {{{budget}}}}}").MinHealthy);

    [Theory]
    [InlineData("ready >= 2", 3, 2)]
    [InlineData("ready >= 50% of replicas", 3, 2)]
    [InlineData("ready>=100% of replicas", 3, 3)]
    [InlineData("ready >= 0.1% of replicas", 3, 1)]
    public void Up_when_counts_ready_replicas(string upWhen, int replicas, int needed) =>
        Assert.Equal(needed, Workload($"app: {{replicas: {replicas}, up-when: {upWhen}}}").Needed);

    [Theory]
    [InlineData("500m", 500)]
    [InlineData("0.25", 250)]
    [InlineData("2", 2_000)]
    public void Cores_are_counted_in_thousandths(string cpu, long expected) => Assert.Equal(expected, Workload($"app: {{cpu: {cpu}}}").Cpu);

    [Fact]
    public void Volumes_make_stateful_sets_unless_the_kind_says_otherwise()
    {
        var bound = Workload("app: {volume: {}}");
        Assert.Equal((true, true, Seconds(360), 20.5), (bound.AtMostOne, bound.Volume!.BoundToZone, bound.Volume.ForceDetachAfter, bound.Volume.Attach.Mean));
        Assert.False(Workload("app: {volume: {bound-to: none}}").Volume!.BoundToZone);
        Assert.False(Workload("app: {kind: deployment, volume: {}}").AtMostOne);
        Assert.True(Workload("app: {kind: stateful-set}").AtMostOne);
    }

    [Fact]
    public void Constraints_may_be_several()
    {
        var copy = Workload("app: {replicas: 2, spread: [{by: zone}, {by: node, max-skew: 2, when-impossible: schedule-anyway}], anti-affinity: {}}");
        Assert.Equal([new SpreadOptions(SpreadBy.Zone, 1, 0, true), new SpreadOptions(SpreadBy.Node, 2, 0, false),
            new SpreadOptions(SpreadBy.Node, 1, 0, true, IsAntiAffinity: true)], copy.Spread.ToArray());
    }

    /// <summary>Numbers: a-1 0, a-2 1, b-1 2, b-2 3, c-1 … c-3 4 … 6, d 7.</summary>
    [Theory]
    [InlineData("to: b", 2, 1, 3)]
    [InlineData("to: c", 4, 3, 4)]
    [InlineData("to: d", 7, 1, 7)]
    [InlineData("to: c-2", 5, 1, 5)]
    [InlineData("by: zone", 0, 1, 1)]
    [InlineData("to: a", 0, 1, 1)]
    public void An_affinity_means_the_copy_of_the_same_number_where_there_are_as_many_and_else_all(string term, int first, int count, int ofSecond)
    {
        var copies = Cluster($"workloads: {{a: {{count: 2, affinity: {{{term}, when-impossible: schedule-anyway}}}}, b: {{count: 2}}, c: {{count: 3}}, d: {{}}}}").Workloads[0].Copies;
        Assert.Equal(new AffinityOptions(new WorkloadRange(first, count), SpreadBy.Zone, IsHard: false), Assert.Single(copies[0].Affinity));
        Assert.Equal(ofSecond, Assert.Single(copies[1].Affinity).To.First);
    }

    [Fact]
    public void Anti_affinity_to_others_is_no_spread_of_its_own_pods()
    {
        var copy = Workload("a: {anti-affinity: [{to: b}, {by: zone}, {to: a, when-impossible: schedule-anyway}]}\n  b: {}");
        Assert.Equal(new AffinityOptions(new WorkloadRange(1, 1), SpreadBy.Node, IsHard: true, IsAnti: true), Assert.Single(copy.Affinity));
        Assert.Equal([new SpreadOptions(SpreadBy.Zone, 1, 0, true, IsAntiAffinity: true), new SpreadOptions(SpreadBy.Node, 1, 0, false, IsAntiAffinity: true)],
            copy.Spread.ToArray());
    }

    [Fact]
    public void A_workload_may_be_bound_to_zones() => Assert.Equal([2, 0], Workload("app: {zones: [c, a]}").Zones.ToArray());

    [Fact]
    public void Whoever_asks_for_names_gets_what_kubeadm_installs()
    {
        var cluster = Cluster("components: {dns: {}}");
        Assert.Equal(new DnsSpec("coredns", Seconds(30), Seconds(5), 2), cluster.Dns);
        var coredns = Assert.Single(cluster.Workloads).Copies[0];
        Assert.Equal(("coredns", 2, 100L, 70L << 20), (coredns.Name, coredns.Replicas, coredns.Cpu, coredns.Memory));
        Assert.Equal(new SpreadOptions(SpreadBy.Node, 1, 0, false, IsAntiAffinity: true), Assert.Single(coredns.Spread));
        Assert.Equal(new ProbeOptions(Seconds(10), Seconds(5), 5), coredns.Liveness);
        Assert.Null(Cluster("workloads: {coredns: {}}").Dns);
    }

    [Fact]
    public void Lookups_can_be_answered_by_a_workload_of_the_file()
    {
        var own = Cluster("workloads: {coredns: {replicas: 5}}\ncomponents: {dns: {ttl: 0s, attempts: 3}}");
        Assert.Equal((new DnsSpec("coredns", SimDuration.Zero, Seconds(5), 3), 5), (own.Dns, Assert.Single(own.Workloads).Copies[0].Replicas));
        var named = Cluster("workloads: {names: {count: 2}}\ncomponents: {dns: {workload: names-2}}");
        Assert.Equal(("names-2", 1), (named.Dns!.Workload, named.Workloads.Count));
    }

    [Theory]
    [InlineData("{probe: dns, timeout: 2s}", "dns", null)]
    [InlineData("{probe: workload web, through: dns}", "workload", "dns")]
    public void A_service_that_asks_for_names_is_enough(string service, string what, string? through)
    {
        var spec = ClusterText.Read(Managed + "workloads: {web: {}}", nodes: Nodes, sets: [$"services.names={service}"]).Spec!;
        Assert.Equal("coredns", spec.Cluster!.Dns!.Workload);
        Assert.Equal((what, through), (spec.Services[^1].Probe!.What, spec.Services[^1].Probe!.Through));
    }

    [Fact]
    public void The_table_of_defaults_tells_those_of_names()
    {
        Assert.True(DefaultsTable.TryWrite("dns", null, out string text));
        Assert.Contains("resolv.conf(5)", text, StringComparison.Ordinal);
        Assert.True(DefaultsTable.TryWrite("coredns", null, out text));
        Assert.Contains("coredns.replicas", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Tolerations_come_from_the_apiserver_or_last_for_ever()
    {
        Assert.Equal(new TolerationOptions(Seconds(300), null), Workload("app: {tolerations: {unreachable: forever}}").Tolerations);
        Assert.Equal(new TolerationOptions(Seconds(30), Seconds(300)),
            Workload("app: {}\ncomponents: {apiserver: {default-not-ready-toleration-seconds: 30s}}").Tolerations);
        Assert.Equal(new TolerationOptions(SimDuration.Zero, null), Workload("app: {tolerations: {not-ready: 0s, unreachable: never}}").Tolerations);
    }

    [Fact]
    public void Probes_grace_and_pools_are_taken_over()
    {
        var copy = Workload("app: {nodes: spare, pull: 20s, grace: 5s, readiness: {period: 2s}, liveness: {failures: 5}}");
        Assert.Equal((new ProbeOptions(Seconds(2), Seconds(1), 3), new ProbeOptions(Seconds(10), Seconds(1), 5)), (copy.Readiness, copy.Liveness));
        Assert.Equal((20.0, Seconds(5), 1), (copy.Pull!.Mean, copy.Grace, Assert.Single(copy.Pools)));
        Assert.Equal((Seconds(10), Seconds(300), Seconds(600)), (copy.Backoff.First, copy.Backoff.Max, copy.Backoff.Reset));
    }

    [Fact]
    public void A_pool_without_memory_is_not_limited_by_it()
    {
        var pools = Cluster("workloads: {app: {memory: 900GiB, nodes: spare}}").Pools;
        Assert.Equal((4_000, WorkerSpec.Unlimited, 20), (pools[1].Worker!.Cpu, pools[1].Worker!.Memory, pools[1].Worker!.MaxPods));
        Assert.Null(ClusterText.Cluster("").Pools[0].Worker);
        Assert.Null(ClusterText.Cluster("").NodeHealth);
    }

    [Theory]
    [InlineData("v1.31", 40)]
    [InlineData("v1.32", 50)]
    public void The_grace_period_is_that_of_the_version(string version, int seconds) =>
        Assert.Equal(Seconds(seconds), Cluster($"use: [{{timers: kubernetes/{version}}}]").NodeHealth!.MonitorGracePeriod);

    [Fact]
    public void Components_of_nodes_can_be_set()
    {
        var cluster = Cluster("""
            components:
              kubelet: {node-lease-duration-seconds: 20s}
              controller-manager: {node-monitor-grace-period: 20s, node-eviction-rate: 1/s}
              cni: {kind: flannel}
              descheduler: {}
              kube-proxy: {min-sync-period: 5s, propagation: 1s}
            """);
        Assert.Equal((Seconds(5), Seconds(20), 1.0), (cluster.NodeHealth!.LeaseRenewInterval, cluster.NodeHealth.MonitorGracePeriod, cluster.NodeHealth.EvictionRate));
        Assert.Equal(("flannel", "vxlan", SimDuration.Zero), (cluster.Cni!.Kind, cluster.Cni.Mode, cluster.Cni.HoldTime));
        Assert.Equal((new DeschedulerSpec(Seconds(300)), Seconds(5), 1.0), (cluster.Descheduler, cluster.Endpoints!.MinSyncPeriod, cluster.Endpoints.Propagation.Mean));
        Assert.Equal("none", Cluster("").Cni!.Kind);
        Assert.True(Cluster("").Cloud!.ScanInterval.IsNever);
    }

    [Theory]
    [InlineData("workloads.*", "Pod app-1@1, Pod app-1@2, Pod app-2@1, Pod app-2@2, Pod one@1")]
    [InlineData("workloads.app-2", "Pod app-2@1, Pod app-2@2")]
    [InlineData("workload.one", "Pod one@1")]
    [InlineData("workload.one.host", "WorkloadHost one")]
    [InlineData("workloads.app, scope: all-replicas", "Workload app-1, Workload app-2")]
    [InlineData("workloads.app, share: 50% of replicas", "Workload app-1, Workload app-2")]
    [InlineData("registry", "Registry registry")]
    [InlineData("kubelet@w-2", "Process kubelet@w-2")]
    [InlineData("container-runtime@w-1", "Process container-runtime@w-1")]
    [InlineData("cni", "Process cni@w-1, Process cni@w-2, Process cni@w-3")]
    public void A_selector_names_pods_and_agents(string selector, string expected)
    {
        var fault = ClusterText.Cluster(Managed + $"workloads: {{app: {{count: 2, replicas: 2}}, one: {{}}}}\nfaults: {{x: {{of: {selector}, every: exp(1y), lasts: 5m}}}}",
            nodes: "nodes: {w: {count: 3, cpu: 8}}\n").Faults[0];
        Assert.Equal(expected, string.Join(", ", fault.Targets.Select(target => $"{target.Kind} {target.Name}{(target.Machine is null ? "" : $"@{target.Machine}")}")));
    }

    [Fact]
    public void Probes_ask_one_workload_or_the_network()
    {
        var services = ClusterText.Read(Managed + "workloads: {app: {count: 1}, web: {count: 3}}\n" +
            "slo: {}", nodes: Nodes, sets: ["services.a={probe: workload app}", "services.w={probe: workload web-3}", "services.n={probe: node-network}"]).Spec!.Services;
        Assert.Equal([("apiserver.write", null), ("workload", "app-1"), ("workload", "web-3"), ("node-network", null)],
            services.Select(service => (service.Probe!.What, service.Probe.Of)));
    }

    [Fact]
    public void Machines_of_workers_are_worked_on_with_their_pods_drained_first()
    {
        var entry = Assert.Single(Cluster("maintenance: {patch: {of: nodes.w, every: 30d, per-node: 10m, concurrency: 2}}").Maintenance);
        Assert.Equal((0, 2, true, true, null), (entry.Surge, entry.Concurrency, entry.Drains, entry.RespectBudgets, entry.DrainTimeout));
        var rude = Assert.Single(Cluster("maintenance: {patch: {of: nodes.w, every: 30d, per-node: 10m, drains: false}}").Maintenance);
        Assert.False(rude.Drains);
        Assert.False(Assert.Single(ClusterText.Cluster("maintenance: {a: {of: nodes.cp, every: 90d, per-node: 5m}}").Maintenance).Drains);
    }

    [Fact]
    public void Rates_fill_faults_of_pods_and_agents()
    {
        var faults = Cluster("use: {rates: public-cloud-vm}\nworkloads: {a: {}}\nfaults: {crash: {of: workloads.a}, api: {of: cloud-api}, agent: {of: kubelet}}").Faults;
        Assert.Equal([18 * 86_400.0, 30 * 86_400.0, 273.75 * 86_400], faults.Select(fault => fault.Every!.Mean));
        Assert.Equal(["crash", null, "agent"], faults.Select(fault => fault.Repair));
    }

    [Fact]
    public void The_table_of_defaults_tells_those_of_workloads()
    {
        Assert.True(DefaultsTable.TryWrite("workloads", "v1.33", out string text));
        Assert.Contains("terminationGracePeriodSeconds", text, StringComparison.Ordinal);
        Assert.True(DefaultsTable.TryWrite("controller-manager", "v1.31", out text));
        Assert.Contains("controller-manager.node-monitor-grace-period     40s", text, StringComparison.Ordinal);
        Assert.True(DefaultsTable.TryWrite(null, null, out text));
        Assert.Contains("\nworkloads.grace", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_with_150_000_pods_is_read_without_delay()
    {
        var cluster = ClusterText.Cluster(Managed + "workloads: {app: {count: 5k, replicas: 30, cpu: lognormal(median=100m p95=1)}}\n" +
            "faults: {crash: {of: workloads.*, every: exp(60d), repair: {takes: 5s}}, node: {of: nodes.*, every: exp(1y), lasts: 5m}}",
            nodes: "nodes: {w: {count: 5k, cpu: 32}}\n");
        Assert.Equal((150_000, 5_000), (cluster.Faults[0].Targets.Count, cluster.Faults[1].Targets.Count));
    }

    [Fact]
    public void A_managed_control_plane_can_be_probed_as_one_block()
    {
        var reading = ClusterText.Read(Managed, nodes: Nodes, sets: ["services.acts={probe: scheduler.acting}"]);
        Assert.DoesNotContain(reading.Diagnostics, finding => finding.Severity == Severity.Error);
    }

    private static ClusterSpec Cluster(string blocks) => ClusterText.Cluster(Managed + blocks, nodes: Nodes);

    private static WorkloadOptions Workload(string workload) => Cluster($"workloads:\n  {workload}").Workloads[0].Copies[0];

    private static SimDuration Seconds(long seconds) => new(seconds * SimDuration.NanosecondsPerSecond);
}
