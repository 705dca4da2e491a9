using FailoverSim.Analysis.Studies;
using FailoverSim.Analysis.Tables;
using FailoverSim.Reporting.Text;
using FailoverSim.Scenario.Specification;
using FailoverSim.Tests.Models;
using Xunit;

namespace FailoverSim.Tests.Studies;

/// <summary>What was never seen: a fuse that blows daily hides pumps that fail together once in a long while.</summary>
public class UnseenLossesTests
{
    private const string Fuse = "  fuse: {fails: exp(1d), repair: {takes: 1m}}\n";
    private const string Plant = "services: {plant: {up-when: fuse and any of pump}}\n";

    [Fact]
    public void Kind_of_loss_that_was_never_seen_is_bounded_by_its_forced_length()
    {
        UnseenLosses losses = Assert.Single(Of("1000000y", replications: 10));
        UnseenLoss pumps = Assert.Single(losses.Unseen);
        Assert.Equal((2, 2), (losses.KindsOfLoss, pumps.Kinds.Faults));
        // Both fail at once and are repaired in ten hours; the wait is read in steps of a hundredth.
        Assert.InRange(pumps.ForcedSeconds, 36_000, 36_400);
        // 3.00 in ten years of observation.
        Assert.Equal(2.9957 / (10 * 8760) * (pumps.ForcedSeconds / 3600), losses.Unavailability, 1e-8);
        Assert.True(losses.IsUnresolved); // 3.4e-4 beside some 7e-4.
        Assert.StartsWith("UNRESOLVED: plant: losses by 2 x pump were not seen in 10 years", Assert.Single(UnseenText.Warnings([losses], Results("1000000y", 10).Names, 10)), StringComparison.Ordinal);
    }

    [Fact]
    public void More_observed_time_resolves_it()
    {
        UnseenLosses losses = Assert.Single(Of("1000000y", replications: 128));
        Assert.False(losses.IsUnresolved);
        Assert.Empty(UnseenText.Warnings([losses], Results("1000000y", 1).Names, 128));
    }

    [Fact]
    public void Once_seen_it_is_part_of_the_sample() => Assert.Empty(Of("20d", replications: 10));

    [Fact]
    public void Of_members_that_elect_the_loss_of_a_quorum_is_found_by_force_though_single_crashes_fail_over()
    {
        const string Text = """
            use: [timers: kubernetes/v1.33]
            topology: {zones: [a, b, c]}
            nodes: {cp: {count: 3, place: one-per-zone, runs: [etcd, apiserver]}}
            faults: {crash: {of: nodes.cp, every: exp(20y), lasts: 5m}}
            services: {leader: {probe: etcd.leader}}
            """;
        ScenarioSpec spec = Story.Spec($"{Text}\nrun: {{horizon: 5y, replications: 4}}");
        ResultTable table = RunStudy.Run(spec, 1, null, default, default).Table!;
        UnseenLosses losses = Assert.Single(UnseenLosses.Of(spec, table));
        UnseenLoss quorum = Assert.Single(losses.Unseen);
        Assert.Equal("2 x crash", quorum.Kinds.Name(table.Names));
        // Five minutes for the machines, then they boot and elect.
        Assert.InRange(quorum.ForcedSeconds, 300, 600);
        Assert.True(table.Totals(0).Outages > 0);
    }

    private static IReadOnlyList<UnseenLosses> Of(string life, int replications) => UnseenLosses.Of(Spec(life, replications), Results(life, replications));

    private static ResultTable Results(string life, int replications) =>
        RunStudy.Run(Spec(life, replications), 1, null, default, default).Table!;

    private static ScenarioSpec Spec(string life, int replications) => Story.Spec(
        $"units:\n{Fuse}  pump: {{count: 2, fails: exp({life}), repair: {{takes: 10h}}}}\n{Plant}run: {{horizon: 1y, replications: {replications}}}");
}
