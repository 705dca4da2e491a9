using FailoverSim.Models.Nodes;
using FailoverSim.Models.Workloads;
using Xunit;
using static FailoverSim.Tests.Cluster.Scheduling.ScheduledCluster;

namespace FailoverSim.Tests.Cluster.Scheduling;

public class AffinityStories
{
    [Fact]
    public void A_pod_waits_until_one_of_those_that_it_must_be_with_is_bound()
    {
        ScheduledCluster cluster = new(Nodes3(9), [Workload("db", 1), Workload("app", 2) with { Affinity = [Near(0, SpreadBy.Zone)] }]);
        cluster.Enqueue(1, 1, 2);
        cluster.Enqueue(100, 0);
        cluster.Run(200);
        // The database in one cycle, each app in the next ones; their back-off of 1 s is long over.
        Assert.Equal([100.005, 100.010, 100.015], cluster.Bound.Select(b => Math.Round(b.At, 9)));
        Assert.Single(cluster.Bound.Select(b => b.Node % 3).Distinct());
    }

    [Fact]
    public void By_node_they_share_its_node_and_wait_for_room_there()
    {
        // 10 cpu: the cache has 4, two apps of 3 fit beside it.
        ScheduledCluster cluster = new(Nodes3(6), [Workload("cache", 1, cpu: 4), Workload("app", 3, cpu: 3) with { Affinity = [Near(0, SpreadBy.Node)] }]);
        cluster.Enqueue(1, 0, 1, 2, 3);
        cluster.At(50, () => cluster.Delete(1));
        cluster.Run(100);
        Assert.Equal([0, 1, 2, 3], cluster.Bound.Select(b => b.Pod));
        Assert.Single(cluster.Bound.Select(b => b.Node).Distinct());
        Assert.Equal(50.005, cluster.BoundAt(3), 9);
    }

    [Fact]
    public void The_first_pod_of_a_group_that_stays_together_goes_anywhere_and_the_others_follow()
    {
        ScheduledCluster cluster = new(Nodes3(9), [Workload("other", 1, cpu: 5), Workload("ring", 6) with { Affinity = [Near(1, SpreadBy.Zone)] }]);
        cluster.Enqueue(1, 0, 1, 2, 3, 4, 5, 6);
        cluster.Run(10);
        Assert.Equal(7, cluster.Bound.Count);
        Assert.Single(cluster.Bound.Skip(1).Select(b => b.Node % 3).Distinct());
        Assert.Equal(0.030, cluster.BoundAt(6) - cluster.BoundAt(0), 9);
    }

    /// <summary>Pods that a silent node will not let go of still say where the group is.</summary>
    [Fact]
    public void A_group_that_has_lost_its_zone_waits_until_the_last_of_its_old_pods_is_gone()
    {
        ScheduledCluster cluster = new(Nodes3(9), [Workload("ring", 3) with { Affinity = [Near(0, SpreadBy.Zone)] }]);
        cluster.At(0, () => cluster.PlaceNow(0, 1, 2));
        int[] old = [];
        cluster.At(10, () =>
        {
            old = [.. cluster.NodeOf];
            foreach (int node in cluster.NodesIn(old[0] % 3))
            {
                cluster.Nodes.Mark(node, NodeMarks.NotReady, true);
            }
            foreach (int pod in Enumerable.Range(0, 3))
            {
                cluster.Nodes.Uncount(old[pod], 0);
                cluster.NodeOf[pod] = -1;
                cluster.Scheduler.Enqueue(pod);
            }
        });
        cluster.At(500, () => cluster.Nodes.Release(old[0], 0));
        cluster.At(600, () => cluster.Nodes.Release(old[1], 0));
        cluster.At(700, () => cluster.Nodes.Release(old[2], 0));
        cluster.Run(1000);
        Assert.Equal([700.005, 700.010, 700.015], cluster.Bound.Select(b => Math.Round(b.At, 9)));
        int zone = Assert.Single(cluster.Bound.Select(b => b.Node % 3).Distinct());
        Assert.NotEqual(old[0] % 3, zone);
    }

    [Fact]
    public void What_an_existing_pod_keeps_away_stays_away_though_it_asks_for_nothing_itself()
    {
        ScheduledCluster cluster = new(Nodes3(2, zones: 2), [Workload("quiet", 1) with { Affinity = [Away(1, SpreadBy.Zone)] }, Workload("noisy", 3)]);
        cluster.Enqueue(1, 0, 1, 2, 3);
        cluster.Mark(2, NodeMarks.Cordoned, true, 0, 1);
        cluster.At(3, () =>
        {
            cluster.Scheduler.Enqueue(cluster.NodeOf[0] >= 0 ? Deleted(cluster, 1) : 1);
        });
        cluster.Mark(10, NodeMarks.Cordoned, false, cluster.NodesIn(0));
        cluster.Mark(20, NodeMarks.Cordoned, false, cluster.NodesIn(1));
        cluster.Run(100);
        Assert.Equal(0, cluster.NodeOf[0]);
        Assert.Equal([1, 1, 1], cluster.NodeOf[1..]);
        // Room in the zone of the quiet one is of no use.
        Assert.Equal(20.005, cluster.BoundAt(1), 9);
    }

    [Fact]
    public void What_keeps_a_pod_away_must_be_gone_for_certain()
    {
        ScheduledCluster cluster = new(Nodes3(1, zones: 1), [Workload("a", 1), Workload("b", 1) with { Affinity = [Away(0, SpreadBy.Node)] }]);
        cluster.Enqueue(1, 0, 1);
        cluster.At(10, () => cluster.Nodes.Uncount(0, 0));
        cluster.At(40, () => cluster.Nodes.Release(0, 0));
        cluster.Run(100);
        Assert.Equal(40.005, cluster.BoundAt(1), 9);
    }

    [Fact]
    public void Preferred_affinity_draws_pods_to_a_node_as_long_as_it_has_room()
    {
        WorkloadOptions app = Workload("app", 4, cpu: 3) with { Affinity = [new AffinityOptions(new(0, 1), SpreadBy.Node, IsHard: false)] };
        ScheduledCluster cluster = new(Nodes3(6), [Workload("cache", 1, cpu: 4), app]);
        cluster.Enqueue(1, 0, 1, 2, 3, 4);
        cluster.Run(10);
        int[] beside = [.. cluster.NodeOf[1..].Select(n => n == cluster.NodeOf[0] ? 1 : 0)];
        Assert.Equal([1, 1, 0, 0], beside);
    }

    [Fact]
    public void Preferred_anti_affinity_gives_way_when_there_is_no_other_place()
    {
        WorkloadOptions b = Workload("b", 4, cpu: 5) with { Affinity = [new AffinityOptions(new(0, 1), SpreadBy.Node, IsHard: false, IsAnti: true)] };
        ScheduledCluster cluster = new(Nodes3(3, zones: 1), [Workload("a", 1, cpu: 1), b]);
        cluster.Enqueue(1, 0, 1, 2, 3, 4);
        cluster.Run(10);
        Assert.Equal(0, cluster.NodeOf[0]);
        Assert.Equal([1, 2, 1, 2], cluster.NodeOf[1..]);
        ScheduledCluster full = new(Nodes3(3, zones: 1), [Workload("a", 1, cpu: 1), b with { Replicas = 5 }]);
        full.Enqueue(1, 0, 1, 2, 3, 4, 5);
        full.Run(10);
        Assert.Equal([1, 2, 1, 2, 0], full.NodeOf[1..]);
    }

    [Fact]
    public void A_workload_of_some_zones_does_not_use_and_does_not_count_the_others()
    {
        WorkloadOptions app = Workload("app", 4) with { Zones = [0, 2], Spread = [Hard(SpreadBy.Zone)] };
        ScheduledCluster cluster = new(Nodes3(6), [app]);
        cluster.Enqueue(1, 0, 1, 2, 3);
        cluster.Run(10);
        Assert.Equal([2, 0, 2], cluster.Spread(0));
    }

    /// <summary>What an autoscaler may hope for: a new node has no pods, and lies in one zone.</summary>
    [Theory]
    [InlineData(SpreadBy.Zone, false, "1 0 0")]
    [InlineData(SpreadBy.Node, false, "0 0 0")]
    [InlineData(SpreadBy.Zone, true, "0 1 1")]
    [InlineData(SpreadBy.Node, true, "1 1 1")]
    public void A_new_node_helps_only_where_affinities_admit_it(SpreadBy by, bool isAnti, string expected)
    {
        WorkloadOptions app = Workload("app", 1, cpu: 8) with { Affinity = [new AffinityOptions(new(0, 1), by, IsHard: true, isAnti)] };
        ScheduledCluster cluster = new(Nodes3(3), [Workload("db", 1, cpu: 9), Workload("filler", 2, cpu: 9), app]);
        cluster.Enqueue(1, 0, 1, 2, 3);
        cluster.Run(10);
        Assert.Equal(0, cluster.NodeOf[0]);
        Assert.Equal(expected, string.Join(' ', Enumerable.Range(0, 3).Select(zone => cluster.Scheduler.NodesFor(0, zone))));
    }

    private static AffinityOptions Near(int workload, SpreadBy by) => new(new WorkloadRange(workload, 1), by, IsHard: true);

    private static AffinityOptions Away(int workload, SpreadBy by) => new(new WorkloadRange(workload, 1), by, IsHard: true, IsAnti: true);

    private static int Deleted(ScheduledCluster cluster, int pod)
    {
        cluster.Delete(pod);
        return pod;
    }
}
