using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Workloads;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Specification;
using Xunit;

namespace FailoverSim.Tests.Scenarios;

/// <summary>What the scenario with a data plane says, down to what is drawn for each workload.</summary>
public sealed class ReadingWorkloads
{
    private static readonly ScenarioReading Managed =
        ScenarioFile.Read(Path.Combine(Repository.Scenarios, "managed-500-nodes.yaml"));

    private static ClusterSpec Cluster => Managed.Spec!.Cluster!;

    [Fact]
    public void The_control_plane_is_somebody_elses()
    {
        Assert.DoesNotContain(Managed.Diagnostics, finding => finding.Severity != Severity.Note);
        Assert.Equal(0.9995, Cluster.ManagedControlPlane!.Availability);
        Assert.Equal(360, Cluster.ManagedControlPlane.Outage.Quantile(0.5), 6);
        Assert.Null(Cluster.Etcd);
        Assert.Null(Cluster.Apiserver);
        Assert.Empty(Cluster.LeaderElected);
    }

    [Fact]
    public void Workers_stand_in_three_zones_with_room_for_pods()
    {
        var (general, spot) = (Cluster.Pools[0], Cluster.Pools[1]);
        Assert.Equal((420, 80), (general.Machines.Count, spot.Machines.Count));
        Assert.Equal([140, 140, 140], general.Machines.GroupBy(machine => machine.Zone).Select(zone => zone.Count()));
        Assert.Equal([27, 27, 26], spot.Machines.GroupBy(machine => machine.Zone).Select(zone => zone.Count()));
        Assert.Empty(general.Runs);
        Assert.Equal((16_000, 64L << 30, 110), (general.Worker!.Cpu, general.Worker.Memory, general.Worker.MaxPods));
        Assert.Equal(600, general.Worker.ReplaceAfter!.Mean);
        Assert.Null(general.Worker.Reclaim);
        Assert.Null(spot.Worker!.ReplaceAfter);
        Assert.Equal((20 * 86_400.0, Seconds(120)), (spot.Worker.Reclaim!.Every.Mean, spot.Worker.Reclaim.Notice));
        Assert.Equal(165, spot.Boot.Mean);
    }

    [Fact]
    public void Timers_are_those_of_the_version_in_use()
    {
        var health = Cluster.NodeHealth!;
        Assert.Equal((Seconds(10), 0.04, Seconds(5), Seconds(50)),
            (health.LeaseRenewInterval, health.RenewJitter, health.MonitorPeriod, health.MonitorGracePeriod));
        Assert.Equal((0.1, 0.01, 50, 0.55), (health.EvictionRate, health.SecondaryEvictionRate, health.LargeClusterSizeThreshold, health.UnhealthyZoneThreshold));
        Assert.Equal((Seconds(20), Seconds(40)), (health.PodGcPeriod, health.PodGcQuarantine));
        Assert.Equal((Seconds(1), Seconds(10), Seconds(300)),
            (Cluster.Scheduling!.PodInitialBackoff, Cluster.Scheduling.PodMaxBackoff, Cluster.Scheduling.UnschedulableFlush));
        Assert.Equal(new CniSpec { Kind = "calico", Mode = "bgp", HoldTime = Seconds(240), RestartTime = Seconds(120), ConnectRetry = Seconds(5) }, Cluster.Cni);
        Assert.Equal((Seconds(5), Seconds(10)), (Cluster.Cloud!.NodeMonitorPeriod, Cluster.Cloud.RouteReconciliationPeriod));
        Assert.Null(Cluster.Descheduler);
    }

    [Fact]
    public void Workloads_have_what_the_file_says_and_Kubernetes_adds()
    {
        Assert.Equal([("stateless", 150), ("quorum-apps", 30), ("singletons", 20)], Cluster.Workloads.Select(group => (group.Name, group.Copies.Count)));
        var (web, quorum, single) = (Cluster.Workloads[0].Copies[0], Cluster.Workloads[1].Copies[29], Cluster.Workloads[2].Copies[0]);
        Assert.Equal(("stateless-1", "quorum-apps-30", "singletons-1"), (web.Name, quorum.Name, single.Name));
        Assert.Equal((false, true, true), (web.AtMostOne, quorum.AtMostOne, single.AtMostOne));
        Assert.Equal([new SpreadOptions(SpreadBy.Zone, 1, 0, IsHard: false)], web.Spread.ToArray());
        Assert.Equal([new SpreadOptions(SpreadBy.Zone, 1, 3, IsHard: true)], quorum.Spread.ToArray());
        Assert.Equal((3, 2, 2, 4_000, 0L), (quorum.Replicas, quorum.Needed, quorum.MinHealthy, (int)quorum.Cpu, quorum.Memory));
        Assert.Equal((true, Seconds(360)), (single.Volume!.BoundToZone, single.Volume.ForceDetachAfter));
        Assert.Equal((1, 1, 0), (single.Replicas, single.Needed, single.MinHealthy));
        var tolerations = new TolerationOptions(Seconds(300), Seconds(300));
        Assert.All(Cluster.Workloads.SelectMany(group => group.Copies), copy => Assert.Equal(tolerations, copy.Tolerations));
        Assert.Equal((Seconds(30), new ProbeOptions(Seconds(10), Seconds(1), 3), null, null), (web.Grace, web.Readiness, web.Liveness, web.Pull));
        Assert.Equal(12, web.Start.Quantile(0.5), 6);
    }

    [Fact]
    public void What_is_drawn_follows_the_law_and_fits_the_machines()
    {
        var stateless = Cluster.Workloads[0].Copies;
        Assert.All(stateless, copy => Assert.InRange(copy.Cpu, 1_000, 16_000));
        Assert.All(stateless, copy => Assert.Contains(copy.Replicas, new[] { 2, 3, 6, 12 }));
        Assert.All(stateless, copy => Assert.Equal((copy.Replicas - 1, (copy.Replicas + 1) / 2), (copy.MinHealthy, copy.Needed)));
        // 4.9 standard errors of the mean of 150 draws: 2.2 replicas and 3 cores are their standard deviations, about.
        Assert.InRange(stateless.Average(copy => copy.Replicas), 3.75 - 0.9, 3.75 + 0.9);
        Assert.InRange(stateless.Average(copy => copy.Cpu) / 1000, 7.5 - 1.3, 7.5 + 1.3);
    }

    [Fact]
    public void What_is_drawn_depends_on_seed_and_name_alone()
    {
        const string Pools = "nodes: {w: {count: 9, cpu: 16, memory: 64GiB}}\n";
        const string Web = "  web: {count: 20, replicas: choice(2=50% 5=50%), cpu: 1..8, memory: lognormal(median=2GiB p95=8GiB)}\n";
        const string Other = "  other: {count: 30, replicas: choice(1=50% 7=50%), cpu: 0.5..1}\n";
        string Drawn(string workloads, params string[] sets) => SpecText.Of(ClusterText.Cluster(
            "control-plane: {kind: managed, availability: 99%, outage: 5m}\nworkloads:\n" + workloads, nodes: Pools, sets: sets)
            .Workloads.Single(group => group.Name == "web").Copies.Select(copy => (copy.Name, copy.Replicas, copy.Cpu, copy.Memory)));
        string first = Drawn(Web);
        Assert.Equal(first, Drawn(Web + Other));
        Assert.Equal(first, Drawn(Other + Web));
        Assert.Equal(first, Drawn(Web, "workloads.web.grace=5s"));
        Assert.NotEqual(first, Drawn(Web, "run.seed=2"));
        Assert.StartsWith(first[..^1], Drawn(Web, "workloads.web.count=21"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_drawn_is_told_with_its_source()
    {
        var copy = Cluster.Workloads[0].Copies[6];
        Assert.Contains(FormattableString.Invariant($"    # stateless-7: {{replicas: {copy.Replicas}, cpu: {copy.Cpu}m}}  # drawn from seed 11\n"),
            Managed.Expanded!, StringComparison.Ordinal);
        var value = Managed.Values.Single(value => value.Path == "workloads.stateless-7.cpu");
        Assert.Equal((FormattableString.Invariant($"{copy.Cpu}m"), "drawn from seed 11"), (value.Value, value.Source));
        Assert.DoesNotContain("# quorum-apps-1:", Managed.Expanded, StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_strike_machines_pods_and_workloads()
    {
        var faults = Cluster.Faults.ToDictionary(fault => fault.Name);
        int pods = Cluster.Workloads.SelectMany(group => group.Copies).Sum(copy => copy.Replicas);
        Assert.Equal((500, 500, 3, 150, pods, 1), (faults["node-crash"].Targets.Count, faults["node-hang"].Targets.Count,
            faults["zone-outage"].Targets.Count, faults["bad-image"].Targets.Count, faults["container-crash"].Targets.Count, faults["cloud-api"].Targets.Count));
        Assert.Equal((0.2, false, new Target(TargetKind.Workload, "stateless-1")),
            (faults["bad-image"].Share, faults["bad-image"].AllReplicas, faults["bad-image"].Targets[0]));
        Assert.Equal(new Target(TargetKind.Pod, "singletons-20", "1"), faults["container-crash"].Targets[^1]);
        Assert.Equal(new Target(TargetKind.CloudApi, "cloud-api"), faults["cloud-api"].Targets[0]);
        Assert.Equal(Affliction.Hang, faults["node-hang"].State);
    }

    [Fact]
    public void Upgrades_bring_new_machines_first()
    {
        var upgrade = Assert.Single(Cluster.Maintenance);
        Assert.Equal(("general", 10, true, true, Seconds(900)), (upgrade.Pool, upgrade.Surge, upgrade.Drains, upgrade.RespectBudgets, upgrade.DrainTimeout!.Value));
        Assert.Null(upgrade.PerNode);
    }

    [Fact]
    public void Figures_are_over_the_copies()
    {
        var services = Managed.Spec!.Services;
        Assert.Equal([("fleet", AggregateKind.MeanOver, 200), ("worst", AggregateKind.Quantile, 200), ("tier-1", AggregateKind.AllOf, 30)],
            services.Select(service => (service.Name, service.Aggregate!.Kind, service.Aggregate.Members.Count)));
        Assert.Equal(0.01, services[1].Aggregate!.Quantile);
        Assert.Equal("quorum-apps-1", services[2].Aggregate!.Members[0]);
    }

    [Fact]
    public void Variants_reach_into_workloads()
    {
        var variants = Managed.Study.Variants.ToDictionary(variant => variant.Name, variant => variant.Spec.Cluster!);
        Assert.Equal((2, 2), (variants["two-zones"].Zones.Count, variants["two-zones"].Workloads[1].Copies[0].Spread[0].MinDomains));
        Assert.All(variants["eviction-60s"].Workloads.SelectMany(group => group.Copies),
            copy => Assert.Equal(new TolerationOptions(Seconds(60), Seconds(60)), copy.Tolerations));
        Assert.Equal(560, variants["more-nodes"].Pools[0].Machines.Count);
        Assert.True(variants["hard-spread"].Workloads[0].Copies[0].Spread[0].IsHard);
        string Drawn(ClusterSpec cluster) => SpecText.Of(cluster.Workloads[0].Copies.Select(copy => (copy.Replicas, copy.Cpu)));
        Assert.All(variants.Values, variant => Assert.Equal(Drawn(Cluster), Drawn(variant)));
    }

    private static SimDuration Seconds(long seconds) => new(seconds * SimDuration.NanosecondsPerSecond);
}
