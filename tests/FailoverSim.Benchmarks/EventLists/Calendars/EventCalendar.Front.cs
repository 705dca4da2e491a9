using System.Numerics;

namespace FailoverSim.Benchmarks.EventLists.Calendars;

/// <content>The front: all that is due before <see cref="Window.FrontEnd"/>, sorted; the first is the earliest of all.</content>
internal sealed unsafe partial class EventCalendar
{
    /// <summary>More are not kept sorted unless they are due at the same instant.</summary>
    private const int MostInFront = 64;

    /// <summary>So many are walked rather than searched.</summary>
    private const int FewInFront = 16;

    /// <summary>What is armed within the front again mostly is what has just fired.</summary>
    private void MoveInFront(Entry from, Entry to)
    {
        unchecked
        {
            if (_front[_window.Head].Slot != from.Slot || _window.Tail - _window.Head > FewInFront)
            {
                RemoveFromFront(from);
                AddToFront(to);
                return;
            }
            Entry* at = _front + _window.Head;
            Entry* last = _front + _window.Tail - 1;
            for (; at < last && at[1].IsBefore(in to); at++)
            {
                at[0] = at[1];
            }
            *at = to;
        }
    }

    private void AddToFront(Entry entry)
    {
        unchecked
        {
            int at = PlaceOf(in entry);
            if (_window.Head > 0 && at - _window.Head <= _window.Tail - at)
            {
                Move(_window.Head, _window.Head - 1, at - _window.Head);
                _window.Head--;
                at--;
            }
            else
            {
                if (_window.Tail == _frontCount)
                {
                    Move(_window.Head, 0, _window.Tail - _window.Head);
                    at -= _window.Head;
                    _window.Tail -= _window.Head;
                    _window.Head = 0;
                }
                Move(at, at + 1, _window.Tail - at);
                _window.Tail++;
            }
            _front[at] = entry;
            int count = _window.Tail - _window.Head;
            if (count >= MostInFront && BitOperations.IsPow2(count))
            {
                Shorten();
            }
        }
    }

    private void RemoveFromFront(Entry entry)
    {
        unchecked
        {
            int at = PlaceOf(in entry);
            if (at - _window.Head < _window.Tail - at)
            {
                Move(_window.Head, _window.Head + 1, at - _window.Head);
                _window.Head++;
            }
            else
            {
                Move(at + 1, at, _window.Tail - at - 1);
                _window.Tail--;
            }
        }
    }

    /// <summary>Where the entry stands, or would stand, in the front.</summary>
    private int PlaceOf(in Entry entry)
    {
        unchecked
        {
            int low = _window.Head;
            int high = _window.Tail;
            while (high - low > FewInFront)
            {
                int middle = (low + high) >> 1;
                if (_front[middle].IsBefore(in entry))
                {
                    low = middle + 1;
                }
                else
                {
                    high = middle;
                }
            }
            while (low < high && _front[low].IsBefore(in entry))
            {
                low++;
            }
            return low;
        }
    }

    /// <summary>Puts the later part of a long front, sorted or not, back into its day: no work is wasted on sorting it before its time.</summary>
    private void Shorten()
    {
        unchecked
        {
            Entry* from = _front + _window.Head;
            Entry* end = _front + _window.Tail;
            long first = long.MaxValue;
            for (Entry* entry = from; entry < end; entry++)
            {
                first = Math.Min(first, entry->Due);
            }
            Scales scales = new();
            for (Entry* entry = from; entry < end; entry++)
            {
                scales.Add(entry->Due - first);
            }
            _window.Wasted += end - from;
            long within = scales.DistanceOf(MostInFront / 2);
            if (within >= _window.FrontEnd - first)
            {
                return;
            }
            _window.FrontEnd = first + within;
            Entry* kept = from;
            for (Entry* entry = from; entry < end; entry++)
            {
                if (entry->Due < _window.FrontEnd)
                {
                    *kept++ = *entry;
                }
                else
                {
                    _slots[entry->Slot].Day = _window.Day;
                    _pages.Add(_window.Day, (int)entry->Slot, 1);
                }
            }
            _window.Tail = (int)(kept - _front);
        }
    }

    private void Move(int from, int to, int count) =>
        new Span<Entry>(_front + from, count).CopyTo(new Span<Entry>(_front + to, count));
}
