using FailoverSim.Kernel;
using FailoverSim.Kernel.Levels;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FsCheck;
using FsCheck.Xunit;
using Xunit;

namespace FailoverSim.Tests.Kernel;

public class WindowTests
{
    [Fact]
    public void Tiles_keep_their_down_time_by_tenths_and_their_longest_outage()
    {
        // Tiles 0–30, 30–60, 60–90 of a horizon of 100 after a warm-up of 50; a tenth is 3 long.
        Objective objective = new("slo", new SimDuration(30), new SimDuration(4), SimDuration.Never);
        ServiceRow row = Run(50, 100, objective, (25 + 50, 34 + 50), (70 + 50, 71 + 50), (71 + 50, 74 + 50), (90 + 50, 100 + 50));
        Assert.Equal(
            [new(8, 2), new(9, 3), new(10, 3), new(11, 1), new(23, 2), new(24, 2)],
            row.SloParts[0].ToArray());
        // The longer one from 90 starts in no window.
        Assert.Equal((2L, 9L), (row.SloWindowsMet[0], row.SloLongestOutages[0]));
    }

    [Fact]
    public void Outage_open_at_the_start_uses_the_budget_of_the_first_window()
    {
        Objective objective = new("slo", new SimDuration(20), new SimDuration(4), SimDuration.Never);
        ServiceRow row = Run(50, 40, objective, (10, 55));
        Assert.Equal([new(0, 2), new(1, 2), new(2, 1)], row.SloParts[0].ToArray());
        Assert.Equal((1L, 0L), (row.SloWindowsMet[0], row.SloLongestOutages[0]));
    }

    [Fact]
    public void Rolling_window_is_judged_at_every_instant_that_a_whole_one_precedes()
    {
        // Window 30, at most 6 down. Down 20–25 and 40–48. Behind t the window holds 5 up to 40, then 5 + (t − 40): 6 at 41. At 48 it
        // holds 13, from 50 on the first outage leaves: 8 at 55. From 70 on the second leaves: 6 at 72.
        Objective objective = new("slo", new SimDuration(30), new SimDuration(6), SimDuration.Never) { Rolls = true };
        ServiceRow row = Run(0, 100, objective, (20, 25), (40, 48));
        Assert.Equal((41 - 30) + (100 - 72), row.SloWindowsMet[0]);
        Assert.Equal(70, Names(objective, 100).Windows);
    }

    [Fact]
    public void Spans_have_lengths_and_budgets_of_their_own_and_leave_out_what_lies_beside_them()
    {
        Objective objective = new("slo", new SimDuration(30), new SimDuration(3), SimDuration.Never)
        {
            Spans =
            [
                new(new SimTime(60), new SimTime(90), new SimDuration(3)), new(new SimTime(90), new SimTime(110), new SimDuration(2)),
                new(new SimTime(110), new SimTime(140), new SimDuration(3)),
            ],
        };
        // 50–60 and 140–150 belong to no span. 4 in the first (of 3), 2 in the second (of 2), 1 in the third.
        ServiceRow row = Run(50, 100, objective, (52, 61), (80, 83), (95, 97), (139, 145));
        Assert.Equal([new(0, 1), new(6, 1), new(7, 2), new(12, 1), new(13, 1), new(29, 1)], row.SloParts[0].ToArray());
        Assert.Equal((2L, 6L), (row.SloWindowsMet[0], row.SloLongestOutages[0]));
        Assert.Equal((WindowKind.Spans, 3L, 30), (Names(objective, 100).Kind, Names(objective, 100).Windows, Names(objective, 100).PartCount));
    }

    [Property(MaxTest = 300)]
    public void Rolling_evaluation_is_that_of_a_fine_grid(PositiveInt seed)
    {
        Random random = new(seed.Get);
        long length = 1 + random.Next(120), most = random.Next((int)length + 1), horizon = length + 1 + random.Next(300), begin = random.Next(50);
        (long From, long To)[] outages = [.. Outages(random, begin + horizon + 20)];
        Objective objective = new("slo", new SimDuration(length), new SimDuration(most), SimDuration.Never) { Rolls = true };
        ServiceRow row = Run(begin, horizon, objective, outages);
        // Borders are whole numbers and rates −1, 0 or 1, so between two of them nothing changes sides.
        long met = 0;
        for (long at = begin + length; at < begin + horizon; at++)
        {
            long twice = outages.Sum(o => Math.Max(0, Math.Min((2 * at) + 1, 2 * o.To) - Math.Max((2 * at) + 1 - (2 * length), 2 * o.From)));
            met += twice <= 2 * most ? 1 : 0;
        }
        Assert.Equal(met, row.SloWindowsMet[0]);
    }

    [Property(MaxTest = 300)]
    public void Tenths_are_those_of_a_fine_grid(PositiveInt seed)
    {
        Random random = new(seed.Get);
        long length = 1 + random.Next(90), horizon = length + random.Next(300), begin = random.Next(50);
        bool rolls = random.Next(2) == 0;
        (long From, long To)[] outages = [.. Outages(random, begin + horizon + 20)];
        Objective objective = new("slo", new SimDuration(length), new SimDuration(3), SimDuration.Never) { Rolls = rolls };
        ServiceRow row = Run(begin, horizon, objective, outages);
        int parts = rolls ? Enumerable.Range(0, 10_000).Last(k => k * length / 10 <= horizon) : 10 * (int)(horizon / length);
        Assert.Equal(parts, Names(objective, horizon).PartCount);
        WindowPart[] expected =
        [
            .. Enumerable.Range(0, parts).Select(k => new WindowPart(k, Down(begin + (k * length / 10), begin + ((k + 1) * length / 10))))
                .Where(part => part.DownNanoseconds > 0),
        ];
        Assert.Equal(expected, row.SloParts[0].ToArray());

        long Down(long from, long to) => outages.Sum(o => Math.Max(0, Math.Min(to, o.To) - Math.Max(from, o.From)));
    }

    [Property(MaxTest = 300)]
    public void Rolling_sums_of_overlapping_weights_are_those_of_fractions(PositiveInt seed)
    {
        Random random = new(seed.Get);
        long length = 1 + random.Next(60), end = length + 1 + random.Next(200), most = random.Next(3 * (int)length);
        RollingWindows rolling = new(length, most);
        rolling.Begin(0, end);
        List<(long From, long To, int Weight)> downs = [];
        for (int i = random.Next(25); i > 0; i--)
        {
            long from = random.NextInt64(end);
            downs.Add((from, from + 1 + random.NextInt64(end - from), 1 + random.Next(3)));
            rolling.Down(downs[^1].From, downs[^1].To, downs[^1].Weight);
        }
        double met = 0;
        for (long at = length; at < end; at++)
        {
            (long before, long after) = (Behind(at), Behind(at + 1));
            met += before <= most && after <= most ? 1
                : before > most && after > most ? 0
                : (most - Math.Min(before, after)) / (double)Math.Abs(after - before);
        }
        // Each crossing may cost a part of a nanosecond, none may give one away.
        Assert.InRange(met - rolling.Finish(), -1e-6, (4 * downs.Count) + 1);

        long Behind(long at) => downs.Sum(d => d.Weight * Math.Max(0, Math.Min(at, d.To) - Math.Max(at - length, d.From)));
    }

    [Fact]
    public void Tenths_of_a_level_are_rounded_so_that_a_window_is_to_the_nearest()
    {
        ModelBuilder builder = new();
        Level level = builder.Level();
        builder.Service("share", level, [new("slo", new SimDuration(20), new SimDuration(2), SimDuration.Never)]);
        _ = new Script(builder, "script", (0, s => s.SetLevel(level, Level.Whole * 3 / 4)));
        ServiceRow row = builder.Build(1).Run(0, SimDuration.Zero, new SimDuration(40))[0];
        // A quarter of 20 is 5 down, though no tenth has a whole nanosecond of it.
        Assert.Equal(5, row.SloParts[0].ToArray().Where(part => part.Part < 10).Sum(part => part.DownNanoseconds));
        Assert.Equal(row.DownNanoseconds, row.SloParts[0].ToArray().Sum(part => part.DownNanoseconds));
        Assert.Equal(((long?)0, (long?)null), (row.SloWindowsMet[0], row.SloLongestOutages[0]));
    }

    [Property(MaxTest = 100)]
    public void Mean_over_one_member_rolls_as_the_member_does(PositiveInt seed)
    {
        Random random = new(seed.Get);
        ModelBuilder builder = new();
        Signal up = builder.Condition("up");
        Objective objective = new("slo", new SimDuration(60), new SimDuration(random.Next(30)), SimDuration.Never) { Rolls = true };
        Fleet fleet = builder.Fleet("workloads", [new FleetMember("a", "a", up, up)]);
        builder.Service("alone", up, up, [objective]);
        builder.MeanOver("mean", fleet, [0], [objective]);
        _ = new Script(builder, "script", [.. Steps(up, Outages(random, 400))]);
        ServiceRow[] rows = builder.Build(1).Run(0, new SimDuration(20), new SimDuration(350));
        Assert.Equal(rows[0].SloWindowsMet[0], rows[1].SloWindowsMet[1]);
        Assert.Equal(rows[0].SloParts[0].ToArray(), rows[1].SloParts[1].ToArray());
        Assert.Equal(((long?)null, (long?)null), (rows[0].SloWindowsMet[1], rows[1].SloLongestOutages[1]));
    }

    [Fact]
    public void Quantile_has_no_rolling_window()
    {
        ModelBuilder builder = new();
        Signal up = builder.Condition("up");
        Fleet fleet = builder.Fleet("workloads", [new FleetMember("a", "a", up, up)]);
        Objective objective = new("slo", new SimDuration(60), new SimDuration(1), SimDuration.Never) { Rolls = true };
        Assert.Throws<ArgumentException>(() => builder.QuantileOver("worst", fleet, [0], 0, [objective]));
    }

    /// <summary>Disjoint and in order.</summary>
    private static IEnumerable<(long From, long To)> Outages(Random random, long end)
    {
        for (long at = random.Next(60); at < end; at += 1 + random.Next(60))
        {
            long to = at + 1 + random.Next(40);
            yield return (at, to);
            at = to;
        }
    }

    private static ServiceRow Run(long warmUp, long horizon, Objective objective, params (long From, long To)[] outages)
    {
        ModelBuilder builder = new();
        Signal up = builder.Condition("up");
        builder.Service("s", up, up, [objective]);
        _ = new Script(builder, "script", [.. Steps(up, outages)]);
        Simulation simulation = builder.Build(1);
        // Twice, because a replication must not inherit from the one before it.
        simulation.Run(0, SimDuration.Zero, new SimDuration(horizon));
        return simulation.Run(1, new SimDuration(warmUp), new SimDuration(horizon))[0];
    }

    private static IEnumerable<(long, Action<Script>)> Steps(Signal up, IEnumerable<(long From, long To)> outages) =>
        outages.SelectMany(o => new (long, Action<Script>)[] { (o.From, s => s.Fall(up)), (o.To, s => s.Rise(up)) });

    private static SloWindows Names(Objective objective, long horizon)
    {
        ModelBuilder builder = new();
        Signal up = builder.Condition("up");
        builder.Service("s", up, up, [objective]);
        return builder.Build(1).NamesFor(new SimDuration(horizon)).Slos[0];
    }
}
