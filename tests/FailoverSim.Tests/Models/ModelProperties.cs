using FailoverSim.Kernel;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Specification;
using Xunit;

namespace FailoverSim.Tests.Models;

/// <summary>What holds for every scenario: 200 random ones, the same each time.</summary>
public class ModelProperties
{
    private const int Scenarios = 200;

    [Fact]
    public void Invariants_hold_after_every_event_and_down_time_is_accounted_for_to_the_nanosecond()
    {
        long events = ForEach((scenario, spec) =>
        {
            Simulation simulation = new ScenarioModel(spec).Build();
            simulation.Trace = new Invariants(spec, simulation);
            foreach (ServiceRow row in simulation.Run(0, SimDuration.Zero, spec.Run.Horizon))
            {
                Assert.Equal(spec.Run.Horizon.Nanoseconds, row.UpNanoseconds + row.DownNanoseconds);
                Assert.Equal(row.DownNanoseconds, row.DownByCause.Sum());
                Assert.Equal(row.DownNanoseconds, row.DownByStage.Sum());
                Assert.Equal(row.DownNanoseconds, row.Outages.Sum(o => o.Duration) + Before(spec, row));
                BeganWith.Check(row);
            }
            return simulation.Events;
        });
        Assert.True(events > 20_000, $"only {events} events");
    }

    [Fact]
    public void A_run_can_be_repeated_and_continued_in_another_instance()
    {
        ForEach((scenario, spec) =>
        {
            Simulation first = new ScenarioModel(spec).Build(), second = new ScenarioModel(spec).Build();
            first.Run(3, SimDuration.Zero, spec.Run.Horizon);
            ulong whole = first.FingerprintValue;
            first.Reset(3);
            first.RunUntil(new SimTime((long)(new Random((int)first.Events).NextDouble() * spec.Run.Horizon.Nanoseconds)));
            // The other instance has a past of its own.
            second.Run(1, SimDuration.Zero, spec.Run.Horizon);
            second.CopyStateFrom(first);
            Assert.Equal(first.Encode(), second.Encode());
            first.RunUntil(new SimTime(spec.Run.Horizon.Nanoseconds));
            second.RunUntil(new SimTime(spec.Run.Horizon.Nanoseconds));
            Assert.Equal((whole, whole), (first.FingerprintValue, second.FingerprintValue));
            Assert.Equal(first.Encode(), second.Encode());
            return first.Events;
        });
    }

    [Fact]
    public void The_order_of_declaration_changes_nothing()
    {
        ForEach((scenario, spec) =>
        {
            string expected = Story.Of(spec).Trace();
            Assert.Equal(expected, Story.Of(scenario.Reversed(), scenario.Horizon).Trace());
            return expected.Length;
        });
    }

    [Fact]
    public void Another_group_disturbs_nobody()
    {
        ForEach((scenario, spec) =>
        {
            string expected = Story.Of(spec).Trace();
            Story story = Story.Of(scenario.WithStrangers(), scenario.Horizon);
            Assert.Equal(expected, string.Concat(story.Trace().Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(line => !line.Contains("stranger", StringComparison.Ordinal)).Select(line => line + "\n")));
            return expected.Length;
        });
    }

    [Fact]
    public void Twice_the_times_give_twice_the_instants()
    {
        for (int seed = 0; seed < Scenarios; seed++)
        {
            RandomScenario once = new(seed, constant: true), twice = new(seed, constant: true, scale: 2);
            IReadOnlyList<(long At, string Entity, string State)> states = Story.Of(once.ToString(), once.Horizon).States;
            Assert.Equal(states.Select(s => (2 * s.At, s.Entity, s.State)), Story.Of(twice.ToString(), twice.Horizon).States);
        }
    }

    private static long ForEach(Func<RandomScenario, ScenarioSpec, long> check)
    {
        long total = 0;
        for (int seed = 0; seed < Scenarios; seed++)
        {
            RandomScenario scenario = new(seed);
            try
            {
                total += check(scenario, Story.Spec($"{scenario}run: {{horizon: {scenario.Horizon}}}"));
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                throw new InvalidOperationException($"Scenario {seed}:\n{scenario}", fault);
            }
        }
        return total;
    }

    /// <summary>Down time of an outage that was there from the first instant, such as of too few running copies.</summary>
    private static long Before(ScenarioSpec spec, ServiceRow row) =>
        row.DownNanoseconds == spec.Run.Horizon.Nanoseconds ? row.DownNanoseconds : 0;
}
