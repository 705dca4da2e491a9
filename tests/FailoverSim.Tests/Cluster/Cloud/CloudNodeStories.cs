using FailoverSim.Models.Cluster;
using FailoverSim.Models.Laws;
using FailoverSim.Models.Nodes;
using Xunit;

namespace FailoverSim.Tests.Cluster.Cloud;

/// <summary>What the cloud-controller-manager does to Node objects.</summary>
public class CloudNodeStories
{
    [Fact]
    public void The_node_of_a_terminated_machine_is_deleted_within_a_pass_of_being_marked()
    {
        CloudBench bench = new();
        bench.AddCloudNodes();
        bench.Terminate(100, 0);
        bench.Measure("node", bench.Lifecycle.Ready[0]);
        List<double> waits = [];
        for (int replication = 0; replication < 400; replication++)
        {
            bench.Play(1000, replication);
            double marked = Assert.Single(bench.Instants("node-lifecycle/cp-1", "not ready"));
            waits.Add(Assert.Single(bench.Instants("node-lifecycle/cp-1", "deleted")) - marked);
            Assert.Equal(150, marked, 9);
            Assert.Equal("whim 850", bench.Causes());
        }
        Assert.All(waits, wait => Assert.InRange(wait, 0, 5));
        // Uniform over the period: mean 2.5, variance 25/12.
        Assert.InRange(waits.Average(), 2.5 - Tolerance(25.0 / 12, 400), 2.5 + Tolerance(25.0 / 12, 400));
    }

    [Fact]
    public void The_node_of_a_machine_that_is_merely_down_stays()
    {
        CloudBench bench = new();
        bench.AddCloudNodes();
        bench.Fault(100, 1000, bench.Machines, 0);
        bench.Fault(100, 1000, bench.Machines, 1, Affliction.Hang);
        bench.Play(3000);
        Assert.Equal("150 not ready 1100 ready", bench.Of("node-lifecycle/cp-1"));
        Assert.Equal("150 not ready 1100 ready", bench.Of("node-lifecycle/cp-2"));
    }

    [Theory]
    [InlineData("cloud-api")]
    [InlineData("api")]
    [InlineData("ccm")]
    public void While_something_is_out_nothing_is_deleted_and_later_all_is(string what)
    {
        CloudBench bench = new(4, spare: 0, zones: 2);
        bench.AddCloudNodes();
        for (int node = 0; node < 3; node++)
        {
            bench.Terminate(100 + node, node);
        }
        bench.Out(120, 1000, what switch
        {
            "api" => bench.Control.Api,
            "ccm" => bench.Control.CloudControllers,
            _ => bench.Control.CloudApi,
        });
        bench.Play(3000);
        for (int node = 1; node <= 3; node++)
        {
            double deleted = Assert.Single(bench.Instants($"node-lifecycle/cp-{node}", "deleted"));
            // A new leader's first pass is immediate.
            Assert.InRange(deleted, 1120, what == "ccm" ? 1120 : 1125);
        }
        Assert.Empty(bench.Instants("node-lifecycle/cp-4", "deleted"));
    }

    [Fact]
    public void A_machine_replaced_in_its_place_is_another_one_until_it_has_booted()
    {
        CloudBench bench = new(boot: new Constant(100));
        bench.Lifecycle.HasCloud = true;
        bench.AddCloudNodes();
        // Node 1: the new machine boots after the mark. Node 2: the controllers are out until it has.
        bench.Lab.At(100, _ => bench.Instances.Launch(0));
        bench.Lab.At(1000, _ => bench.Instances.Launch(1));
        bench.Out(1010, 200, bench.Control.CloudControllers);
        List<bool> schedulable = [];
        bench.Lab.At(201, _ => schedulable.Add(bench.Objects.IsSchedulable(0)));
        bench.Play(3000);
        Assert.StartsWith("150 not ready 15", bench.Of("node-lifecycle/cp-1"), StringComparison.Ordinal);
        Assert.EndsWith("deleted 200 registered", bench.Of("node-lifecycle/cp-1"), StringComparison.Ordinal);
        Assert.EndsWith("200 initialized", bench.Of("cloud-nodes/cp-1"), StringComparison.Ordinal);
        Assert.Equal([true], schedulable);
        Assert.Equal("1050 not ready 1100 ready", bench.Of("node-lifecycle/cp-2"));
    }

    [Fact]
    public void A_new_node_takes_no_pods_before_it_has_been_initialized()
    {
        CloudBench bench = new(spare: 1);
        bench.Lifecycle.HasCloud = true;
        bench.AddCloudNodes();
        bench.Lab.At(100, _ => bench.Instances.Launch(2));
        bench.Out(110, 500, bench.Control.CloudApi);
        List<bool> uninitialized = [];
        bench.Lab.At(609, _ => uninitialized.Add(bench.Objects.Is(2, NodeMarks.Uninitialized)));
        bench.Lab.At(611, _ => uninitialized.Add(bench.Objects.Is(2, NodeMarks.Uninitialized)));
        bench.Play(1000);
        Assert.Equal("610 initialized", bench.Of("cloud-nodes/cp-3"));
        Assert.Equal([true, false], uninitialized);
    }

    [Fact]
    public void Passes_that_find_nothing_to_do_need_not_be_simulated()
    {
        List<string> told = [];
        foreach (Fidelity fidelity in new[] { Fidelity.Elided, Fidelity.Exhaustive })
        {
            CloudBench bench = new(6, zones: 3);
            bench.Lifecycle.HasCloud = true;
            bench.AddCloudNodes(fidelity);
            bench.Terminate(100, 0);
            bench.Terminate(700, 1);
            bench.Lab.At(900, _ => bench.Instances.Launch(0));
            bench.Lab.At(1300, _ => bench.Instances.Launch(2));
            bench.Out(760, 100, bench.Control.CloudControllers);
            bench.Out(1320, 300, bench.Control.CloudApi);
            bench.Fault(2000, 500, bench.Domains, 1);
            bench.Terminate(2020, 3);
            bench.Terminate(2025, 4);
            bench.Out(2060, 20, bench.Control.CloudControllers);
            bench.Play(4000);
            told.Add(string.Join('\n', Enumerable.Range(1, 6).Select(n =>
                bench.Of($"node-lifecycle/cp-{n}") + '|' + bench.Of($"cloud-nodes/cp-{n}"))));
            Assert.Equal(fidelity == Fidelity.Exhaustive, bench.Simulation.Events > 500);
        }
        Assert.Contains("deleted", told[0], StringComparison.Ordinal);
        Assert.Equal(told[0], told[1]);
    }

    [Fact]
    public void Quiet_means_no_events()
    {
        CloudBench bench = new();
        bench.AddCloudNodes();
        bench.AddReplacement(new Constant(600));
        bench.Play(1e7);
        Assert.Equal(0, bench.Simulation.Events);
    }

    internal static double Tolerance(double variance, int n) => 4.9 * Math.Sqrt(variance / n);
}
