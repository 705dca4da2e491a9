using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Importance;
using FailoverSim.Analysis.Studies;
using FailoverSim.Scenario.Specification;
using FailoverSim.Tests.Models;
using Xunit;

namespace FailoverSim.Tests.Sensitivity;

/// <summary>Parts of a cluster: what its faults strike.</summary>
public class PartImportanceTests
{
    /// <summary>Processes start at once and machines boot at once, so that parts are out for as long as their faults.</summary>
    private const string Quick = """
        use: [timers: kubernetes/v1.33]
        components: {etcd: {start: 1ms}}
        """;

    /// <summary>A quorum of three, one in each zone, by all 64 states of six independent parts.</summary>
    [Fact]
    public void Machines_and_zones_of_a_quorum_have_the_measures_of_independent_parts()
    {
        double[] life = [60, 60, 60, 100, 100, 100];
        double[] repair = [4, 4, 4, 6, 6, 6];
        double[] failed = [.. life.Zip(repair, (up, down) => down / (up + down))];
        bool IsDown(int broken) => Enumerable.Range(0, 3).Count(i => (broken & (0b1001 << i)) == 0) < 2;
        double Average(Func<int, bool> holds) => Enumerable.Range(0, 64).Where(holds)
            .Sum(broken => failed.Select((q, i) => (broken >> i & 1) == 1 ? q : 1 - q).Aggregate((a, b) => a * b));
        int[] minimal = [.. Enumerable.Range(1, 63).Where(set => IsDown(set) && Enumerable.Range(0, 6).All(i => (set >> i & 1) == 0 || !IsDown(set & ~(1 << i))))];
        double down = Average(IsDown);
        double[] ifFailed = [.. Enumerable.Range(0, 6).Select(i => Average(broken => IsDown(broken | 1 << i)))];
        double[] ifWorking = [.. Enumerable.Range(0, 6).Select(i => Average(broken => IsDown(broken & ~(1 << i))))];
        // How often a part fails while it is pivotal.
        double[] tips = [.. Enumerable.Range(0, 6).Select(i => (ifFailed[i] - ifWorking[i]) / (life[i] + repair[i]))];

        ImportanceOutcome outcome = Run($$$"""
            {{{Quick}}}
            topology: {zones: [a, b, c]}
            nodes: {cp: {count: 3, place: one-per-zone, boot: 1ms, runs: [etcd, scheduler]}}
            faults:
              crash:  {of: nodes.cp, every: exp(60m), lasts: exp(4m)}
              outage: {of: zones, every: exp(100m), lasts: exp(6m)}
              idle:   {of: scheduler, every: exp(60m), lasts: exp(4m)}
            services: {quorum: {probe: etcd.leader}}
            run: {warm-up: 12h, horizon: 1d, replications: 600, seed: 4}
            """);
        // The scheduler is on no cut of a quorum: it is not even beneath it.
        Assert.Equal(["machine cp 3", "zone zones 3"], outcome.Parts.Select(part => $"{part.Kind} {part.Part} {part.Copies}").Order(StringComparer.Ordinal));
        Near(down, Assert.Single(outcome.Services).Structural, "structural");
        foreach ((string kind, int i) in new[] { ("machine", 0), ("zone", 3) })
        {
            PartImportance part = outcome.Parts.Single(part => part.Kind == kind);
            Near(failed[i], part, "unavailability");
            Near(ifFailed[i] - ifWorking[i], part, "birnbaum");
            Near(failed[i] * (ifFailed[i] - ifWorking[i]) / down, part, "criticality");
            Near(Average(broken => minimal.Any(cut => (cut >> i & 1) == 1 && (cut & ~broken) == 0)) / down, part, "fussell-vesely");
            Near(ifFailed[i] / down, part, "risk-achievement-worth");
            Near(down / ifWorking[i], part, "risk-reduction-worth");
            Near(3 * tips[i] / tips.Sum(), part, "barlow-proschan");
        }
        Assert.Equal(1, outcome.Parts.Sum(part => Of(part, "barlow-proschan").Value!.Value), 1e-12);
    }

    [Fact]
    public void Machines_of_a_quorum_have_the_measures_of_units_in_the_same_structure()
    {
        const string Run = "run: {warm-up: 12h, horizon: 1d, replications: 400, seed: 4}";
        PartImportance units = PartImportanceTests.Run($$$"""
            units: {node: {count: 5, fails: exp(40m), repair: {takes: exp(6m)} } }
            services: {quorum: {up-when: 3 of node}}
            {{{Run}}}
            """).Parts.Single();
        PartImportance machines = PartImportanceTests.Run($$$"""
            {{{Quick}}}
            nodes: {node: {count: 5, boot: 1ms, runs: [etcd]}}
            faults: {crash: {of: nodes.node, every: exp(40m), repair: {takes: exp(6m)} } }
            services: {quorum: {probe: etcd.leader}}
            {{{Run}}}
            """).Parts.Single();
        Assert.Equal(("unit", "machine"), (units.Kind, machines.Kind));
        foreach ((string name, Estimate estimate) in units.Measures)
        {
            Estimate other = Of(machines, name);
            double error = Math.Sqrt(Math.Pow(ErrorOf(estimate), 2) + Math.Pow(ErrorOf(other), 2));
            Assert.True(
                Math.Abs(estimate.Value!.Value - other.Value!.Value) < (1e-4 * estimate.Value) + (5 * error), $"{name}: {estimate.Value} and {other.Value}, ± {error}");
        }
    }

    /// <summary>Power with a boot, processes, data, leases, planned work and rollouts: all that a part can do must be charged to it.</summary>
    [Fact]
    public void The_structure_is_down_exactly_while_the_run_says_that_it_is_no_failover()
    {
        ScenarioSpec spec = Story.Spec("""
            use: [timers: kubernetes/v1.33, rates: public-cloud-vm]
            topology: {zones: {a: {power: feed-1}, b: {power: feed-1}, c: {power: feed-2}}}
            nodes: {cp: {count: 3, place: one-per-zone, runs: [etcd, apiserver, controller-manager, vip]}}
            components: {vip: {kind: kube-vip-arp}}
            faults:
              crash:    {of: [etcd, apiserver, controller-manager, vip], every: exp(9d), repair: {takes: 1m}}
              lost:     {of: nodes.cp, every: exp(90d), state: lost-for-good, repair: {takes: 20m}}
              stall:    {of: etcd, every: exp(12d), state: stall, lasts: 40s}
              leader:   {of: etcd.leader, every: exp(20d), state: hang, lasts: 1m}
              power:    {of: power, every: exp(60d), lasts: 5m}
              cut:      {of: zone-links, every: exp(30d), lasts: 5m, direction: either}
              rollout:  {of: apiserver, chance: 5% per upgrade, scope: all-replicas, repair: {takes: 15m}}
            maintenance: {upgrade: {of: nodes.cp, every: 30d, order: one-at-a-time, per-node: 10m}}
            services:
              api: {probe: apiserver.write, through: vip, timeout: 2s}
              controllers: {probe: controller-manager.acting}
            run: {warm-up: 30d, horizon: 180d, replications: 64, seed: 6}
            """);
        RunOutcome run = RunStudy.Run(spec, 2, null, default, default);
        ImportanceOutcome outcome = ImportanceStudy.Run(spec, 64, 2, default);
        Assert.Equal(2, outcome.Services.Count);
        for (int service = 0; service < 2; service++)
        {
            var rows = run.Table!.Rows.Where(row => row.Service == service).ToArray();
            double horizon = spec.Run.Horizon.Nanoseconds;
            Assert.Equal(rows.Average(row => (row.DownNanoseconds - row.FailoverNanoseconds) / horizon), outcome.Services[service].Structural.Value!.Value, 1e-12);
            Assert.Equal(rows.Average(row => row.DownNanoseconds / horizon), outcome.Services[service].Total.Value!.Value, 1e-12);
        }
        PartImportance[] parts = [.. outcome.Parts.Where(part => part.Service == "api")];
        Assert.Equal(
            ["fault rollout 1", "machine cp-1 and 1 alike 2", "machine cp-3 1", "power feed-1 1", "power feed-2 1",
             "process apiserver@cp-1 and 1 alike 2", "process apiserver@cp-3 1", "process etcd@cp-1 and 1 alike 2", "process etcd@cp-3 1",
             "process vip@cp-1 and 1 alike 2", "process vip@cp-3 1", "zone-link a-b 1", "zone-link a-c and 1 alike 2"],
            parts.Select(part => $"{part.Kind} {part.Part} {part.Copies}").Order(StringComparer.Ordinal));
        // Planned work and what falls at once with something else are nobody's.
        Assert.InRange(parts.Sum(part => Of(part, "barlow-proschan").Value!.Value), 0.8, 1 + 1e-9);
        // One feed carries two members: without it there is no quorum, whatever else works.
        PartImportance feed = parts.Single(part => part.Part == "feed-1");
        Assert.Equal(1, Of(feed, "birnbaum").Value!.Value + (Of(feed, "risk-reduction-worth").Value is { } worth ? outcome.Services[0].Structural.Value!.Value / worth : 0), 1e-9);
    }

    /// <summary>One clock strikes whoever leads; the members share the time for which it does.</summary>
    [Fact]
    public void A_fault_of_a_role_is_one_of_the_process_that_holds_it()
    {
        PartImportance part = Run($$$"""
            {{{Quick}}}
            nodes: {cp: {count: 3, boot: 1ms, runs: [etcd]}}
            faults: {kill: {of: etcd.leader, every: exp(20m), lasts: exp(5m)}}
            services: {quorum: {probe: etcd.leader}}
            run: {warm-up: 5h, horizon: 1d, replications: 300, seed: 3}
            """).Parts.Single();
        Assert.Equal(("process", "etcd", 3), (part.Kind, part.Part, part.Copies));
        Near(0.2 / 3, part, "unavailability");
        // While one is struck each of the others is pivotal: (0 + 2/3) of that time as means over the copies.
        Near(0.2 * 2 / 3, part, "birnbaum");
    }

    /// <summary>Booting after an outage is the zone's doing, and a machine that is broken itself is not saved by its zone.</summary>
    [Fact]
    public void What_comes_of_a_fault_counts_as_the_part_until_it_is_over()
    {
        ImportanceOutcome outcome = Run($$$"""
            {{{Quick}}}
            topology: {zones: [a]}
            nodes: {cp: {count: 1, boot: 3h, runs: [etcd]}}
            faults:
              outage: {of: zones, at: [10h], lasts: 2h}
              crash:  {of: nodes.cp, at: [11h], lasts: 9h}
            services: {quorum: {probe: etcd.leader}}
            run: {horizon: 100h, replications: 2, seed: 3}
            """);
        // Dark from 10 to 12; broken from 11 to 20. Without power until 20, it boots meanwhile.
        PartImportance zone = outcome.Parts.Single(part => part.Kind == "zone");
        PartImportance machine = outcome.Parts.Single(part => part.Kind == "machine");
        Assert.Equal(0.10, outcome.Services.Single().Structural.Value!.Value, 1e-6);
        Assert.Equal(0.05, Of(zone, "unavailability").Value!.Value, 1e-6);
        Assert.Equal(0.09, Of(machine, "unavailability").Value!.Value, 1e-6);
        // Saved by the zone only while it was alone, by the machine only once the zone is there and all has booted.
        Assert.Equal(0.10 / 0.09, Of(zone, "risk-reduction-worth").Value!.Value, 1e-4);
        Assert.Equal(0.10 / 0.05, Of(machine, "risk-reduction-worth").Value!.Value, 1e-4);
        Assert.Equal(1, Of(zone, "barlow-proschan").Value);
        Assert.Equal(0, Of(machine, "barlow-proschan").Value);
    }

    [Fact]
    public void Services_on_which_no_fault_has_a_hold_are_refused_with_a_reason()
    {
        ImportanceOutcome outcome = Run("""
            use: [timers: kubernetes/v1.33]
            nodes: {cp: {count: 3, runs: [etcd, apiserver, scheduler]}}
            faults: {crash: {of: scheduler, every: exp(30d), repair: {takes: 10m}}}
            services: {api: {probe: apiserver.write}}
            run: {horizon: 1d, replications: 64, seed: 2}
            """);
        Assert.Empty(outcome.Parts);
        Assert.StartsWith("api: no fault of the file strikes", Assert.Single(outcome.Refused), StringComparison.Ordinal);
    }

    [Fact]
    public void Threads_change_no_digit()
    {
        const string Text = """
            use: [timers: kubernetes/v1.33]
            topology: {zones: [a, b, c]}
            nodes: {cp: {count: 3, place: one-per-zone, runs: [etcd, apiserver]}}
            faults:
              crash:  {of: [nodes.cp, etcd], every: exp(50m), repair: {takes: exp(2m)}}
              outage: {of: zones, every: exp(90m), lasts: exp(3m)}
            services: {api: {probe: apiserver.write}}
            run: {horizon: 6h, replications: 200, seed: 2}
            """;
        Assert.Equal(Lines(Run(Text, 1)), Lines(Run(Text, 3)));

        static IEnumerable<string> Lines(ImportanceOutcome outcome) =>
        [
            .. outcome.Services.Select(service => $"{service}"),
            .. outcome.Parts.SelectMany(part => part.Measures.Select(measure => $"{part.Part} {measure.Name} {measure.Estimate}")),
        ];
    }

    private static Estimate Of(PartImportance part, string measure) => part.Measures.Single(other => other.Name == measure).Estimate;

    private static void Near(double expected, PartImportance part, string measure) => Near(expected, Of(part, measure), $"{part.Part} {measure}");

    /// <summary>Within five standard errors, and a part in 10,000 for what starts and boots.</summary>
    private static void Near(double expected, Estimate estimate, string what) => Assert.True(
        Math.Abs(estimate.Value!.Value - expected) < (1e-4 * expected) + (5 * ErrorOf(estimate)),
        $"{what}: {estimate.Value} for {expected}, ± {estimate.HalfWidth}");

    private static double ErrorOf(Estimate estimate) => estimate.High is null ? 0 : estimate.HalfWidth / 1.96;

    private static ImportanceOutcome Run(string text, int threads = 2)
    {
        ScenarioSpec spec = Story.Spec(text);
        return ImportanceStudy.Run(spec, spec.Run.Replications!.Value, threads, default);
    }
}
