using FailoverSim.Kernel;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Specification;
using FailoverSim.Tests.Models;
using Xunit;

namespace FailoverSim.Tests.Kernel;

/// <summary>What is kept up with every change is what is found when all conditions are looked at.</summary>
public class GateTallyTests
{
    private const int Kinds = 3;

    private const string Floods = """
        units:
          big: {count: 150, fails: weibull(shape=0.8 mean=60h), repair: {takes: exp(6h)}}
          pump: {count: 3, fails: exp(40h), repair: {takes: exp(9h)}}
        common-cause:
          flood: {of: [big, pump], every: exp(30h), hits: 20%, lasts: exp(3h)}
          storm: {of: [big], every: exp(25h), hits: 5%..40%}
        services:
          most: {up-when: 135 of big}
          some: {up-when: 120 of big and pump}
          both: {up-when: "1 of (140 of big, 3 of pump)"}
        run: {horizon: 2000h}
        """;

    private const string Crews = """
        units:
          big: {count: 120, fails: exp(50h), modes: {seen: {share: 60%, repair: {takes: exp(4h), crew: m}}, hidden: {share: 40%, hidden: true, found-by: inspection, repair: {takes: 1h..3h, crew: m}}}}
        crews: {m: {size: 9, hours: "Mon-Fri 06:00-22:00 Europe/Zurich"}}
        inspection: {of: big, every: 2d, takes: 1h}
        services:
          most: {up-when: 90 of big}
          half: {up-when: 60 of big}
        run: {horizon: 2000h}
        """;

    private const string Pods = """
        control-plane: {kind: managed, availability: 99.95%, outage: lognormal(median=6m p95=50m)}
        nodes: {general: {count: 20, cpu: 16, memory: 64GiB}}
        workloads: {app: {replicas: 150, cpu: 1, start: 5s..60s, up-when: ready >= 147}}
        faults:
          node-crash: {of: nodes.*, every: exp(10d), repair: reboot}
          node-hang: {of: nodes.*, every: exp(20d), state: hang, repair: reboot}
          container-crash: {of: workloads.*, every: exp(60h), repair: container-restart}
          bad-image: {of: workloads.app, every: exp(1d), share: 20% of replicas, lasts: 5m..40m}
        repair: {reboot: {takes: 2m..60m}, container-restart: {takes: 1s..10s}}
        services: {site: {aggregate: all-of(app)}}
        run: {horizon: 2000h}
        """;

    [Theory]
    [InlineData(Floods, 1)]
    [InlineData(Floods, 12)]
    [InlineData(Crews, 1)]
    [InlineData(Crews, 12)]
    [InlineData(Pods, 60)]
    public void Causes_and_who_fell_first_are_those_found_by_looking(string scenario, int stepsPerHour)
    {
        ScenarioSpec spec = Story.Spec(scenario);
        Simulation simulation = new ScenarioModel(spec).Build();
        int compared = 0;
        for (int replication = 0; replication < 4; replication++)
        {
            compared += Compare(spec, simulation, replication, stepsPerHour, mayElide: false);
        }
        Assert.True(compared > 500, $"{compared} compared");
    }

    [Fact]
    public void So_they_are_of_groups_whose_changes_were_not_put_in_order()
    {
        int compared = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            ScenarioSpec spec = Story.Spec(new RandomGroups(seed).ToString());
            compared += Compare(spec, new ScenarioModel(spec).Build(), seed, stepsPerHour: 8, mayElide: true);
        }
        Assert.True(compared > 10_000, $"{compared} compared");
    }

    [Fact]
    public void A_copy_tallies_for_itself()
    {
        ScenarioSpec spec = Story.Spec(Floods);
        Simulation first = new ScenarioModel(spec).Build(), second = new ScenarioModel(spec).Build();
        int compared = 0;
        for (int replication = 0; replication < 10; replication++)
        {
            compared += Compare(spec, second, replication + 50, 4, mayElide: false);
            first.Reset(replication);
            for (int step = 1; step <= 100; step++)
            {
                first.RunUntil(new SimTime(step * 7_200_000_000_000L));
                compared += CompareAll(spec, first);
                second.CopyStateFrom(first);
                compared += CompareAll(spec, second);
            }
        }
        Assert.True(compared > 1000, $"{compared} compared");
    }

    /// <summary>All that can happen to a condition, many of it at one instant, under three gates that share conditions and one that is plugged elsewhere.</summary>
    [Fact]
    public void Whatever_happens_to_conditions_the_tally_is_right_or_given_up()
    {
        const int Steps = 3000;
        int compared = 0;
        for (int seed = 0; seed < 6; seed++)
        {
            (Simulation simulation, Signal[] gates) = Shaken(new Random(seed), Steps);
            Simulation other = Shaken(new Random(seed), Steps).Simulation;
            simulation.Reset(0);
            other.Reset(0);
            byte[] state = new byte[simulation.SnapshotBytes];
            for (int step = 1; step <= Steps; step++)
            {
                simulation.RunUntil(new SimTime((10 * step) + 1));
                compared += CompareAll(simulation.Signals, gates, Kinds + 1);
                if (step % 50 == 0)
                {
                    CompareAll(other.Signals, gates, Kinds + 1);
                    simulation.Save(state);
                    other.Load(state);
                    compared += CompareAll(other.Signals, gates, Kinds + 1);
                    compared += CompareAll(simulation.Signals, gates, Kinds + 1);
                }
            }
        }
        Assert.True(compared > 10_000, $"{compared} compared");
    }

    private static (Simulation Simulation, Signal[] Gates) Shaken(Random random, int steps)
    {
        ModelBuilder builder = new();
        int[] kinds = [.. Enumerable.Range(0, Kinds).Select(i => builder.Cause($"cause{i}"))];
        Signal[] conditions = [.. Enumerable.Range(0, 90).Select(i => builder.Condition($"c{i}"))];
        Signal most = builder.Gate("most", 75, conditions);
        Signal half = builder.Gate("half", 55, conditions);
        Signal first = builder.Gate("first", 50, conditions[..70]);
        Signal all = builder.Gate("all", 3, most, half, first);
        _ = new Script(builder, "script", [.. Enumerable.Range(1, steps).Select(step => (10L * step, (Action<Script>)Shake))]);
        return (builder.Build(1), [most, half, first, all]);

        void Shake(Script script)
        {
            for (int i = random.Next(4); i >= 0; i--)
            {
                Signal condition = conditions[random.Next(conditions.Length)];
                switch (random.Next(60))
                {
                    case 0: script.Relieve(condition); break;
                    case 1: script.Yield(condition); break;
                    case 2: script.Replug(first, random.Next(70), conditions[random.Next(conditions.Length)]); break;
                    case < 6: script.Stage(condition, 0); break;
                    case < 26: script.Fall(condition, random.Next(2) == 0 ? kinds[random.Next(Kinds)] : 0); break;
                    default: script.Rise(condition); break;
                }
            }
        }
    }

    private static int Compare(ScenarioSpec spec, Simulation simulation, long replication, int stepsPerHour, bool mayElide)
    {
        simulation.Reset(replication, mayElide);
        int compared = 0;
        long step = 3_600_000_000_000 / stepsPerHour;
        long end = Math.Min(500 * stepsPerHour, (spec.Run.WarmUp + spec.Run.Horizon).Nanoseconds / step);
        for (long stop = 1; stop <= end; stop++)
        {
            simulation.RunUntil(new SimTime(stop * step));
            compared += CompareAll(spec, simulation);
        }
        return compared;
    }

    private static int CompareAll(ScenarioSpec spec, Simulation simulation) => CompareAll(
        simulation.Signals, Enumerable.Range(0, spec.Services.Count).Select(s => simulation.UpOf(s)!.Value), simulation.NamesFor(spec.Run.Horizon).Causes.Count);

    private static int CompareAll(SignalGraph signals, IEnumerable<Signal> ups, int kinds)
    {
        int compared = 0;
        foreach (Signal up in ups.Where(up => !signals[up]))
        {
            List<Cause> causes = [];
            signals.CausesOf(up.Index, causes);
            CauseCounts counts = new(kinds);
            Cause youngest = signals.CountCauses(up.Index, counts, findsYoungest: true);
            Assert.Equal(causes.Count, counts.Total);
            Assert.Equal(causes.GroupBy(cause => cause.Kind).Sum(kind => (long)kind.Count() << kind.Key), Sum(counts.OfKind));
            Assert.Equal(causes.LastOrDefault(), youngest);
            Assert.Equal(Decisive(signals, up.Index), signals.DecisiveOf(up).Index);
            compared++;
        }
        return compared;
    }

    private static long Sum(ReadOnlySpan<int> counts)
    {
        long sum = 0;
        for (int kind = 0; kind < counts.Length; kind++)
        {
            sum += (long)counts[kind] << kind;
        }
        return sum;
    }

    /// <summary>From gate to gate, the input that fell first.</summary>
    private static int Decisive(SignalGraph signals, int signal)
    {
        while (signals.StateOf(signal).Needed != 0)
        {
            signal = signals.InputsOf(signal).ToArray().Select(input => input.Source)
                .Where(source => !signals.StateOf(source).Value).MinBy(source => signals.StateOf(source).FellAt);
        }
        return signal;
    }
}
