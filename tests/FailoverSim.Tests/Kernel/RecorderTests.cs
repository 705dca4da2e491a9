using FailoverSim.Kernel;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using Xunit;

namespace FailoverSim.Tests.Kernel;

public class RecorderTests
{
    private static readonly string[] Causes = ["none", "disk", "power"];
    private static readonly string[] Stages = ["none", "detect", "repair"];

    [Fact]
    public void Outage_is_split_equally_among_the_causes_present_and_remainders_go_to_the_kinds_in_their_order()
    {
        // Down from 10 to 21: power alone for 4, power and disk for 5 (2 + 3, though power is older), disk alone for 2.
        ServiceRow row = Run(100, 0, [], (a, b) =>
        [
            (10, s => s.Fall(a, 2, 1)), (14, s => s.Fall(b, 1, 2)), (19, s => s.Rise(a)), (21, s => s.Rise(b)),
        ]);
        Assert.Equal((89, 11, 1), (row.UpNanoseconds, row.DownNanoseconds, row.OutageCount));
        Assert.Equal([0, 5, 6], row.DownByCause);
        Assert.Equal([new Outage(10, 11, 2, 1, true)], row.Outages);
    }

    [Fact]
    public void Stage_is_that_of_the_condition_that_fell_first_and_may_move_on()
    {
        ServiceRow row = Run(100, 0, [], (a, b) =>
        [
            (10, s => s.Fall(a, 1, 1)), (13, s => s.Fall(b, 2, 2)), (14, s => s.Stage(a, 2)), (20, s => s.Rise(a)), (21, s => s.Rise(b)),
        ]);
        Assert.Equal([0, 4, 7], row.DownByStage);
        Assert.Equal(2, row.Outages[0].Stage);
    }

    [Fact]
    public void Interval_of_no_length_leaves_no_mark()
    {
        ServiceRow row = Run(100, 0, [], (a, b) =>
        [
            (10, s => s.Fall(a, 1)), (10, s => s.Rise(a)), (30, s => s.Fall(a, 1)), (31, s => s.Rise(a)), (31, s => s.Fall(b, 2)), (40, s => s.Rise(b)),
        ]);
        // One outage from 30 to 40: its causes follow one another without a gap.
        Assert.Equal((1, 10), (row.OutageCount, row.DownNanoseconds));
        Assert.Equal([0, 1, 9], row.DownByCause);
    }

    [Fact]
    public void Outage_open_at_the_start_is_down_time_only_and_one_open_at_the_end_counts_with_its_length_so_far()
    {
        ServiceRow row = Run(100, 50, [], (a, b) =>
        [
            (40, s => s.Fall(a, 1)), (60, s => s.Rise(a)), (120, s => s.Fall(b, 2)),
        ]);
        Assert.Equal((10 + 30, 1, 70L), (row.DownNanoseconds, row.OutageCount, row.FirstOutageAfter));
        Assert.Equal([new Outage(120, 30, 2, 0, true)], row.Outages);
        Assert.Equal((UInt128)900, row.SquaredDurations);
        Assert.Equal(60, row.UpNanoseconds);
    }

    [Fact]
    public void Windows_are_met_by_their_own_down_time_and_a_remainder_is_dropped()
    {
        // Windows 0–30, 30–60, 60–90 of a horizon of 100; at most 4 may be down.
        Objective objective = new("slo", new SimDuration(30), new SimDuration(4), SimDuration.Never);
        ServiceRow row = Run(100, 0, [objective], (a, b) =>
        [
            (25, s => s.Fall(a, 1)), (34, s => s.Rise(a)), (70, s => s.Fall(a, 1)), (74, s => s.Rise(a)), (91, s => s.Fall(a, 1)),
        ]);
        // 5 in the first, 4 in the second, 4 in the third; the rest is in the remainder.
        Assert.Equal(2, row.SloWindowsMet[0]);
    }

    [Fact]
    public void Windows_with_a_long_outage_are_those_in_which_it_starts()
    {
        Objective objective = new("no marathon", new SimDuration(25), SimDuration.Never, new SimDuration(5));
        ServiceRow row = Run(100, 0, [objective], (a, b) =>
        [
            (10, s => s.Fall(a, 1)), (15, s => s.Rise(a)), (20, s => s.Fall(a, 1)), (60, s => s.Rise(a)), (80, s => s.Fall(a, 1)), (86, s => s.Rise(a)),
        ]);
        Assert.Equal(2, row.SloWindowsMet[0]);
    }

    [Fact]
    public void Down_time_with_the_support_in_place_is_failover()
    {
        ModelBuilder builder = Builder(out _, out _);
        Signal leader = builder.Condition("leader"), quorum = builder.Condition("quorum");
        builder.Service("s", leader, quorum, []);
        _ = new Script(builder, "script",
            (10, s => s.Fall(leader, 1)), (13, s => s.Rise(leader)),
            (20, s => s.Fall(leader, 1)), (22, s => s.Fall(quorum, 1)), (29, s => s.Rise(quorum)), (30, s => s.Rise(leader)));
        ServiceRow row = builder.Build(1).Run(0, SimDuration.Zero, new SimDuration(100))[0];
        Assert.Equal((13L, 3L + 2 + 1), (row.DownNanoseconds, row.FailoverNanoseconds));
        Assert.Equal([false, true], row.Outages.Select(o => o.IsLoss));
    }

    [Fact]
    public void Rows_beyond_the_cap_keep_every_duration_in_a_histogram()
    {
        int outages = ServiceRow.OutageCap + 10;
        ServiceRow row = Run(10L * outages, 0, [], (a, _) =>
        [
            .. Enumerable.Range(0, outages).SelectMany(i => new (long, Action<Script>)[]
            {
                (10 * i, s => s.Fall(a, 1)), ((10 * i) + 3, s => s.Rise(a)),
            }),
        ]);
        Assert.Equal(outages, row.OutageCount);
        Assert.Equal(ServiceRow.OutageCap, row.Outages.Count);
        Assert.Equal(new Dictionary<int, long> { [DurationBuckets.IndexOf(3)] = outages }, row.Histogram);
    }

    private static ServiceRow Run(
        long horizon, long warmUp, IReadOnlyList<Objective> objectives, Func<Signal, Signal, (long At, Action<Script> Do)[]> steps)
    {
        ModelBuilder builder = Builder(out Signal a, out Signal b);
        builder.Service("both", builder.Gate("both", 2, a, b), builder.Gate("support", 2, a, b), objectives);
        _ = new Script(builder, "script", steps(a, b));
        ServiceRow row = builder.Build(1).Run(0, new SimDuration(warmUp), new SimDuration(horizon))[0];
        Assert.Equal(horizon, row.UpNanoseconds + row.DownNanoseconds);
        Assert.Equal(row.DownNanoseconds, row.DownByCause.Sum());
        Assert.Equal(row.DownNanoseconds, row.DownByStage.Sum());
        return row;
    }

    private static ModelBuilder Builder(out Signal a, out Signal b)
    {
        ModelBuilder builder = new();
        foreach (string cause in Causes)
        {
            builder.Cause(cause);
        }
        foreach (string stage in Stages)
        {
            builder.Stage(stage);
        }
        a = builder.Condition("a");
        b = builder.Condition("b");
        return builder;
    }
}
