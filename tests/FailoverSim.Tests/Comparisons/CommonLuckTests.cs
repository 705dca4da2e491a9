using System.Text;
using FailoverSim.Analysis.Comparisons;
using FailoverSim.Analysis.Studies;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Specification;
using Xunit;

namespace FailoverSim.Tests.Comparisons;

/// <summary>Variants share their luck by the names of things.</summary>
public class CommonLuckTests
{
    [Fact]
    public void Adding_units_changes_no_draw_of_the_others()
    {
        const string Text = """
            failoversim: 1
            name: x
            units:
              node: {count: 3, fails: weibull(shape=1.5 mean=20d), repair: {takes: lognormal(median=5h p95=2d)}}
              other: {count: 2, fails: exp(9d), repair: {takes: 1h..9h}}
            services: {quorum: {up-when: 2 of node and 1 of other}}
            run: {horizon: 3y, replications: 1, seed: 5}
            compare:
              more: {set: {units.node.count: 5}}
              new-kind: {set: {units.aaa: {count: 4, fails: exp(3d), repair: {takes: 1d}}}}
            """;
        SharedHistories(Text, ["more", "new-kind"], atLeast: 5);
    }

    [Fact]
    public void Adding_machines_changes_no_fault_of_the_others()
    {
        const string Text = """
            failoversim: 1
            name: x
            use: [timers: kubernetes/v1.33]
            topology: {zones: [a, b, c]}
            nodes:
              cp: {count: 3, place: one-per-zone, runs: [etcd, apiserver, scheduler, controller-manager, vip]}
            faults:
              node-crash: {of: nodes.cp, every: exp(40d), lasts: 2m..6m}
              zone-outage: {of: zones, every: exp(60d), lasts: lognormal(median=40m p95=6h)}
            services: {api: {probe: apiserver.write, through: vip, timeout: 2s}}
            run: {horizon: 2y, replications: 1, seed: 5}
            compare:
              five: {set: {nodes.cp.count: 5, nodes.cp.place: spread}}
              lease: {set: {components.vip.lease: {duration: 15s, renew-deadline: 9s, retry: 3s}}}
            """;
        SharedHistories(Text, ["five", "lease"], atLeast: 6, entity => entity.StartsWith("faults/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("pumps-3-of-5.yaml", "third-mechanic", "plant", 640)]
    [InlineData("kubeadm-stacked-3.yaml", "vip-lease=10s", "api-write", 64)]
    [InlineData("kubeadm-stacked-3.yaml", "vip-lease=15s", "api-write", 64)]
    [InlineData("external-etcd-5-haproxy.yaml", "faster-checks", "api-write", 64)]
    public void Another_timer_or_crew_reduces_the_variance_more_than_threefold(string file, string variant, string service, long replications)
    {
        ScenarioReading reading = ScenarioFile.Read(Path.Combine(Repository.Scenarios, file));
        ScenarioSpec spec = reading.Spec! with { Run = reading.Spec!.Run with { Replications = replications, StopWhen = null } };
        Variant changed = reading.Study.Variants.Single(other => other.Name == variant);
        StudyOutcome outcome = VariantsStudy.Run(spec, [changed], 2, null, CancellationToken.None, CancellationToken.None);
        PairedMoments down = PairedIntervalTests.Of(Down(outcome.Tables[0], service).Zip(Down(outcome.Tables[1], service)));
        Assert.True(down.Differing > 2, $"Only {down.Differing} pairs differ.");
        Assert.True(down.VarianceReduction > 3, $"× {down.VarianceReduction:F1}");
    }

    private static IReadOnlyList<long> Down(ResultTable table, string service) =>
        [.. table.RowsOf(table.Names.Services.ToList().IndexOf(service)).Select(row => row.DownNanoseconds)];

    /// <summary>All timers of the base's entities fire at the same instants in the variants.</summary>
    private static void SharedHistories(string text, string[] variants, int atLeast, Func<string, bool>? only = null)
    {
        ScenarioReading reading = ScenarioFile.Read("x.yaml", Encoding.UTF8.GetBytes(text));
        Assert.DoesNotContain(reading.Diagnostics, d => d.Severity == Scenario.Diagnostics.Severity.Error);
        var first = Timers.Of(reading.Spec!);
        string[] compared = [.. first.Keys.Where(only ?? (_ => true)).Where(entity => first[entity].Count > 0)];
        Assert.True(compared.Length >= atLeast, string.Join(", ", first.Keys));
        foreach (string variant in variants)
        {
            var other = Timers.Of(reading.Study.Compare.Single(a => a.Variant.Name == variant).Variant.Spec);
            Assert.All(compared, entity => Assert.Equal(first[entity], other[entity]));
        }
    }

    private sealed class Timers : ITrace
    {
        private readonly Dictionary<string, List<(long, int)>> _fired = [];

        public static Dictionary<string, List<(long, int)>> Of(ScenarioSpec spec)
        {
            Simulation simulation = new ScenarioModel(spec).Build();
            Timers trace = new();
            simulation.Trace = trace;
            simulation.Reset(0);
            simulation.RunUntil(new SimTime(spec.Run.Horizon.Nanoseconds));
            return trace._fired;
        }

        public void OnTimer(SimTime time, Component component, int slot, int timer)
        {
            string entity = component.EntityName(slot);
            if (!_fired.TryGetValue(entity, out List<(long, int)>? fired))
            {
                _fired.Add(entity, fired = []);
            }
            fired.Add((time.Nanoseconds, timer));
        }

        public void OnState(SimTime time, Component component, int slot, string state)
        {
        }

        public void OnSignal(SimTime time, Signal signal, bool value)
        {
        }
    }
}
