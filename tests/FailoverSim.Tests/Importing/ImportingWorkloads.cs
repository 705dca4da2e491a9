using FailoverSim.Models.Workloads;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Importing;
using FailoverSim.Scenario.Specification;
using Xunit;
using static FailoverSim.Tests.Importing.Imports;

namespace FailoverSim.Tests.Importing;

/// <summary>Workloads, budgets and constraints of dumps, traced to the specification that the written scenario gives.</summary>
public sealed class ImportingWorkloads
{
    private static readonly ImportResult Result = Import(Files("spread"));
    private static readonly ScenarioSpec Scenario = Spec(Result);

    [Fact]
    public void State_goes_where_selectors_and_tolerations_lead()
    {
        WorkloadGroupSpec group = Group("db");
        WorkloadOptions db = group.Copies.Single();
        Assert.Equal(["workers"], group.Pools);
        Assert.Equal((3, 2, true, 4000L, 16L << 30), (db.Replicas, db.Needed, db.AtMostOne, db.Cpu, db.Memory));
        Assert.True(db.Volume!.BoundToZone);
        Assert.Equal(2, db.MinHealthy);
        Assert.Null(db.Tolerations.Unreachable);
        Assert.Equal(Seconds(300), db.Tolerations.NotReady);
        Assert.Contains(new SpreadOptions(SpreadBy.Zone, 1, 3, true), db.Spread);
        Assert.Contains(db.Spread, spread => spread is { By: SpreadBy.Node, IsAntiAffinity: true, IsHard: true });
        Assert.Equal(new ProbeOptions(Seconds(20), Seconds(3), 6), db.Liveness);
    }

    [Fact]
    public void Requests_count_as_the_scheduler_counts_them()
    {
        WorkloadOptions api = Group("web-api").Copies.Single();
        // The containers and the sidecar, 900m, or the sidecar and the other init container, 1050m: the larger one.
        Assert.Equal(1050, api.Cpu);
        Assert.Equal(1_000_000_000 + (64L << 20) + (32L << 20), api.Memory);
    }

    [Fact]
    public void Budgets_and_spread_are_those_of_the_dump()
    {
        WorkloadOptions api = Group("web-api").Copies.Single();
        // 25 % of six, rounded up, may be missing.
        Assert.Equal((6, 4), (api.Replicas, api.MinHealthy));
        Assert.Contains(new SpreadOptions(SpreadBy.Zone, 2, 1, false), api.Spread.Select(spread => spread with { MinDomains = Math.Max(1, spread.MinDomains) }));
        Assert.Contains(api.Spread, spread => spread is { By: SpreadBy.Node, MaxSkew: 1, IsHard: true });
        AffinityOptions near = Assert.Single(api.Affinity);
        Assert.Equal((SpreadBy.Zone, false, false), (near.By, near.IsHard, near.IsAnti));
        Assert.Equal(["control-plane"], Group("web-api").Pools);
        Assert.Equal(0, Group("staging-api").Copies.Single().MinHealthy);
    }

    [Fact]
    public void What_cannot_be_placed_is_made_a_preference_or_left_out_and_told()
    {
        Assert.Equal(["db", "staging-api", "web-api"], Scenario.Cluster!.Workloads.Select(group => group.Name).Order());
        // Five pods apart from each other, on three nodes.
        Assert.All(Group("staging-api").Copies.Single().Spread, spread => Assert.False(spread.IsHard));
        Assert.Contains("anti-affinity: {by: node, when-impossible: schedule-anyway}", Result.Scenario, StringComparison.Ordinal);
        Assert.Equal([Codes.ImportAdapted, Codes.ImportAdapted], Result.Diagnostics.Select(finding => finding.Code));
        Assert.All(Result.Diagnostics, finding => Assert.Equal("cluster.yaml", finding.File));
        Assert.Contains(("CronJob", 1), Result.Unused);
        Assert.Contains(("Deployment without replicas", 1), Result.Unused);
        Assert.Contains(("PodDisruptionBudget for no workload of the dump", 1), Result.Unused);
        Assert.Contains(("workload that can never be placed", 1), Result.Unused);
        Assert.All(Result.Unused, unused => Assert.Contains($"#   - {unused.Count} × {unused.Kind}\n", Result.Scenario, StringComparison.Ordinal));
        Assert.All(Result.Assumed, text => Assert.Contains($"#   - {text}\n", Result.Scenario, StringComparison.Ordinal));
    }

    [Fact]
    public void A_managed_cluster_of_fifty_nodes()
    {
        ManagedDump dump = new(nodes: 50, workloads: 40);
        ImportResult result = Import([Text("dump.json", dump.Json())]);
        ScenarioSpec spec = Spec(result);
        ClusterSpec cluster = spec.Cluster!;
        Assert.Equal(0.9995, cluster.ManagedControlPlane!.Availability);
        Assert.Equal([("general", 40), ("spot", 10)], cluster.Pools.Select(pool => (pool.Name, pool.Machines.Count)));
        Assert.NotNull(spec.Pool("spot").Worker!.Reclaim);
        Assert.Equal(Seconds(120), spec.Pool("spot").Worker!.Reclaim!.Notice);
        Assert.All(cluster.Zones, zone => Assert.Equal(dump.NodesIn(zone.Name), cluster.Pools.Sum(pool => pool.Machines.Count(machine => machine.Zone == zone.Name))));
        Assert.Equal(40, cluster.Workloads.Count);
        Assert.All(cluster.Workloads, group => Assert.Equal(dump.Replicas[group.Name], group.Copies.Single().Replicas));
        Assert.Equal(["api-write", "fleet", "worst"], spec.Services.Select(service => service.Name));
        Assert.Contains("Amazon EKS", result.Scenario, StringComparison.Ordinal);
    }

    private static WorkloadGroupSpec Group(string name) => Assert.Single(Scenario.Cluster!.Workloads, group => group.Name == name);
}
