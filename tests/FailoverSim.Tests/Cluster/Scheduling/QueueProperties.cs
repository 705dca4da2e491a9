using FailoverSim.Kernel.Time;
using FailoverSim.Models.Nodes;
using FailoverSim.Models.Workloads;
using Xunit;
using static FailoverSim.Tests.Cluster.Scheduling.ScheduledCluster;

namespace FailoverSim.Tests.Cluster.Scheduling;

public class QueueProperties
{
    private static readonly NodeMarks[] Marks = [NodeMarks.Cordoned, NodeMarks.NotReady, NodeMarks.Registered];

    /// <summary>
    /// Pods come and go, nodes too, and the scheduler fails at times. Each binding is what a look at all nodes says at that instant;
    /// what nobody has bound waits; and when all is quiet, nothing waits for which there is a node.
    /// </summary>
    [Fact]
    public void Every_pod_is_bound_where_it_should_or_waits_for_a_reason()
    {
        int bound = 0;
        int waiting = 0;
        for (int seed = 0; seed < 60; seed++)
        {
            Random random = new(seed);
            ScheduledCluster cluster = RandomCluster.Of(random);
            ScanningScheduler scan = new(cluster.Nodes, cluster.Workloads);
            HashSet<int> pending = [];
            List<(int Workload, int Node)> ending = [];
            cluster.OnBind = (pod, node) =>
            {
                int workload = cluster.Workloads.WorkloadOf[pod];
                Assert.True(cluster.Simulation.Signals[cluster.Leads] && cluster.Simulation.Signals[cluster.Api]);
                Assert.True(pending.Remove(pod));
                Assert.Equal(scan.Choose(workload, ZoneOf(cluster, pod)), node);
                scan.Take(node, workload);
                AssertSkew(cluster, scan, workload, node);
                bound++;
            };
            cluster.Lab.Repeatedly(0, (simulation, draws) =>
            {
                Disturb(cluster, scan, random, pending, ending);
                return simulation.Now.Seconds < 300 ? NextPause(random) : double.PositiveInfinity;
            });
            for (int outage = 0; outage < 3; outage++)
            {
                double at = 300 * random.NextDouble();
                cluster.Drive(at, random.Next(2) == 0 ? cluster.Leads : cluster.Api, false);
            }
            cluster.Drive(301, cluster.Leads, true);
            cluster.Drive(301, cluster.Api, true);
            cluster.Drive(120, cluster.Leads, true);
            cluster.Drive(120, cluster.Api, true);
            cluster.Run(320);
            Assert.All(pending, pod => Assert.Equal(-1, scan.Choose(cluster.Workloads.WorkloadOf[pod], ZoneOf(cluster, pod))));
            waiting += pending.Count;

            // Room for all: what still waits, waits for its rules.
            cluster.Simulation.RunUntil(SimTime.Zero + SimDuration.FromSeconds(330));
            foreach ((int workload, int node) in ending)
            {
                scan.Release(node, workload);
                cluster.Nodes.Release(node, workload);
            }
            foreach (int node in Enumerable.Range(0, cluster.Nodes.Set.Count))
            {
                cluster.Nodes.Mark(node, NodeMarks.Cordoned | NodeMarks.NotReady, false);
                cluster.Nodes.Mark(node, NodeMarks.Registered, true);
            }
            cluster.Simulation.RunUntil(SimTime.Zero + SimDuration.FromSeconds(360));
            Assert.All(pending, pod => Assert.Equal(-1, scan.Choose(cluster.Workloads.WorkloadOf[pod], ZoneOf(cluster, pod))));
            Assert.Equal(cluster.Workloads.PodCount, pending.Count + Enumerable.Range(0, cluster.Workloads.PodCount).Count(p => !pending.Contains(p)));
        }
        Assert.True(bound > 3000 && waiting > 300, $"{bound} bound, {waiting} waiting");
    }

    [Fact]
    public void Pods_that_lost_their_zone_are_bound_when_it_returns_and_cost_little_meanwhile()
    {
        // 90 nodes with room for 900 pods have 840; 280 of them lose their zone and 40 fit elsewhere.
        const int Pods = 840;
        ScheduledCluster cluster = new(Nodes3(90), [.. Enumerable.Range(0, 28).Select(w => Workload($"w-{w}", 30))]);
        cluster.At(0, () => cluster.PlaceNow([.. Enumerable.Range(0, Pods)]));
        int[] lost = [];
        cluster.At(10, () =>
        {
            lost = [.. Enumerable.Range(0, Pods).Where(p => cluster.NodeOf[p] % 3 == 2)];
            foreach (int node in cluster.NodesIn(2))
            {
                cluster.Nodes.Mark(node, NodeMarks.NotReady, true);
            }
            foreach (int pod in lost)
            {
                cluster.Delete(pod);
                cluster.Scheduler.Enqueue(pod);
            }
        });
        // Others come and go for six hours.
        cluster.Lab.Repeatedly(100, (simulation, draws) =>
        {
            int pod = (int)(draws.NextUniform() * Pods);
            if (cluster.NodeOf[pod] >= 0)
            {
                cluster.Delete(pod);
                cluster.Scheduler.Enqueue(pod);
            }
            return simulation.Now.Seconds < 21_000 ? 10 : double.PositiveInfinity;
        });
        cluster.Mark(21_620, NodeMarks.NotReady, false, cluster.NodesIn(2));
        cluster.Run(21_619);
        int waiting = cluster.NodeOf.Count(n => n < 0);
        Assert.Equal(Pods - 600, waiting);
        // Some 1,500 pods were renewed: each gives its room to one that waits, and is tried itself. 720 half minutes passed.
        Assert.InRange(cluster.Cycles.Count, 2_500, 4_000);
        Assert.InRange(cluster.Simulation.Events, 5_000, 7_500);
        cluster.Simulation.RunUntil(SimTime.Zero + SimDuration.FromSeconds(21_620 + 20));
        Assert.DoesNotContain(-1, cluster.NodeOf);
        Assert.Equal(21_620 + 0.005 * waiting, cluster.Bound[^1].At, 6);
    }

    [Fact]
    public void A_storm_allocates_nothing_and_a_copy_behaves_alike()
    {
        ScheduledCluster one = Storm();
        ScheduledCluster other = Storm();
        one.Run(200);
        other.Run(0);
        other.Simulation.CopyStateFrom(one.Simulation);
        one.NodeOf.CopyTo(other.NodeOf, 0);
        Assert.Equal(one.Simulation.Encode(), other.Simulation.Encode());
        one.Bound.Clear();
        one.Bound.EnsureCapacity(10_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        one.Simulation.Trace = null;
        one.Simulation.RunUntil(SimTime.Zero + SimDuration.FromSeconds(2000));
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        other.Simulation.RunUntil(SimTime.Zero + SimDuration.FromSeconds(2000));
        Assert.True(one.Bound.Count > 100);
        Assert.Equal(one.Bound, other.Bound);
        Assert.Equal(one.Simulation.FingerprintValue, other.Simulation.FingerprintValue);
    }

    private static ScheduledCluster Storm()
    {
        WorkloadOptions[] workloads =
        [
            .. Enumerable.Range(0, 20).Select(w => Workload($"w-{w}", 20, 1 + w % 3) with
            {
                Spread = w % 4 == 0 ? [Hard(SpreadBy.Zone, 2)] : w % 4 == 1 ? [Apart(SpreadBy.Node)] : [],
                Affinity = (w % 5) switch
                {
                    1 => [new AffinityOptions(new WorkloadRange(w - 1, 1), SpreadBy.Node, IsHard: true)],
                    2 => [new AffinityOptions(new WorkloadRange(0, w), SpreadBy.Node, IsHard: false), new AffinityOptions(new WorkloadRange(w, 1), SpreadBy.Zone, IsHard: true)],
                    3 => [new AffinityOptions(new WorkloadRange(w - 2, 1), SpreadBy.Node, IsHard: true, IsAnti: true)],
                    _ => [],
                },
            }),
        ];
        ScheduledCluster cluster = new(Nodes3(30), workloads);
        cluster.Enqueue(1, [.. Enumerable.Range(0, 400)]);
        cluster.Lab.Repeatedly(5, (_, draws) =>
        {
            int pod = (int)(draws.NextUniform() * 400);
            if (cluster.NodeOf[pod] >= 0)
            {
                cluster.Delete(pod);
                cluster.Scheduler.Enqueue(pod);
            }
            int node = (int)(draws.NextUniform() * 30);
            cluster.Nodes.Mark(node, NodeMarks.Cordoned, !cluster.Nodes.Is(node, NodeMarks.Cordoned));
            return 0.4;
        });
        return cluster;
    }

    private static void Disturb(
        ScheduledCluster cluster, ScanningScheduler scan, Random random, HashSet<int> pending, List<(int Workload, int Node)> ending)
    {
        int pod = random.Next(cluster.Workloads.PodCount);
        int workload = cluster.Workloads.WorkloadOf[pod];
        int node = cluster.NodeOf[pod];
        int dice = random.Next(20);
        if (dice < 3)
        {
            cluster.Nodes.Mark(random.Next(cluster.Nodes.Set.Count), Marks[random.Next(Marks.Length)], random.Next(2) == 0);
        }
        else if (pending.Contains(pod))
        {
            if (dice < 8)
            {
                cluster.Scheduler.Withdraw(pod);
                pending.Remove(pod);
            }
        }
        else if (node < 0)
        {
            pending.Add(pod);
            cluster.Scheduler.Enqueue(pod);
        }
        else
        {
            scan.Uncount(node, workload);
            cluster.Nodes.Uncount(node, workload);
            cluster.NodeOf[pod] = -1;
            ending.Add((workload, node));
        }
        if (ending.Count > 0 && random.Next(2) == 0)
        {
            (int Workload, int Node) gone = ending[random.Next(ending.Count)];
            ending.Remove(gone);
            scan.Release(gone.Node, gone.Workload);
            cluster.Nodes.Release(gone.Node, gone.Workload);
        }
    }

    /// <summary>Often less than a cycle, sometimes longer than any back-off.</summary>
    private static double NextPause(Random random) => random.Next(3) switch
    {
        0 => 0.003 * random.NextDouble(),
        1 => random.NextDouble(),
        _ => 6 * random.NextDouble(),
    };

    private static int ZoneOf(ScheduledCluster cluster, int pod) =>
        cluster.Workloads.Options[cluster.Workloads.WorkloadOf[pod]].Volume is null ? -1 : cluster.Zones[pod];

    private static void AssertSkew(ScheduledCluster cluster, ScanningScheduler scan, int workload, int node)
    {
        foreach (SpreadOptions rule in cluster.Workloads.Options[workload].Spread.Where(s => s is { IsHard: true, IsAntiAffinity: false }))
        {
            int domain = rule.By == SpreadBy.Zone ? cluster.Nodes.Set.Options[node].Zone : node;
            int least = scan.Domains(workload, rule.By).Select(d => scan.Count(workload, rule.By, d)).Append(int.MaxValue).Min();
            Assert.True(scan.Count(workload, rule.By, domain) - least <= rule.MaxSkew);
        }
        (long cpu, long memory, int pods) = scan.FreeOn(node);
        Assert.True(cpu >= 0 && memory >= 0 && pods >= 0);
    }
}
