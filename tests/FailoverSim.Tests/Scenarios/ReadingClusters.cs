using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Specification;
using Xunit;

namespace FailoverSim.Tests.Scenarios;

/// <summary>What the two scenarios with a control plane say, down to where each machine stands.</summary>
public sealed class ReadingClusters
{
    private static readonly ScenarioReading Stacked = Read("kubeadm-stacked-3");
    private static readonly ScenarioReading External = Read("external-etcd-5-haproxy");

    [Fact]
    public void Stacked_nodes_stand_one_per_zone_with_the_settings_of_the_file()
    {
        Assert.Empty(Stacked.Diagnostics);
        var cluster = Stacked.Spec!.Cluster!;
        Assert.Equal(["a", "b", "c"], cluster.Zones.Select(zone => zone.Name));
        Assert.Equal((0.0003, 0.0012), (cluster.RttInsideZone.Mean, cluster.RttBetweenZones.Mean));
        var pool = Assert.Single(cluster.Pools);
        Assert.Equal([("cp-1", "a"), ("cp-2", "b"), ("cp-3", "c")], pool.Machines.Select(m => (m.Name, m.Zone)));
        Assert.Equal(["etcd", "apiserver", "controller-manager", "scheduler", "cloud-controller-manager", "vip"], pool.Runs);
        Assert.True(cluster.Apiserver!.LocalMember);
        Assert.Equal((100_000_000L, Seconds(1), true), (cluster.Etcd!.Heartbeat.Nanoseconds, cluster.Etcd.ElectionTimeout, cluster.Etcd.PreVote));
        Assert.Equal((5.0, 3.0, 1.0, true), Of(cluster.Vip!.Lease));
        Assert.Equal(["controller-manager", "scheduler", "cloud-controller-manager"], cluster.LeaderElected.Select(c => c.Name));
        Assert.All(cluster.LeaderElected, component =>
            Assert.Equal((15.0, 10.0, 2.0, component.Name == "scheduler"), Of(component.Lease)));
        Assert.Null(cluster.Haproxy);
        Assert.Null(cluster.Keepalived);
    }

    [Fact]
    public void Faults_of_the_stacked_cluster_have_their_victims()
    {
        var faults = Stacked.Spec!.Cluster!.Faults.ToDictionary(fault => fault.Name);
        Assert.Equal(18, faults["process-crash"].Targets.Count);
        Assert.Equal(new Target(TargetKind.Process, "vip", "cp-3"), faults["process-crash"].Targets[^1]);
        Assert.Equal(["cp-1", "cp-2", "cp-3"], faults["node-crash"].Targets.Select(target => target.Name));
        Assert.Equal(Affliction.LostForGood, faults["node-lost"].State);
        Assert.Equal(["a-b", "a-c", "b-c"], faults["zone-partition"].Targets.Select(target => target.Name));
        Assert.Equal((Affliction.Partition, Direction.Either), (faults["zone-partition"].State, faults["zone-partition"].Direction));
        Assert.Equal((new ChanceSpec(0.003, "upgrade"), true, "rollback"),
            (faults["bad-rollout"].Chance, faults["bad-rollout"].AllReplicas, faults["bad-rollout"].Repair));
        Assert.Equal((Affliction.Stall, (string?)null), (faults["disk-stall"].State, faults["disk-stall"].Repair));
        Assert.NotNull(faults["disk-stall"].Lasts);
    }

    [Fact]
    public void Repair_maintenance_and_probes_of_the_stacked_cluster()
    {
        var spec = Stacked.Spec!;
        var procedures = spec.Cluster!.Procedures;
        Assert.Equal(["restart", "reboot", "replace", "rollback", "restore-quorum"], procedures.Select(p => p.Name));
        Assert.Equal([true, true, false], new[] { procedures[4].RestoresQuorum, procedures[4].LosesData, procedures[3].RestoresQuorum });
        Assert.Equal(["on-call"], procedures[2].Crews);
        var upgrade = Assert.Single(spec.Cluster.Maintenance);
        Assert.Equal([DayOfWeek.Saturday], Assert.IsType<Hours.Weekly>(upgrade.Window).Days);
        Assert.Equal(("cp", 540.0), (upgrade.Pool, upgrade.PerNode!.Mean));
        Assert.All(spec.Services, service => Assert.Null(service.UpWhen));
        Assert.Equal(("apiserver.write", "vip", Seconds(2)), (spec.Services[0].Probe!.What, spec.Services[0].Probe!.Through,
            spec.Services[0].Probe!.Timeout!.Value));
        Assert.Equal(new ProbeSpec("controller-manager.acting", null, null, null), spec.Services[2].Probe);
    }

    [Fact]
    public void Variants_of_the_stacked_cluster_compose()
    {
        Assert.Equal(["five-members", "two-zones", "vip-lease=5s", "vip-lease=10s", "vip-lease=15s"],
            Stacked.Study.Variants.Select(variant => variant.Name));
        Assert.Equal("abcab", Zones(Stacked.Study.Variants.ElementAt(0).Spec, "cp"));
        Assert.Equal("aba", Zones(Stacked.Study.Variants.ElementAt(1).Spec, "cp"));
        Assert.Equal((10.0, 6.0, 2.0, true), Of(Stacked.Study.Variants.ElementAt(3).Spec.Cluster!.Vip!.Lease));
    }

    [Fact]
    public void External_etcd_and_balancers_are_dealt_to_zones_in_turn()
    {
        Assert.DoesNotContain(External.Diagnostics, finding => finding.Severity == Severity.Error);
        Assert.Equal([Codes.OneFailureDomain], External.Diagnostics.Select(finding => finding.Code));
        var cluster = External.Spec!.Cluster!;
        Assert.Equal(("abcab", "abc", "ac"), (Zones(External.Spec, "etcd"), Zones(External.Spec, "api"), Zones(External.Spec, "lb")));
        Assert.Equal(["feed-1", "feed-1", "feed-2"], cluster.Pools[1].Machines.Select(machine => machine.Power));
        Assert.False(cluster.Apiserver!.LocalMember);
        Assert.Equal([150, 100], cluster.Keepalived!.Priorities);
        Assert.Equal((true, Seconds(30)), (cluster.Keepalived.Preempt, cluster.Keepalived.PreemptDelay));
        Assert.Equal(new TrackSpec("haproxy-alive", Seconds(2), Seconds(2), 2, 2, 0), cluster.Keepalived.Track);
        Assert.Equal(new CheckSpec("/readyz", Seconds(3), Seconds(3), Seconds(3), Seconds(2), Seconds(3), 3, 2), cluster.Haproxy!.Check);
        Assert.True(cluster.Haproxy.ShutdownSessionsOnDown);
        Assert.Equal((2m * 1024 * 1024 * 1024, 60m * 1024 * 1024), (cluster.Etcd!.SnapshotSize, cluster.Etcd.ResyncRate));
        Assert.Equal((true, Seconds(1), Seconds(30)), (cluster.Clients!.LongLived, cluster.Clients.ReconnectFirst, cluster.Clients.ReconnectMax));
    }

    [Fact]
    public void Faults_and_variants_of_the_external_cluster()
    {
        var cluster = External.Spec!.Cluster!;
        Assert.Equal([10, 5, 2, 2, 3], cluster.Faults.Select(fault => fault.Targets.Count));
        Assert.Equal(["feed-1", "feed-2"], cluster.Faults[2].Targets.Select(target => target.Name));
        Assert.Equal(Affliction.DropsTraffic, cluster.Faults[3].State);
        Assert.Equal(Direction.OneWay, cluster.Faults[4].Direction);
        Assert.Equal(["day", "night"], cluster.Procedures.Single(p => p.Name == "rebuild-member").Crews);
        Assert.True(cluster.Procedures.Single(p => p.Name == "rebuild-member").ThenResync);
        var variants = External.Study.Variants.ToDictionary(variant => variant.Name, variant => variant.Spec);
        Assert.Equal("abc", Zones(variants["three-members"], "etcd"));
        Assert.Equal("abcaa", Zones(variants["layout-3-1-1"], "etcd"));
        Assert.Equal((Seconds(1), 2), (variants["faster-checks"].Cluster!.Haproxy!.Check.FastInterval, variants["faster-checks"].Cluster!.Haproxy!.Check.Fall));
        Assert.Equal(["feed-1", "feed-3", "feed-2"], variants["third-feed"].Cluster!.Zones.Select(zone => zone.Power));
    }

    [Theory]
    [InlineData("components.etcd.heartbeat", "kubeadm-stacked-3.yaml:22")]
    [InlineData("components.etcd.pre-vote", "kubeadm-stacked-3.yaml:24")]
    [InlineData("components.etcd.snapshot-count", "default: etcd v3.5, --snapshot-count, server/etcdserver/server.go")]
    [InlineData("components.scheduler.lease.duration", "default: kubernetes v1.33 (read at v1.36 to v1.37-beta), --leader-elect-lease-duration, component-base config/v1alpha1/defaults.go")]
    [InlineData("components.vip.bgp-hold", "default: kube-vip v1.0 (read at v1.2.3), cmd/kube-vip.go")]
    [InlineData("components.etcd.writes", "engineering default: renewals and status updates of a small cluster")]
    [InlineData("nodes.cp.boot", "default: public-cloud-vm, start of a virtual machine, unverified")]
    [InlineData("maintenance.upgrade.order", "kubeadm-stacked-3.yaml:54")]
    [InlineData("run.rare-events", "default")]
    public void Every_value_tells_where_it_comes_from(string path, string source) =>
        Assert.Equal(source, Stacked.Values.Single(value => value.Path == path).Source);

    [Theory]
    [InlineData("kubeadm-stacked-3")]
    [InlineData("external-etcd-5-haproxy")]
    public void The_expansion_has_a_source_behind_every_value(string scenario)
    {
        var reading = Read(scenario);
        Assert.Equal(scenario == "external-etcd-5-haproxy", reading.Expanded!.Contains("      # fastinter: 3s  # ", StringComparison.Ordinal));
        var lines = reading.Expanded!.Split('\n').Where(line => line.Length > 0 && !line.EndsWith(':'));
        Assert.All(lines, line => Assert.Contains("  # ", line, StringComparison.Ordinal));
    }

    private static string Zones(ScenarioSpec spec, string pool) =>
        string.Concat(spec.Cluster!.Pools.Single(p => p.Name == pool).Machines.Select(machine => machine.Zone));

    private static (double, double, double, bool) Of(LeaseSpec lease) =>
        (lease.Duration.Nanoseconds / 1e9, lease.RenewDeadline.Nanoseconds / 1e9, lease.Retry.Nanoseconds / 1e9, lease.ReleaseOnExit);

    private static SimDuration Seconds(long seconds) => new(seconds * 1_000_000_000);

    private static ScenarioReading Read(string scenario) =>
        ScenarioFile.Read(Path.Combine(Repository.Scenarios, scenario + ".yaml"));
}
