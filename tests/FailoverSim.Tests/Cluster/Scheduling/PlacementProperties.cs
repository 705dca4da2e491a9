using FailoverSim.Models.Nodes;
using Xunit;

namespace FailoverSim.Tests.Cluster.Scheduling;

public class PlacementProperties
{
    private static readonly NodeMarks[] Marks =
        [NodeMarks.Cordoned, NodeMarks.NotReady, NodeMarks.NoExecute, NodeMarks.Registered, NodeMarks.Uninitialized, NodeMarks.OutOfService, NodeMarks.NetworkUnavailable];

    [Fact]
    public void The_index_finds_exactly_the_node_that_a_look_at_all_nodes_finds()
    {
        int placed = 0;
        int refused = 0;
        for (int seed = 0; seed < 150; seed++)
        {
            Random random = new(seed);
            ScheduledCluster cluster = RandomCluster.Of(random).Run(0);
            ScanningScheduler scan = new(cluster.Nodes, cluster.Workloads);
            List<(int Pod, int Node)> ending = [];
            for (int step = 0; step < 120; step++)
            {
                int pod = random.Next(cluster.Workloads.PodCount);
                int workload = cluster.Workloads.WorkloadOf[pod];
                int node = cluster.NodeOf[pod];
                if (random.Next(5) == 0)
                {
                    cluster.Nodes.Mark(random.Next(cluster.Nodes.Set.Count), Marks[random.Next(Marks.Length)], random.Next(2) == 0);
                }
                else if (node < 0)
                {
                    int expected = scan.Choose(workload, cluster.Workloads.Options[workload].Volume is null ? -1 : cluster.Zones[pod]);
                    cluster.NodeOf[pod] = cluster.Scheduler.PlaceNow(pod);
                    Assert.Equal(expected, cluster.NodeOf[pod]);
                    if (expected >= 0)
                    {
                        scan.Take(expected, workload);
                        placed++;
                    }
                    else
                    {
                        refused++;
                    }
                }
                else if (random.Next(2) == 0)
                {
                    cluster.Nodes.Uncount(node, workload);
                    scan.Uncount(node, workload);
                    cluster.NodeOf[pod] = -1;
                    ending.Add((pod, node));
                }
                if (ending.Count > 0 && random.Next(3) == 0)
                {
                    (int gone, int from) = ending[random.Next(ending.Count)];
                    ending.Remove((gone, from));
                    cluster.Nodes.Release(from, cluster.Workloads.WorkloadOf[gone]);
                    scan.Release(from, cluster.Workloads.WorkloadOf[gone]);
                }
                AssertSame(cluster, scan, random.Next(cluster.Nodes.Set.Count));
            }
        }
        Assert.True(placed > 2500 && refused > 1000, $"{placed} placed, {refused} refused");
    }

    [Fact]
    public void Marks_and_their_counts_agree()
    {
        Random random = new(1);
        ScheduledCluster cluster = RandomCluster.Of(random).Run(0);
        NodeObjects nodes = cluster.Nodes;
        for (int step = 0; step < 2000; step++)
        {
            nodes.Mark(random.Next(nodes.Set.Count), Marks[random.Next(Marks.Length)], random.Next(2) == 0);
            int zone = random.Next(nodes.Set.Zones.Length);
            int pool = random.Next(nodes.PoolCount);
            int[] there = [.. cluster.NodesIn(zone).Where(n => nodes.Set.Options[n].Pool == pool)];
            Assert.Equal(there.Count(n => nodes.Is(n, NodeMarks.Registered)), nodes.RegisteredIn(zone, pool));
            Assert.Equal(there.Count(nodes.IsSchedulable), nodes.SchedulableIn(zone, pool));
        }
        cluster.Simulation.Reset(1);
        Assert.All(Enumerable.Range(0, nodes.Set.Count), n => Assert.Equal(nodes.Set.Options[n].Exists, nodes.IsSchedulable(n)));
    }

    private static void AssertSame(ScheduledCluster cluster, ScanningScheduler scan, int node)
    {
        (long cpu, long memory, int pods) = scan.FreeOn(node);
        Assert.Equal(new NodeRoom(cpu, memory, pods), cluster.Nodes.FreeOn(node));
        Assert.True(cpu >= 0 && memory >= 0 && pods >= 0);
    }
}
