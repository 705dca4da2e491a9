using FailoverSim.Scenario.Catalogue;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Files;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Output;
using FailoverSim.Scenario.Specification;
using FailoverSim.Scenario.Values;
using FailoverSim.Scenario.Yaml;
using Xunit;

namespace FailoverSim.Tests.Scenarios;

/// <summary>Defaults by version, and what rates fill.</summary>
public sealed class FillingFromCatalogues
{
    public static TheoryData<string, string> Versions
    {
        get
        {
            TheoryData<string, string> versions = [];
            foreach (var settings in TimerCatalogue.Components)
            {
                foreach (string version in settings.Product.Versions)
                {
                    versions.Add(settings.Component, version);
                }
            }
            return versions;
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Each_version_has_a_readable_default_with_a_source_for_every_key(string component, string version)
    {
        var settings = TimerCatalogue.Find(component)!;
        var found = settings.For(version).ToDictionary(setting => setting.Key);
        var keys = ((MappingShape)ComponentKeys.Components.Find(component)!.Shape).Keys;
        // These follow from the layout of the cluster, or ask for something that nobody can guess.
        string[] without = ["etcd", "priority", "track.script", "mode"];
        Assert.Equal(Leaves(keys, "").Select(leaf => leaf.Path).Except(without).Order(StringComparer.Ordinal),
            found.Keys.Where(key => key != "preempt").Order(StringComparer.Ordinal));
        foreach (var (path, kind) in Leaves(keys, "").Where(leaf => found.ContainsKey(leaf.Path)))
        {
            var setting = found[path];
            Assert.NotEmpty(setting.Source);
            var bag = new DiagnosticBag();
            if (setting.Value[0] != '=')
            {
                kind.Read(YamlScalar.Of(new Mark("catalogue", 1, 1), setting.Value), new FieldContext(path, FilesBeside.None), bag);
            }
            Assert.Empty(bag.Sorted());
        }
    }

    [Theory]
    [InlineData("v1.28", "etcd", "pre-vote", "true")]
    [InlineData("v1.33", "etcd", "snapshot-count", "100000")]
    [InlineData("v1.34", "etcd", "snapshot-count", "10000")]
    [InlineData("v1.31", "controller-manager", "node-monitor-grace-period", "40s")]
    [InlineData("v1.32", "controller-manager", "node-monitor-grace-period", "50s")]
    [InlineData("v1.36", "controller-manager", "lease.release-on-exit", "false")]
    [InlineData("v1.30", "scheduler", "lease.release-on-exit", "true")]
    public void Versions_of_Kubernetes_differ_where_they_do(string kubernetes, string component, string key, string expected)
    {
        var versions = new VersionsInUse();
        versions.Choose("kubernetes", kubernetes);
        var settings = TimerCatalogue.Find(component)!;
        Assert.Equal(expected, settings.For(versions.Of(settings.Product)).Single(setting => setting.Key == key).Value);
    }

    [Fact]
    public void A_version_of_etcd_goes_before_the_one_that_kubeadm_brings()
    {
        Assert.True(ClusterText.Cluster("use: [{timers: kubernetes/v1.36}]").Etcd!.PreVote);
        Assert.False(ClusterText.Cluster("use: [{timers: kubernetes/v1.36}, {timers: etcd/3.4.2}]").Etcd!.PreVote);
        Assert.Equal(10_000, ClusterText.Cluster("use: {timers: [kubernetes/v1.34]}").Etcd!.SnapshotCount);
    }

    [Fact]
    public void What_is_not_told_says_that_it_is_unverified_or_chosen_here()
    {
        Assert.EndsWith("unverified", TimerCatalogue.Find("apiserver")!.All.Single(s => s.Key == "start").Remark, StringComparison.Ordinal);
        Assert.StartsWith("engineering default", TimerCatalogue.Find("etcd")!.All.Single(s => s.Key == "fsync").Remark, StringComparison.Ordinal);
    }

    [Fact]
    public void Rates_fill_what_a_fault_leaves_out_and_add_none()
    {
        const string Faults = "faults: {crash: {of: nodes.cp}, cut: {of: zone-links, every: exp(9y)}, disk: {of: etcd, state: stall, lasts: 3s}}";
        var cluster = ClusterText.Cluster("use: {rates: public-cloud-vm}\n" + Faults);
        Assert.Equal(["crash", "cut", "disk"], cluster.Faults.Select(fault => fault.Name));
        Assert.Equal((8 * 365.0 / 12 * 86_400, "crash"), (cluster.Faults[0].Every!.Mean, cluster.Faults[0].Repair));
        Assert.Equal(270, Assert.Single(cluster.Procedures).Takes.Mean);
        Assert.Equal(9 * 365.0 * 86_400, cluster.Faults[1].Every!.Mean);
        Assert.NotNull(cluster.Faults[1].Lasts);
        Assert.Equal(3, cluster.Faults[2].Lasts!.Mean);
        Assert.True(ClusterText.Read(Faults).HasErrors);
    }

    [Fact]
    public void A_lost_majority_is_restored_by_default_unless_a_procedure_says_how()
    {
        const string Lost = "faults: {lost: {of: etcd, state: lost-for-good, every: exp(9y), repair: {takes: 1h}}}";
        var procedure = ClusterText.Cluster(Lost).Procedures[0];
        Assert.Equal(("restore-quorum", true, true), (procedure.Name, procedure.RestoresQuorum, procedure.LosesData));
        var own = ClusterText.Cluster(Lost + "\nrepair: {mine: {takes: 2h, when: etcd.majority-lost-for-good}}").Procedures;
        Assert.Equal(["mine", "lost"], own.Select(p => p.Name));
        Assert.False(own[0].LosesData);
        Assert.Empty(ClusterText.Cluster("faults: {crash: {of: etcd, every: exp(9y), lasts: 1h}}").Procedures);
    }

    [Fact]
    public void Racks_take_machines_and_lend_them_their_feed()
    {
        var pool = ClusterText.Cluster("", nodes: "nodes: {cp: {count: 3, place: {r1: 2, r2: 1}, runs: [etcd, apiserver]}}\n").Pools[0];
        Assert.Equal([new MachineSpec("cp-1", "a", "r1", "f3"), new MachineSpec("cp-2", "b", "r2", "f2"), new MachineSpec("cp-3", "a", "r1", "f3")],
            pool.Machines);
    }

    [Fact]
    public void Without_topology_there_is_one_zone_and_with_sets_there_are_more()
    {
        var one = ClusterText.Cluster("", topology: "");
        Assert.Equal(("zone", 0.0003), (Assert.Single(one.Zones).Name, one.RttInsideZone.Mean));
        var two = ClusterText.Cluster("", "topology: {zones: [a, b]}\n", sets: ["topology.zones.b.power=f9", "nodes.cp.count=5", "components.vip.lease.duration=20s"]);
        Assert.Equal([null, "f9"], two.Zones.Select(zone => zone.Power));
        Assert.Equal((5, 20.0), (two.Pools[0].Machines.Count, two.Vip!.Lease.Duration.Nanoseconds / 1e9));
    }

    [Fact]
    public void Probes_of_liveness_can_be_switched_off_and_preemption_too()
    {
        var cluster = ClusterText.Cluster("components: {kubelet: {liveness: none}, keepalived: {preempt: false, priority: {lb-2: 120, a: 90}}}");
        Assert.Null(cluster.Kubelet.Liveness);
        Assert.False(cluster.Keepalived!.Preempt);
        Assert.Equal([90, 120], cluster.Keepalived.Priorities);
        Assert.Equal([101, 100], ClusterText.Cluster("").Keepalived!.Priorities);
    }

    [Theory]
    [InlineData("gcp", 8, 1, 3, 1, false)]
    [InlineData("aws-nlb", 30, 10, 3, 3, true)]
    public void The_balancer_of_a_cloud_has_the_checks_of_its_provider(string provider, int interval, int timeout, int fall, int rise, bool open)
    {
        var lb = ClusterText.Cluster($"use: {{timers: cloud-lb/{provider}}}\ncomponents: {{cloud-lb: {{probers: 2}}}}").CloudLb!;
        Assert.Equal((interval, timeout, fall, rise, open, 2),
            ((int)(lb.Check.Interval.Nanoseconds / 1_000_000_000), (int)(lb.Check.Timeout.Nanoseconds / 1_000_000_000), lb.Check.Fall, lb.Check.Rise, lb.FailOpen, lb.Probers));
        Assert.Null(ClusterText.Cluster("").CloudLb);
    }

    [Fact]
    public void The_table_of_defaults_has_one_line_per_key_with_its_source()
    {
        Assert.True(DefaultsTable.TryWrite("etcd", "v1.36", out string text));
        Assert.Contains("snapshot-count", text, StringComparison.Ordinal);
        Assert.Contains("10000", text, StringComparison.Ordinal);
        Assert.Contains("etcd v3.6, --pre-vote", text, StringComparison.Ordinal);
        Assert.True(DefaultsTable.TryWrite(null, null, out text));
        Assert.All(TimerCatalogue.Components, settings => Assert.Contains($"\n{settings.Component}.", text, StringComparison.Ordinal));
        Assert.True(DefaultsTable.TryWrite("haproxy", "haproxy/2.8", out text));
        Assert.Contains("haproxy 2.8", text, StringComparison.Ordinal);
        Assert.False(DefaultsTable.TryWrite("haproxi", null, out text));
        Assert.Contains("did you mean 'haproxy'?", text, StringComparison.Ordinal);
        Assert.False(DefaultsTable.TryWrite(null, "v1.99", out text));
        Assert.Contains("kubernetes/v1.36", text, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Path, ValueKind Kind)> Leaves(IEnumerable<Key> keys, string under) => keys.SelectMany(key =>
        (key.Shape is EitherShape either ? either.Other : key.Shape) switch
        {
            ScalarShape scalar => [(under + key.Name, scalar.Kind)],
            MapShape map => [(under + key.Name, map.Kind)],
            MappingShape mapping => Leaves(mapping.Keys, $"{under}{key.Name}."),
            _ => [],
        });
}
