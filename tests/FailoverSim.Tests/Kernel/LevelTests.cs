using FailoverSim.Kernel;
using FailoverSim.Kernel.Levels;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Time;
using Xunit;

namespace FailoverSim.Tests.Kernel;

public class LevelTests
{
    [Fact]
    public void Availability_of_a_level_is_its_average_over_time()
    {
        // Whole but for a quarter lacking from 20 to 60 and all of it from 60 to 70; what lasts no time leaves no mark.
        ServiceRow row = Run(new(20), [], (20, 3), (60, 0), (70, 2), (70, 4));
        Assert.Equal((80L, 20L, 0L), (row.UpNanoseconds, row.DownNanoseconds, row.OutageCount));
        Assert.Equal(20, row.DownByCause.Sum());
        Assert.Equal(20, row.DownByStage.Sum());
    }

    [Fact]
    public void Level_set_during_the_warm_up_counts_from_its_end() =>
        Assert.Equal(48 / 4, Run(new(52), [], (10, 3), (100, 4)).DownNanoseconds);

    [Fact]
    public void Windows_of_a_level_are_met_by_its_average()
    {
        // Windows of 25 from 0: lacking 2.5, 12.5, 0 and 0.
        Objective objective = new("slo", new SimDuration(25), new SimDuration(3), SimDuration.Never);
        Assert.Equal(3, Run(SimDuration.Zero, [objective], (20, 2), (50, 4)).SloWindowsMet[0]);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(5)]
    public void Level_is_a_share(int quarters) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Run(SimDuration.Zero, [], (1, quarters)));

    /// <summary>A level set to so many quarters at those instants, observed for 100 ns after a warm-up.</summary>
    private static ServiceRow Run(SimDuration warmUp, IReadOnlyList<Objective> objectives, params (long At, int Quarters)[] steps)
    {
        ModelBuilder builder = new();
        Level level = builder.Level();
        builder.Service("share", level, objectives);
        _ = new Script(builder, "script", [.. steps.Select(step =>
            (step.At, (Action<Script>)(script => script.SetLevel(level, step.Quarters * (Level.Whole / 4)))))]);
        Simulation simulation = builder.Build(1);
        // Twice, because a replication must not inherit from the one before it.
        simulation.Run(0, warmUp, new SimDuration(100));
        return simulation.Run(1, warmUp, new SimDuration(100))[0];
    }
}
