using System.Globalization;

namespace FailoverSim.Benchmarks.EventLists;

/// <summary>All lists under all workloads in one process, interleaved block by block; medians of thread CPU time.</summary>
internal static class EventListComparison
{
    private static readonly int[] Sizes = [1_000, 10_000, 100_000, 1_000_000];

    public static int PrintTable(bool quick)
    {
        WarmUp();
        bool agree = true;
        foreach ((string workload, Func<int, Trial[]> build) in Workloads())
        {
            foreach (int size in quick ? Sizes[..3] : Sizes)
            {
                Trial[] trials = Run(build, size, quick ? 7 : 21, quick ? 30_000 : 100_000, quick ? 1 : 3);
                bool same = trials.All(t => t.Clock == trials[0].Clock);
                agree &= same;
                double baseline = Baseline(trials).Nanoseconds;
                Console.WriteLine($"\n{workload}, {size:N0} slots, checksum {(same ? "ok" : "DIFFERS")} ({trials[0].Clock})");
                foreach (Trial trial in trials)
                {
                    Console.WriteLine($"  {trial.List,-22}{trial.Nanoseconds,8:F1} ns {baseline / trial.Nanoseconds,7:F2}x");
                }
            }
        }
        return agree ? 0 : 1;
    }

    /// <summary>One line per workload and size, ours against the better form of .NET's heap.</summary>
    public static int PrintRatios()
    {
        WarmUp();
        bool agree = true;
        Console.WriteLine("benchmark,size,ours_ns,baseline,baseline_ns,ratio");
        foreach ((string workload, Func<int, Trial[]> build) in Workloads())
        {
            foreach (int size in Sizes)
            {
                Trial[] trials = Run(n => [.. build(n).Where(IsOursOrBaseline)], size, 11, 40_000, 2);
                agree &= trials.All(t => t.Clock == trials[0].Clock);
                double ours = trials.First(t => t.List == Product.Name).Nanoseconds;
                Trial baseline = Baseline(trials);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{workload},{size},{ours:F1},{baseline.List},{baseline.Nanoseconds:F1},{baseline.Nanoseconds / ours:F2}"));
            }
        }
        return agree ? 0 : 1;
    }

    private static Trial[] Run(Func<int, Trial[]> build, int size, int rounds, int operations, int warmUpPerSlot)
    {
        Trial[] trials = build(size);
        foreach (Trial trial in trials)
        {
            // Long enough that most timers were moved once and stale entries have piled up where a list keeps them.
            trial.Run(Math.Max(operations, warmUpPerSlot * size));
        }
        for (int round = 0; round < rounds; round++)
        {
            foreach (Trial trial in trials)
            {
                trial.Measure(operations);
            }
        }
        return trials;
    }

    private static bool IsOursOrBaseline(Trial trial) =>
        trial.List == Product.Name || trial.List.StartsWith("PriorityQueue", StringComparison.Ordinal);

    private static Trial Baseline(Trial[] trials) =>
        trials.Where(t => t.List.StartsWith("PriorityQueue", StringComparison.Ordinal)).MinBy(t => t.Nanoseconds)!;

    private static IEnumerable<(string, Func<int, Trial[]>)> Workloads() =>
    [
        (Hold.Name, Lists<Hold>),
        (MachineRepair.Name, Lists<MachineRepair>),
        (TimerChurn.Name, Lists<TimerChurn>),
        (MixedHorizons.Name, Lists<MixedHorizons>),
    ];

    private static Trial[] Lists<TWorkload>(int slots) where TWorkload : struct, IWorkload =>
    [
        new Trial<PlainPriorityQueue, TWorkload>(slots),
        new Trial<FusedPriorityQueue, TWorkload>(slots),
        new Trial<IndexedHeap<Two>, TWorkload>(slots),
        new Trial<IndexedHeap<Four>, TWorkload>(slots),
        new Trial<Calendar, TWorkload>(slots),
        new Trial<FanOutTree<Four>, TWorkload>(slots),
        new Trial<FanOutTree<Eight>, TWorkload>(slots),
        new Trial<FanOutTree<Sixteen>, TWorkload>(slots),
        new Trial<Tournament, TWorkload>(slots),
        new Trial<Product, TWorkload>(slots),
    ];

    /// <summary>A method is compiled anew after 30 calls (with counters) and 30 more (for good), in the background.</summary>
    private static void WarmUp()
    {
        for (int tier = 0; tier < 3; tier++)
        {
            foreach ((_, Func<int, Trial[]> build) in Workloads())
            {
                foreach (Trial trial in build(200))
                {
                    for (int i = 0; i < 40; i++)
                    {
                        trial.Run(200);
                    }
                }
            }
            Thread.Sleep(300);
        }
    }
}
