using Xunit;

namespace FailoverSim.Tests.Models;

/// <summary>Lives, repairs and observation of plain units.</summary>
public class UnitStories
{
    [Fact]
    public void A_life_runs_from_new_and_from_the_end_of_each_repair()
    {
        Story story = Story.Of("""
            units: {pump: {fails: 100h, repair: {takes: 10h}}}
            services: {plant: {up-when: pump}}
            """, horizon: "300h");
        Assert.Equal(["0h working", "100h repair", "110h working", "210h repair", "220h working"], story.StatesOf("pump-1"));
        Assert.Equal(["100h +10h pump/repair", "210h +10h pump/repair"], story.Outages());
        Assert.Equal(("pump 20h", "repair 20h"), (story.Causes(), story.Stages()));
        Assert.Equal(280 * 3_600_000_000_000L, story.Row().UpNanoseconds);
    }

    [Fact]
    public void A_unit_without_repair_stays_failed_and_its_outage_counts_with_its_length_so_far()
    {
        Story story = Story.Of("""
            units: {pump: {fails: 100h}}
            services: {plant: {up-when: pump}}
            """);
        Assert.Equal(["0h working", "100h unrepaired"], story.StatesOf("pump-1"));
        Assert.Equal(["100h +900h pump/unrepaired"], story.Outages());
    }

    [Fact]
    public void An_outage_open_at_the_start_is_down_time_and_no_outage()
    {
        Story story = Story.Of("""
            units: {pump: {fails: 100h, repair: {takes: 10h}}}
            services: {plant: {up-when: pump}}
            """, horizon: "106h", warmUp: "104h");
        // Down 100–110 (6 h of it observed), and again from the last instant but none: 210 is the end.
        Assert.Empty(story.Outages());
        Assert.Equal(("pump 6h", 0L, -1L), (story.Causes(), story.Row().OutageCount, story.Row().FirstOutageAfter));
    }

    [Fact]
    public void An_outage_that_starts_with_the_observation_is_an_outage()
    {
        Story story = Story.Of("""
            units: {pump: {fails: 100h, repair: {takes: 10h}}}
            services: {plant: {up-when: pump}}
            """, horizon: "50h", warmUp: "100h");
        Assert.Equal(["100h +10h pump/repair"], story.Outages());
        Assert.Equal(0, story.Row().FirstOutageAfter);
    }

    [Fact]
    public void Two_units_down_share_the_blame_and_the_first_to_fall_names_the_stage()
    {
        Story story = Story.Of("""
            units:
              pump: {fails: 100h, repair: {takes: 10h}}
              valve: {fails: 104h}
            services: {plant: {up-when: pump and valve}, either: {up-when: pump or valve}}
            """, horizon: "112h");
        Assert.Equal(["100h +12h pump/repair"], story.Outages());
        // 100–104 pump alone, 104–110 both, 110–112 valve alone.
        Assert.Equal("pump 7h, valve 5h", story.Causes());
        Assert.Equal("repair 10h, unrepaired 2h", story.Stages());
        Assert.Equal(["104h +6h pump/repair"], story.Outages(1));
        Assert.Equal("pump 3h, valve 3h", story.Causes(1));
    }

    [Fact]
    public void Modes_are_charged_by_their_own_names()
    {
        Story story = Story.Of("""
            units:
              pump:
                fails: 100h
                modes:
                  seal: {share: 50%, repair: {takes: 1h}}
                  motor: {share: 50%, repair: {takes: 2h}}
            services: {plant: {up-when: pump}}
            """, horizon: "100d");
        int seals = story.Outages().Count(o => o.EndsWith("+1h pump.seal/repair", StringComparison.Ordinal));
        int motors = story.Outages().Count(o => o.EndsWith("+2h pump.motor/repair", StringComparison.Ordinal));
        Assert.Equal(story.Outages().Count, seals + motors);
        Assert.True(seals > 0 && motors > 0);
    }

    [Fact]
    public void Life_goes_on_while_held_or_stands_still_as_ages_says()
    {
        const string Flooded = """
            common-cause: {flood: {of: [pump], every: 40h, lasts: 30h}}
            services: {plant: {up-when: pump}}
            """;
        // Held 40–70, 110–140, 180–210.
        Story always = Story.Of("units: {pump: {fails: 100h, repair: {takes: 5h}}}\n" + Flooded, horizon: "200h");
        Assert.Equal(["0h working", "40h held", "70h working", "100h repair", "105h working", "110h held", "140h working", "180h held"],
            always.StatesOf("pump-1"));
        Story running = Story.Of("units: {pump: {fails: 100h, repair: {takes: 5h}, ages: while-running}}\n" + Flooded, horizon: "200h");
        // 40 h of life used at 40, another 40 from 70 to 110, the last 20 from 140 to 160.
        Assert.Equal(["0h working", "40h held", "70h working", "110h held", "140h working", "160h repair", "165h working", "180h held"],
            running.StatesOf("pump-1"));
    }

    [Fact]
    public void A_unit_that_fails_while_held_is_repaired_and_stays_held_until_released()
    {
        Story story = Story.Of("""
            units: {pump: {fails: 50h, repair: {takes: 5h}}}
            common-cause: {flood: {of: [pump], every: 40h, lasts: 30h}}
            services: {plant: {up-when: pump}}
            """, horizon: "100h");
        Assert.Equal(["0h working", "40h held", "50h repair", "55h held", "70h working"], story.StatesOf("pump-1"));
        Assert.Equal(["40h +30h flood/held"], story.Outages());
        Assert.Equal(("flood 25h, pump 5h", "held 25h, repair 5h"), (story.Causes(), story.Stages()));
    }

    [Fact]
    public void A_repair_goes_on_while_its_unit_is_held()
    {
        Story story = Story.Of("""
            units: {pump: {fails: 38h, repair: {takes: 5h}}}
            common-cause: {flood: {of: [pump], every: 40h, lasts: 30h}}
            services: {plant: {up-when: pump}}
            """, horizon: "75h");
        Assert.Equal(["0h working", "38h repair", "43h held", "70h working"], story.StatesOf("pump-1"));
        Assert.Equal("flood 27h, pump 5h", story.Causes());
    }
}
