using FailoverSim.Analysis.Studies;
using FailoverSim.Analysis.Timeline;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Specification;
using Xunit;

namespace FailoverSim.Tests.Timeline;

/// <summary>What the timeline of the report is drawn from.</summary>
public class HistoryTests
{
    /// <summary>A thousand that come and go, one after the other, and two before them that hardly ever do.</summary>
    private const string Many = """
        failoversim: 1
        name: many
        units:
          calm: {count: 2, fails: exp(8h), repair: {takes: exp(1s)}}
          u: {count: 1000, fails: exp(100s), repair: {takes: exp(10s)}}
        services:
          s: {up-when: 1 of u}
        run: {horizon: 1h, replications: 1, seed: 11}
        """;

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(998)]
    public void Entities_shown_are_the_first_that_were_not_well_and_so_is_what_they_did(int most)
    {
        Track[] all = [.. Of(int.MaxValue).Where(track => track.Spans.Count > 0).Take(most)];
        Track[] few = [.. Of(most).Where(track => track.Spans.Count > 0).Take(most)];
        Assert.Equal(most, all.Length);
        Assert.Equal(all.Select(track => track.Entity), few.Select(track => track.Entity));
        Assert.Equal(all.SelectMany(track => track.Spans), few.SelectMany(track => track.Spans));
    }

    [Fact]
    public void Entities_that_cannot_be_shown_are_let_go()
    {
        Assert.InRange(Of(40).Count, 40, 42);
        Assert.InRange(Of(40).Sum(track => track.Spans.Count), 40, 4_000);
        Assert.True(Of(int.MaxValue).Sum(track => track.Spans.Count) > 30_000, "too little happens for a test");
    }

    private static IReadOnlyList<Track> Of(int most)
    {
        ScenarioSpec spec = ReplayTests.Read("many", Many);
        return History.Of(spec, 0, SimTime.Zero, Replay.EndOf(spec), state => state == "working", most);
    }
}
