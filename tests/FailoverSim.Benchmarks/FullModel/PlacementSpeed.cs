using System.Globalization;
using FailoverSim.Benchmarks.Measuring;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Laws;
using FailoverSim.Models.Nodes;
using FailoverSim.Models.Scheduling;
using FailoverSim.Models.Supervision;
using FailoverSim.Models.Workloads;

namespace FailoverSim.Benchmarks.FullModel;

/// <summary>What it costs to find a node for a pod, and to keep the index of what is free, in clusters of growing size.</summary>
internal static class PlacementSpeed
{
    private const int Replicas = 30;
    private const int Moves = 200_000;
    private const int Repeats = 11;

    public static int PrintTable()
    {
        Console.WriteLine("nodes    pods   ns per placement (least)   ns per deletion (least)");
        foreach (int nodes in new[] { 500, 1000, 2000, 5000 })
        {
            (double place, double leastPlace, double delete, double leastDelete) = Measure(nodes);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{nodes,5} {nodes * Replicas,7} {place,18:F0} ({leastPlace:F0}) {delete,18:F0} ({leastDelete:F0})"));
        }
        return 0;
    }

    /// <summary>Three zones, 30 pods per node of 30 per workload, requests from 200 to 800 thousandths of a core; nodes nine tenths full.</summary>
    private static (double Place, double LeastPlace, double Delete, double LeastDelete) Measure(int count)
    {
        ModelBuilder builder = new();
        Signal up = builder.Condition("up");
        NodeSet set = new([.. Enumerable.Range(0, count).Select(n => new NodeOptions($"n-{n}", n, n % 3, 0, 16_800, 64L << 30))], [], ["a", "b", "c"]);
        WorkloadSet workloads = WorkloadSet.Declare(builder, [.. Enumerable.Range(0, count).Select(Workload)]);
        NodeObjects nodes = new(builder, set, workloads);
        Scheduler scheduler = new(builder, new SchedulerOptions(), new ControlPlane(up, up, up, up, up), nodes, workloads);
        builder.Build(1).Reset(0);
        int[] nodeOf = new int[workloads.PodCount];
        for (int pod = 0; pod < nodeOf.Length; pod++)
        {
            nodeOf[pod] = scheduler.PlaceNow(pod);
        }

        // A batch of pods is deleted and placed again; clocks are read once per batch.
        const int Batch = 100;
        Random random = new(1);
        int[] batch = new int[Batch];
        List<double> places = [];
        List<double> deletions = [];
        for (int repeat = 0; repeat < Repeats; repeat++)
        {
            long placing = 0;
            long deleting = 0;
            for (int moved = 0; moved < Moves; moved += Batch)
            {
                int first = random.Next(nodeOf.Length);
                for (int i = 0; i < Batch; i++)
                {
                    batch[i] = (int)((first + i * 7919L) % nodeOf.Length);
                }
                long start = CpuClock.Nanoseconds();
                foreach (int pod in batch)
                {
                    if (nodeOf[pod] >= 0)
                    {
                        nodes.Uncount(nodeOf[pod], workloads.WorkloadOf[pod]);
                        nodes.Release(nodeOf[pod], workloads.WorkloadOf[pod]);
                    }
                }
                long half = CpuClock.Nanoseconds();
                foreach (int pod in batch)
                {
                    nodeOf[pod] = scheduler.PlaceNow(pod);
                }
                placing += CpuClock.Nanoseconds() - half;
                deleting += half - start;
            }
            places.Add((double)placing / Moves);
            deletions.Add((double)deleting / Moves);
        }
        return (Median(places), places.Min(), Median(deletions), deletions.Min());
    }

    private static WorkloadOptions Workload(int number) => new()
    {
        Name = $"w-{number}",
        Replicas = Replicas,
        Needed = 1,
        Cpu = 200 + 37 * number % 600,
        Memory = (1L << 30) + (number % 11 << 26),
        Sandbox = new Constant(1),
        Start = new Constant(1),
        Stop = new Constant(1),
        Grace = SimDuration.FromSeconds(30),
        Readiness = new ProbeOptions(SimDuration.FromSeconds(10), SimDuration.FromSeconds(1), 3),
        Backoff = RestartBackoff.Default,
        Tolerations = new TolerationOptions(null, null),
    };

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
