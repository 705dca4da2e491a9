using System.Numerics;
using System.Runtime.CompilerServices;

namespace FailoverSim.Benchmarks.EventLists.Calendars;

/// <content>The window: the days ahead, how long they are, and what happens when they have passed.</content>
internal sealed unsafe partial class EventCalendar
{
    private const int FewestDays = 16;

    /// <summary>So many, give or take what chance does, fit a page.</summary>
    private const double GoodDay = 6.5;

    /// <summary>Fewer instants than that tell nothing about the pace at which they follow each other.</summary>
    private const int FewInstants = 16;

    /// <summary>So many stay in the near caches anyhow.</summary>
    private const int FewSlots = 4096;

    private struct Window
    {
        /// <summary>The front: places of its first entry, and of the one past its last.</summary>
        public int Head, Tail;

        /// <summary>What is due before this is in the front.</summary>
        public long FrontEnd;

        /// <summary>What is due before this is in the front or in a day.</summary>
        public long End;

        /// <summary>When day 0 begins.</summary>
        public long Start;

        /// <summary>A day is 2^Width nanoseconds long.</summary>
        public int Width;

        /// <summary>The day of the front.</summary>
        public int Day;

        /// <summary>How many have come to the front in this window.</summary>
        public long Taken;

        /// <summary>How many were looked at in crowded days in vain.</summary>
        public long Wasted;
    }

    /// <summary>
    /// The day on which an instant lies that is not in the front; the one past the last if beyond the window. Days that have passed are
    /// empty: what belongs to one of them, as it lies before the window, is due today.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int DayOf(long due)
    {
        unchecked
        {
            // No branch: whether an instant is in the window is often a coin toss.
            long within = (due - _window.End) >> 63;
            int day = Math.Max(_window.Day, (int)((due - _window.Start) >> _window.Width));
            return _days + (int)((day - _days) & within);
        }
    }

    /// <summary>Puts a slot that is in no day into the one on which it is due; the one past the last keeps nobody.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Note(ref Appointment own, int slot)
    {
        unchecked
        {
            int day = DayOf(own.Due);
            own.Day = day;
            _pages.Add(day, slot, (int)((uint)(day - _days) >> 31));
        }
    }

    /// <summary>A slot that is not in the front is due before the day that asks for it.</summary>
    private void Advance(ref Appointment own, int slot)
    {
        if (own.Day < _days)
        {
            _pages.Remove(own.Day, slot);
        }
        own.Day = _days;
        if (own.Due < _window.FrontEnd)
        {
            AddToFront(new Entry(own.Due, slot));
        }
        else
        {
            Note(ref own, slot);
        }
    }

    /// <summary>Nothing is known but the dues themselves.</summary>
    private void Forget()
    {
        _pages.Clear();
        _window = new Window { Day = _days };
        for (int slot = 0; slot < Count; slot++)
        {
            _slots[slot].Day = _days;
        }
    }

    /// <summary>The front is empty: the next day that is not comes to the front.</summary>
    private void Refill()
    {
        unchecked
        {
            _window.Head = _window.Tail = 0;
            if (IsCrowded)
            {
                _pages.Clear();
                _window.Day = _days;
            }
            do
            {
                while (_window.Day < _days && !_pages.Any(_window.Day))
                {
                    _window.Day++;
                }
                if (_window.Day == _days)
                {
                    if (!Turn())
                    {
                        _front[0] = new Entry(long.MaxValue, 0);
                        return;
                    }
                    continue;
                }
                TakeDay();
            }
            while (_window.Tail == 0);
            if (Count > FewSlots)
            {
                _pages.Expect(Math.Min(_window.Day + 2, _days), _slots);
            }
        }
    }

    private void TakeDay()
    {
        unchecked
        {
            long end = _window.Start + ((long)(_window.Day + 1) << _window.Width);
            _window.FrontEnd = end > 0 ? Math.Min(end, _window.End) : _window.End;
            _window.Tail = _pages.Take(_window.Day, _slots, _days, _front);
            if (_window.Tail > BucketPages.Room)
            {
                TakeCrowd();
            }
            else
            {
                // Those that have been put off since are the last, and go to the day on which they are due now.
                while (_window.Tail > 0 && _front[_window.Tail - 1].Due >= _window.FrontEnd)
                {
                    _window.Tail--;
                    int slot = (int)_front[_window.Tail].Slot;
                    Note(ref _slots[slot], slot);
                }
            }
            _window.Taken += _window.Tail;
        }
    }

    /// <summary>A day that does not fit a page is put in order here, or if it is long, a part of it.</summary>
    private void TakeCrowd()
    {
        unchecked
        {
            int kept = 0;
            for (int i = 0; i < _window.Tail; i++)
            {
                int slot = (int)_front[i].Slot;
                if (_front[i].Due < _window.FrontEnd)
                {
                    _front[kept++] = _front[i];
                }
                else
                {
                    Note(ref _slots[slot], slot);
                }
            }
            _window.Tail = kept;
            if (kept > MostInFront)
            {
                Shorten();
            }
            new Span<Entry>(_front, _window.Tail).Sort();
        }
    }

    /// <summary>All days have passed, or they are given up: a new window begins. Takes time in proportion to the number of slots.</summary>
    /// <returns>Whether anything is armed.</returns>
    private bool Turn()
    {
        unchecked
        {
            int change = _window.Taken == 0 ? 0 : (int)Math.Round(Math.Log2(GoodDay * _days / _window.Taken));
            if (_window.End > 0 && !IsCrowded && change < 1 && Open(_window.End, _window.Width + change))
            {
                return true;
            }
            long first = First();
            if (first == long.MaxValue)
            {
                Forget();
                return false;
            }
            int width = WidthFrom(first);
            if (change >= 1 && !IsCrowded)
            {
                // Few came, so what seems dense now may be few as well.
                width = Math.Max(width, _window.Width + change);
            }
            Open(first, width);
            return true;
        }
    }

    private bool IsCrowded => _window.Wasted > 2L * (Count + MostInFront);

    /// <summary>Days of a width from an instant on, before which nothing is due.</summary>
    /// <returns>Whether anything is due in them.</returns>
    private bool Open(long start, int width)
    {
        unchecked
        {
            width = Math.Clamp(width, 0, 62 - BitOperations.Log2((uint)_days));
            long end = start + ((long)_days << width);
            _window.Start = _window.FrontEnd = start;
            _window.End = end > 0 ? end : long.MaxValue;
            _window.Width = width;
            _window.Day = 0;
            _window.Taken = _window.Wasted = 0;
            int none = _days;
            int first = none;
            for (int slot = 0; slot < Count; slot++)
            {
                Note(ref _slots[slot], slot);
                first = Math.Min(first, _slots[slot].Day);
            }
            return first < none;
        }
    }

    private long First()
    {
        long first = long.MaxValue;
        for (int slot = 0; slot < Count; slot++)
        {
            first = Math.Min(first, _slots[slot].Due);
        }
        return first;
    }

    private int WidthFrom(long first)
    {
        Scales scales = new();
        for (int slot = 0; slot < Count; slot++)
        {
            if (_slots[slot].Due < long.MaxValue)
            {
                scales.Add(unchecked(_slots[slot].Due - first));
            }
        }
        return scales.WidthFor(GoodDay, FewInstants);
    }
}
