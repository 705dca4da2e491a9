using Xunit;

namespace FailoverSim.Tests.Models;

/// <summary>Units that wait and are called.</summary>
public class StandbyStories
{
    [Fact]
    public void A_waiting_unit_is_called_takes_over_after_the_switch_and_nothing_switches_back()
    {
        Story story = Story.Of("""
            units:
              pump: {count: 3, fails: 100h, repair: {takes: 150h}, standby: {kind: cold, needed: 1, switch: 1h}}
            services: {plant: {up-when: 1 of pump}}
            """, horizon: "400h");
        Assert.Equal(["0h working", "100h repair", "250h standby", "302h switching", "303h working"], story.StatesOf("pump-1"));
        Assert.Equal(["0h standby", "100h switching", "101h working", "201h repair", "351h standby"], story.StatesOf("pump-2"));
        Assert.Equal(["0h standby", "201h switching", "202h working", "302h repair"], story.StatesOf("pump-3"));
        Assert.Equal(["100h +1h pump/switch", "201h +1h pump/switch", "302h +1h pump/switch"], story.Outages());
        Assert.Equal(3 * 3_600_000_000_000L, story.Row().FailoverNanoseconds);
    }

    [Fact]
    public void Waiting_uses_up_life_at_the_speed_of_the_hazard()
    {
        Story story = Story.Of("""
            units:
              pump: {count: 3, fails: 100h, repair: {takes: 1h}, standby: {kind: warm, needed: 1, hazard: 50%}}
            services: {plant: {up-when: 1 of pump}}
            """, horizon: "225h");
        // pump-2 has used up 50 h when it is called at 100; pump-1, new at 101, has used up 24.5 h at 150 and is called first.
        Assert.Equal(["0h standby", "100h working", "150h repair", "151h standby"], story.StatesOf("pump-2"));
        Assert.Equal(["0h working", "100h repair", "101h standby", "150h working"], story.StatesOf("pump-1"));
        // pump-3 never runs: 100 h of life at half speed end at 200.
        Assert.Equal(["0h standby", "200h repair", "201h standby"], story.StatesOf("pump-3"));
        Assert.Empty(story.Outages());
    }

    [Fact]
    public void A_cold_unit_keeps_its_life_and_a_hot_one_uses_it_up_like_a_running_one()
    {
        Story cold = Story.Of("""
            units: {pump: {count: 2, fails: 100h, standby: {kind: cold, needed: 1}}}
            services: {plant: {up-when: 1 of pump}}
            """);
        Assert.Equal(["0h standby", "100h working", "200h unrepaired"], cold.StatesOf("pump-2"));
        Story hot = Story.Of("""
            units: {pump: {count: 2, fails: 100h, standby: {kind: hot, needed: 1}}}
            services: {plant: {up-when: 1 of pump}}
            """);
        Assert.Equal(["0h standby", "100h unrepaired"], hot.StatesOf("pump-2"));
        Assert.Equal(["100h +900h pump/unrepaired"], hot.Outages());
    }

    [Fact]
    public void Only_running_units_count()
    {
        Story story = Story.Of("""
            units: {pump: {count: 3, fails: never, standby: {kind: hot, needed: 2}}}
            services: {two: {up-when: 2 of pump}, three: {up-when: pump}}
            """);
        Assert.Equal((0L, 0L), (story.Row(0).DownNanoseconds, story.Row(1).UpNanoseconds));
    }

    [Fact]
    public void A_repaired_unit_runs_at_once_if_fewer_run_than_needed()
    {
        Story story = Story.Of("""
            units: {pump: {count: 2, fails: 100h, repair: {takes: 150h}, standby: {kind: cold, needed: 1, switch: 1h}}}
            services: {plant: {up-when: 1 of pump}}
            """, horizon: "340h");
        Assert.Equal(["0h working", "100h repair", "250h working"], story.StatesOf("pump-1"));
        Assert.Equal(["100h +1h pump/switch", "201h +49h pump/repair"], story.Outages());
    }

    [Fact]
    public void A_unit_repaired_during_a_switch_takes_its_place_and_the_called_one_waits()
    {
        Story story = Story.Of("""
            units: {pump: {count: 2, fails: 100h, repair: {takes: 30m}, standby: {kind: cold, needed: 1, switch: 1h}}}
            services: {plant: {up-when: 1 of pump}}
            """, horizon: "150h");
        Assert.Equal(["0h working", "100h repair", "6030m working"], story.StatesOf("pump-1"));
        Assert.Equal(["0h standby", "100h switching", "101h standby"], story.StatesOf("pump-2"));
        Assert.Equal(["100h +30m pump/switch"], story.Outages());
    }

    [Fact]
    public void A_failing_switch_fails_the_unit_and_the_next_one_is_called_at_once()
    {
        Story story = Story.Of("""
            units:
              pump: {count: 3, fails: 100h, repair: {takes: 50h}, standby: {kind: cold, needed: 1, switch: 1h, switch-fails: 100%}}
            services: {plant: {up-when: 1 of pump}}
            """, horizon: "160h");
        Assert.Equal(["0h standby", "100h switching", "101h repair", "151h standby"], story.StatesOf("pump-2"));
        Assert.Equal(["0h standby", "101h switching", "102h repair", "152h standby"], story.StatesOf("pump-3"));
        Assert.Equal(["0h working", "100h repair", "150h working"], story.StatesOf("pump-1"));
        Assert.Equal(["100h +50h pump/repair"], story.Outages());
        Assert.Equal("repair 48h, switch 2h", story.Stages());
    }

    [Fact]
    public void A_failing_switch_is_a_failure_that_is_not_hidden()
    {
        Story story = Story.Of("""
            units:
              pump:
                count: 2
                fails: 100h
                modes: {stuck: {share: 99%, hidden: true, repair: {takes: 1h}}, seal: {share: 1%, repair: {takes: 50h}}}
                standby: {kind: cold, needed: 1, switch: 1h, switch-fails: 100%}
            inspection: {of: pump, every: 110h}
            services: {plant: {up-when: 1 of pump}}
            """, horizon: "115h");
        Assert.Equal(["0h working", "100h undetected", "110h repair", "111h working"], story.StatesOf("pump-1"));
        Assert.Equal(["0h standby", "110h switching", "111h repair"], story.StatesOf("pump-2"));
    }

    [Fact]
    public void A_failing_switch_comes_to_light_even_where_every_mode_is_hidden()
    {
        Story story = Story.Of("""
            units:
              pump:
                count: 2
                fails: 100h
                hidden: true
                repair: {takes: 1h}
                standby: {kind: cold, needed: 1, switch: 2h, switch-fails: 100%}
            inspection: {of: pump, every: 110h}
            services: {plant: {up-when: 1 of pump}}
            """, horizon: "120h");
        Assert.Equal(["0h standby", "110h switching", "112h repair", "113h standby"], story.StatesOf("pump-2"));
        Assert.Equal(["0h working", "100h undetected", "110h repair", "111h working"], story.StatesOf("pump-1"));
    }

    [Fact]
    public void A_held_running_unit_gives_up_its_place_and_waits_when_it_is_released()
    {
        Story story = Story.Of("""
            units: {pump: {count: 2, fails: never, standby: {kind: cold, needed: 1, switch: 1h}}}
            common-cause: {flood: {of: [pump], every: 40h, hits: 50%, lasts: 10h}}
            services: {plant: {up-when: 1 of pump}}
            """, horizon: "4000h");
        // Whenever the running unit is the one that is hit, the other takes over within the hour and keeps the place.
        int switches = story.Instants("pump-1", "switching").Count + story.Instants("pump-2", "switching").Count;
        Assert.InRange(switches, 20, 60);
        Assert.Equal(switches, story.Outages().Count);
        Assert.All(story.Outages(), o => Assert.EndsWith("+1h flood/switch", o, StringComparison.Ordinal));
    }
}
