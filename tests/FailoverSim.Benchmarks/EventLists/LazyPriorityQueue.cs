namespace FailoverSim.Benchmarks.EventLists;

/// <summary>
/// .NET's heap as one would use it by hand for timers that are mostly moved to later: only the new instant is noted, and the entry moves
/// when it surfaces. No list for any model: it is slower than a plain heap where timers are moved to earlier.
/// </summary>
internal struct LazyPriorityQueue : IEventList<LazyPriorityQueue>
{
    private PriorityQueue<long, long> _heap;
    private uint[] _stamps;
    private long[] _dues;
    private long[] _queued;

    public static string Name => "PriorityQueue lazy";

    public static LazyPriorityQueue Create(int slots)
    {
        LazyPriorityQueue list = new()
        {
            _heap = new PriorityQueue<long, long>(slots),
            _stamps = new uint[slots],
            _dues = new long[slots],
            _queued = new long[slots],
        };
        Array.Fill(list._queued, long.MaxValue);
        return list;
    }

    public readonly void Peek(out int slot, out long due)
    {
        while (true)
        {
            _heap.TryPeek(out long entry, out due);
            slot = unchecked((int)entry);
            if (_stamps[slot] != unchecked((uint)(entry >> 32)))
            {
                _heap.Dequeue();
            }
            else if (_dues[slot] > due)
            {
                _heap.DequeueEnqueue(entry, _queued[slot] = _dues[slot]);
            }
            else
            {
                return;
            }
        }
    }

    public readonly void RearmEarliest(long due)
    {
        long entry = _heap.Peek();
        int slot = unchecked((int)entry);
        _heap.DequeueEnqueue(entry, _queued[slot] = _dues[slot] = due);
    }

    public readonly void Rearm(int slot, long due)
    {
        _dues[slot] = due;
        if (due < _queued[slot])
        {
            uint stamp = unchecked(++_stamps[slot]);
            _heap.Enqueue(unchecked((long)stamp << 32 | (uint)slot), _queued[slot] = due);
        }
    }
}
