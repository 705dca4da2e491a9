using System.Text;
using FailoverSim.Analysis.Timeline;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Specification;
using Xunit;

namespace FailoverSim.Tests.Timeline;

/// <summary>What a replay tells is what the batch run has counted; the two have no code in common but the simulation.</summary>
public class ReplayTests
{
    internal const string Managed = """
        failoversim: 1
        name: small-managed
        use:
          - timers: kubernetes/v1.33
        control-plane: {kind: managed, availability: 99.9%, outage: lognormal(median=6m p95=50m)}
        topology: {zones: [a, b]}
        nodes:
          workers: {count: 6, cpu: 8, memory: 32GiB, boot: 90s..240s, replace-after: 10m}
        workloads:
          shop: {count: 4, replicas: 2, cpu: 1000m, up-when: ready >= 2}
        faults:
          node-hang: {of: nodes.workers, every: exp(20d), state: hang, lasts: 1h}
          node-crash: {of: nodes.workers, every: exp(30d), repair: {takes: 2m..6m}}
        services:
          shops: {aggregate: mean-over(shop)}
        run: {horizon: 1y, replications: 2, seed: 5}
        """;

    public static TheoryData<string, string, long> Scenarios => new()
    {
        { "kubeadm-stacked-3.yaml", "1y", 1 },
        { "external-etcd-5-haproxy.yaml", "2y", 0 },
        { "pumps-3-of-5.yaml", "", 3 },
        { "web-tier.yaml", "5y", 1 },
        { "quorum-loss-and-pods.yaml", "", 0 },
    };

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Outages_are_those_of_the_batch_run(string file, string horizon, long replication)
    {
        ScenarioSpec spec = Spec(file, horizon);
        (ServiceRow[] rows, ResultNames names, _) = Batch(spec, replication);
        Replay replay = Replay.Of(spec, replication, Replay.Around(spec, Replay.OutagesOf(spec, replication)));
        int told = 0;
        foreach (ServiceRow row in rows)
        {
            OutageSpan[] spans = [.. replay.Outages.Where(outage => outage.Name == names.Services[row.Service] && !outage.WasOpen)];
            Assert.Equal(row.Outages.Select(o => (o.Start, o.Duration)), spans.Select(s => (s.Start.Nanoseconds, s.Length.Nanoseconds)));
            for (int i = 0; i < spans.Length; i++)
            {
                Agrees(row, i, spans[i], names);
                told++;
            }
        }
        Assert.True(told > 0, "nothing was compared");
    }

    [Fact]
    public void Outages_of_workloads_are_those_of_the_batch_run()
    {
        ScenarioSpec spec = Read("managed", Managed);
        (ServiceRow[] rows, ResultNames names, _) = Batch(spec, 1);
        IReadOnlyList<OutageSpan> outages = Replay.OutagesOf(spec, 1);
        Assert.NotEmpty(rows[0].Members);
        Assert.Equal(
            rows[0].Members.Where(m => m.DownNanoseconds > 0)
                .Select(m => (names.Fleet[m.Member].Name, m.DownNanoseconds, m.OutageCount, m.LongestOutage)).Order(),
            outages.GroupBy(outage => outage.Name).Select(group => (
                group.Key,
                group.Sum(o => o.Length.Nanoseconds),
                group.LongCount(o => !o.WasOpen),
                group.Where(o => !o.WasOpen).Max(o => o.Length.Nanoseconds))).Order());
    }

    [Fact]
    public void Watching_changes_nothing()
    {
        ScenarioSpec spec = Spec("kubeadm-stacked-3.yaml", "1y");
        (_, ResultNames names, ulong unwatched) = Batch(spec, 4);
        Simulation simulation = new ScenarioModel(spec).Build();
        Recording recording = new(simulation, names, SimTime.Zero, Windows.Of(SimTime.Zero, Replay.EndOf(spec)), members: false);
        simulation.Reset(4);
        simulation.RunUntil(Replay.EndOf(spec));
        recording.Finish(Replay.EndOf(spec));
        Assert.Equal(unwatched, simulation.FingerprintValue);
        Assert.NotEmpty(recording.Events);
    }

    /// <summary>A second zone is lost after exactly two hours, for half an hour.</summary>
    [Theory]
    [InlineData("2h", false)]
    [InlineData("130m", true)]
    public void Outage_that_begins_as_warm_up_ends_counts_and_one_that_is_open_does_not(string warmUp, bool isOpen)
    {
        ScenarioSpec spec = Read("warm", StoryTests.ZoneByZone.Replace("horizon: 1d", $"horizon: 1d, warm-up: {warmUp}", StringComparison.Ordinal));
        IReadOnlyList<OutageSpan> outages = Replay.OutagesOf(spec, 0);
        Assert.Equal((isOpen, Replay.BeginOf(spec)), (outages[0].WasOpen, outages[0].Start));
        Assert.Equal(
            Batch(spec, 0).Rows[0].Outages.Select(o => o.Start),
            outages.Where(outage => !outage.WasOpen).Select(outage => outage.Start.Nanoseconds));
    }

    internal static ScenarioSpec Spec(string file, string horizon, params string[] sets)
    {
        string[] all = horizon.Length == 0 ? sets : [$"run.horizon={horizon}", .. sets];
        ScenarioReading reading = ScenarioFile.Read(Path.Combine(Repository.Scenarios, file), all);
        Assert.False(reading.HasErrors, string.Join('\n', reading.Diagnostics));
        return reading.Spec!;
    }

    internal static ScenarioSpec Read(string name, string yaml)
    {
        ScenarioReading reading = ScenarioFile.Read(name, Encoding.UTF8.GetBytes(yaml));
        Assert.False(reading.HasErrors, string.Join('\n', reading.Diagnostics));
        return reading.Spec!;
    }

    private static (ServiceRow[] Rows, ResultNames Names, ulong Fingerprint) Batch(ScenarioSpec spec, long replication)
    {
        Simulation simulation = new ScenarioModel(spec).Build();
        ServiceRow[] rows = simulation.Run(replication, spec.Run.WarmUp, spec.Run.Horizon);
        return (rows, simulation.NamesFor(spec.Run.Horizon), simulation.FingerprintValue);
    }

    /// <summary>Class, roles and stages; what each cause is charged with is attribution's own business.</summary>
    private static void Agrees(ServiceRow row, int index, OutageSpan span, ResultNames names)
    {
        CauseShare[] causes = row.OutageCauses[index].ToArray();
        Assert.Equal(row.Outages[index].IsLoss, span.IsLoss);
        Assert.Equal(causes.Where(c => c.Role.HasFlag(CauseRole.Root)).Select(c => names.Causes[c.Cause]), [span.Root?.Cause ?? "none"]);
        Assert.Equal(
            causes.Where(c => c.Role.HasFlag(CauseRole.Enabler)).Select(c => names.Causes[c.Cause]).Order(StringComparer.Ordinal),
            span.Enablers.Select(c => c.Cause).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(
            row.OutageStages[index].ToArray().Select(s => (names.Stages[s.Stage], s.Nanoseconds)).Order(),
            span.Stages.Select(s => (s.Stage, s.Length.Nanoseconds)).Order());
        Assert.Equal(span.Length.Nanoseconds, span.Phases.Sum(phase => (phase.End - phase.Start).Nanoseconds));
        Assert.True(span.Held[0].Length.Nanoseconds <= span.Length.Nanoseconds);
    }
}
