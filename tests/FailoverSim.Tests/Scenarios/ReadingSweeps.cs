using System.Text;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Specification;
using Xunit;

namespace FailoverSim.Tests.Scenarios;

public class ReadingSweeps
{
    [Fact]
    public void A_range_is_evenly_spaced_with_both_ends_and_reads_as_if_written_out()
    {
        SweepSpec range = Sweep("{path: units.node.repair.takes, values: 1s..15s in 8 steps}");
        SweepSpec list = Sweep("{path: units.node.repair.takes, values: [1s, 3s, 5s, 7s, 9s, 11s, 13s, 15s]}");
        Assert.Equal(list.Points.Select(point => (point.Value, point.Variant.Name)), range.Points.Select(point => (point.Value, point.Variant.Name)));
        Assert.Equal([1.0, 3, 5, 7, 9, 11, 13, 15], range.Points.Select(point => point.Values[0].Amount!.Value));
        Assert.Equal(["3", "4", "5"], Sweep("{path: units.node.count, values: 3..5 in 3 steps}").Points.Select(point => point.Value));
        Assert.Equal(
            ["20%", "27.5%", "35%"],
            Sweep("{path: common-cause.flood.hits, values: 20%..35% in 3 steps}", "common-cause: {flood: {of: [node], every: exp(1y), hits: 50%, lasts: 1h}}")
                .Points.Select(point => point.Value));
    }

    [Fact]
    public void A_grid_takes_each_value_with_each_and_the_last_path_goes_round_fastest()
    {
        SweepSpec grid = Sweep("{grid: {units.node.count: [3, 4], units.node.repair.takes: 1h..3h in 3 steps}}");
        Assert.Equal(["units.node.count", "units.node.repair.takes"], grid.Paths);
        Assert.Equal(["s=3,1h", "s=3,2h", "s=3,3h", "s=4,1h", "s=4,2h", "s=4,3h"], grid.Points.Select(point => point.Variant.Name));
        Assert.Equal([3, 3, 3, 4, 4, 4], grid.Points.Select(point => point.Variant.Spec.Units[0].Count));
        Assert.Equal(["units.node.count", "units.node.repair.takes"], grid.Points[0].Variant.Changes);
    }

    [Fact]
    public void Words_and_laws_have_no_amount()
    {
        SweepSpec laws = Sweep("{path: units.node.fails, values: [exp(10d), 20d]}");
        Assert.Equal([null, 20 * 86400.0], laws.Points.Select(point => point.Values[0].Amount));
    }

    [Fact]
    public void Ties_follow_the_swept_value_as_before()
    {
        SweepSpec sweep = Sweep("{path: units.node.count, values: [4, 8], tie: {crews.c.size: 50%}}", "crews: {c: {size: 1}}");
        Assert.Equal([2, 4], sweep.Points.Select(point => point.Variant.Spec.Crews[0].Size));
        Assert.Equal(["units.node.count", "crews.c.size"], sweep.Points[0].Variant.Changes);
    }

    private static SweepSpec Sweep(string sweep, string more = "")
    {
        ScenarioReading reading = ScenarioFile.Read("s.yaml", Encoding.UTF8.GetBytes($$$"""
            failoversim: 1
            name: s
            units: {node: {count: 3, fails: exp(20d), repair: {takes: 1h} } }
            services: {quorum: {up-when: 2 of node}}
            {{{more}}}
            sweep: {s: {{{sweep}}} }
            """));
        Assert.False(reading.HasErrors, string.Join("\n", reading.Diagnostics));
        return reading.Study.Sweeps.Single();
    }
}
