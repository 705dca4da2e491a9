using System.Globalization;
using FailoverSim.Benchmarks.EventLists;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Benchmarks.FullModel;

/// <summary>
/// The whole engine, from a specification to rows of results, against loops that do nothing but machine repair. Replications
/// of all in turn in one process, start included; medians of thread CPU time; all must agree on events and down time.
/// </summary>
internal static class MachineRepairComparison
{
    private const string Ours = "full model";
    private const string Minimal = "bare EventCalendar";
    private const ulong Seed = 1;

    private static readonly int[] Sizes = [1_000, 10_000, 100_000];

    public static int PrintTable(bool quick)
    {
        WarmUp();
        bool agree = true;
        Console.WriteLine($"{"units",8}  {"",-20}{"ns/event",10}{"least",10}{"M events/s",12}{"times ours",12}");
        foreach (int size in Sizes)
        {
            Contender[] all = Measure(size, quick ? 9 : 25);
            agree &= Agree(all);
            foreach (Contender one in all)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{size,8:N0}  {one.Name,-20}{one.Median,10:F1}{one.Least,10:F1}{1000 / one.Median,12:F2}{one.Median / all[0].Median,12:F2}"));
            }
        }
        Console.WriteLine(agree ? "all agree on events and down time" : "RESULTS DIFFER");
        return agree ? 0 : 1;
    }

    /// <summary>Lines of the ratios table: ours against the better form of .NET's heap.</summary>
    public static int PrintRatios()
    {
        WarmUp();
        bool agree = true;
        foreach (int size in Sizes)
        {
            Contender[] all = Measure(size, 7);
            agree &= Agree(all);
            Contender heap = all.Where(c => c.Name.StartsWith("PriorityQueue", StringComparison.Ordinal)).MinBy(c => c.Median)!;
            foreach (Contender other in new[] { heap, all.First(c => c.Name == Minimal) })
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"full machine repair,{size},{all[0].Median:F1},{other.Name},{other.Median:F1},{other.Median / all[0].Median:F2}"));
            }
        }
        return agree ? 0 : 1;
    }

    private static Contender[] Measure(int size, int rounds)
    {
        // Ten events per unit keep what the start costs below a tenth; fewer than 100,000 are too short for the clock.
        SimDuration horizon = MachineShop.Horizon(size, Math.Max(100_000, 10L * size));
        Contender[] all = Contenders(size, horizon);
        for (int round = 0; round <= rounds; round++)
        {
            foreach (Contender one in all)
            {
                one.Run(round, isWarmUp: round == 0);
            }
        }
        return all;
    }

    private static bool Agree(Contender[] all) => all.All(c => c.Checksum == all[0].Checksum);

    private static Contender[] Contenders(int size, SimDuration horizon) =>
    [
        Full(MachineShop.Spec(size, horizon, Seed)),
        Bare<PlainPriorityQueue>(size, horizon, PlainPriorityQueue.Name),
        Bare<FusedPriorityQueue>(size, horizon, FusedPriorityQueue.Name),
        Bare<Product>(size, horizon, Minimal),
    ];

    private static Contender Full(ScenarioSpec spec)
    {
        Simulation simulation = new ScenarioModel(spec).Build();
        return new Contender(Ours, replication =>
        {
            long down = simulation.Run(replication, SimDuration.Zero, spec.Run.Horizon)[0].DownNanoseconds;
            return (simulation.Events, down);
        });
    }

    private static Contender Bare<TList>(int size, SimDuration horizon, string name)
        where TList : struct, IEventList<TList>
    {
        BareLoop<TList> loop = new(size, Seed);
        return new Contender(name, replication =>
        {
            long down = loop.Run((ulong)replication, horizon.Nanoseconds);
            return (loop.Events, down);
        });
    }

    /// <summary>A method is compiled anew after 30 calls (with counters) and 30 more (for good), in the background.</summary>
    private static void WarmUp()
    {
        for (int tier = 0; tier < 4; tier++)
        {
            foreach (Contender one in Contenders(200, MachineShop.Horizon(200, 2_000)))
            {
                for (int i = 0; i < 40; i++)
                {
                    one.Run(i, isWarmUp: true);
                }
            }
            Thread.Sleep(300);
        }
    }

    private sealed class Contender(string name, Func<long, (long Events, long Down)> run)
    {
        private readonly List<double> _nanoseconds = [];

        public string Name => name;

        public long Checksum { get; private set; }

        /// <summary>Per event, over replications.</summary>
        public double Median => _nanoseconds.Order().ElementAt(_nanoseconds.Count / 2);

        public double Least => _nanoseconds.Min();

        public void Run(int replication, bool isWarmUp)
        {
            long start = CpuClock.Nanoseconds();
            (long events, long down) = run(replication);
            long taken = CpuClock.Nanoseconds() - start;
            Checksum = unchecked((Checksum * 31 + events) * 31 + down);
            if (!isWarmUp)
            {
                _nanoseconds.Add((double)taken / events);
            }
        }
    }
}
