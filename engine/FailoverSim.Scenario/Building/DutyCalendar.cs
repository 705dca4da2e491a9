using FailoverSim.Kernel.Time;
using FailoverSim.Models.Repair;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Scenario.Building;

/// <summary>Turns working hours in local time into on-duty spells of simulated time.</summary>
internal static class DutyCalendar
{
    /// <summary>One roster per crew, in the order of the crews.</summary>
    /// <param name="crews">The crews; <c>otherwise</c> looks at all the others.</param>
    /// <param name="start">Calendar instant of t = 0, UTC.</param>
    /// <param name="length">Simulated time that must be covered.</param>
    public static IReadOnlyList<DutyRoster> RostersOf(IReadOnlyList<CrewSpec> crews, DateTime start, SimDuration length)
    {
        SimTime end = SimTime.Zero + length;
        Dictionary<CrewSpec, DutyRoster> known = crews
            .Where(c => c.Hours is not Hours.Otherwise)
            .ToDictionary(c => c, c => RosterOf(c.Hours, start, end), ReferenceEqualityComparer.Instance as IEqualityComparer<CrewSpec>);
        DutyRoster otherwise = DutyRoster.Outside(known.Values, SimTime.Zero, end);
        return [.. crews.Select(c => known.GetValueOrDefault(c, otherwise))];
    }

    /// <summary>The spells of hours that depend on nobody else's.</summary>
    public static DutyRoster RosterOf(Hours hours, DateTime start, SimTime end) => hours switch
    {
        Hours.Weekly weekly => new DutyRoster(Spells(weekly, start, end)),
        _ => DutyRoster.Always,
    };

    private static IEnumerable<(SimTime Start, SimTime End)> Spells(Hours.Weekly hours, DateTime start, SimTime end)
    {
        DateTime last = start.AddTicks(end.Nanoseconds / 100).AddDays(1);
        for (DateTime day = start.Date.AddDays(-2); day <= last; day = day.AddDays(1))
        {
            if (hours.Days.Contains(day.DayOfWeek))
            {
                DateTime until = hours.To > hours.From ? day + hours.To : day.AddDays(1) + hours.To;
                yield return (InstantOf(day + hours.From, hours.Zone, start), InstantOf(until, hours.Zone, start));
            }
        }
    }

    private static SimTime InstantOf(DateTime local, TimeZoneInfo zone, DateTime start)
    {
        // The day came from a UTC date; a time of that kind would count as valid in every zone.
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        // A local time that the clocks skip in spring does not exist: the shift begins or ends when they have moved on.
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }
        return new SimTime((TimeZoneInfo.ConvertTimeToUtc(local, zone) - start).Ticks * 100);
    }
}
