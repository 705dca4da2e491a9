namespace FailoverSim.Benchmarks.EventLists.Calendars;

/// <summary>A timer that is due: earlier ones first, and the lower slot among those due at one instant.</summary>
internal readonly struct Entry(long due, long slot) : IComparable<Entry>
{
    public readonly long Due = due;
    public readonly long Slot = slot;

    public int CompareTo(Entry other) => Due != other.Due ? Due.CompareTo(other.Due) : Slot.CompareTo(other.Slot);

    public bool IsBefore(in Entry other) => Due < other.Due || (Due == other.Due && Slot < other.Slot);
}

/// <summary>What the calendar keeps of a slot.</summary>
internal struct Appointment
{
    /// <summary>When it is due; <see cref="long.MaxValue"/>: it is not armed.</summary>
    public long Due;

    /// <summary>The day that will ask for it, not later than the day on which it is due; the one past the last: none.</summary>
    public int Day;
}
