using FailoverSim.Kernel;
using FailoverSim.Kernel.Replications;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Reporting.Checkpoints;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Specification;
using FailoverSim.Tests.Cluster.Whole;
using Xunit;

namespace FailoverSim.Tests.Models;

/// <summary>Failures of plain units that are not put in order make no difference to any row, whatever the services need.</summary>
public class UnitElisionTests
{
    private const string Plain = "fails: exp(100h), repair: {takes: exp(1h)}";

    [Fact]
    public void Rows_are_those_of_a_run_in_which_every_change_is_an_event() => Compare(0, 100);

    [Fact]
    [Trait("Category", "Full")]
    public void Rows_of_many_more_are() => Compare(1000, 5000);

    [Fact]
    public void One_failure_more_than_can_be_spared_is_seen()
    {
        // Hardly any repair: the service goes down once, in a window with any number of failures beyond.
        for (int needed = 40; needed <= 64; needed++)
        {
            string text = $"units: {{big: {{count: 64, fails: exp(100h), repair: {{takes: 1000h}}}}}}\nservices: {{s: {{up-when: {needed} of big}}}}\n";
            Simulation[] both = [.. new[] { "elided", "exhaustive" }.Select(fidelity =>
                new ScenarioModel(Story.Spec($"{text}run: {{horizon: 150h, fidelity: {fidelity}}}")).Build())];
            for (int replication = 0; replication < 40; replication++)
            {
                byte[][] rows = [.. both.Select(simulation => Bytes(simulation.Run(replication, SimDuration.Zero, SimDuration.FromSeconds(150 * 3600))))];
                Assert.True(rows[0].AsSpan().SequenceEqual(rows[1]), $"{needed} needed, replication {replication}");
            }
        }
    }

    [Theory]
    [InlineData("90 of big")]
    [InlineData("\"1 of (90 of big, 95 of big)\"")]
    [InlineData("90 of big and pump")]
    public void Most_changes_are_no_events_while_the_services_are_far_from_an_outage(string upWhen)
    {
        (long firings, long events) = FiringsOf($"units: {{big: {{count: 100, {Plain}}}, pump: {{{Plain}}}}}\nservices: {{s: {{up-when: {upWhen}}}}}\n");
        Assert.True(events > 1500 && 4 * firings < events, $"{firings} firings, {events} events");
    }

    [Theory]
    [InlineData("few units", "units: {big: {count: 63, PLAIN}}")]
    [InlineData("a common cause", "units: {big: {count: 100, PLAIN}}\ncommon-cause: {flood: {of: [big], every: exp(1y), hits: 50%}}")]
    [InlineData("a common cause that lasts", "units: {big: {count: 100, PLAIN}}\ncommon-cause: {flood: {of: [big], every: exp(1y), hits: 50%, lasts: 1h}}")]
    [InlineData("an inspection", "units: {big: {count: 100, PLAIN}}\ninspection: {of: big, every: 1000h, takes: 1h}")]
    [InlineData("the margin", "units: {big: {count: 100, PLAIN}}\noutputs: [margin]")]
    [InlineData("who is urgent", "units: {big: {count: 100, PLAIN}}\ncrews: {m: {order: most-urgent-first}}")]
    [InlineData("standby", "units: {big: {count: 100, PLAIN, standby: {kind: hot, needed: 90}}}")]
    [InlineData("crews", "units: {big: {count: 100, fails: exp(100h), repair: {takes: exp(1h), crew: m}}}\ncrews: {m: {size: 9}}")]
    [InlineData("two modes", "units: {big: {count: 100, fails: exp(100h), modes: {a: {share: 50%, repair: {takes: 1h}}, b: {share: 50%, repair: {takes: 2h}}}}}")]
    public void Every_change_is_an_event_where_somebody_could_see_it(string why, string units)
    {
        (long firings, long events) = FiringsOf($"{units.Replace("PLAIN", Plain, StringComparison.Ordinal)}\nservices: {{s: {{up-when: 50 of big}}}}\n");
        Assert.True(events > 500 && firings == events, $"{why}: {firings} firings, {events} events");
    }

    [Fact]
    public void A_run_that_is_watched_or_scored_sees_every_event()
    {
        ScenarioSpec spec = Story.Spec($"units: {{big: {{count: 100, {Plain}}}}}\nservices: {{s: {{up-when: 50 of big}}}}\nrun: {{horizon: 1000h}}");
        Simulation plain = new ScenarioModel(spec).Build(), scored = new ScenarioModel(spec).Build();
        plain.Reset(0);
        plain.RunUntil(SimTime.Zero + spec.Run.Horizon);
        scored.KeepScores();
        scored.Run(0, SimDuration.Zero, spec.Run.Horizon);
        Assert.True(plain.Events > 1500);
        Assert.Equal((plain.Events, plain.Events, plain.FingerprintValue), (plain.Firings, scored.Firings, scored.FingerprintValue));
        scored.Trace = Story.Of(spec);
        scored.Run(0, SimDuration.Zero, spec.Run.Horizon);
        Assert.Equal(scored.Events, scored.Firings);
    }

    [Fact]
    public void A_service_that_is_down_is_down_for_the_same_units_since_the_same_instants()
    {
        (int down, long firings, long events) = (0, 0, 0);
        for (int seed = 0; seed < 100; seed++)
        {
            RandomGroups groups = new(seed);
            ScenarioSpec spec = Story.Spec(groups.ToString());
            Simulation elided = new ScenarioModel(spec).Build();
            Simulation exhaustive = new ScenarioModel(Story.Spec(groups.Exhaustive())).Build();
            elided.Reset(seed, mayElide: true);
            exhaustive.Reset(seed);
            long step = (spec.Run.WarmUp + spec.Run.Horizon).Nanoseconds / 40;
            for (int stop = 1; stop <= 40; stop++)
            {
                elided.RunUntil(new SimTime(stop * step));
                exhaustive.RunUntil(new SimTime(stop * step));
                foreach (Signal up in Enumerable.Range(0, spec.Services.Count).Select(s => exhaustive.UpOf(s)!.Value))
                {
                    Assert.Equal(exhaustive.Signals[up], elided.Signals[up]);
                    if (!exhaustive.Signals[up])
                    {
                        Assert.Equal(WhyDown(exhaustive.Signals, up), WhyDown(elided.Signals, up));
                        down++;
                    }
                }
            }
            (firings, events) = (firings + elided.Firings, events + elided.Events);
        }
        Assert.True(down > 1000 && firings < 0.7 * events, $"{down} times down, {firings} firings, {events} events");
    }

    [Fact]
    public void A_copy_goes_on_alike_from_wherever_it_was_made()
    {
        (long firings, long events) = (0, 0);
        for (int seed = 0; seed < 60; seed++)
        {
            ScenarioSpec spec = Story.Spec(new RandomGroups(seed).ToString());
            Simulation first = new ScenarioModel(spec).Build(), second = new ScenarioModel(spec).Build();
            SimTime end = SimTime.Zero + spec.Run.WarmUp + spec.Run.Horizon;
            first.Reset(seed, mayElide: true);
            first.RunUntil(new SimTime((long)(end.Nanoseconds * new Random(seed).NextDouble())));
            second.Run(seed + 1, spec.Run.WarmUp, spec.Run.Horizon);
            second.CopyStateFrom(first);
            first.RunUntil(end);
            second.RunUntil(end);
            Assert.Equal(Told(first, spec), Told(second, spec));
            (firings, events) = (firings + first.Firings, events + first.Events);
        }
        Assert.True(2 * firings < events, $"{firings} firings, {events} events");

        static string Told(Simulation simulation, ScenarioSpec spec) =>
            $"{simulation.FingerprintValue} {simulation.Events} {simulation.Firings} "
            + string.Join(' ', Enumerable.Range(0, spec.Services.Count).Select(s => simulation.Signals[simulation.UpOf(s)!.Value]));
    }

    [Fact]
    public void Beside_a_cluster_they_change_nothing_either()
    {
        (long firings, long events) = (0, 0);
        for (int seed = 0; seed < 10; seed++)
        {
            string text = new RandomCluster(seed).ToString().Replace(
                "services:\n", "services:\n  ground: {up-when: 285 of big}\n  site: {up-when: 260 of big}\n", StringComparison.Ordinal)
                + "units: {big: {count: 310, fails: exp(20s), repair: {takes: exp(1s)}}}\n";
            Simulation[] both = [.. new[] { "elided", "exhaustive" }.Select(fidelity =>
                new ScenarioModel(Story.Spec($"{text}run: {{horizon: 120s, fidelity: {fidelity}}}")).Build())];
            IEnumerable<byte[]> rows = both.Select(simulation => Bytes(
                [.. simulation.Run(seed, SimDuration.Zero, SimDuration.FromSeconds(120)).Where(row => row.Service < 2)]));
            Assert.Equal(rows.First(), rows.Last());
            (firings, events) = (firings + both[0].Firings, events + both[0].Events);
        }
        Assert.True(events > 30_000 && 4 * firings < 3 * events, $"{firings} firings, {events} events");
    }

    /// <summary>Half of all lives last less than a millisecond, some for months: a window as wide as the mean suggests would hold hundreds of changes of each unit.</summary>
    [Fact]
    public void However_much_happens_at_first_windows_hold_no_more_than_there_are_units()
    {
        string text = "units: {big: {count: 5000, fails: weibull(shape=0.1 mean=1h), repair: {takes: exp(1s)}}}\nservices: {s: {up-when: 50 of big}}\n";
        SimDuration horizon = SimDuration.FromSeconds(1800);
        Simulation[] both = [.. new[] { "elided", "exhaustive" }.Select(fidelity =>
            new ScenarioModel(Story.Spec($"{text}run: {{horizon: 30m, fidelity: {fidelity}}}")).Build())];
        long before = GC.GetAllocatedBytesForCurrentThread();
        ServiceRow[] rows = both[0].Run(0, SimDuration.Zero, horizon);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(Bytes(both[1].Run(0, SimDuration.Zero, horizon)), Bytes(rows));
        Assert.Equal(both[1].Events, both[0].Events);
        Assert.True(10 * both[0].Firings < both[0].Events, $"{both[0].Firings} firings, {both[0].Events} events");
        Assert.True(allocated < 3_000_000, $"{allocated} bytes");
    }

    [Fact]
    public void Nothing_is_allocated_once_there_is_room()
    {
        for (int seed = 0; seed < 10; seed++)
        {
            ScenarioSpec spec = Story.Spec(new RandomGroups(seed).ToString());
            Simulation simulation = new ScenarioModel(spec).Build();
            SimTime end = SimTime.Zero + spec.Run.WarmUp + spec.Run.Horizon;
            long allocated = long.MaxValue;
            for (int replication = 0; replication < 12; replication++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                simulation.Reset(replication % 4, mayElide: true);
                simulation.RunUntil(end);
                allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            }
            Assert.Equal(0, allocated);
        }
    }

    /// <summary>What is down since when, and the faults of each kind in their order.</summary>
    private static string WhyDown(SignalGraph signals, Signal up)
    {
        List<Signal> conditions = [];
        signals.FalseConditionsOf(up, conditions);
        return string.Join(' ', conditions.Select(c => $"{signals.NameOf(c)}:{signals.StateOf(c.Index).FellAt}:{signals.StateOf(c.Index).Stage}"))
            + string.Join(' ', conditions.OrderBy(c => signals.CauseOf(c).Kind).ThenBy(signals.CauseOf).Select(signals.NameOf));
    }

    private static void Compare(int first, int count)
    {
        (long firings, long events, long outages) = (0, 0, 0);
        for (int seed = first; seed < first + count; seed++)
        {
            RandomGroups groups = new(seed);
            ScenarioSpec spec = Story.Spec(groups.ToString());
            Simulation elided = new ScenarioModel(spec).Build();
            Simulation exhaustive = new ScenarioModel(Story.Spec(groups.Exhaustive())).Build();
            for (int replication = 0; replication < 3; replication++)
            {
                ServiceRow[] some = elided.Run(replication, spec.Run.WarmUp, spec.Run.Horizon);
                ServiceRow[] all = exhaustive.Run(replication, spec.Run.WarmUp, spec.Run.Horizon);
                Assert.True(Bytes(some).AsSpan().SequenceEqual(Bytes(all)), $"seed {seed}, replication {replication}:\n{groups}");
                Assert.True(elided.Events == exhaustive.Events, $"seed {seed}, {elided.Events} events for {exhaustive.Events}:\n{groups}");
                Assert.Equal(exhaustive.Events, exhaustive.Firings);
                (firings, events) = (firings + elided.Firings, events + elided.Events);
                outages += some.Sum(row => row.OutageCount);
            }
        }
        Assert.True(firings < 0.7 * events && outages > 50 * count, $"{firings} firings, {events} events, {outages} outages");
    }

    private static (long Firings, long Events) FiringsOf(string scenario)
    {
        ScenarioSpec spec = Story.Spec($"{scenario}run: {{horizon: 1000h}}");
        Simulation simulation = new ScenarioModel(spec).Build();
        simulation.Run(0, SimDuration.Zero, spec.Run.Horizon);
        return (simulation.Firings, simulation.Events);
    }

    /// <summary>All that is kept of rows.</summary>
    private static byte[] Bytes(ServiceRow[] rows) => BlockRecord.Write("", new ReplicationBlock(0, [.. rows], 1, 0, 0));
}
