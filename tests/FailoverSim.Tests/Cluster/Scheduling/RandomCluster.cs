using FailoverSim.Kernel.Time;
using FailoverSim.Models.Laws;
using FailoverSim.Models.Nodes;
using FailoverSim.Models.Scheduling;
using FailoverSim.Models.Workloads;

namespace FailoverSim.Tests.Cluster.Scheduling;

/// <summary>Small clusters of all shapes, crowded enough that pods do not find room.</summary>
internal static class RandomCluster
{
    public static ScheduledCluster Of(Random random, SchedulerOptions? options = null)
    {
        int zones = random.Next(1, 5);
        int pools = random.Next(1, 4);
        NodeOptions[] nodes = [.. Enumerable.Range(0, random.Next(zones, 25)).Select(n => ScheduledCluster.Node(n, n < zones ? n : random.Next(zones),
            random.Next(2) == 0 ? 8 : 12, random.Next(2) == 0 ? 16 : 20, random.Next(3, 8), random.Next(pools), random.Next(6) > 0))];
        int count = random.Next(1, 8);
        WorkloadOptions[] workloads = [.. Enumerable.Range(0, count).Select(w => ScheduledCluster.Workload(
            $"w-{w}", random.Next(1, 15), random.Next(1, 6), random.Next(1, 9)) with
        {
            Pools = random.Next(3) > 0 ? [] : [.. Enumerable.Range(0, pools).Where(_ => random.Next(2) == 0)],
            Spread = [.. Enumerable.Range(0, random.Next(3)).Select(_ => new SpreadOptions(
                random.Next(2) == 0 ? SpreadBy.Zone : SpreadBy.Node, random.Next(1, 4), random.Next(5), random.Next(3) > 0, random.Next(4) == 0))],
            Volume = random.Next(3) == 0 ? new VolumeOptions(true, SimDuration.FromSeconds(360), new Constant(1)) : null,
            Zones = random.Next(4) > 0 ? [] : [.. Enumerable.Range(0, zones).Where(_ => random.Next(2) == 0)],
        })];
        for (int w = 0; w < count; w++)
        {
            // Some like the one before, as copies are.
            workloads[w] = workloads[w] with
            {
                Affinity = w > 0 && random.Next(4) == 0 ? workloads[w - 1].Affinity : [.. Enumerable.Range(0, Math.Max(0, random.Next(5) - 2)).Select(_ => Term(random, count))],
            };
        }
        ScheduledCluster cluster = new(nodes, workloads, options);
        for (int pod = 0; pod < cluster.Workloads.PodCount; pod++)
        {
            bool isBound = workloads[cluster.Workloads.WorkloadOf[pod]].Volume is not null && random.Next(2) == 0;
            cluster.Zones[pod] = isBound ? random.Next(zones) : -1;
        }
        return cluster;
    }

    private static AffinityOptions Term(Random random, int workloads)
    {
        int first = random.Next(workloads);
        WorkloadRange to = new(first, random.Next(2) == 0 ? 1 : random.Next(1, workloads - first + 1));
        return new AffinityOptions(to, random.Next(2) == 0 ? SpreadBy.Zone : SpreadBy.Node, random.Next(2) == 0, random.Next(2) == 0);
    }
}
