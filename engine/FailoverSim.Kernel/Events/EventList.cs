using System.Runtime.CompilerServices;

namespace FailoverSim.Kernel.Events;

/// <summary>
/// The event list: every timer that the model can ever have owns one slot, which holds the instant when it is due. The least
/// (due, slot) is always known; among equals the lowest slot wins, so order is a function of state.
/// </summary>
/// <remarks>
/// Two tournaments. All timers stand in one of them. Where nearly all events come from a few, as messages of a millisecond do beside clocks of
/// years, these few stand in a small one of their own, which is climbed in half the time; the earliest of all is read from the final of one or the
/// other. Who is busy is seen from the list itself: the timers that fire again before so many events have passed as there is room for. What is
/// found makes a difference to speed only. engine/docs/decisions/0001-event-list.md has the measurements.
/// </remarks>
public sealed unsafe class EventList
{
    /// <summary>At most one timer in so many is busy, and at most one event in so many comes from another one.</summary>
    private const int Few = 16;

    /// <summary>With fewer timers all matches are near the top.</summary>
    private const int LeastParted = 512;

    /// <summary>Events from one look at the busy ones to the next: so many, or one for so many timers, that looking at all of them costs nothing.</summary>
    private const int LeastPeriod = 1024;
    private const int TimersPerEvent = 4;

    private const int Nowhere = -1;

    private readonly TimerTree _all;
    private readonly BusyTimers _busy;
    private readonly int _room;
    private readonly int _period;

    /// <summary>Where a slot stands among the busy ones.</summary>
    private readonly int[] _places;

    /// <summary>The finals of both tournaments, an instant and then who is due, and the one of them that comes first.</summary>
    private readonly long* _firstOfAll;
    private readonly long* _firstOfBusy;
    private long* _first;

    /// <summary>Whoever is armed for no later than so long after it fired is busy.</summary>
    private long _horizon;
    private long _since;
    private int _untilReview;

    /// <summary>Events since then of timers that are not busy.</summary>
    private int _others;

    /// <param name="slots">How many timers there can be, at least one; all start disarmed.</param>
    public EventList(int slots)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(slots);
        _all = new TimerTree(slots);
        _room = slots < LeastParted ? 0 : Math.Min(slots / Few, BusyTimers.MostRoom);
        _busy = new BusyTimers(_room);
        _places = new int[_room == 0 ? 0 : slots];
        _period = _room == 0 ? int.MaxValue : Math.Max(LeastPeriod, slots / TimersPerEvent);
        _firstOfAll = _all.First;
        _firstOfBusy = _busy.First;
        Array.Fill(_places, Nowhere);
        Forget();
    }

    public int Count => _all.Count;

    /// <summary>The least instant that is due; <see cref="long.MaxValue"/> when nothing is armed.</summary>
    public long EarliestDue => *_first;

    /// <summary>The lowest slot that is due at <see cref="EarliestDue"/>; means nothing when nothing is armed.</summary>
    public int EarliestSlot => BusyTimers.SlotOf(_first[1]);

    /// <summary>A slot that will probably be the earliest before long: whoever keeps more about it may fetch that into the cache. May be one past the last.</summary>
    public int Soon => _busy.Count == 0 ? _all.Soon : EarliestSlot;

    /// <summary>How many timers stand in the small tournament.</summary>
    internal int BusyCount => _busy.Count;

    /// <summary>When the slot is due; <see cref="long.MaxValue"/> means disarmed.</summary>
    public long Due(int slot) => _busy.Count > 0 && PlaceOf(slot) is >= 0 and int place ? _busy.Due(place) : _all.Due(slot);

    /// <summary>Arms, re-arms or (with <see cref="long.MaxValue"/>) disarms a slot, the earliest one included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(int slot, long due)
    {
        unchecked
        {
            long* first = _first;
            if (slot != BusyTimers.SlotOf(first[1]) || due < 0)
            {
                SetAnother(slot, due);
            }
            else if (first == _firstOfBusy)
            {
                _busy.Set(first[1], due);
                if (*first >= *_firstOfAll)
                {
                    ChooseFirst();
                }
                CountDown();
            }
            else if (_busy.Count == 0)
            {
                // 1 if it is armed for beyond the horizon: by the sign, as where lives and repairs alternate a branch would be a coin toss.
                _others += (int)((ulong)(_horizon - (due - *first)) >> 63);
                _all.SetLeader(slot, due);
                CountDown();
            }
            else
            {
                FireOther(slot, due);
            }
        }
    }

    /// <summary>Disarms every slot.</summary>
    public void Clear()
    {
        _all.Clear();
        Forget();
    }

    /// <summary>Makes this list equal to another of the same size.</summary>
    public void CopyFrom(EventList other)
    {
        _all.CopyFrom(other._all);
        Forget();
        for (int place = 0; place < other._busy.Count; place++)
        {
            _all.Set(other._busy.Slot(place), other._busy.Due(place));
        }
    }

    internal int ByteCount => _all.ByteCount;

    internal void Save(ref Span<byte> to)
    {
        Gather();
        _all.Save(ref to);
    }

    internal void Load(ref ReadOnlySpan<byte> from)
    {
        _all.Load(ref from);
        Forget();
    }

    /// <summary>Not the one that fires. A watchdog that is put off by each of the busy ones is not busy, and no reason to look for others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SetAnother(int slot, long due)
    {
        if (_busy.Count == 0)
        {
            _all.Set(slot, due);
        }
        else
        {
            SetAmongBoth(slot, due);
        }
    }

    private void SetAmongBoth(int slot, long due)
    {
        if (PlaceOf(slot) is >= 0 and int place)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(due);
            _busy.Set(place, slot, due);
        }
        else
        {
            _all.Set(slot, due);
        }
        ChooseFirst();
    }

    /// <summary>The one that fires is none of the busy ones.</summary>
    private void FireOther(int slot, long due)
    {
        _others++;
        _all.SetLeader(slot, due);
        ChooseFirst();
        CountDown();
    }

    private void ChooseFirst()
    {
        // Where nothing is armed both name slot 0, and if it is a busy one it must be set there.
        bool isBusy = _busy.Count > 0
            && (*_firstOfBusy < *_firstOfAll || (*_firstOfBusy == *_firstOfAll && BusyTimers.SlotOf(_firstOfBusy[1]) <= _all.EarliestSlot));
        _first = isBusy ? _firstOfBusy : _firstOfAll;
    }

    /// <summary>Of a slot that there is not, too: it is refused by the tournament of all.</summary>
    private int PlaceOf(int slot) => unchecked((uint)slot) < (uint)_places.Length ? _places[slot] : Nowhere;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void CountDown()
    {
        if (unchecked(--_untilReview) == 0)
        {
            Review();
        }
    }

    /// <summary>So many events have passed: are a few timers busy?</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void Review()
    {
        long now = EarliestDue;
        bool fewAreBusy = _others <= _period / Few;
        if (_busy.Count > 0 && !fewAreBusy)
        {
            Gather();
        }
        else if (_busy.Count == 0 && fewAreBusy)
        {
            Part(now > long.MaxValue - _horizon ? long.MaxValue - 1 : now + _horizon);
        }
        long gap = Math.Max(1, (now - _since) / _period);
        _horizon = gap > long.MaxValue / Math.Max(1, _room) ? long.MaxValue : gap * _room;
        (_since, _untilReview, _others) = (now, _period, 0);
    }

    /// <summary>Whoever is due by an instant becomes busy, if there is room for all of them. In the order of slots, which settles ties.</summary>
    private void Part(long by)
    {
        int count = 0;
        for (int slot = 0; slot < Count; slot++)
        {
            count += _all.Due(slot) <= by ? 1 : 0;
        }
        if (count == 0 || count > _room)
        {
            return;
        }
        _busy.Empty(count);
        for (int slot = 0; slot < Count; slot++)
        {
            if (_all.Due(slot) is long due && due <= by)
            {
                _places[slot] = _busy.Count;
                _busy.Add(slot, due);
                _all.Set(slot, long.MaxValue);
            }
        }
        ChooseFirst();
    }

    /// <summary>All timers stand in one tournament again.</summary>
    private void Gather()
    {
        for (int place = 0; place < _busy.Count; place++)
        {
            _all.Set(_busy.Slot(place), _busy.Due(place));
        }
        Leave();
    }

    /// <summary>Nobody is known to be busy.</summary>
    private void Forget()
    {
        Leave();
        (_horizon, _since, _untilReview, _others) = (0, 0, _period, 0);
    }

    private void Leave()
    {
        for (int place = 0; place < _busy.Count; place++)
        {
            _places[_busy.Slot(place)] = Nowhere;
        }
        _busy.Empty(0);
        ChooseFirst();
    }
}
