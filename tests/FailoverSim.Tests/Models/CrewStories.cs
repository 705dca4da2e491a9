using Xunit;

namespace FailoverSim.Tests.Models;

/// <summary>Crews: size, order, preemption and choice.</summary>
public class CrewStories
{
    [Fact]
    public void Repairs_queue_for_a_crew_by_time_of_failure_and_ties_by_name()
    {
        Story story = Story.Of("""
            units:
              d: {fails: 11h, repair: {takes: 5h, crew: m}}
              c: {fails: 10h, repair: {takes: 5h, crew: m}}
              b: {fails: 11h, repair: {takes: 5h, crew: m}}
              a: {fails: 10h, repair: {takes: 5h, crew: m}}
            crews: {m: {}}
            services: {plant: {up-when: a}}
            """, horizon: "27h");
        Assert.Equal(["10h", "20h", "15h", "25h"],
            story.Repairs("a-1", "b-1", "c-1", "d-1"));
        Assert.Equal(["10h +5h a/repair", "25h +2h a/crew"], Story.Of("""
            units: {a: {fails: 10h, repair: {takes: 5h, crew: m}}, b: {fails: 16h, repair: {takes: 20h, crew: m}}}
            crews: {m: {}}
            services: {plant: {up-when: a}}
            """, horizon: "27h").Outages());
    }

    [Fact]
    public void A_crew_has_as_many_repairs_in_hand_as_its_size()
    {
        Story story = Story.Of("""
            units: {a: {count: 5, fails: 10h, repair: {takes: 5h, crew: m}}}
            crews: {m: {size: 2}}
            services: {plant: {up-when: a}}
            """, horizon: "21h");
        Assert.Equal(["10h", "10h", "15h", "15h", "20h"], Enumerable.Range(1, 5).Select(i => story.Instants($"a-{i}", "repair")[0]));
    }

    private const string Margins = """
        units:
          x: {fails: 5h, repair: {takes: 15h, crew: m}}
          spare: {fails: never}
          a: {fails: 10h, repair: {takes: 5h, crew: m}}
          b: {fails: 11h, repair: {takes: 5h, crew: m}}
        services: {redundant: {up-when: a or spare}, single: {up-when: b}, rest: {up-when: x}}

        """;

    [Fact]
    public void Most_urgent_first_takes_the_unit_of_a_service_that_is_down_before_an_older_failure()
    {
        Story urgent = Story.Of(Margins + "crews: {m: {order: most-urgent-first}}", horizon: "26h");
        Assert.Equal(["25h", "20h"], urgent.Repairs("a-1", "b-1"));
        Story plain = Story.Of(Margins + "crews: {m: {order: first-come}}", horizon: "26h");
        Assert.Equal(["20h", "25h"], plain.Repairs("a-1", "b-1"));
    }

    [Fact]
    public void Equal_urgency_goes_by_time_of_failure()
    {
        Story story = Story.Of("""
            units:
              x: {fails: 5h, repair: {takes: 15h, crew: m}}
              a: {fails: 11h, repair: {takes: 5h, crew: m}}
              b: {fails: 10h, repair: {takes: 5h, crew: m}}
            services: {one: {up-when: a}, two: {up-when: b}, rest: {up-when: x}}
            crews: {m: {order: most-urgent-first}}
            """, horizon: "26h");
        Assert.Equal(["25h", "20h"], story.Repairs("a-1", "b-1"));
    }

    [Fact]
    public void Urgency_is_judged_when_the_unit_just_repaired_works_again()
    {
        // At 20 a2 is repaired: the redundant service is up again, so b comes before a1 although a1 failed first.
        Story story = Story.Of("""
            units:
              a1: {fails: 10h, repair: {takes: 5h, crew: m}}
              a2: {fails: 9h, repair: {takes: 11h, crew: m}}
              b: {fails: 12h, repair: {takes: 5h, crew: m}}
            services: {redundant: {up-when: a1 or a2}, single: {up-when: b}}
            crews: {m: {order: most-urgent-first}}
            """, horizon: "26h");
        Assert.Equal(["25h", "20h"], story.Repairs("a1-1", "b-1"));
    }

    [Fact]
    public void Preemption_resumes_the_interrupted_repair_where_it_stopped()
    {
        const string Units = """
            units:
              a: {fails: 10h, repair: {takes: 20h, crew: m}}
              spare: {fails: never}
              b: {fails: 15h, repair: {takes: 4h, crew: m}}
            services: {redundant: {up-when: a or spare}, single: {up-when: b}}

            """;
        Story story = Story.Of(Units + "crews: {m: {order: most-urgent-first, preempt: true}}", horizon: "38h");
        Assert.Equal(["0h working", "10h repair", "15h waiting for crew", "19h repair", "34h working"],
            story.StatesOf("a-1").Take(5));
        Assert.Equal(["15h repair", "19h working", "34h repair"], story.StatesOf("b-1").Skip(1).Take(3));
        Story patient = Story.Of(Units + "crews: {m: {order: most-urgent-first}}", horizon: "38h");
        Assert.Equal(["10h", "30h"], patient.Repairs("a-1", "b-1"));
    }

    [Fact]
    public void Nothing_is_interrupted_for_an_equally_urgent_job_or_while_another_crew_is_free()
    {
        Story equal = Story.Of("""
            units: {a: {fails: 10h, repair: {takes: 20h, crew: m}}, b: {fails: 15h, repair: {takes: 4h, crew: m}}}
            services: {one: {up-when: a}, two: {up-when: b}}
            crews: {m: {order: most-urgent-first, preempt: true}}
            """, horizon: "33h");
        Assert.Equal(["10h", "30h"], equal.Repairs("a-1", "b-1"));
        Story free = Story.Of("""
            units:
              a: {fails: 10h, repair: {takes: 20h, crew: m}}
              spare: {fails: never}
              b: {fails: 15h, repair: {takes: 4h, crew: any}}
            services: {redundant: {up-when: a or spare}, single: {up-when: b}}
            crews: {m: {order: most-urgent-first, preempt: true}, n: {}}
            """, horizon: "32h");
        Assert.Equal(["0h working", "10h repair", "30h working"], free.StatesOf("a-1"));
        Assert.Equal(["15h"], free.Instants("b-1", "repair"));
    }

    [Fact]
    public void A_part_that_arrives_for_the_most_urgent_job_interrupts_another()
    {
        Story story = Story.Of("""
            units:
              old: {fails: 1h, repair: {takes: 1h, crew: m, spare: kit}}
              a: {fails: 10h, repair: {takes: 20h, crew: m}}
              backup: {fails: never}
              b: {fails: 15h, repair: {takes: 4h, crew: m, spare: kit}}
            services: {redundant: {up-when: a or backup}, single: {up-when: b}}
            crews: {m: {order: most-urgent-first, preempt: true}}
            spares: {kit: {stock: 1, delivery: 17h}}
            """, horizon: "30h");
        Assert.Equal(["0h working", "15h waiting for part", "18h repair", "22h working"], story.StatesOf("b-1"));
        Assert.Equal(["10h repair", "18h waiting for crew", "22h repair"], story.StatesOf("a-1").Skip(1).Take(3));
    }

    [Fact]
    public void Any_takes_the_first_crew_in_written_order_that_is_on_duty_and_free()
    {
        // zeta comes first in the file: the job of 10 h takes it, and x, which only zeta can repair, waits.
        Story story = Story.Of("""
            units:
              a: {fails: 10h, repair: {takes: 10h, crew: any}}
              b: {fails: 10h, repair: {takes: 5h, crew: any}}
              x: {fails: 11h, repair: {takes: 5h, crew: zeta}}
              y: {fails: 12h, repair: {takes: 5h, crew: alpha}}
            crews: {night: {hours: 20:00-06:00}, zeta: {}, alpha: {}}
            services: {plant: {up-when: a}}
            """, horizon: "21h");
        Assert.Equal(["10h", "20h"], story.Repairs("a-1", "x-1"));
        Assert.Equal(["10h", "15h"], story.Repairs("b-1", "y-1"));
    }

    [Fact]
    public void A_list_of_crews_is_tried_in_the_order_of_the_list()
    {
        Story story = Story.Of("""
            units:
              a: {fails: 10h, repair: {takes: 10h, crew: [alpha, zeta]}}
              x: {fails: 11h, repair: {takes: 5h, crew: zeta}}
            crews: {zeta: {}, alpha: {}}
            services: {plant: {up-when: a}}
            """, horizon: "21h");
        Assert.Equal(["11h"], story.Instants("x-1", "repair"));
    }

    [Fact]
    public void An_answer_runs_per_job_from_the_call_and_occupies_nobody()
    {
        Story story = Story.Of("""
            units:
              a: {fails: 10h, repair: {takes: 5h, crew: m}}
              b: {fails: 11h, repair: {takes: 1h, crew: m}}
            crews: {m: {answer: 2h}}
            services: {plant: {up-when: a}}
            """, horizon: "19h");
        Assert.Equal(["0h working", "10h waiting for crew", "12h repair", "17h working"], story.StatesOf("a-1"));
        Assert.Equal(["0h working", "11h waiting for crew", "17h repair", "18h working"], story.StatesOf("b-1"));
        Assert.Equal("answer 2h, repair 5h", story.Stages());
    }
}
