using FailoverSim.Kernel;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using Xunit;

namespace FailoverSim.Tests.Kernel;

public class CounterTests
{
    private readonly ModelBuilder _builder = new();

    [Fact]
    public void Counts_are_those_of_the_observed_horizon_of_the_replication()
    {
        Simulation simulation = Model(out Counter moves, out _, 10, 19, 20, 30, 119, 120, 500);
        // From 20 on and before 120; twice, because a replication must not inherit from the one before it.
        simulation.Run(0, new SimDuration(20), new SimDuration(100));
        ServiceRow[] rows = simulation.Run(1, new SimDuration(20), new SimDuration(100));
        Assert.Equal(["moves", "rests"], simulation.NamesFor(new SimDuration(100)).Counters);
        Assert.Equal([3L, 0], rows[0].Counts);
        Assert.Empty(rows[1].Counts);
        Assert.Equal(5, simulation.CountOf(moves));
    }

    [Fact]
    public void Same_name_is_the_same_counter()
    {
        Assert.Equal(_builder.Counter("a"), _builder.Counter("a"));
        Assert.NotEqual(_builder.Counter("a"), _builder.Counter("b"));
    }

    [Fact]
    public void Copy_counts_on_from_where_the_original_was()
    {
        Simulation original = Model(out Counter moves, out Counter rests, 10, 20, 30, 40);
        Simulation copy = new CounterTests().Model(out _, out _, 10, 20, 30, 40);
        original.Reset(0);
        original.RunUntil(new SimTime(25));
        copy.Reset(0);
        copy.CopyStateFrom(original);
        Assert.Equal(2, copy.CountOf(moves));
        copy.RunUntil(new SimTime(35));
        Assert.Equal((3L, 0L), (copy.CountOf(moves), copy.CountOf(rests)));
        Assert.Equal(2, original.CountOf(moves));
    }

    [Fact]
    public void Counting_allocates_nothing()
    {
        Simulation simulation = Model(out Counter moves, out _);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            simulation.Count(moves);
        }
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    /// <summary>Two services, and a move at each of the instants.</summary>
    private Simulation Model(out Counter moves, out Counter rests, params long[] instants)
    {
        Counter counter = moves = _builder.Counter("moves");
        rests = _builder.Counter("rests");
        foreach (string name in new[] { "one", "two" })
        {
            Signal up = _builder.Condition(name);
            _builder.Service(name, up, up, []);
        }
        _ = new Script(_builder, "script", [.. instants.Select(at => (at, (Action<Script>)(script => script.CountUp(counter))))]);
        return _builder.Build(1);
    }
}
