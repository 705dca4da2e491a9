using FailoverSim.Kernel;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using Xunit;

namespace FailoverSim.Tests.Kernel;

public class SignalTests
{
    [Fact]
    public void Gate_follows_its_count_of_true_inputs()
    {
        ModelBuilder builder = new();
        Signal[] parts = [.. Enumerable.Range(0, 5).Select(i => builder.Condition($"c{i}"))];
        Signal gate = builder.Gate("3 of 5", 3, parts);
        _ = new Script(builder, "script",
            (10, s => s.Fall(parts[0])), (20, s => s.Fall(parts[1])), (30, s => s.Fall(parts[2])), (40, s => s.Rise(parts[0])));
        Simulation simulation = builder.Build(1);
        simulation.Reset(0);
        bool[] expected = [true, true, true, false, true];
        for (int i = 0; i < expected.Length; i++)
        {
            simulation.RunUntil(new SimTime((i * 10) + 5));
            Assert.Equal(expected[i], simulation.Signals[gate]);
        }
    }

    [Fact]
    public void Gates_over_gates_settle_within_the_instant()
    {
        ModelBuilder builder = new();
        Signal a = builder.Condition("a"), b = builder.Condition("b"), c = builder.Condition("c");
        Signal either = builder.Gate("a or b", 1, a, b);
        Signal both = builder.Gate("either and c", 2, either, c);
        _ = new Script(builder, "script", (1, s => { s.Fall(a); s.Fall(b); }), (2, s => s.Rise(b)), (3, s => s.Fall(c)));
        Simulation simulation = builder.Build(1);
        simulation.Reset(0);
        foreach ((long until, bool value) in new[] { (1L, true), (2L, false), (3L, true), (4L, false) })
        {
            simulation.RunUntil(new SimTime(until));
            Assert.Equal(value, simulation.Signals[both]);
        }
    }

    [Fact]
    public void Input_plugged_elsewhere_follows_its_new_source()
    {
        ModelBuilder builder = new();
        Signal x = builder.Condition("x"), y = builder.Condition("y", initial: false);
        Signal gate = builder.Gate("one", 1, x);
        _ = new Script(builder, "script",
            (1, s => s.Replug(gate, 0, y)), (2, s => s.Rise(y)), (3, s => s.Fall(x)), (4, s => s.Replug(gate, 0, x)));
        Simulation simulation = builder.Build(1);
        for (int replication = 0; replication < 2; replication++)
        {
            simulation.Reset(replication);
            foreach ((long until, bool value) in new[] { (1L, true), (2L, false), (3L, true), (4L, true), (5L, false) })
            {
                simulation.RunUntil(new SimTime(until));
                Assert.Equal(value, simulation.Signals[gate]);
            }
        }
    }

    [Fact]
    public void Observers_read_settled_values_and_form_the_next_round()
    {
        ModelBuilder builder = new();
        Signal a = builder.Condition("a"), b = builder.Condition("b"), answer = builder.Condition("answer", initial: false);
        Signal both = builder.Gate("both", 2, a, b);
        Signal none = builder.Gate("either", 1, a, b);
        List<(bool, bool)> seen = [];
        _ = new Script(builder, "script", (1, s => { s.Fall(a); s.Fall(b); }));
        Script observer = new(builder, "observer", s =>
        {
            seen.Add((s.Read(both), s.Read(none)));
            s.Rise(answer);
            // What is driven in a round is not to be seen before the round has settled.
            Assert.False(s.Read(answer));
        });
        builder.Observe(both, observer, 0);
        builder.Observe(none, observer, 0);
        Simulation simulation = builder.Build(1);
        simulation.Reset(0);
        simulation.RunUntil(new SimTime(2));
        Assert.Equal([(false, false)], seen);
        Assert.True(simulation.Signals[answer]);
    }

    [Fact]
    public void Component_that_asks_reacts_once_when_the_round_has_settled()
    {
        ModelBuilder builder = new();
        Signal a = builder.Condition("a"), b = builder.Condition("b");
        List<(bool, bool)> seen = [];
        Script decider = new(builder, "decider", s => seen.Add((s.Read(a), s.Read(b))));
        _ = new Script(builder, "a script", (1, s => { s.Fall(a); decider.Ask(); decider.Ask(); s.Fall(b); }), (3, _ => decider.Ask()));
        Simulation simulation = builder.Build(1);
        simulation.Reset(0);
        simulation.RunUntil(new SimTime(2));
        Assert.Equal([(false, false)], seen);
        simulation.RunUntil(new SimTime(4));
        Assert.Equal(2, seen.Count);
    }

    [Fact]
    public void Change_that_is_undone_in_the_same_round_is_no_change_to_observers()
    {
        ModelBuilder builder = new();
        Signal a = builder.Condition("a");
        int calls = 0;
        _ = new Script(builder, "script", (1, s => { s.Fall(a); s.Rise(a); }));
        builder.Observe(a, new Script(builder, "observer", _ => calls++), 0);
        Simulation simulation = builder.Build(1);
        simulation.Reset(0);
        simulation.RunUntil(new SimTime(2));
        Assert.Equal(0, calls);
    }

    [Theory]
    [InlineData(1_000, false)]
    [InlineData(1_001, true)]
    public void An_instant_settles_within_a_thousand_rounds_or_is_a_broken_invariant(int rounds, bool breaks)
    {
        ModelBuilder builder = new();
        Signal a = builder.Condition("a");
        _ = new Script(builder, "script", (7, s => s.Fall(a)));
        builder.Observe(a, new Script(builder, "oscillator", Turn), 0);
        Breaks(builder, breaks, "did not settle within 1000 rounds");

        void Turn(Script script)
        {
            if (--rounds <= 0)
            {
                return;
            }
            if (script.Read(a))
            {
                script.Fall(a);
            }
            else
            {
                script.Rise(a);
            }
        }
    }

    [Theory]
    [InlineData(1_000_100, false)]
    [InlineData(1_000_101, true)]
    public void A_million_timers_fire_at_an_instant_and_a_hundred_for_each_or_time_does_not_go_on(int times, bool breaks)
    {
        ModelBuilder builder = new();
        _ = new Script(builder, "restless", (7, Fire));
        Breaks(builder, breaks, "more than 1000100 timers fired at one instant: time does not go on");

        void Fire(Script script)
        {
            if (--times > 0)
            {
                script.Again();
            }
        }
    }

    private static void Breaks(ModelBuilder builder, bool breaks, string words)
    {
        Simulation simulation = builder.Build(1);
        simulation.Reset(3);
        if (!breaks)
        {
            simulation.RunUntil(new SimTime(8));
            return;
        }
        InvariantViolationException violation = Assert.Throws<InvariantViolationException>(() => simulation.RunUntil(new SimTime(8)));
        Assert.Equal((7, 3), (violation.Time.Nanoseconds, violation.Replication));
        Assert.Contains(words, violation.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Distance_counts_the_falls_that_still_have_to_happen()
    {
        ModelBuilder builder = new();
        Signal[] pumps = [.. Enumerable.Range(0, 5).Select(i => builder.Condition($"p{i}"))];
        Signal header = builder.Condition("header");
        Signal threeOfFive = builder.Gate("pumps", 3, pumps);
        Signal plant = builder.Gate("plant", 2, header, threeOfFive);
        Signal spareHeader = builder.Condition("spare header");
        Signal either = builder.Gate("either", 1, plant, spareHeader);
        _ = new Script(builder, "script", (1, s => s.Fall(pumps[0])), (2, s => s.Fall(header)));
        Simulation simulation = builder.Build(1);
        simulation.Reset(0);
        Assert.Equal((3, 1, 2), Distances());
        simulation.RunUntil(new SimTime(2));
        Assert.Equal((2, 1, 2), Distances());
        simulation.RunUntil(new SimTime(3));
        Assert.Equal((2, 0, 1), Distances());

        (int, int, int) Distances() => (
            simulation.Signals.Distance(threeOfFive), simulation.Signals.Distance(plant), simulation.Signals.Distance(either));
    }
}
