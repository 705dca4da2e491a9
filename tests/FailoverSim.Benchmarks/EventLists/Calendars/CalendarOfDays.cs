namespace FailoverSim.Benchmarks.EventLists.Calendars;

/// <summary>A calendar queue that tunes itself and knows the next events ahead: tried in the product's place, see decision 0001.</summary>
internal struct CalendarOfDays : IEventList<CalendarOfDays>
{
    private EventCalendar _calendar;

    public static string Name => "calendar of days";
    public static CalendarOfDays Create(int slots) => new() { _calendar = new EventCalendar(slots) };
    public readonly void Peek(out int slot, out long due) => (due, slot) = (_calendar.EarliestDue, _calendar.EarliestSlot);
    public readonly void RearmEarliest(long due) => _calendar.Set(_calendar.EarliestSlot, due);
    public readonly void Rearm(int slot, long due) => _calendar.Set(slot, due);
}
