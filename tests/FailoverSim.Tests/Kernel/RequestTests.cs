using FailoverSim.Kernel;
using FailoverSim.Kernel.Levels;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using Xunit;

namespace FailoverSim.Tests.Kernel;

/// <summary>Requests arrive evenly for 120 ns: how many nanoseconds' worth of them are lost?</summary>
public class RequestTests
{
    [Fact]
    public void Requests_are_lost_while_the_service_is_down_if_nothing_holds_them() =>
        Assert.Equal(20, Lost(null, (10, s => s.Down()), (30, s => s.Up())));

    [Fact]
    public void Service_that_does_not_measure_requests_has_no_number()
    {
        ModelBuilder builder = new();
        Signal up = builder.Condition("up");
        builder.Service("s", up, up, []);
        Assert.Null(builder.Build(1).Run(0, SimDuration.Zero, new SimDuration(120))[0].LostRequestNanoseconds);
    }

    [Theory]
    [InlineData(0, 20)]
    [InlineData(5, 15)]
    [InlineData(20, 0)]
    [InlineData(1000, 0)]
    public void Held_requests_of_the_last_timeout_are_answered_when_the_service_is_back(long timeout, long lost) =>
        Assert.Equal(lost, Lost(timeout, (10, s => s.Down()), (30, s => s.Up())));

    [Theory]
    [InlineData(5, 15)]
    [InlineData(9, 14)]
    [InlineData(1000, 14)]
    public void Holding_that_starts_late_saves_those_who_came_after(long timeout, long lost) =>
        Assert.Equal(lost, Lost(timeout, (8, s => s.Refuse()), (10, s => s.Down()), (24, s => s.Hold()), (30, s => s.Up())));

    [Fact]
    public void Who_waits_when_holding_ends_is_lost() =>
        // Held from 10 to 18 and again from 21 to 30: only the latter are still there.
        Assert.Equal(11, Lost(1000, (10, s => s.Down()), (18, s => s.Refuse()), (21, s => s.Hold()), (30, s => s.Up())));

    [Fact]
    public void Holding_that_ends_with_the_outage_has_held_until_then() =>
        Assert.Equal(14, Lost(6, (10, s => s.Down()), (30, s => s.UpAndRefuse())));

    [Fact]
    public void Outages_one_after_the_other_are_credited_apart() =>
        Assert.Equal(15 + 0, Lost(5, (10, s => s.Down()), (30, s => s.Up()), (40, s => s.Down()), (44, s => s.Up())));

    [Fact]
    public void Who_waits_at_the_end_is_lost() => Assert.Equal(20, Lost(50, (100, s => s.Down())));

    [Fact]
    public void Outage_open_at_the_end_of_the_warm_up_counts_from_there() =>
        // Down from 10 to 30, observed from 20: the ten that arrive meanwhile, less six.
        Assert.Equal(4, Lost(6, 20, (10, s => s.Down()), (30, s => s.Up())));

    [Fact]
    public void Share_counts_while_the_service_is_up() =>
        // A third lacks for 30 while the service is up, and all of it for 10.
        Assert.Equal(10 + 10, Lost(null, (10, s => s.Share(2, 3)), (40, s => s.Share(3, 3)), (60, s => s.Down()), (70, s => s.Up())));

    [Fact]
    public void Held_requests_meet_the_share_that_is_answered_when_they_are() =>
        // Of twelve held, two thirds are answered; afterwards a third lacks for 15.
        Assert.Equal(12 / 3 + 5, Lost(1000, (10, s => s.Down()), (12, s => s.Share(2, 3)), (22, s => s.Up()), (37, s => s.Share(3, 3))));

    [Fact]
    public void Level_alone_leaves_the_availability_in_time_as_it_is()
    {
        ServiceRow row = Run(null, 0, (10, s => s.Share(0, 3)), (40, s => s.Share(3, 3)));
        Assert.Equal((0L, 0L, 30L), (row.DownNanoseconds, row.OutageCount, row.LostRequestNanoseconds!.Value));
    }

    private static long Lost(long? timeout, params (long At, Action<Bench> Do)[] steps) => Lost(timeout, 0, steps);

    private static long Lost(long? timeout, long warmUp, params (long At, Action<Bench> Do)[] steps) =>
        Run(timeout, warmUp, steps).LostRequestNanoseconds!.Value;

    /// <summary>Without a timeout nothing holds requests; with one they are held from the start.</summary>
    private static ServiceRow Run(long? timeout, long warmUp, params (long At, Action<Bench> Do)[] steps)
    {
        ModelBuilder builder = new();
        Signal up = builder.Condition("up"), holds = builder.Condition("holds");
        Level share = builder.Level();
        builder.Service("s", up, up, [], new RequestOptions(
            share, timeout is null ? null : holds, timeout is { } most ? new SimDuration(most) : default));
        _ = new Script(builder, "script", [.. steps.Select(step =>
            (step.At, (Action<Script>)(script => step.Do(new Bench(script, up, holds, share)))))]);
        Simulation simulation = builder.Build(1);
        // Twice, because a replication must not inherit from the one before it.
        simulation.Run(0, new SimDuration(warmUp), new SimDuration(120));
        return simulation.Run(1, new SimDuration(warmUp), new SimDuration(120))[0];
    }

    private sealed record Bench(Script Script, Signal Service, Signal Holds, Level Level)
    {
        public void Down() => Script.Fall(Service);

        public void Up() => Script.Rise(Service);

        public void UpAndRefuse()
        {
            Refuse();
            Up();
        }

        public void Hold() => Script.Rise(Holds);

        public void Refuse() => Script.Fall(Holds);

        public void Share(int part, int of) => Script.SetLevel(Level, Level.Whole / of * part + (part == of ? Level.Whole % of : 0));
    }
}
