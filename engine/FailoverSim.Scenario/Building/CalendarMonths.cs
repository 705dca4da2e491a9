using FailoverSim.Kernel.Time;

namespace FailoverSim.Scenario.Building;

/// <summary>Calendar months of a time zone as spans of simulated time: 28 to 31 days, an hour more or less where clocks change.</summary>
internal static class CalendarMonths
{
    /// <summary>The months that lie wholly within a part of the run, in order; none follows another with a gap.</summary>
    /// <param name="zone">Whose midnights begin a month.</param>
    /// <param name="start">Calendar instant of t = 0, UTC.</param>
    /// <param name="from">Start of the part.</param>
    /// <param name="to">End of the part.</param>
    public static IEnumerable<(SimTime From, SimTime To)> Within(TimeZoneInfo zone, DateTime start, SimTime from, SimTime to)
    {
        DateTime day = TimeZoneInfo.ConvertTimeFromUtc(start.AddTicks(from.Nanoseconds / 100), zone);
        DateTime month = new(day.Year, day.Month, 1);
        while (StartOf(month, zone, start) < from)
        {
            month = month.AddMonths(1);
        }
        for (SimTime begin = StartOf(month, zone, start); ;)
        {
            month = month.AddMonths(1);
            SimTime end = StartOf(month, zone, start);
            if (end > to)
            {
                yield break;
            }
            yield return (begin, end);
            begin = end;
        }
    }

    /// <summary>The first instant of a local day.</summary>
    private static SimTime StartOf(DateTime local, TimeZoneInfo zone, DateTime start)
    {
        // A midnight that clocks skip does not exist: the day begins when they have moved on.
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }
        // A midnight that comes twice begins the day the first time, when clocks were furthest ahead.
        TimeSpan ahead = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new SimTime((local - ahead - start).Ticks * 100);
    }
}
