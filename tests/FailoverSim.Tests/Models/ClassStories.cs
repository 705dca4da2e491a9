using Xunit;

namespace FailoverSim.Tests.Models;

/// <summary>An outage is a failover while enough units work or are being switched in, else a loss.</summary>
public class ClassStories
{
    [Theory]
    // The waiting unit runs after a minute.
    [InlineData("0%", true)]
    // It fails instead, and nobody else waits.
    [InlineData("100%", false)]
    public void Waiting_unit_makes_a_failover_of_what_its_switch_ends(string switchFails, bool isFailover)
    {
        Story story = Story.Of("""
            units: {pump: {count: 2, fails: 10h, repair: {takes: 1h}, standby: {kind: cold, needed: 1, switch: 1m, switch-fails: LUCK}}}
            services: {plant: {up-when: 1 of pump}}
            """.Replace("LUCK", switchFails, StringComparison.Ordinal), horizon: "11h");
        Assert.Equal(isFailover ? "10h +1m pump/switch" : "10h +1h pump/repair", story.Outages()[0]);
        Assert.Equal(!isFailover, story.Row().Outages[0].IsLoss);
        Assert.Equal(60_000_000_000, story.Row().FailoverNanoseconds);
    }

    [Fact]
    public void Waiting_unit_that_nobody_calls_does_not_make_a_failover()
    {
        Story story = Story.Of("""
            units: {pump: {count: 2, fails: 10h, hidden: true, repair: {takes: 1h}, standby: {kind: cold, needed: 1}}}
            inspection: {of: pump, every: 12h}
            services: {plant: {up-when: 1 of pump}}
            """, horizon: "13h");
        Assert.Equal(["10h +2h pump/undetected"], story.Outages());
        Assert.True(story.Row().Outages[0].IsLoss);
    }
}
