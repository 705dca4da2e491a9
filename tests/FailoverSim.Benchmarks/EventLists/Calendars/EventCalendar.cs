using System.Numerics;
using System.Runtime.CompilerServices;

namespace FailoverSim.Benchmarks.EventLists.Calendars;

/// <summary>
/// The event list: every timer that the model can ever have owns one slot, which holds the instant when it is due.
/// The least (due, slot) is always known; among equals the lowest slot wins, so order is a function of state.
/// </summary>
/// <remarks>
/// <para>A calendar queue (Brown, CACM 1988) whose days hold some five events. The day that has come is the front, sorted; the days of the
/// window ahead are unsorted pages; what lies beyond the window is noted nowhere but in its slot, and is looked up when the window has
/// passed. So the next events are known some way ahead, and nothing waits for a timer that is armed for later.</para>
/// <para>Nothing is to be tuned. How long a day is follows from the instants that are due (<see cref="Scales"/>), anew when days turn out
/// too long or too short; a day that is crowded all the same comes in parts. engine/docs/decisions/0001-event-list.md has the
/// measurements.</para>
/// </remarks>
internal sealed unsafe partial class EventCalendar
{
    private const int Line = 64;

    private readonly long[] _memory;
    private readonly Appointment* _slots;
    private readonly Entry* _front;
    private readonly int _frontCount;
    private readonly int _days;
    private BucketPages _pages;
    private Window _window;

    /// <param name="slots">How many timers there can be; all start disarmed.</param>
    public EventCalendar(int slots)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(slots);
        Count = slots;
        _days = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(FewestDays, slots / 6));
        _frontCount = slots + MostInFront;
        long pages = BucketPages.BytesFor(_days + 1, slots);

        // Pinned, because a page must keep to its 64-byte boundary.
        long bytes = pages + ((slots + 1L) * sizeof(Appointment)) + ((long)_frontCount * sizeof(Entry)) + Line;
        _memory = GC.AllocateArray<long>(checked((int)(bytes / sizeof(long))), pinned: true);
        byte* start = (byte*)(((nint)Unsafe.AsPointer(ref _memory[0]) + Line - 1) & -Line);
        _pages = new BucketPages((int*)start, _days + 1, slots);
        _slots = (Appointment*)(start + pages);
        _slots[slots].Due = long.MaxValue;
        _front = (Entry*)(_slots + slots + 1);
        Clear();
    }

    public int Count { get; }

    /// <summary>The least instant that is due; <see cref="long.MaxValue"/> when nothing is armed.</summary>
    public long EarliestDue
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if (_window.Head == _window.Tail)
            {
                Refill();
            }
            return _front[_window.Head].Due;
        }
    }

    /// <summary>The lowest slot that is due at <see cref="EarliestDue"/>; means nothing when nothing is armed.</summary>
    public int EarliestSlot
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if (_window.Head == _window.Tail)
            {
                Refill();
            }
            return unchecked((int)_front[_window.Head].Slot);
        }
    }

    /// <summary>When the slot is due; <see cref="long.MaxValue"/> means disarmed.</summary>
    public long Due(int slot)
    {
        if ((uint)slot >= (uint)Count)
        {
            Refuse(slot, 0);
        }
        return _slots[slot].Due;
    }

    /// <summary>Arms, re-arms or (with <see cref="long.MaxValue"/>) disarms a slot, the earliest one included.</summary>
    public void Set(int slot, long due)
    {
        unchecked
        {
            if ((uint)slot >= (uint)Count || due < 0)
            {
                Refuse(slot, due);
            }
            ref Appointment own = ref _slots[slot];
            long before = own.Due;
            own.Due = due;
            if (before < _window.FrontEnd)
            {
                if (due < _window.FrontEnd)
                {
                    MoveInFront(new Entry(before, slot), new Entry(due, slot));
                    return;
                }
                if (_front[_window.Head].Slot == slot)
                {
                    _window.Head++;
                }
                else
                {
                    RemoveFromFront(new Entry(before, slot));
                }
                Note(ref own, slot);
            }
            else if (due < _window.FrontEnd || DayOf(due) < own.Day)
            {
                Advance(ref own, slot);
            }
        }
    }

    /// <summary>Disarms every slot.</summary>
    public void Clear()
    {
        for (int slot = 0; slot < Count; slot++)
        {
            _slots[slot].Due = long.MaxValue;
        }
        Forget();
    }

    /// <summary>Makes this list equal to another of the same size.</summary>
    public void CopyFrom(EventCalendar other)
    {
        if (other.Count != Count)
        {
            throw new ArgumentException($"A list of {Count} slots cannot copy one of {other.Count}.", nameof(other));
        }
        new Span<Appointment>(other._slots, Count).CopyTo(new Span<Appointment>(_slots, Count));
        new Span<Entry>(other._front, other._window.Tail).CopyTo(new Span<Entry>(_front, _frontCount));
        _pages.CopyFrom(in other._pages);
        _window = other._window;
    }

    private void Refuse(int slot, long due)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(slot);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(slot, Count);
        throw new ArgumentOutOfRangeException(nameof(due), due, "Instants start at 0 ns.");
    }
}
