namespace FailoverSim.Benchmarks.EventLists;

/// <summary>
/// Brown's calendar queue (CACM 1988) with lists threaded through the slots, so that a timer moves in O(1). It tunes itself:
/// as many days as slots; a day becomes three times the mean step between recent firings, after 16 firings, then 32, 64 …
/// up to every 4·slots.
/// </summary>
internal struct Calendar : IEventList<Calendar>
{
    private long[] _dues;
    private int[] _next;
    private int[] _previous;
    private int[] _heads;
    private long _day;
    private int _width;
    private int _firings;
    private int _patience;
    private long _epoch;
    private int _earliest;

    public static string Name => "calendar";

    public static Calendar Create(int slots)
    {
        int days = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)slots);
        var calendar = new Calendar
        {
            _dues = new long[slots],
            _next = new int[slots],
            _previous = new int[slots],
            _heads = new int[days],
            _width = 30,
            _patience = 16,
            _earliest = -1,
        };
        Array.Fill(calendar._heads, -1);
        Array.Fill(calendar._dues, long.MaxValue);
        return calendar;
    }

    public void Peek(out int slot, out long due)
    {
        if (_earliest < 0)
        {
            Search();
        }
        slot = _earliest;
        due = _dues[slot];
    }

    public void RearmEarliest(long due)
    {
        unchecked
        {
            Peek(out int slot, out long now);
            if (++_firings >= _patience)
            {
                Retune(now);
            }
            Rearm(slot, due);
        }
    }

    public void Rearm(int slot, long due)
    {
        unchecked
        {
            if (_dues[slot] != long.MaxValue)
            {
                Unlink(slot);
            }
            _dues[slot] = due;
            Link(slot);
            if (slot == _earliest || (_earliest >= 0 && due < _dues[_earliest]))
            {
                _earliest = -1;
            }
            _day = Math.Min(_day, due >> _width);
        }
    }

    private void Search()
    {
        unchecked
        {
            for (int i = 0; i < _heads.Length; i++, _day++)
            {
                long end = (_day + 1) << _width;
                for (int slot = _heads[(int)_day & (_heads.Length - 1)]; slot >= 0; slot = _next[slot])
                {
                    if (_dues[slot] < end)
                    {
                        end = _dues[slot];
                        _earliest = slot;
                    }
                }
                if (_earliest >= 0)
                {
                    return;
                }
            }
            _earliest = Array.IndexOf(_dues, _dues.Min());
            _day = _dues[_earliest] >> _width;
        }
    }

    private void Retune(long now)
    {
        long step = Math.Max(1, (now - _epoch) / _firings * 3);
        int width = System.Numerics.BitOperations.Log2((ulong)step);
        (_firings, _epoch, _patience) = (0, now, Math.Min(2 * _patience, 4 * _dues.Length));
        if (width == _width)
        {
            return;
        }
        _width = width;
        _day = now >> width;
        Array.Fill(_heads, -1);
        for (int slot = 0; slot < _dues.Length; slot++)
        {
            Link(slot);
        }
    }

    private readonly void Link(int slot)
    {
        unchecked
        {
            ref int head = ref _heads[(int)(_dues[slot] >> _width) & (_heads.Length - 1)];
            _next[slot] = head;
            _previous[slot] = -1;
            if (head >= 0)
            {
                _previous[head] = slot;
            }
            head = slot;
        }
    }

    private readonly void Unlink(int slot)
    {
        unchecked
        {
            int next = _next[slot], previous = _previous[slot];
            if (next >= 0)
            {
                _previous[next] = previous;
            }
            if (previous >= 0)
            {
                _next[previous] = next;
            }
            else
            {
                _heads[(int)(_dues[slot] >> _width) & (_heads.Length - 1)] = next;
            }
        }
    }
}
