using System.Text;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Laws;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Building;
using Xunit;

namespace FailoverSim.Tests.Kernel;

public class ClockTests
{
    private const int Units = 20_000;
    private static readonly SimTime Stop = At(500);
    private static readonly Weibull Life = Weibull.FromMean(2, 1000 * 3600);

    [Fact]
    public void Clock_tells_the_hazard_that_its_age_has_used_up()
    {
        Simulation simulation = Run();
        double expected = Life.CumulativeHazard(500 * 3600);
        int[] clocks = [.. simulation.ArmedClocks()];
        Assert.InRange(clocks.Length, 1, Units - 1);
        Assert.All(clocks, clock => Assert.Equal(expected, simulation.HazardUsed(clock), 1e-12));
    }

    [Fact]
    public void Redrawn_clocks_keep_the_law_of_what_is_left_at_their_age()
    {
        Simulation simulation = Run();
        int before = simulation.ArmedClocks().Count();
        simulation.RedrawResiduals(1);
        simulation.RunUntil(At(800));
        double survive = Math.Exp(Life.CumulativeHazard(500 * 3600) - Life.CumulativeHazard(800 * 3600));
        double error = Math.Sqrt(before * survive * (1 - survive));
        double left = simulation.ArmedClocks().Count();
        Assert.InRange(left, (before * survive) - (4.9 * error), (before * survive) + (4.9 * error));
        // Forgetting the age would be seen: a new life survives the same 300 h more often.
        double forgetful = before * Math.Exp(-Life.CumulativeHazard(300 * 3600));
        Assert.True(Math.Abs(left - forgetful) > 4.9 * error);
    }

    [Fact]
    public void Clone_repeats_its_parent_until_it_is_given_luck_of_its_own()
    {
        Simulation original = Run();
        original.RunUntil(At(600));
        ulong parent = original.FingerprintValue, twin = Continue(null), one = Continue(1), again = Continue(1), other = Continue(2);
        Assert.Equal((parent, one), (twin, again));
        Assert.Equal(3, new[] { parent, one, other }.Distinct().Count());

        static ulong Continue(ulong? luck)
        {
            Simulation clone = Build();
            clone.Reset(7);
            clone.CopyStateFrom(Run());
            if (luck is { } path)
            {
                clone.RedrawResiduals(path);
            }
            clone.RunUntil(At(600));
            return clone.FingerprintValue;
        }
    }

    [Fact]
    public void Clock_can_be_made_to_fire_at_the_present_instant()
    {
        Simulation simulation = Run();
        int clock = simulation.ArmedClocks().First();
        int armed = simulation.ArmedClocks().Count();
        simulation.FireNow(clock);
        Assert.DoesNotContain(clock, simulation.ArmedClocks());
        Assert.Equal((armed - 1, Stop), (simulation.ArmedClocks().Count(), simulation.Now));
        // The units are declared first: condition k is that of timer k.
        Assert.False(simulation.Signals[new Signal(clock)]);
    }

    private static SimTime At(long hours) => new(hours * 3600 * SimDuration.NanosecondsPerSecond);

    private static Simulation Run()
    {
        Simulation simulation = Build();
        simulation.Reset(0);
        simulation.RunUntil(Stop);
        return simulation;
    }

    /// <summary>Units that are not repaired: each clock that is armed has the age of the run.</summary>
    private static Simulation Build() => new ScenarioModel(ScenarioFile.Read("clocks", Encoding.UTF8.GetBytes($$"""
        failoversim: 1
        name: clocks
        units:
          unit:
            count: {{Units}}
            fails: weibull(shape=2 mean=1000h)
        services:
          some: {up-when: 1 of unit}
        """)).Spec!).Build();
}
