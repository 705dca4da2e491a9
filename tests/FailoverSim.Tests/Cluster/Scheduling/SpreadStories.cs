using FailoverSim.Kernel.Time;
using FailoverSim.Models.Laws;
using FailoverSim.Models.Nodes;
using FailoverSim.Models.Workloads;
using Xunit;
using static FailoverSim.Tests.Cluster.Scheduling.ScheduledCluster;

namespace FailoverSim.Tests.Cluster.Scheduling;

public class SpreadStories
{
    [Fact]
    public void Pods_without_constraints_go_to_different_zones_and_nodes_while_there_are_any()
    {
        ScheduledCluster cluster = new(Nodes3(9), [Workload("w", 18)]);
        cluster.Enqueue(1, [.. Enumerable.Range(0, 18)]);
        cluster.Run(2);
        Assert.All(Enumerable.Range(1, 17), n => Assert.InRange(cluster.Bound.Take(n).GroupBy(b => b.Node % 3).Max(z => z.Count()), 0, (n + 2) / 3));
        Assert.Equal(9, cluster.Bound.Take(9).Select(b => b.Node).Distinct().Count());
        Assert.All(cluster.Bound.GroupBy(b => b.Node), n => Assert.Equal(2, n.Count()));
    }

    [Fact]
    public void Among_equals_the_node_with_the_most_room_is_taken()
    {
        ScheduledCluster cluster = new([Node(0, 0), Node(1, 0), Node(2, 0)],
            [Workload("large", 1, cpu: 6), Workload("wide", 1, memory: 30), Workload("w", 1)]);
        cluster.Enqueue(1, 0, 1, 2);
        cluster.Run(2);
        Assert.Equal([0, 1, 2], cluster.Bound.Select(b => b.Node));
    }

    [Fact]
    public void A_hard_constraint_leaves_pods_pending_while_a_zone_is_down_and_still_registered()
    {
        WorkloadOptions quorum = Workload("quorum", 3) with { Spread = [Hard(SpreadBy.Zone, minDomains: 3)] };
        ScheduledCluster cluster = new(Nodes3(6), [quorum]);
        cluster.At(0, () => cluster.PlaceNow(0, 1, 2));
        cluster.At(10, () =>
        {
            foreach (int node in cluster.NodesIn(2))
            {
                cluster.Nodes.Mark(node, NodeMarks.NotReady, true);
            }
            cluster.Delete(2);
            cluster.Scheduler.Enqueue(2);
        });
        cluster.Mark(1000, NodeMarks.NotReady, false, 2, 5);
        cluster.Run(2000);
        Assert.Equal(1000.005, cluster.BoundAt(2), 9);
        Assert.Equal([1, 1, 1], cluster.Spread(0));
    }

    [Fact]
    public void A_zone_without_any_node_object_is_no_domain_any_more()
    {
        WorkloadOptions spread = Workload("w", 3) with { Spread = [Hard(SpreadBy.Zone)] };
        ScheduledCluster cluster = new(Nodes3(6), [spread]);
        cluster.At(0, () => cluster.PlaceNow(0, 1, 2));
        cluster.At(10, () =>
        {
            foreach (int node in cluster.NodesIn(2))
            {
                cluster.Nodes.Mark(node, NodeMarks.NotReady, true);
            }
            cluster.Delete(2);
            cluster.Scheduler.Enqueue(2);
        });
        cluster.Mark(100, NodeMarks.Registered, false, 2, 5);
        cluster.Run(200);
        Assert.Equal(100.005, cluster.BoundAt(2), 9);
        Assert.Equal([2, 1, 0], cluster.Spread(0));
    }

    [Fact]
    public void Too_few_domains_count_as_an_empty_one()
    {
        WorkloadOptions spread = Workload("w", 3) with { Spread = [Hard(SpreadBy.Zone, minDomains: 3)] };
        ScheduledCluster cluster = new(Nodes3(6, zones: 2), [spread]);
        cluster.Enqueue(1, 0, 1, 2);
        cluster.Run(100);
        Assert.Equal([1, 1], cluster.Spread(0));
    }

    [Fact]
    public void A_soft_constraint_gives_way()
    {
        WorkloadOptions spread = Workload("w", 3) with { Spread = [new SpreadOptions(SpreadBy.Zone, 1, 0, IsHard: false)] };
        ScheduledCluster cluster = new(Nodes3(6), [spread]);
        cluster.Mark(1, NodeMarks.NotReady, true, 2, 5);
        cluster.Enqueue(2, 0, 1, 2);
        cluster.Run(3);
        Assert.Equal([2, 1, 0], cluster.Spread(0));
    }

    [Fact]
    public void Anti_affinity_waits_until_a_pod_is_gone_where_spreading_forgets_it_when_its_deletion_begins()
    {
        WorkloadOptions apart = Workload("apart", 3) with { Spread = [Apart(SpreadBy.Node)] };
        WorkloadOptions spread = Workload("spread", 3) with { Spread = [Hard(SpreadBy.Node)] };
        ScheduledCluster cluster = new(Nodes3(3), [apart, spread]);
        cluster.At(0, () => cluster.PlaceNow(0, 1, 2, 3, 4, 5));
        int[] nodes = [];
        cluster.At(10, () =>
        {
            nodes = [cluster.NodeOf[0], cluster.NodeOf[3]];
            cluster.Nodes.Uncount(nodes[0], 0);
            cluster.Nodes.Uncount(nodes[1], 1);
            cluster.Scheduler.Enqueue(0);
            cluster.Scheduler.Enqueue(3);
        });
        cluster.At(40, () => cluster.Nodes.Release(nodes[0], 0));
        cluster.Run(100);
        Assert.Equal((40.005, 10.010), (Math.Round(cluster.BoundAt(0), 9), Math.Round(cluster.BoundAt(3), 9)));
        Assert.Equal((nodes[0], nodes[1]), (cluster.NodeOf[0], cluster.NodeOf[3]));
    }

    [Fact]
    public void A_volume_binds_its_pod_to_a_zone()
    {
        VolumeOptions volume = new(BoundToZone: true, SimDuration.FromSeconds(360), new Constant(1));
        ScheduledCluster cluster = new(Nodes3(6), [Workload("w", 2) with { Volume = volume }]);
        cluster.Zones[1] = 2;
        cluster.Mark(1, NodeMarks.Cordoned, true, 2, 5);
        cluster.Enqueue(2, 1);
        cluster.Mark(500, NodeMarks.Cordoned, false, 5);
        cluster.Run(600);
        Assert.Equal((500.005, 5), (Math.Round(cluster.BoundAt(1), 9), cluster.NodeOf[1]));
    }

    [Fact]
    public void A_chain_of_pods_waits_for_one_another()
    {
        // Zone b comes back: each pod bound there permits another one in zone a.
        WorkloadOptions spread = Workload("w", 8) with { Spread = [Hard(SpreadBy.Zone)] };
        ScheduledCluster cluster = new(Nodes3(2, zones: 2), [spread]);
        cluster.Mark(0, NodeMarks.NotReady, true, 1);
        cluster.Enqueue(1, [.. Enumerable.Range(0, 8)]);
        cluster.Mark(100, NodeMarks.NotReady, false, 1);
        cluster.Run(99);
        Assert.Equal([1, 0], cluster.Spread(0));
        cluster.Simulation.RunUntil(SimTime.Zero + SimDuration.FromSeconds(101));
        Assert.Equal([4, 4], cluster.Spread(0));
    }
}
