using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Studies;
using FailoverSim.Analysis.Tables;
using FailoverSim.Scenario.Specification;
using FailoverSim.Tests.Models;
using Xunit;

namespace FailoverSim.Tests.Studies;

/// <summary>What the absence of a fault saves, where that can be worked out.</summary>
public class IfRemovedTests
{
    private const string Series = """
        units:
          fuse: {fails: 99h, repair: {takes: 1h}}
          pump: {fails: 47h, modes: {seal: {share: 50%, repair: {takes: 3h}}, motor: {share: 50%, repair: {takes: 3h}}}}
        common-cause: {flood: {of: [fuse, pump], every: 1000h, lasts: 10h}}
        services: {plant: {up-when: fuse and pump}}
        run: {horizon: 1000d, replications: 3}
        """;

    [Fact]
    public void Of_two_in_series_each_saves_its_own_down_time_but_for_what_both_share()
    {
        ScenarioSpec spec = Story.Spec(Series.Replace("common-cause: {flood: {of: [fuse, pump], every: 1000h, lasts: 10h}}\n", "", StringComparison.Ordinal));
        ResultTable table = Run(spec);
        IReadOnlyList<Saving> savings = IfRemoved.Run(spec, table, 1, null, default);
        Assert.Equal(["fuse", "pump.motor", "pump.seal"], savings.Select(saving => saving.Cause).Order(StringComparer.Ordinal));
        // Without the fuse the pump is down three hours of every fifty; together with it as much as was seen.
        double pumps = 3.0 / 50 * 525_600, all = Summary.Of("s", "v", table.Totals(0)).Single(row => row.Metric == "downtime-per-year").Estimate.Value!.Value;
        Estimate fuse = savings.Single(saving => saving.Cause == "fuse").MinutesPerYear[0];
        Assert.Equal(all - pumps, fuse.Value!.Value, 1e-6);
        Assert.Equal("rule-of-three", fuse.Method); // Every replication saves the same.
    }

    [Fact]
    public void Modes_share_what_the_unit_saves_and_a_mode_mended_in_no_time_leaves_the_others_as_often()
    {
        ScenarioSpec spec = Story.Spec(Series.Replace("replications: 3", "replications: 40", StringComparison.Ordinal));
        ResultTable table = Run(spec);
        ResultTable without = Run(spec.Without("pump.seal")!);
        Estimate saved = IfRemoved.Run(spec, table, 1, null, default).Single(saving => saving.Cause == "pump.seal").MinutesPerYear[0];
        Assert.Equal("paired", saved.Method);
        Assert.InRange(0, double.MinValue, saved.Low!.Value); // Certainly something,
        int seal = table.Names.Causes.ToList().IndexOf("pump.seal"), motor = table.Names.Causes.ToList().IndexOf("pump.motor");
        Assert.Equal(0, without.Totals(0).DownByCause[seal].Total); // all of what the seal does,
        double before = (double)table.Totals(0).DownByCause[motor].Total, after = (double)without.Totals(0).DownByCause[motor].Total;
        Assert.InRange(after / before, 0.9, 1.15); // and a motor still comes once in so many failures.
    }

    [Fact]
    public void Common_causes_and_single_modes_never_come_and_others_keep_their_luck()
    {
        ScenarioSpec spec = Story.Spec(Series);
        foreach (string cause in new[] { "flood", "fuse" })
        {
            ResultTable without = Run(spec.Without(cause)!);
            Assert.Equal(0, without.Totals(0).DownByCause[without.Names.Causes.ToList().IndexOf(cause)].Total);
            Assert.Equal(Run(spec).Names.Causes, without.Names.Causes);
        }
        Assert.Null(spec.Without("none"));
        Assert.Null(spec.Without("no such thing"));
    }

    [Fact]
    public void A_clusters_fault_that_is_left_out_disturbs_no_other_one()
    {
        ScenarioSpec spec = Story.Spec("""
            use: [timers: kubernetes/v1.33]
            topology: {zones: [a, b, c]}
            nodes: {cp: {count: 3, place: one-per-zone, runs: [etcd, apiserver]}}
            faults:
              crash: {of: nodes.cp, every: exp(20d), lasts: 5m}
              zone: {of: zones, every: exp(20d), lasts: 1h}
            services: {leader: {probe: etcd.leader}}
            run: {horizon: 1y, replications: 4}
            """);
        ResultTable table = Run(spec);
        Assert.Equal(["crash", "zone"], IfRemoved.CausesOf(spec, table).Order(StringComparer.Ordinal));
        Story both = Story.Of(spec), alone = Story.Of(spec.Without("zone")!);
        Assert.NotEmpty(both.Instants("faults/crash/cp-1", "struck"));
        Assert.Equal(both.Instants("faults/crash/cp-1", "struck"), alone.Instants("faults/crash/cp-1", "struck"));
        Assert.DoesNotContain(alone.States, state => state.Entity.StartsWith("faults/zone", StringComparison.Ordinal) && state.State == "struck");
    }

    private static ResultTable Run(ScenarioSpec spec) => RunStudy.Run(spec, 1, null, default, default).Table!;
}
