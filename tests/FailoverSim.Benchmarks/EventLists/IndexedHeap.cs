namespace FailoverSim.Benchmarks.EventLists;

internal interface IWidth
{
    static abstract int Value { get; }
}

internal struct Two : IWidth { public static int Value => 2; }
internal struct Four : IWidth { public static int Value => 4; }
internal struct Eight : IWidth { public static int Value => 8; }
internal struct Sixteen : IWidth { public static int Value => 16; }

/// <summary>A d-ary heap of (due, slot) that knows where each slot stands, so that a timer is moved in place.</summary>
internal struct IndexedHeap<TWidth> : IEventList<IndexedHeap<TWidth>> where TWidth : struct, IWidth
{
    private (long Due, int Slot)[] _heap;
    private int[] _places;
    private int _count;

    public static string Name => $"indexed {TWidth.Value}-ary heap";

    public static IndexedHeap<TWidth> Create(int slots)
    {
        var places = new int[slots];
        Array.Fill(places, -1);
        return new() { _heap = new (long, int)[slots], _places = places };
    }

    public readonly void Peek(out int slot, out long due) => (due, slot) = _heap[0];

    public readonly void RearmEarliest(long due) => Sink(0, (due, _heap[0].Slot));

    public void Rearm(int slot, long due)
    {
        unchecked
        {
            int place = _places[slot];
            if (place < 0)
            {
                place = _count++;
                Rise(place, (due, slot));
            }
            else if (due < _heap[place].Due)
            {
                Rise(place, (due, slot));
            }
            else
            {
                Sink(place, (due, slot));
            }
        }
    }

    private readonly void Rise(int place, (long Due, int Slot) entry)
    {
        unchecked
        {
            (long Due, int Slot)[] heap = _heap;
            while (place > 0)
            {
                int parent = (place - 1) / TWidth.Value;
                if (heap[parent].Due <= entry.Due)
                {
                    break;
                }
                Put(place, heap[parent]);
                place = parent;
            }
            Put(place, entry);
        }
    }

    private readonly void Sink(int place, (long Due, int Slot) entry)
    {
        unchecked
        {
            (long Due, int Slot)[] heap = _heap;
            while (true)
            {
                int first = place * TWidth.Value + 1;
                if (first >= _count)
                {
                    break;
                }
                int last = Math.Min(first + TWidth.Value, _count);
                int least = first;
                long leastDue = heap[first].Due;
                for (int child = first + 1; child < last; child++)
                {
                    if (heap[child].Due < leastDue)
                    {
                        (least, leastDue) = (child, heap[child].Due);
                    }
                }
                if (leastDue >= entry.Due)
                {
                    break;
                }
                Put(place, heap[least]);
                place = least;
            }
            Put(place, entry);
        }
    }

    private readonly void Put(int place, (long Due, int Slot) entry)
    {
        _heap[place] = entry;
        _places[entry.Slot] = place;
    }
}
