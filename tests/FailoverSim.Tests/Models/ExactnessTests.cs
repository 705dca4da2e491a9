using FailoverSim.Kernel;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Specification;
using Xunit;

namespace FailoverSim.Tests.Models;

/// <summary>What a long run costs in memory, and how many states the exact solver would see.</summary>
public class ExactnessTests
{
    private const long Year = SimDuration.NanosecondsPerYear;

    [Fact]
    public void Years_of_the_pumps_allocate_nothing_per_event()
    {
        ScenarioSpec spec = ScenarioFile.Read(Path.Combine(Repository.Root, "scenarios", "pumps-3-of-5.yaml")).Spec!;
        Simulation simulation = new ScenarioModel(spec).Build();
        // Others first, until everything has happened once, floods included: lists have their size, methods are compiled.
        for (int replication = 0; replication < 20; replication++)
        {
            simulation.Run(replication, SimDuration.Zero, new SimDuration(20 * Year));
        }
        simulation.Reset(20);
        simulation.RunUntil(new SimTime(Year));
        long events = simulation.Events;
        long before = GC.GetAllocatedBytesForCurrentThread();
        simulation.RunUntil(new SimTime(20 * Year));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(simulation.Events - events > 1000);
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Three_of_five_exponential_units_with_a_shared_crew_have_six_states()
    {
        Assert.Equal(6, StatesOf("""
            units: {pump: {count: 5, fails: exp(100h), repair: {takes: exp(50h), crew: m}}}
            crews: {m: {}}
            services: {plant: {up-when: 3 of pump}}
            """));
    }

    [Fact]
    public void The_order_in_which_unlike_units_wait_is_part_of_the_state()
    {
        // Up and down of two units are four; when both are down, either can be the one in hand.
        Assert.Equal(5, StatesOf("""
            units:
              a: {fails: exp(100h), repair: {takes: exp(50h), crew: m}}
              b: {fails: exp(100h), repair: {takes: exp(50h), crew: m}}
            crews: {m: {}}
            services: {plant: {up-when: a or b}}
            """));
        // Three units: nobody waits in 1 + 3 states, one waits in 3 × 2, two wait in one of two orders in 3 × 2.
        Assert.Equal(16, StatesOf("""
            units:
              a: {fails: exp(100h), repair: {takes: exp(50h), crew: m}}
              b: {fails: exp(100h), repair: {takes: exp(50h), crew: m}}
              c: {fails: exp(100h), repair: {takes: exp(50h), crew: m}}
            crews: {m: {}}
            services: {plant: {up-when: a or b or c}}
            """));
    }

    [Fact]
    public void Who_holds_a_unit_is_part_of_the_state_and_which_of_like_units_is_not()
    {
        // Held by neither, by flood, by storm or by both, for a unit that runs: with two like units, and one hit at a time,
        // neither; flood; storm; both on one; both on two.
        Assert.Equal(5, StatesOf("""
            units: {pump: {count: 2, fails: never}}
            common-cause:
              flood: {of: [pump], every: exp(100h), hits: 50%, lasts: exp(50h)}
              storm: {of: [pump], every: exp(100h), hits: 50%, lasts: exp(50h)}
            services: {plant: {up-when: any of pump}}
            """));
    }

    private static int StatesOf(string yaml)
    {
        Simulation simulation = new ScenarioModel(Story.Spec(yaml + "\nrun: {horizon: 1y}")).Build();
        simulation.Reset(0);
        HashSet<string> states = [];
        for (long hour = 0; hour < 50_000; hour += 5)
        {
            simulation.RunUntil(new SimTime(hour * 3_600_000_000_000));
            states.Add(Convert.ToHexString(simulation.Encode()));
        }
        return states.Count;
    }
}
