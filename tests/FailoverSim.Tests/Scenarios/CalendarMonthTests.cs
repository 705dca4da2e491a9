using FailoverSim.Kernel.Time;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Specification;
using Xunit;

namespace FailoverSim.Tests.Scenarios;

public class CalendarMonthTests
{
    private const long Hour = 3600 * SimDuration.NanosecondsPerSecond;

    private static readonly DateTime Start = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Months_in_UTC_have_their_days_in_leap_years_and_others()
    {
        long[] hours = Hours(TimeZoneInfo.Utc, Start, 0, 730);
        int[] days = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30];
        Assert.Equal(days.Select(d => 24L * d), hours);
    }

    [Fact]
    public void Month_in_which_clocks_go_forward_is_an_hour_short_and_the_other_an_hour_long()
    {
        // In Zurich January 2024 began an hour before the run; the first whole month is February.
        long[] hours = Hours(Zone("Europe/Zurich"), Start, 0, 366);
        Assert.Equal([24 * 29, (24 * 31) - 1, 24 * 30, 24 * 31, 24 * 30, 24 * 31, 24 * 31, 24 * 30, (24 * 31) + 1, 24 * 30, 24 * 31], hours);
    }

    [Fact]
    public void Months_lie_wholly_within_the_observed_part_and_touch_each_other()
    {
        (SimTime From, SimTime To)[] months = [.. CalendarMonths.Within(
            TimeZoneInfo.Utc, new DateTime(2023, 12, 15, 6, 30, 0, DateTimeKind.Utc), At(48), At(48 + (24 * 77) + 15.5))];
        // From 17 December 06:30 to 3 March 22:00.
        Assert.Equal((2, At((24 * 16) + 17.5)), (months.Length, months[0].From));
        Assert.Equal(months[0].To, months[1].From);
        Assert.Equal(60 * 24 * Hour, (months[1].To - months[0].From).Nanoseconds);
    }

    [Fact]
    public void Midnight_that_comes_twice_begins_the_month_the_first_time()
    {
        // In Havana clocks went from 1:00 back to 0:00 on 1 November 2020: midnight was at 04:00 and at 05:00 UTC.
        DateTime start = new(2020, 10, 1, 4, 0, 0, DateTimeKind.Utc);
        (SimTime From, SimTime To)[] months = [.. CalendarMonths.Within(Zone("America/Havana"), start, SimTime.Zero, At(24 * 62))];
        Assert.Equal([(At(0), At(24 * 31)), (At(24 * 31), At((24 * 61) + 1))], months);
    }

    [Fact]
    public void Budget_of_a_month_follows_its_length()
    {
        ScenarioSpec spec = Read("window: calendar-month Europe/Zurich");
        var objective = Objectives.Of(spec.Slos[0], spec.Run);
        Assert.Equal(10, objective.Spans!.Value.Length);
        Assert.All(objective.Spans.Value, span =>
            Assert.Equal((span.To - span.From).Nanoseconds / 1000, span.DownAtMost.Nanoseconds));
        Assert.Equal("Europe/Zurich", Assert.IsType<WindowSlo>(spec.Slos[0]).Months!.Id);
        Assert.NotNull(TimeZoneData.VersionUsedBy(spec));
        Assert.Null(TimeZoneData.VersionUsedBy(Read("window: calendar-month")));
    }

    [Theory]
    [InlineData("window: 30d", "30d")]
    [InlineData("window: rolling  30d", "rolling 30d")]
    [InlineData("window: calendar-month", "calendar-month UTC")]
    [InlineData("window: calendar-month Z", "calendar-month UTC")]
    public void Windows_are_written_in_one_form(string written, string normal)
    {
        ScenarioReading reading = ReadingOf(written);
        Assert.Matches($"(?m)window\\W+{normal}$", reading.NormalText);
        Assert.Equal(written.Contains("rolling", StringComparison.Ordinal), Assert.IsType<WindowSlo>(reading.Spec!.Slos[0]).Rolls);
    }

    private static ScenarioSpec Read(string window) => ReadingOf(window).Spec!;

    private static ScenarioReading ReadingOf(string window)
    {
        ScenarioReading reading = ScenarioFile.Read("s.yaml", System.Text.Encoding.UTF8.GetBytes("""
            failoversim: 1
            name: s
            units: {node: {count: 3, fails: exp(1y), repair: {takes: 1h}}}
            services: {api: {up-when: 2 of node}}
            slo: {month: {service: api, objective: 99.9%, WINDOW, require: P(met) >= 98%}}
            run: {horizon: 1y, warm-up: 0s}
            """.Replace("WINDOW", window, StringComparison.Ordinal)), null, _ => null);
        Assert.Empty(reading.Diagnostics);
        return reading;
    }

    private static long[] Hours(TimeZoneInfo zone, DateTime start, double fromHours, double toDays) =>
        [.. CalendarMonths.Within(zone, start, At(fromHours), At(24 * toDays)).Select(month => (month.To - month.From).Nanoseconds / Hour)];

    private static SimTime At(double hours) => new((long)(hours * Hour));

    private static TimeZoneInfo Zone(string id) => TimeZoneInfo.FindSystemTimeZoneById(id);
}
