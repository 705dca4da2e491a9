using System.Globalization;
using FailoverSim.Benchmarks.EventLists;
using FailoverSim.Benchmarks.Measuring;
using FailoverSim.Benchmarks.Ratios;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Benchmarks.FullModel;

/// <summary>
/// The whole engine, from a specification to rows of results, against loops that do nothing but machine repair. Replications
/// of all in turn in one process, start included; medians of thread CPU time; all must agree on events and down time. The engine runs
/// as it does by default, and with every failure and repair an event of its own (<c>fidelity: exhaustive</c>).
/// </summary>
internal static class MachineRepairComparison
{
    private const string Engine = "full model";
    private const string Exhaustive = "full model, exhaustive";
    private const string Minimal = "minimal loop";
    private const ulong Seed = 1;

    private static readonly int[] Sizes = [1_000, 10_000, 100_000, 1_000_000];

    public static int PrintTable(bool quick)
    {
        Compile();
        bool agree = true;
        Console.WriteLine($"{"units",9}  {"",-24}{"ns/event",10}{"least",10}{"M events/s",12}{"times ours",12}");
        foreach (int size in Sizes[..3])
        {
            Contender[] all = Measure(size, quick ? 9 : 25);
            agree &= Agree(all);
            foreach (Contender one in all)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{size,9:N0}  {one.Name,-24}{one.Median,10:F1}{one.Least,10:F1}{1000 / one.Median,12:F2}{one.Median / all[0].Median,12:F2}"));
            }
        }
        Console.WriteLine(agree ? "all agree on events and down time" : "RESULTS DIFFER");
        return agree ? 0 : 1;
    }

    /// <summary>Per size: the whole engine against a loop over the better form of .NET's heap, and against one over our own list.</summary>
    public static IEnumerable<Ratio> Ratios(bool full)
    {
        Compile();
        foreach (int size in full ? Sizes : Sizes[..3])
        {
            Contender[] all = Measure(size, !full ? 7 : size < 1_000_000 ? 25 : 5);
            if (!Agree(all))
            {
                throw new InvalidOperationException($"The loops differ in events or down time with {size} units.");
            }
            Contender heap = all.Where(c => c.Name.StartsWith("PriorityQueue", StringComparison.Ordinal)).MinBy(c => c.Median)!;
            foreach ((string name, Contender engine) in new[] { ("whole machine repair", all[0]), ("exhaustive machine repair", all[1]) })
            {
                foreach (Contender other in new[] { heap, all.First(c => c.Name == Minimal) })
                {
                    yield return new Ratio(name, size, engine.Median, other.Name, other.Median);
                }
            }
        }
    }

    private static Contender[] Measure(int size, int rounds)
    {
        // Ten events per unit keep what the start costs below a tenth; fewer than 100,000 are too short for the clock.
        Contender[] all = Contenders(size, MachineShop.Horizon(size, Math.Max(100_000, 10L * size)));
        Contender.Race(all, rounds);
        return all;
    }

    private static bool Agree(Contender[] all) => all.All(c => c.Checksum == all[0].Checksum);

    private static Contender[] Contenders(int size, SimDuration horizon) =>
    [
        Full(Engine, MachineShop.Spec(size, horizon, Seed)),
        Full(Exhaustive, MachineShop.Spec(size, horizon, Seed, exhaustive: true)),
        Bare<PlainPriorityQueue>(size, horizon, PlainPriorityQueue.Name),
        Bare<FusedPriorityQueue>(size, horizon, FusedPriorityQueue.Name),
        Bare<Ours>(size, horizon, Minimal),
    ];

    private static Contender Full(string name, ScenarioSpec spec)
    {
        Simulation simulation = new ScenarioModel(spec).Build();
        return new Contender(name, replication =>
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

    // With many timers an event asks for memory ahead: a model of that kind is compiled for as well.
    private static void Compile()
    {
        Contender[] few = Contenders(200, MachineShop.Horizon(200, 2_000));
        Contender[] many = Contenders(5_000, MachineShop.Horizon(5_000, 5_000));
        WarmUp.UntilCompiled(() =>
        {
            Contender.Race(few, 40);
            Contender.Race(many, 40);
        });
    }
}
