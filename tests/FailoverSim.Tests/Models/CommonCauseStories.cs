using Xunit;

namespace FailoverSim.Tests.Models;

/// <summary>Events that hit many units at once.</summary>
public class CommonCauseStories
{
    [Fact]
    public void A_hold_ends_by_itself_and_the_clock_restarts_at_its_end()
    {
        Story story = Story.Of("""
            units: {pump: {count: 2, fails: never}}
            common-cause: {flood: {of: [pump], every: 40h, lasts: 10h}}
            services: {plant: {up-when: any of pump}}
            """, horizon: "120h");
        Assert.Equal(["40h +10h flood/held", "90h +10h flood/held"], story.Outages());
        Assert.Equal("flood 20h", story.Causes());
    }

    [Fact]
    public void A_hold_needs_no_crew_and_does_not_renew()
    {
        Story story = Story.Of("""
            units:
              pump: {fails: 60h, repair: {takes: 5h, crew: mechanics}}
              valve: {fails: 39h, repair: {takes: 20h, crew: mechanics}}
            crews: {mechanics: {}}
            common-cause: {flood: {of: [pump], every: 40h, lasts: 10h}}
            services: {plant: {up-when: pump}}
            """, horizon: "70h");
        // The only mechanic is busy with the valve from 39 to 59; the pump's life ends at 60 all the same.
        Assert.Equal(["0h working", "40h held", "50h working", "60h repair", "65h working"], story.StatesOf("pump-1"));
    }

    [Fact]
    public void A_cause_with_a_repair_of_its_own_breaks_the_units_and_is_charged()
    {
        Story story = Story.Of("""
            units: {pump: {count: 2, fails: 70h, repair: {takes: 1h}}}
            common-cause: {surge: {of: [pump], every: 40h, repair: {takes: 7h}}}
            services: {plant: {up-when: any of pump}}
            """, horizon: "150h");
        // Broken at 40 and 80; renewed at 87 and broken again at 120.
        Assert.Equal(["0h working", "40h repair", "47h working", "80h repair", "87h working", "120h repair", "127h working"],
            story.StatesOf("pump-1"));
        Assert.Equal(["40h +7h surge/repair", "80h +7h surge/repair", "120h +7h surge/repair"], story.Outages());
    }

    [Fact]
    public void A_cause_with_neither_breaks_the_working_units_like_any_other_failure()
    {
        Story story = Story.Of("""
            units: {pump: {count: 2, fails: 38h, repair: {takes: 3h}}, valve: {fails: never, repair: {takes: 4h}}}
            common-cause: {surge: {of: [pump, valve], every: 40h}}
            services: {plant: {up-when: any of pump}, pipe: {up-when: valve}}
            """, horizon: "60h");
        // The pumps are under repair already when the surge comes: nothing happens to them.
        Assert.Equal(["0h working", "38h repair", "41h working"], story.StatesOf("pump-1"));
        Assert.Equal(["38h +3h pump/repair"], story.Outages());
        Assert.Equal(["40h +4h surge/repair"], story.Outages(1));
    }

    [Theory]
    [InlineData(5, "50%", 3)]
    [InlineData(5, "49%", 2)]
    [InlineData(5, "1%", 1)]
    [InlineData(4, "100%", 4)]
    [InlineData(50, "29%", 15)]
    [InlineData(100, "14.5%", 15)]
    [InlineData(100, "14.4%", 14)]
    public void Hits_are_the_nearest_whole_number_half_up_and_at_least_one(int count, string hits, int expected)
    {
        Story story = Story.Of($$$"""
            units: {pump: {count: {{{count}}}, fails: never}}
            common-cause: {flood: {of: [pump], every: 40h, hits: {{{hits}}}, lasts: 10h}}
            services: {plant: {up-when: pump}}
            """, horizon: "45h");
        Assert.Equal(expected, Enumerable.Range(1, count).Count(i => story.Instants($"pump-{i}", "held").Count == 1));
    }

    [Fact]
    public void Copies_are_chosen_at_random_over_all_groups()
    {
        Story story = Story.Of("""
            units: {pump: {count: 3, fails: never}, valve: {fails: never}}
            common-cause: {flood: {of: [pump, valve], every: 1h, hits: 50%, lasts: 1h}}
            services: {plant: {up-when: pump}}
            """, horizon: "801h");
        int[] hits = [.. new[] { "pump-1", "pump-2", "pump-3", "valve-1" }.Select(unit => story.Instants(unit, "held").Count)];
        Assert.Equal(800, hits.Sum());
        Assert.All(hits, h => Assert.InRange(h, 170, 230));
    }

    [Fact]
    public void Of_two_holds_the_unit_waits_for_both_and_each_is_charged_while_it_alone_holds()
    {
        Story story = Story.Of("""
            units: {pump: {fails: never}}
            common-cause:
              flood: {of: [pump], every: 40h, lasts: 10h}
              storm: {of: [pump], every: 45h, lasts: 25h}
            services: {plant: {up-when: pump}}
            """, horizon: "80h");
        // The flood holds from 40 to 50, the storm from 45 to 70: the older one is charged while both hold.
        Assert.Equal(["40h +30h storm/held"], story.Outages());
        Assert.Equal("flood 10h, storm 20h", story.Causes());
    }

    [Fact]
    public void A_hold_inside_another_leaves_the_blame_with_the_outer_one()
    {
        Story story = Story.Of("""
            units: {pump: {fails: 42h, repair: {takes: 4h}}}
            common-cause:
              flood: {of: [pump], every: 40h, lasts: 30h}
              storm: {of: [pump], every: 41h, lasts: 3h}
            services: {plant: {up-when: pump}}
            """, horizon: "75h");
        // Flood 40–70, storm 41–44, own failure 42–46, then the flood still holds.
        Assert.Equal("flood 26h, pump 4h", story.Causes());
    }

    [Fact]
    public void Units_broken_at_once_are_repaired_in_the_order_of_their_names()
    {
        Story story = Story.Of("""
            units: {pump: {count: 4, fails: never, repair: {takes: 2h, crew: mechanics}}}
            crews: {mechanics: {}}
            common-cause: {surge: {of: [pump], every: 40h}}
            services: {plant: {up-when: pump}}
            """, horizon: "50h");
        Assert.Equal(["40h", "42h", "44h", "46h"], Enumerable.Range(1, 4).SelectMany(i => story.Instants($"pump-{i}", "repair")));
    }

    [Fact]
    public void No_unit_is_called_that_the_same_event_holds_down()
    {
        Story story = Story.Of("""
            units: {pump: {count: 3, fails: never, standby: {kind: cold, needed: 1, switch: 0s, switch-fails: 99%}}}
            common-cause: {flood: {of: [pump], every: 40h, lasts: 5h}}
            services: {plant: {up-when: 1 of pump}}
            """, horizon: "2000h");
        Assert.All(Enumerable.Range(1, 3), i => Assert.Empty(story.Instants($"pump-{i}", "switching")));
    }
}
