using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Laws;
using FailoverSim.Models.Networking;
using FailoverSim.Tests.Cluster.Cloud;
using Xunit;

namespace FailoverSim.Tests.Cluster.Networking;

/// <summary>One route per node, made by the cloud-controller-manager every 10 s.</summary>
public class CloudRouteStories
{
    [Fact]
    public void A_new_node_waits_for_the_next_pass_and_takes_no_pods_before()
    {
        List<double> waits = [];
        (CloudBench bench, _) = Bench();
        List<bool> schedulable = [];
        bench.Lab.At(1000, _ => bench.Instances.Launch(3));
        bench.Lab.At(1060.000001, _ => schedulable.Add(bench.Objects.IsSchedulable(3)));
        bench.Lab.At(1070.000001, _ => schedulable.Add(bench.Objects.IsSchedulable(3)));
        for (int replication = 0; replication < 300; replication++)
        {
            bench.Play(2000, replication);
            waits.Add(Assert.Single(bench.Instants("cloud-routes/cp-4", "route made")) - 1060);
        }
        Assert.Equal(Enumerable.Range(0, 600).Select(i => i % 2 == 1), schedulable);
        Assert.All(waits, wait => Assert.InRange(wait, 0, 10));
        // Uniform over the period.
        double error = CloudNodeStories.Tolerance(100.0 / 12, 300);
        Assert.InRange(waits.Average(), 5 - error, 5 + error);
    }

    [Fact]
    public void A_node_that_is_not_ready_keeps_its_route_and_one_without_object_does_not()
    {
        (CloudBench bench, RouteSet routes) = Bench();
        bench.Fault(100, 5000, bench.Machines, 0, Affliction.Hang);
        bench.Lab.At(1000, _ => bench.Lifecycle.Delete(1));
        bench.Play(4000);
        Assert.Equal("", bench.Of(bench.Simulation.Signals.NameOf(routes.Routed[0])));
        Assert.InRange(Assert.Single(bench.Instants("cloud-routes/cp-2", "route deleted")), 1000, 1010);
    }

    [Theory]
    [InlineData("cloud-api", 10)]
    [InlineData("api", 10)]
    [InlineData("ccm", 0)]
    public void While_something_is_out_passes_are_skipped_and_who_begins_to_act_makes_one_at_once(string what, double within)
    {
        (CloudBench bench, _) = Bench();
        // The machine that has been launched boots and registers whatever is out.
        bench.Lab.At(1000, _ => bench.Instances.Launch(3));
        bench.Out(1060.5, 500, what switch
        {
            "api" => bench.Control.Api,
            "ccm" => bench.Control.CloudControllers,
            _ => bench.Control.CloudApi,
        });
        int late = 0;
        for (int replication = 0; replication < 40; replication++)
        {
            bench.Play(2000, replication);
            double made = Assert.Single(bench.Instants("cloud-routes/cp-4", "route made"));
            // Some had theirs before.
            Assert.True(made < 1060.5 || (made >= 1560.5 && made <= 1560.5 + within), $"{made}");
            late += made > 1500 ? 1 : 0;
        }
        Assert.InRange(late, 28, 40);
    }

    /// <summary>Both loops begin with a pass: the one deletes the Node object of a machine that is gone, and then the other takes its route away.</summary>
    [Theory]
    [InlineData(Fidelity.Elided)]
    [InlineData(Fidelity.Exhaustive)]
    public void Who_begins_to_act_takes_away_the_routes_of_the_nodes_that_it_deletes(Fidelity fidelity)
    {
        (CloudBench bench, _) = Bench(fidelity);
        bench.AddCloudNodes(fidelity);
        bench.Out(990, 200, bench.Control.CloudControllers);
        bench.Terminate(1000, 0);
        bench.Play(2000);
        Assert.Equal([1190.0], bench.Instants("cloud-routes/cp-1", "route deleted"));
    }

    [Fact]
    public void A_node_that_comes_back_has_another_range_of_addresses_and_waits_for_its_route()
    {
        (CloudBench bench, RouteSet routes) = Bench();
        bench.Out(999, 500, bench.Control.CloudApi);
        bench.Lab.At(990, _ => bench.Instances.Launch(0));
        bench.Lab.At(1000, _ => bench.Lifecycle.Delete(0));
        bench.Play(3000);
        // The route of its predecessor is still there when it registers, and of no use to it.
        Assert.StartsWith("1050- 1", bench.Of(bench.Simulation.Signals.NameOf(routes.Routed[0])), StringComparison.Ordinal);
        Assert.InRange(Assert.Single(bench.Instants("cloud-routes/cp-1", "route made")), 1499, 1509);
    }

    [Fact]
    public void Passes_that_find_nothing_to_do_need_not_be_simulated()
    {
        List<string> told = [];
        foreach (Fidelity fidelity in new[] { Fidelity.Elided, Fidelity.Exhaustive })
        {
            (CloudBench bench, _) = Bench(fidelity);
            bench.Lab.At(500, _ => bench.Lifecycle.Delete(0));
            bench.Lab.At(1000, _ => bench.Instances.Launch(3));
            bench.Lab.At(1001, _ => bench.Instances.Launch(0));
            bench.Lab.At(1055, _ => bench.Lifecycle.Delete(1));
            bench.Out(1061.25, 100, bench.Control.CloudApi);
            bench.Lab.At(1100, _ => bench.Lifecycle.Delete(2));
            bench.Out(1400, 100, bench.Control.CloudControllers);
            bench.Lab.At(1450, _ => bench.Lifecycle.Delete(3));
            bench.Lab.At(1600, _ => bench.Instances.Launch(2));
            bench.Play(4000);
            told.Add(string.Join('\n', Enumerable.Range(1, 4).Select(n => bench.Of($"cloud-routes/cp-{n}"))));
            Assert.Equal(fidelity == Fidelity.Exhaustive, bench.Simulation.Events > 200);
        }
        Assert.Contains("route made", told[0], StringComparison.Ordinal);
        Assert.Equal(told[0], told[1]);
    }

    [Fact]
    public void Quiet_means_no_events()
    {
        (CloudBench bench, _) = Bench();
        bench.Play(1e7);
        Assert.Equal(0, bench.Simulation.Events);
    }

    /// <summary>Three nodes and a place for a fourth; machines boot in 60 s.</summary>
    private static (CloudBench Bench, RouteSet Routes) Bench(Fidelity fidelity = Fidelity.Elided)
    {
        CloudBench bench = new(4, new Constant(60), spare: 1);
        bench.Lifecycle.HasRoutes = true;
        RouteSet routes = RouteSet.Declare(
            bench.Builder, NetworkBench.Bgp with { Routes = RoutesBy.Cloud }, bench.Nodes.Options, bench.Nodes.Zones);
        bench.Lifecycle.WatchedBy(new CloudRoutes(
            bench.Builder, bench.Objects, bench.Lifecycle, routes, bench.Control, SimDuration.FromSeconds(10), fidelity));
        return (bench, routes);
    }
}
