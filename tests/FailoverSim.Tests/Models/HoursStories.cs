using Xunit;

namespace FailoverSim.Tests.Models;

/// <summary>Working hours: t = 0 is Monday 2024-01-01 00:00 UTC.</summary>
public class HoursStories
{
    [Theory]
    [InlineData("24x7", 114, 114)]
    [InlineData("08:00-18:00", 7, 8)]
    [InlineData("08:00-18:00", 8, 8)]
    // Friday 17:00, and 18:00 when the shift has ended: Monday 08:00.
    [InlineData("Mon-Fri 08:00-18:00", 113, 113)]
    [InlineData("Mon-Fri 08:00-18:00", 114, 176)]
    // The shift of Friday 22:00 ends on Saturday 06:00; the next one is a week later.
    [InlineData("Fri 22:00-06:00", 125, 125)]
    [InlineData("Fri 22:00-06:00", 126, 286)]
    [InlineData("Fri,Sat 20:00-24:00", 120, 140)]
    // The shift of Sunday has begun before t = 0.
    [InlineData("Sun 22:00-06:00", 5, 5)]
    // 2024-03-31 00:00 UTC is hour 2160; clocks in Zurich go forward at 01:00 UTC.
    [InlineData("08:00-18:00 Europe/Zurich", 2140, 2143)]
    [InlineData("08:00-18:00 Europe/Zurich", 2160, 2166)]
    [InlineData("08:00-18:00 Europe/Zurich", 2175, 2175)]
    [InlineData("08:00-18:00 Europe/Zurich", 2176, 2190)]
    // A start that the clocks skip is when they have moved on: 03:00 in summer time.
    [InlineData("02:30-10:00 Europe/Zurich", 2160, 2161)]
    // 2024-10-27 00:00 UTC is hour 7200; clocks go back at 01:00 UTC.
    [InlineData("08:00-18:00 Europe/Zurich", 7180, 7182)]
    [InlineData("08:00-18:00 Europe/Zurich", 7200, 7207)]
    public void A_job_starts_within_the_hours(string hours, int failure, int start)
    {
        Story story = Story.Of($$$"""
            units:
              a: {fails: {{{failure}}}h, repair: {takes: 10h, crew: m}}
            crews:
              m: {hours: "{{{hours}}}"}
            services: {plant: {up-when: a}}
            """, horizon: "8000h");
        Assert.Equal($"{start}h", story.Instants("a-1", "repair")[0]);
        // A job that was started runs to its end, shift or not.
        Assert.Equal($"{start + 10}h", story.Instants("a-1", "working")[1]);
    }

    [Fact]
    public void Otherwise_is_all_time_outside_the_hours_of_the_others()
    {
        Story story = Story.Of("""
            units:
              a: {fails: 114h, repair: {takes: 1h, crew: night}}
              b: {fails: 107h, repair: {takes: 10h, crew: night}}
              c: {fails: 150h, repair: {takes: 1h, crew: any}}
            crews:
              day: {hours: Mon-Fri 08:00-18:00}
              saturday: {hours: Sat 08:00-12:00}
              night: {hours: otherwise}
            services: {plant: {up-when: a}}
            """, horizon: "160h");
        // Friday 18:00 is hour 114: b, called at 11:00, is first; a follows it. Sunday 06:00 is nobody's but the night's.
        Assert.Equal(["114h", "124h", "150h"],
            story.Repairs("b-1", "a-1", "c-1"));
    }

    [Theory]
    // Monday 10:00 is on duty: from the call. Friday 18:00 is not: from Monday 08:00.
    [InlineData(10, 12)]
    [InlineData(114, 178)]
    // Called at 17:00 on Friday, answered at 19:00, when nobody starts any more: Monday 08:00.
    [InlineData(113, 176)]
    public void An_answer_runs_from_the_call_or_from_the_next_instant_on_duty(int failure, int start)
    {
        Story story = Story.Of($$$"""
            units:
              a: {fails: {{{failure}}}h, repair: {takes: 1h, crew: m}}
            crews: {m: {hours: Mon-Fri 08:00-18:00, answer: 2h}}
            services: {plant: {up-when: a}}
            """, horizon: "180h");
        Assert.Equal($"{start}h", story.Instants("a-1", "repair")[0]);
    }

    [Fact]
    public void A_job_for_several_crews_is_answered_by_the_first_that_is_on_duty()
    {
        Story story = Story.Of("""
            units: {a: {fails: 19h, repair: {takes: 1h, crew: any}}}
            crews:
              day: {hours: 08:00-18:00, answer: 1h}
              night: {hours: otherwise, answer: 3h}
            services: {plant: {up-when: a}}
            """, horizon: "30h");
        Assert.Equal(["22h"], story.Instants("a-1", "repair"));
    }
}
