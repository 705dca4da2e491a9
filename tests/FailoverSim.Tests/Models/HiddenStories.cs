using Xunit;

namespace FailoverSim.Tests.Models;

/// <summary>Hidden failures, inspections and demands.</summary>
public class HiddenStories
{
    [Fact]
    public void A_hidden_failure_is_down_at_once_and_repaired_after_the_inspection_that_finds_it()
    {
        Story story = Story.Of("""
            units: {pump: {fails: 50h, hidden: true, repair: {takes: 4h}}}
            inspection: {of: pump, every: 30h, takes: 2h}
            services: {plant: {up-when: pump}}
            """, horizon: "130h");
        // Inspections at 30, 60, 90 and 120, of 2 h each; the unit stays in service meanwhile.
        Assert.Equal(["0h working", "50h undetected", "62h repair", "66h working", "116h undetected", "122h repair", "126h working"],
            story.StatesOf("pump-1"));
        Assert.Equal(["50h +16h pump/undetected", "116h +10h pump/undetected"], story.Outages());
        Assert.Equal("repair 8h, undetected 18h", story.Stages());
    }

    [Fact]
    public void A_failure_during_an_inspection_is_found_at_its_end()
    {
        Story story = Story.Of("""
            units: {pump: {fails: 31h, hidden: true, repair: {takes: 4h}}}
            inspection: {of: pump, every: 30h, takes: 2h}
            services: {plant: {up-when: pump}}
            """, horizon: "40h");
        Assert.Equal(["0h working", "31h undetected", "32h repair", "36h working"], story.StatesOf("pump-1"));
    }

    [Fact]
    public void Each_unit_is_a_job_of_its_own_for_the_crew_in_the_order_of_names()
    {
        Story story = Story.Of("""
            units:
              valve: {fails: 20h, hidden: true, repair: {takes: 1h}}
              pump: {count: 2, fails: 20h, hidden: true, repair: {takes: 1h}}
            crews: {inspectors: {}}
            inspection: {of: [valve, pump], every: 30h, takes: 2h, crew: inspectors}
            services: {plant: {up-when: pump}}
            """, horizon: "50h");
        Assert.Equal(["32h", "34h", "36h"],
            story.Repairs("pump-1", "pump-2", "valve-1"));
    }

    [Fact]
    public void Inspection_and_repair_share_a_crew()
    {
        Story story = Story.Of("""
            units:
              pump: {fails: 50h, hidden: true, repair: {takes: 4h, crew: mechanics}}
              valve: {fails: 55h, repair: {takes: 10h, crew: mechanics}}
              zeal: {fails: 64h, repair: {takes: 1h, crew: mechanics}}
            crews: {mechanics: {}}
            inspection: {of: pump, every: 60h, takes: 2h, crew: mechanics}
            services: {plant: {up-when: pump and valve and zeal}}
            """, horizon: "73h");
        // The valve until 65, then the inspection that was due at 60, then the pump (failed at 50), then zeal.
        Assert.Equal(["0h working", "50h undetected", "67h repair", "71h working"], story.StatesOf("pump-1"));
        Assert.Equal(["0h working", "64h waiting for crew", "71h repair", "72h working"], story.StatesOf("zeal-1"));
    }

    [Fact]
    public void No_standby_is_called_before_a_hidden_failure_is_found()
    {
        Story story = Story.Of("""
            units:
              pump: {count: 2, fails: 50h, hidden: true, repair: {takes: 4h}, standby: {kind: cold, needed: 1, switch: 1h}}
            inspection: {of: pump, every: 30h}
            services: {plant: {up-when: 1 of pump}}
            """, horizon: "70h");
        Assert.Equal(["0h working", "50h undetected", "60h repair", "64h standby"], story.StatesOf("pump-1"));
        Assert.Equal(["0h standby", "60h switching", "61h working"], story.StatesOf("pump-2"));
        Assert.Equal(["50h +11h pump/undetected"], story.Outages());
        Assert.Equal("switch 1h, undetected 10h", story.Stages());
    }

    [Fact]
    public void A_demand_finds_a_hidden_failure_at_the_end_of_the_switch_and_calls_the_next()
    {
        const string Pumps = """
            units:
              pump:
                count: 3
                fails: 50h
                modes:
                  seen: {share: 50%, repair: {takes: 100h}}
                  stuck: {share: 50%, hidden: true, found-by: demand, repair: {takes: 3h}}
                standby: {kind: hot, needed: 1, switch: 1h}
            services: {plant: {up-when: 1 of pump}}
            """;
        // All three fail at 50; look for the luck where pump-1 says so and the two waiting ones keep silent.
        Story story = Enumerable.Range(0, 100).Select(r => Story.Of(Pumps, horizon: "60h", replication: r))
            .First(s => s.Instants("pump-1", "repair").Count > 0
                && s.Instants("pump-2", "undetected").Count > 0 && s.Instants("pump-3", "undetected").Count > 0);
        Assert.Equal(["0h standby", "50h undetected", "51h repair", "54h working"], story.StatesOf("pump-2"));
        Assert.Equal(["0h standby", "50h undetected", "51h switching", "52h repair", "55h standby"], story.StatesOf("pump-3"));
        // pump-2 fails on its way and pump-3 had failed before: the hidden failures are what is waited for.
        Assert.Equal(["50h +4h pump.stuck/repair"], story.Outages());
        Assert.Equal(("pump.seen 90m, pump.stuck 150m", "repair 2h, switch 1h, undetected 1h"), (story.Causes(), story.Stages()));
    }

    [Fact]
    public void Inspection_does_not_find_what_only_a_demand_finds()
    {
        Story story = Story.Of("""
            units: {pump: {fails: 50h, hidden: true, found-by: demand, repair: {takes: 4h}}}
            inspection: {of: pump, every: 30h}
            services: {plant: {up-when: pump}}
            """);
        Assert.Equal(["0h working", "50h undetected"], story.StatesOf("pump-1"));
    }

    [Fact]
    public void A_unit_whose_inspection_still_waits_is_not_queued_twice()
    {
        Story story = Story.Of("""
            units:
              pump: {fails: 5h, hidden: true, repair: {takes: 1h}}
              valve: {fails: 9h, repair: {takes: 22h, crew: mechanics}}
              zeal: {fails: 30h, repair: {takes: 1h, crew: mechanics}}
            crews: {mechanics: {}}
            inspection: {of: pump, every: 10h, takes: 2h, crew: mechanics}
            services: {plant: {up-when: pump and valve and zeal}}
            """, horizon: "39h");
        // The inspections due at 10, 20 and 30 are one, from 31 to 33; zeal follows.
        Assert.Equal(["0h working", "5h undetected", "33h repair", "34h working"], story.StatesOf("pump-1"));
        Assert.Equal(["33h"], story.Instants("zeal-1", "repair"));
    }
}
