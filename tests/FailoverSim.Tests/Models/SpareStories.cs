using Xunit;

namespace FailoverSim.Tests.Models;

/// <summary>Parts on the shelf.</summary>
public class SpareStories
{
    [Fact]
    public void A_repair_waits_for_its_part_without_holding_the_crew()
    {
        Story story = Story.Of("""
            units:
              a: {fails: 10h, repair: {takes: 100h, spare: kit}}
              b: {fails: 20h, repair: {takes: 5h, crew: m, spare: kit}}
              c: {fails: 30h, repair: {takes: 5h, crew: m}}
            crews: {m: {}}
            spares: {kit: {stock: 1, delivery: 50h}}
            services: {plant: {up-when: b}}
            """, horizon: "70h");
        // The only kit is used at 10 and ordered again, to come at 60.
        Assert.Equal(["0h working", "20h waiting for part", "60h repair", "65h working"], story.StatesOf("b-1"));
        Assert.Equal(["30h"], story.Repairs("c-1").Take(1));
        Assert.Equal("repair 5h, spare 40h", story.Stages());
    }

    [Fact]
    public void A_repair_starts_when_crew_and_part_are_both_there()
    {
        Story story = Story.Of("""
            units:
              a: {fails: 10h, repair: {takes: 100h, spare: kit}}
              b: {fails: 20h, repair: {takes: 5h, crew: m, spare: kit}}
              c: {fails: 58h, repair: {takes: 5h, crew: m}}
            crews: {m: {}}
            spares: {kit: {stock: 1, delivery: 50h}}
            services: {plant: {up-when: b}}
            """, horizon: "70h");
        Assert.Equal(["0h working", "20h waiting for part", "60h waiting for crew", "63h repair", "68h working"], story.StatesOf("b-1"));
        Assert.Equal("crew 3h, repair 5h, spare 40h", story.Stages());
    }

    [Fact]
    public void One_order_refills_to_the_stock_when_stock_and_orders_reach_the_level()
    {
        Story story = Story.Of("""
            units:
              a: {fails: 10h, repair: {takes: 500h, spare: kit}}
              b: {fails: 20h, repair: {takes: 500h, spare: kit}}
              c: {fails: 30h, repair: {takes: 500h, spare: kit}}
              d: {fails: 40h, repair: {takes: 500h, spare: kit}}
              e: {fails: 50h, repair: {takes: 500h, spare: kit}}
              f: {fails: 60h, repair: {takes: 500h, spare: kit}}
            spares: {kit: {stock: 3, reorder-at: 1, delivery: 50h}}
            services: {plant: {up-when: a}}
            """, horizon: "200h");
        // 3 → 2 at 10, 1 at 20 (two ordered, here at 70), 0 at 30; d and e wait for 70, when at one left two more are ordered
        // (by d; e then leaves none, with two on order), f waits for 120.
        Assert.Equal(["10h", "20h", "30h", "70h", "70h", "120h"], "abcdef".SelectMany(unit => story.Instants($"{unit}-1", "repair")));
    }

    [Fact]
    public void Several_orders_can_be_outstanding()
    {
        Story story = Story.Of("""
            units:
              a: {fails: 10h, repair: {takes: 500h, spare: kit}}
              b: {fails: 20h, repair: {takes: 500h, spare: kit}}
              c: {fails: 30h, repair: {takes: 500h, spare: kit}}
              d: {fails: 35h, repair: {takes: 500h, spare: kit}}
            spares: {kit: {stock: 2, reorder-at: 1, delivery: 50h}}
            services: {plant: {up-when: a}}
            """, horizon: "200h");
        Assert.Equal(["10h", "20h", "60h", "70h"], "abcd".SelectMany(unit => story.Instants($"{unit}-1", "repair")));
    }

    [Fact]
    public void A_part_goes_to_the_oldest_failure_whatever_the_order_in_the_file()
    {
        Story nobody = Story.Of("""
            units:
              a: {fails: 10h, repair: {takes: 500h, spare: kit}}
              b: {fails: 25h, repair: {takes: 500h, spare: kit}}
              c: {fails: 20h, repair: {takes: 500h, spare: kit}}
            spares: {kit: {stock: 1, delivery: 50h}}
            services: {plant: {up-when: a}}
            """, horizon: "200h");
        Assert.Equal(["110h", "60h"], nobody.Repairs("b-1", "c-1"));
        Story crews = Story.Of("""
            units:
              a: {fails: 10h, repair: {takes: 500h, spare: kit}}
              b: {fails: 25h, repair: {takes: 500h, crew: m, spare: kit}}
              c: {fails: 20h, repair: {takes: 500h, crew: n, spare: kit}}
            crews: {m: {}, n: {}}
            spares: {kit: {stock: 1, delivery: 50h}}
            services: {plant: {up-when: a}}
            """, horizon: "200h");
        Assert.Equal(["110h", "60h"], crews.Repairs("b-1", "c-1"));
    }

    [Fact]
    public void An_interrupted_repair_keeps_its_part()
    {
        Story story = Story.Of("""
            units:
              a: {fails: 10h, repair: {takes: 20h, crew: m, spare: kit}}
              backup: {fails: never}
              b: {fails: 15h, repair: {takes: 4h, crew: m}}
            services: {redundant: {up-when: a or backup}, single: {up-when: b}}
            crews: {m: {order: most-urgent-first, preempt: true}}
            spares: {kit: {stock: 1, delivery: 500h}}
            """, horizon: "30h");
        Assert.Equal(["0h working", "10h repair", "15h waiting for crew", "19h repair"], story.StatesOf("a-1"));
    }

    [Fact]
    public void Spares_may_have_names_that_look_like_places_on_another_shelf()
    {
        Story story = Story.Of("""
            units:
              a: {fails: 10h, repair: {takes: 5h, spare: kit}}
              b: {fails: 10h, repair: {takes: 5h, spare: kit-1}}
            spares: {kit: {stock: 2, delivery: 5h}, kit-1: {stock: 1, delivery: 5h}}
            services: {plant: {up-when: a}}
            """, horizon: "20h");
        Assert.Equal(["10h +5h a/repair"], story.Outages());
    }
}
