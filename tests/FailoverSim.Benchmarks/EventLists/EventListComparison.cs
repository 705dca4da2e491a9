using System.Globalization;
using FailoverSim.Benchmarks.EventLists.Calendars;
using FailoverSim.Benchmarks.Measuring;
using FailoverSim.Benchmarks.Ratios;

namespace FailoverSim.Benchmarks.EventLists;

/// <summary>All lists under all workloads in one process, interleaved block by block; medians of thread CPU time.</summary>
internal static class EventListComparison
{
    private static readonly int[] Sizes = [1_000, 10_000, 100_000, 1_000_000];

    /// <summary>So many that our list parts busy timers from the others: that way is compiled for as well.</summary>
    internal const int WarmUpSlots = 600;

    private static readonly (string Workload, Entrant[] Entrants)[] Races =
    [
        (Hold.Name, Entrants<Hold>()),
        (MachineRepair.Name, Entrants<MachineRepair>()),
        (TimerChurn.Name, Entrants<TimerChurn>()),
        (MixedHorizons.Name, Entrants<MixedHorizons>()),
    ];

    public static int PrintTable(bool quick)
    {
        Compile(_ => true);
        bool agree = true;
        foreach ((string workload, Entrant[] entrants) in Races)
        {
            foreach (int size in quick ? Sizes[..3] : Sizes)
            {
                Trial[] trials = Run(entrants, size, quick ? 7 : 21, quick ? 30_000 : 100_000);
                agree &= Agree(trials);
                double baseline = Heap(trials).Nanoseconds;
                Console.WriteLine($"\n{workload}, {size:N0} slots, checksum {(Agree(trials) ? "ok" : "DIFFERS")} ({trials[0].Clock})");
                foreach (Trial trial in trials)
                {
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"  {trial.List,-22}{trial.Nanoseconds,8:F1} ns {baseline / trial.Nanoseconds,7:F2}x"));
                }
            }
        }
        return agree ? 0 : 1;
    }

    /// <summary>Per workload and size: ours against the better form of .NET's heap, and for timers that are moved also against its lazy use.</summary>
    public static IEnumerable<Ratio> Ratios(bool full)
    {
        Compile(list => list == Ours.Name || list == LazyPriorityQueue.Name || IsHeap(list));
        foreach ((string workload, Entrant[] entrants) in Races)
        {
            bool moves = workload == TimerChurn.Name;
            // A million timers under churn take a heap half a minute until it has settled.
            foreach (int size in moves && !full ? Sizes[..3] : Sizes)
            {
                Entrant[] all = [.. entrants.Where(e => e.List == Ours.Name || IsHeap(e.List) || (moves && e.List == LazyPriorityQueue.Name))];
                // Blocks so long that what the others left in the caches is no longer felt.
                int operations = Math.Clamp(full ? 2 * size : size, full ? 100_000 : 40_000, full ? 2_000_000 : 500_000);
                Trial[] trials = Run(all, size, (full ? 45 : 15) / (size < 1_000_000 ? 1 : 3), operations);
                if (!Agree(trials))
                {
                    throw new InvalidOperationException($"The lists fired differently: {workload}, {size} slots.");
                }
                double ours = trials.First(t => t.List == Ours.Name).Nanoseconds;
                foreach (Trial other in trials.Where(t => t.List == LazyPriorityQueue.Name).Prepend(Heap(trials)))
                {
                    yield return new Ratio(workload, size, ours, other.List, other.Nanoseconds);
                }
            }
        }
    }

    private static Trial[] Run(Entrant[] entrants, int size, int rounds, int operations)
    {
        Trial[] trials = [.. entrants.Select(e => e.Build(size))];
        foreach (Trial trial in trials)
        {
            trial.Settle(operations);
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

    private static void Compile(Func<string, bool> included)
    {
        Trial[] trials = [.. Races.SelectMany(r => r.Entrants).Where(e => included(e.List)).Select(e => e.Build(WarmUpSlots))];
        WarmUp.UntilCompiled(() =>
        {
            foreach (Trial trial in trials)
            {
                for (int i = 0; i < 40; i++)
                {
                    trial.Run(200);
                }
            }
        });
    }

    private static bool Agree(Trial[] trials) => trials.All(t => t.Clock == trials[0].Clock);

    private static bool IsHeap(string list) => list == PlainPriorityQueue.Name || list == FusedPriorityQueue.Name;

    private static Trial Heap(Trial[] trials) => trials.Where(t => IsHeap(t.List)).MinBy(t => t.Nanoseconds)!;

    private static Entrant[] Entrants<TWorkload>() where TWorkload : struct, IWorkload =>
    [
        Entrant.Of<PlainPriorityQueue, TWorkload>(),
        Entrant.Of<FusedPriorityQueue, TWorkload>(),
        Entrant.Of<LazyPriorityQueue, TWorkload>(),
        Entrant.Of<IndexedHeap<Two>, TWorkload>(),
        Entrant.Of<IndexedHeap<Four>, TWorkload>(),
        Entrant.Of<Calendar, TWorkload>(),
        Entrant.Of<FanOutTree<Four>, TWorkload>(),
        Entrant.Of<FanOutTree<Eight>, TWorkload>(),
        Entrant.Of<FanOutTree<Sixteen>, TWorkload>(),
        Entrant.Of<CalendarOfDays, TWorkload>(),
        Entrant.Of<Tournament, TWorkload>(),
        Entrant.Of<Ours, TWorkload>(),
    ];

    /// <summary>A list that can be built for any number of slots.</summary>
    private sealed record Entrant(string List, Func<int, Trial> Build)
    {
        public static Entrant Of<TList, TWorkload>()
            where TList : struct, IEventList<TList>
            where TWorkload : struct, IWorkload => new(TList.Name, slots => new Trial<TList, TWorkload>(slots));
    }
}
