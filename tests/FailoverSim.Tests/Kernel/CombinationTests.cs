using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using Xunit;

namespace FailoverSim.Tests.Kernel;

/// <summary>What outages began with, to the nanosecond, in five kinds of structure worked out by hand.</summary>
public class CombinationTests
{
    private const int Disk = 1, Power = 2, Zone = 3;
    private const int Detect = 1, Elect = 2, Repair = 3;

    [Fact]
    public void In_series_each_fault_is_the_root_of_its_own_outage_and_nothing_lets_it_through()
    {
        ServiceTotals totals = Run(3, (builder, c) => builder.Gate("up", 3, c), c =>
        [
            (10, s => s.Fall(c[0], Disk)), (17, s => s.Rise(c[0])),
            (20, s => s.Fall(c[1], Power)), (24, s => s.Fall(c[2], Disk)), (25, s => s.Rise(c[2])), (31, s => s.Rise(c[1])),
        ]);
        // The disk that joined at 24 is not what the second outage is put down to; the split by cause gives it the odd nanosecond.
        AssertTable(totals.Attribution.ByRoot, (Disk, 7, 1), (Power, 11, 1));
        AssertTable(totals.Attribution.ByEnabler, (None, 18, 2));
        Assert.Equal([0, 8, 10, 0], totals.DownByCause.Select(part => (int)part.Total));
        AssertCombinations(totals, "disk 7/1/1", "power 11/1/1");
    }

    [Fact]
    public void In_parallel_the_last_fault_is_the_root_and_those_before_it_are_enablers_in_equal_parts()
    {
        ServiceTotals totals = Run(4, (builder, c) => builder.Gate("up", 1, c), c =>
        [
            (1, s => s.Fall(c[0], Disk)), (2, s => s.Fall(c[1], Power)), (3, s => s.Fall(c[2], Power)), (10, s => s.Fall(c[3], Zone)),
            (21, s => s.Rise(c[3])),
        ]);
        // Eleven for three enablers: four for the disk, the odd ones going to the first, and 4 + 3 for the two of power.
        AssertTable(totals.Attribution.ByRoot, (Zone, 11, 1));
        AssertTable(totals.Attribution.ByEnabler, (Disk, 4, 1), (Power, 7, 1));
        AssertCombinations(totals, "disk + 2 x power + zone 11/1/1");
    }

    [Fact]
    public void With_two_of_three_needed_two_faults_of_a_kind_are_root_and_enabler()
    {
        ServiceTotals totals = Run(3, (builder, c) => builder.Gate("up", 2, c), c =>
        [
            (5, s => s.Fall(c[0], Disk)), (8, s => s.Fall(c[1], Disk)), (12, s => s.Rise(c[0])), (13, s => s.Rise(c[1])),
            (20, s => s.Fall(c[1], Power)), (30, s => s.Fall(c[2], Disk)), (32, s => s.Rise(c[1])), (40, s => s.Fall(c[0], Power)),
            (43, s => s.Rise(c[0])),
        ]);
        // 8 to 12 by two disks; 30 to 32 by a disk after a power cut; 40 to 43 the other way round: one combination, two roots.
        AssertTable(totals.Attribution.ByRoot, (Disk, 4 + 2, 2), (Power, 3, 1));
        AssertTable(totals.Attribution.ByEnabler, (Disk, 4 + 3, 2), (Power, 2, 1));
        AssertCombinations(totals, "2 x disk 4/1/1", "disk + power 5/2/2");
    }

    [Fact]
    public void What_a_zone_takes_with_it_is_one_fault()
    {
        Signal zone = default;
        ServiceTotals totals = Run(
            3,
            (builder, c) =>
            {
                zone = builder.Condition("zone");
                return builder.Gate("up", 1, builder.Gate("a", 2, c[0], zone), builder.Gate("b", 2, c[1], zone), c[2]);
            },
            c =>
            [
                (10, s => s.Fall(c[2], Disk)), (20, s => s.Fall(zone, Zone)), (29, s => s.Rise(zone)),
                (40, s => s.Fall(zone, Zone)), (41, s => s.Rise(c[2])), (50, s => s.Rise(zone)),
            ]);
        AssertTable(totals.Attribution.ByRoot, (Zone, 9 + 1, 2));
        AssertTable(totals.Attribution.ByEnabler, (Disk, 9 + 1, 2));
        // Nine and one in halves, the odd ones to the older cause.
        Assert.Equal([0, 6, 0, 4], totals.DownByCause.Select(part => (int)part.Total));
        AssertCombinations(totals, "disk + zone 10/2/2");
    }

    [Fact]
    public void Of_an_election_the_crash_is_the_root_and_the_stages_are_the_mechanism_s()
    {
        ModelBuilder builder = Builder();
        Signal[] members = [.. Enumerable.Range(1, 3).Select(i => builder.Condition($"member-{i}"))];
        Signal quorum = builder.Gate("quorum", 2, members), led = builder.Condition("led");
        builder.Service("s", builder.Gate("up", 2, quorum, led), quorum, []);
        _ = new Script(
            builder, "script",
            // The leader crashes: detected after 3, elected after 5 more.
            (10, s => { s.Fall(led, Disk, Detect); s.Fall(members[0], stage: Repair); }
        ), (13, s => s.Stage(led, Elect)), (18, s => s.Rise(led)),
            // Before it is back the next leader loses its power: a quorum is missing until 60, then one is elected.
            (40, s => { s.Fall(led, Power, Detect); s.Fall(members[1], stage: Repair); }
        ), (60, s => { s.Rise(members[1]); s.Stage(led, Elect); }
        ),
            (62, s => s.Rise(led)));
        ServiceTotals totals = Totals(builder);
        AssertTable(totals.Attribution.ByRoot, (Disk, 8, 1), (Power, 22, 1));
        AssertTable(totals.Attribution.ByEnabler, (Disk, 22, 1), (None, 8, 1));
        AssertCombinations(totals, "disk 8/1/0", "disk + power 22/1/1");
        Assert.Equal((3, 7, 20), ((int)totals.DownByStage[Detect].Total, (int)totals.DownByStage[Elect].Total, (int)totals.DownByStage[Repair].Total));
    }

    [Fact]
    public void Outage_without_a_fault_and_one_carried_in_are_accounted_for()
    {
        ServiceTotals totals = Run(2, (builder, c) => builder.Gate("up", 2, c), c =>
        [
            (5, s => s.Fall(c[0], Disk)), (30, s => s.Rise(c[0])), (50, s => s.Fall(c[1])), (54, s => s.Rise(c[1])),
        ], warmUp: 20);
        AssertTable(totals.Attribution.ByRoot, (0, 4, 1), (Disk, 10, 0));
        AssertTable(totals.Attribution.ByEnabler, (None, 14, 1));
        AssertCombinations(totals, "none 4/1/1", "disk 10/0/0");
    }

    [Fact]
    public void What_finds_no_room_in_a_row_is_kept_by_root_and_called_other()
    {
        int most = ServiceRow.CombinationCap + 3;
        ServiceTotals many = Run(most + 1, (builder, c) => builder.Gate("up", 1, c), c =>
        [
            // All but one are down for want of power; from outage to outage the zone is to blame for one more of them.
            .. Enumerable.Range(1, most).Select(i => (1L, (Action<Script>)(s => s.Fall(c[i], Power)))),
            .. Enumerable.Range(0, most).SelectMany(i => new (long, Action<Script>)[]
            {
                ((10 * i) + 2, s => s.Fall(c[0], Disk)), ((10 * i) + 5, s => s.Rise(c[0])),
                ((10 * i) + 6, s => s.Fall(c[i + 1], Zone)),
            }),
        ], horizon: 10 * most);
        AssertTable(many.Attribution.ByRoot, (Disk, 3 * most, most));
        Assert.Equal(ServiceRow.CombinationCap + 1, many.Attribution.ByCombination.Count);
        Assert.Equal(9, (int)many.Attribution.ByEnabler[^1].DownTime.Total);
        Assert.Equal(many.Down, Sum(many.Attribution.ByEnabler));
    }

    /// <summary>The index under which outages that nothing let through are told, here.</summary>
    private const int None = 4;

    private static void AssertTable(IReadOnlyList<OutagePart> parts, params (int Index, int DownTime, int Outages)[] expected) =>
        Assert.Equal(
            expected,
            parts.Select((part, i) => (i, (int)part.DownTime.Total, (int)part.Outages.Total)).Where(part => part.Item2 > 0));

    /// <param name="totals">Of the service.</param>
    /// <param name="expected">Kinds, down time, outages and losses.</param>
    private static void AssertCombinations(ServiceTotals totals, params string[] expected) => Assert.Equal(
        expected,
        totals.Attribution.ByCombination
            .Select(c => $"{c.Key.Name(totals.Names)} {c.Value.DownTime.Total}/{c.Value.Outages.Total}/{c.Value.Losses.Total}")
            .OrderBy(text => Array.IndexOf(expected, text)));

    private static ServiceTotals Run(
        int conditions, Func<ModelBuilder, Signal[], Signal> up, Func<Signal[], (long At, Action<Script> Do)[]> steps,
        long warmUp = 0, long horizon = 100)
    {
        ModelBuilder builder = Builder();
        Signal[] signals = [.. Enumerable.Range(1, conditions).Select(i => builder.Condition($"c{i}"))];
        Signal service = up(builder, signals);
        builder.Service("s", service, service, []);
        _ = new Script(builder, "script", steps(signals));
        return Totals(builder, warmUp, horizon);
    }

    private static ServiceTotals Totals(ModelBuilder builder, long warmUp = 0, long horizon = 100)
    {
        Simulation simulation = builder.Build(1);
        // Twice, because a replication must not inherit from the one before it.
        simulation.Run(0, new SimDuration(warmUp), new SimDuration(horizon));
        ServiceRow row = simulation.Run(1, new SimDuration(warmUp), new SimDuration(horizon))[0];
        ServiceTotals totals = new(simulation.NamesFor(new SimDuration(horizon)), 0);
        totals.Add(row);
        Assert.Equal(row.DownNanoseconds, row.Combinations.Sum(share => share.Nanoseconds));
        Assert.Equal(row.OutageCount, row.Combinations.Sum(share => share.Outages));
        Assert.Equal(row.LossCount, row.Combinations.Sum(share => share.Losses));
        Assert.Equal(totals.Down, Sum(totals.Attribution.ByRoot));
        Assert.Equal(totals.Down, Sum(totals.Attribution.ByEnabler));
        Assert.Equal(totals.Down, Sum(totals.Attribution.ByCombination.Values));
        return totals;
    }

    private static Int128 Sum(IEnumerable<OutagePart> parts) => parts.Aggregate((Int128)0, (sum, part) => sum + part.DownTime.Total);

    private static ModelBuilder Builder()
    {
        ModelBuilder builder = new();
        foreach (string cause in new[] { "none", "disk", "power", "zone" })
        {
            builder.Cause(cause);
        }
        foreach (string stage in new[] { "none", "detect", "elect", "repair" })
        {
            builder.Stage(stage);
        }
        return builder;
    }
}
