using System.Text;
using FailoverSim.Analysis.Studies;
using FailoverSim.Analysis.Tables;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Specification;
using Xunit;

namespace FailoverSim.Tests.Studies;

public class VariantsStudyTests
{
    private static readonly ScenarioReading Reading = ScenarioFile.Read("s.yaml", Encoding.UTF8.GetBytes("""
        failoversim: 1
        name: study
        units:
          node: {count: 3, fails: exp(20d), repair: {takes: exp(1d), crew: c}}
        crews: {c: {size: 1}}
        services: {quorum: {up-when: 2 of node}}
        run: {horizon: 1y, stop-when: unavailability(quorum) within 10% at 95%, seed: 9}
        compare:
          second-crew: {set: {crews.c.size: 2}, cost: {per-year: 80k EUR, once: 5k EUR}}
          slow: {set: {units.node.repair.takes: exp(2d)}}
        sweep:
          count: {path: units.node.count, values: [3, 4]}
        """));

    [Fact]
    public void Variants_run_the_replications_at_which_the_base_stopped()
    {
        StudyOutcome outcome = Run(CancellationToken.None);
        Assert.Equal(["base", "second-crew", "slow", "count=3", "count=4"], outcome.Tables.Select(table => table.Variant));
        Assert.Single(outcome.Tables.Select(table => table.Replications).Distinct());
        Assert.Empty(outcome.Unfinished);
    }

    [Fact]
    public void A_variant_gives_what_the_same_scenario_gives_alone()
    {
        StudyOutcome outcome = Run(CancellationToken.None);
        Variant slow = Reading.Study.Compare[1].Variant;
        RunOutcome alone = RunStudy.Run(
            slow.Spec with { Run = slow.Spec.Run with { Replications = outcome.Base.Table!.Replications, StopWhen = null } },
            1, null, CancellationToken.None, CancellationToken.None);
        Assert.Equal(alone.Fingerprint, outcome.Others[1].Fingerprint);
        Assert.Equal(Downs(alone.Table!), Downs(outcome.Tables[2]));
        // A swept value that is the base's changes nothing.
        Assert.Equal(outcome.Base.Fingerprint, outcome.Others[2].Fingerprint);
        Assert.NotEqual(outcome.Base.Fingerprint, outcome.Others[3].Fingerprint);
    }

    [Fact]
    public void Costs_and_swept_values_come_with_the_variants()
    {
        Alternative crew = Reading.Study.Compare[0];
        Assert.Equal((new Money(80_000, "EUR"), new Money(5_000, "EUR")), (crew.PerYear, crew.Once));
        Assert.Null(Reading.Study.Compare[1].PerYear);
        SweepSpec sweep = Reading.Study.Sweeps.Single();
        Assert.Equal(("count", "units.node.count"), (sweep.Name, sweep.Path));
        Assert.Equal(["3", "4"], sweep.Points.Select(point => point.Value));
    }

    [Fact]
    public void What_is_interrupted_is_left_out_and_named()
    {
        using CancellationTokenSource stop = new();
        // More blocks than one worker begins ahead of whoever reads the first.
        ScenarioSpec spec = Reading.Spec! with { Run = Reading.Spec!.Run with { StopWhen = null, Replications = 64 * 40 } };
        StudyOutcome outcome = VariantsStudy.Run(
            spec, [.. Reading.Study.Variants], 1, progress => StopAt(progress, "slow", stop), CancellationToken.None, stop.Token);
        Assert.Equal(["base", "second-crew"], outcome.Tables.Select(table => table.Variant));
        Assert.Equal(["slow", "count=3", "count=4"], outcome.Unfinished);
    }

    private static void StopAt(RunProgress progress, string variant, CancellationTokenSource stop)
    {
        if (progress.Variant == variant)
        {
            stop.Cancel();
        }
    }

    private static StudyOutcome Run(CancellationToken interrupt) =>
        VariantsStudy.Run(Reading.Spec!, [.. Reading.Study.Variants], 2, null, CancellationToken.None, interrupt);

    private static IEnumerable<long> Downs(ResultTable table) => table.RowsOf(0).Select(row => row.DownNanoseconds);
}
