namespace FailoverSim.Benchmarks.EventLists;

/// <summary>.NET's own heap, used plainly: dequeue what fires, enqueue it again.</summary>
internal struct PlainPriorityQueue : IEventList<PlainPriorityQueue>
{
    private StampedQueue _queue;

    public static string Name => "PriorityQueue";
    public static PlainPriorityQueue Create(int slots) => new() { _queue = new StampedQueue(slots) };

    public void Peek(out int slot, out long due) => _queue.Peek(out slot, out due);

    public void RearmEarliest(long due)
    {
        long entry = _queue.Heap.Dequeue();
        _queue.Heap.Enqueue(entry, due);
    }

    public void Rearm(int slot, long due) => _queue.Rearm(slot, due);
}

/// <summary>The same with the fused operation, which saves one sift.</summary>
internal struct FusedPriorityQueue : IEventList<FusedPriorityQueue>
{
    private StampedQueue _queue;

    public static string Name => "PriorityQueue fused";
    public static FusedPriorityQueue Create(int slots) => new() { _queue = new StampedQueue(slots) };

    public void Peek(out int slot, out long due) => _queue.Peek(out slot, out due);

    public void RearmEarliest(long due) => _queue.Heap.DequeueEnqueue(_queue.Heap.Peek(), due);

    public void Rearm(int slot, long due) => _queue.Rearm(slot, due);
}

/// <summary>
/// The heap cannot move an entry, so a moved timer enters again under a new stamp and its old entry is skipped when it
/// surfaces. Where nothing was ever moved, stamps are not looked at: the plain workloads do not pay for them.
/// </summary>
internal struct StampedQueue(int slots)
{
    private readonly uint[] _stamps = new uint[slots];
    private readonly bool[] _armed = new bool[slots];
    private bool _moved;

    public PriorityQueue<long, long> Heap { get; } = new(slots);

    public void Peek(out int slot, out long due)
    {
        while (true)
        {
            Heap.TryPeek(out long entry, out due);
            slot = unchecked((int)entry);
            if (!_moved || _stamps[slot] == unchecked((uint)(entry >> 32)))
            {
                return;
            }
            Heap.Dequeue();
        }
    }

    public void Rearm(int slot, long due)
    {
        _moved |= _armed[slot];
        _armed[slot] = true;
        uint stamp = unchecked(++_stamps[slot]);
        Heap.Enqueue(unchecked((long)stamp << 32 | (uint)slot), due);
    }
}
