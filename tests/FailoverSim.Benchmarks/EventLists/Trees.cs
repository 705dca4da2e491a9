using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using FailoverSim.Kernel.Events;

namespace FailoverSim.Benchmarks.EventLists;

/// <summary>The product's event list.</summary>
internal struct EngineList : IEventList<EngineList>
{
    private EventList _list;

    public static string Name => "EventList";
    public static EngineList Create(int slots) => new() { _list = new EventList(slots) };
    public readonly void Peek(out int slot, out long due) => (slot, due) = (_list.EarliestSlot, _list.EarliestDue);
    public readonly void RearmEarliest(long due) => _list.Set(_list.EarliestSlot, due);
    public readonly void Rearm(int slot, long due) => _list.Set(slot, due);
}

/// <summary>One tournament of all timers, as there is one of the busy ones besides in the product's list.</summary>
internal struct Tournament : IEventList<Tournament>
{
    private TimerTree _tree;

    public static string Name => "TimerTree";
    public static Tournament Create(int slots) => new() { _tree = new TimerTree(slots) };
    public readonly void Peek(out int slot, out long due) => (slot, due) = (_tree.EarliestSlot, _tree.EarliestDue);
    public readonly void RearmEarliest(long due) => _tree.Set(_tree.EarliestSlot, due);
    public readonly void Rearm(int slot, long due) => _tree.Set(slot, due);
}

/// <summary>
/// The first idea: one fan-out at all levels, each node searched with AVX2, minimum and winner kept in it. Children of line g
/// are the lines after it, as in a heap. Ties are left open, since the benchmark's instants are all different.
/// </summary>
internal unsafe struct FanOutTree<TWidth> : IEventList<FanOutTree<TWidth>> where TWidth : struct, IWidth
{
    private long* _dues;
    private long* _winners;
    private nint _leaves;
    private long _earliestDue;
    private long _earliestSlot;

    /// <summary>Held, so that what the pointers point to lives.</summary>
    private long[] Memory { get; init; }

    public static string Name => $"fan-out {TWidth.Value}";

    public static FanOutTree<TWidth> Create(int slots)
    {
        int leaves = 0;
        int level = TWidth.Value;
        for (; level < slots; level *= TWidth.Value)
        {
            leaves += level;
        }
        int total = leaves + (slots + TWidth.Value) / TWidth.Value * TWidth.Value;
        var memory = GC.AllocateArray<long>(2 * total + 8, pinned: true);
        Array.Fill(memory, long.MaxValue);
        long* dues = (long*)(((nint)Unsafe.AsPointer(ref memory[0]) + 63) & ~63);
        for (int i = leaves; i < total; i++)
        {
            dues[total + i] = i - leaves;
        }
        return new() { Memory = memory, _dues = dues, _winners = dues + total, _leaves = leaves, _earliestDue = long.MaxValue };
    }

    public readonly void Peek(out int slot, out long due)
    {
        slot = unchecked((int)_earliestSlot);
        due = _earliestDue;
    }

    public void RearmEarliest(long due) => Rearm(unchecked((int)_earliestSlot), due);

    public void Rearm(int slot, long due)
    {
        unchecked
        {
            nint at = _leaves + slot;
            nint parent = at / TWidth.Value - 1;
            if (parent >= 0 && _winners[parent] != slot && due >= _dues[parent])
            {
                _dues[at] = due;
                return;
            }
            Climb(at, slot, due);
        }
    }

    private void Climb(nint at, int slot, long due)
    {
        unchecked
        {
            var bestDue = Vector128.CreateScalarUnsafe(due);
            var bestSlot = Vector128.CreateScalarUnsafe((long)slot);
            for (; at >= 0; at = at / TWidth.Value - 1)
            {
                nint line = at & -TWidth.Value;
                var own = Vector256.Create((long)(at - line));
                var dues = Vector256.Create(long.MaxValue);
                var slots = Vector256<long>.Zero;
                for (int lane = 0; lane < TWidth.Value; lane += 4)
                {
                    var lanes = Vector256.Create(0L, 1, 2, 3) + Vector256.Create((long)lane);
                    var others = Vector256.Load(_dues + line + lane) | (Vector256.Equals(own, lanes) >>> 1);
                    var sooner = Vector256.GreaterThan(dues, others);
                    dues = Avx2.BlendVariable(dues, others, sooner);
                    slots = Avx2.BlendVariable(slots, Vector256.Load(_winners + line + lane), sooner);
                }
                _dues[at] = bestDue.ToScalar();
                _winners[at] = bestSlot.ToScalar();
                var later = Vector128.GreaterThan(dues.GetLower(), dues.GetUpper());
                var dues2 = Sse41.BlendVariable(dues.GetLower(), dues.GetUpper(), later);
                var slots2 = Sse41.BlendVariable(slots.GetLower(), slots.GetUpper(), later);
                Take(ref bestDue, ref bestSlot, dues2, slots2);
                Take(ref bestDue, ref bestSlot, Sse2.UnpackHigh(dues2, dues2), Sse2.UnpackHigh(slots2, slots2));
            }
            _earliestDue = bestDue.ToScalar();
            _earliestSlot = bestSlot.ToScalar();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Take(
        ref Vector128<long> bestDue, ref Vector128<long> bestSlot, Vector128<long> due, Vector128<long> slot)
    {
        var sooner = Vector128.GreaterThan(bestDue, due);
        bestDue = Sse41.BlendVariable(bestDue, due, sooner);
        bestSlot = Sse41.BlendVariable(bestSlot, slot, sooner);
    }
}
