using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FailoverSim.Kernel.Events;

/// <summary>
/// A tournament of few timers, in pairs from the first round on: a line searched as a whole, as <see cref="TimerTree"/> has them, would wait for what the
/// event before has written into it. Each timer has a place, and places are in the order of slots.
/// </summary>
internal sealed unsafe class BusyTimers
{
    /// <summary>More than so many would not fit: a timer is written as the address of its first match, then its slot.</summary>
    public const int MostRoom = 1 << 24;

    private const int BitsOfSlot = 32;

    private readonly MemoryBlock _memory;
    private readonly byte* _matches;
    private readonly int _room;
    private int _leaves;

    /// <param name="room">How many there can be; up to <see cref="MostRoom"/>.</param>
    public BusyTimers(int room)
    {
        _room = room;
        _memory = new MemoryBlock(2L * Match.Bytes * Leaves(room));
        _matches = _memory.Start;
        Empty(room);
    }

    public int Count { get; private set; }

    /// <summary>The final: the least instant that is due, then who it is. Its address never changes.</summary>
    public long* First => (long*)(_matches + Match.Bytes);

    /// <param name="timer">As the final tells it.</param>
    public static int SlotOf(long timer) => unchecked((int)timer);

    /// <summary>Nobody is left, and so many will come: the fewer, the fewer rounds.</summary>
    public void Empty(int expected)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(expected, _room);
        Count = 0;
        _leaves = Leaves(expected);
        for (int q = (2 * _leaves) - 1; q >= 1; q--)
        {
            long* match = (long*)(_matches + ((nint)Match.Bytes * q));
            match[0] = long.MaxValue;
            match[1] = q >= _leaves ? Timer(q - _leaves, 0) : match[(2 * q) + 1];
        }
    }

    /// <summary>One more, of a higher slot than all before. It takes the place <see cref="Count"/>.</summary>
    public void Add(int slot, long due) => Set(Timer(Count++, slot), due);

    public long Due(int place) => *(long*)(_matches + Leaf(place));

    public int Slot(int place) => SlotOf(*(long*)(_matches + Leaf(place) + sizeof(long)));

    public void Set(int place, int slot, long due) => Set(Timer(place, slot), due);

    /// <param name="timer">As the final tells it.</param>
    /// <param name="due">When it is due from now on.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Set(long timer, long due)
    {
        unchecked
        {
            byte* matches = _matches;
            var self = Vector128.CreateScalarUnsafe(timer);
            var bestDue = Vector128.CreateScalarUnsafe(due);
            var best = self;
            nint at = (nint)timer >> BitsOfSlot;
            while (at > Match.Bytes)
            {
                Match.Ascend(matches, ref at, self, ref bestDue, ref best);
            }
            Match.Write(matches, at, bestDue, best);
        }
    }

    private static int Leaves(int count) => (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, count));

    private long Timer(int place, int slot) => ((long)Leaf(place) << BitsOfSlot) | (uint)slot;

    private nint Leaf(nint place) => unchecked(Match.Bytes * (_leaves + place));
}
