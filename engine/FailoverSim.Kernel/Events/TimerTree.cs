using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FailoverSim.Kernel.Events;

/// <summary>A tournament of timers: slots with the instant when each is due, of which the least (due, slot) is always known.</summary>
/// <remarks>
/// <para>Slots stand in lines of eight (one cache line); above the lines, matches are played in pairs, and
/// each match keeps its winner's instant and slot. The champion's slot is thus read, not searched for.</para>
/// <para>When slot i changes, the addresses of all its rivals on the way up follow from i alone: they are loaded
/// independently of each other. What remains in sequence is to take the lesser of two instants, once a match. To stop early at a match
/// would be a coin toss for the branch predictor, so there is one such test only: a slot that neither
/// held nor takes the lead of its line is done, as most re-armed timers are. engine/docs/decisions/0001-event-list.md has the
/// measurements.</para>
/// </remarks>
public sealed unsafe class TimerTree
{
    private const int LineWidth = 8;

    /// <summary>Who wins a match of this number or one below leads a 64th of all slots at least, and will probably be due before long.</summary>
    private const int TopMatches = 64;

    /// <summary>Up to so many lines all stays in the nearest cache, and to ask for it ahead only takes time.</summary>
    private const int FewLines = 256;

    private readonly MemoryBlock _memory;
    private readonly long* _dues;
    private readonly long* _matches;
    private readonly int _dueCount;
    private readonly int _lines;
    private readonly bool _vectors;
    private int _soon;

    /// <param name="slots">How many timers there can be; all start disarmed.</param>
    public TimerTree(int slots) : this(slots, vectors: Avx2.IsSupported)
    {
    }

    /// <param name="slots">How many timers there can be.</param>
    /// <param name="vectors">Whether a line is searched with AVX2; results are the same.</param>
    internal TimerTree(int slots, bool vectors)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(slots);
        Count = slots;
        _vectors = vectors;
        int used = Math.Max(1, (slots + LineWidth - 1) / LineWidth);
        _dueCount = used * LineWidth;
        _lines = (int)BitOperations.RoundUpToPowerOf2((uint)used);

        // Match q is at [2q] (instant) and [2q + 1] (slot); match 1 is the final, match _lines + k is line k's own.
        _memory = new MemoryBlock(ByteCount);
        _dues = (long*)_memory.Start;
        _matches = _dues + _dueCount;
        Clear();
    }

    public int Count { get; }

    /// <summary>The final: <see cref="EarliestDue"/>, then <see cref="EarliestSlot"/>.</summary>
    internal long* First => _matches + 2;

    /// <summary>The least instant that is due; <see cref="long.MaxValue"/> when nothing is armed.</summary>
    public long EarliestDue => unchecked(_matches[2]);

    /// <summary>The lowest slot that is due at <see cref="EarliestDue"/>; means nothing when nothing is armed.</summary>
    public int EarliestSlot => unchecked((int)_matches[3]);

    /// <summary>A slot that will probably be the earliest before long: whoever keeps more about it may fetch that into the cache.</summary>
    public int Soon => _soon;

    /// <summary>When the slot is due; <see cref="long.MaxValue"/> means disarmed.</summary>
    public long Due(int slot)
    {
        unchecked
        {
            if ((uint)slot >= (uint)Count)
            {
                Refuse(slot, 0);
            }
            return _dues[slot];
        }
    }

    /// <summary>Arms, re-arms or (with <see cref="long.MaxValue"/>) disarms a slot, the earliest one included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(int slot, long due)
    {
        unchecked
        {
            if ((uint)slot >= (uint)Count || due < 0)
            {
                Refuse(slot, due);
            }
            long* lead = _matches + 2 * (_lines + (slot >> 3));
            if (lead[1] == slot || due < lead[0] || (due == lead[0] && slot < lead[1]))
            {
                SetLeader(slot, due);
            }
            else
            {
                _dues[slot] = due;
            }
        }
    }

    /// <summary>The same for a slot that leads its line, or will.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void SetLeader(int slot, long due)
    {
        if (_vectors)
        {
            Climb(slot, due);
        }
        else
        {
            ClimbScalar(slot, due);
        }
    }

    /// <summary>Disarms every slot.</summary>
    public void Clear()
    {
        new Span<long>(_dues, _dueCount).Fill(long.MaxValue);
        for (int q = 2 * _lines - 1; q >= 1; q--)
        {
            _matches[2 * q] = long.MaxValue;
            _matches[2 * q + 1] = q >= _lines ? LineWidth * (q - _lines) : _matches[4 * q + 1];
        }
    }

    /// <summary>Makes this list equal to another of the same size.</summary>
    public void CopyFrom(TimerTree other)
    {
        if (other.Count != Count)
        {
            throw new ArgumentException($"A list of {Count} slots cannot copy one of {other.Count}.", nameof(other));
        }
        int length = _dueCount + 4 * _lines;
        new Span<long>(other._dues, length).CopyTo(new Span<long>(_dues, length));
    }

    internal int ByteCount => sizeof(long) * (_dueCount + (4 * _lines));

    internal void Save(ref Span<byte> to)
    {
        new ReadOnlySpan<byte>(_dues, ByteCount).CopyTo(to);
        to = to[ByteCount..];
    }

    internal void Load(ref ReadOnlySpan<byte> from)
    {
        from[..ByteCount].CopyTo(new Span<byte>(_dues, ByteCount));
        from = from[ByteCount..];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Climb(int slot, long due)
    {
        unchecked
        {
            byte* matches = (byte*)_matches;
            var self = Vector128.CreateScalarUnsafe((long)slot);
            var bestDue = Vector128.CreateScalarUnsafe(due);
            var bestSlot = self;

            BestOfOthers(_dues + (slot & -LineWidth), slot, out var rivalDue, out var rivalSlot);
            _dues[slot] = due;
            Match.Play(rivalDue, rivalSlot, self, ref bestDue, ref bestSlot);

            nint at = Match.Bytes * ((nint)_lines + (slot >> 3));
            while (at >= Match.Bytes * TopMatches)
            {
                Match.Ascend(matches, ref at, self, ref bestDue, ref bestSlot);
            }
            nint soon = (nint)bestSlot.ToScalar();
            _soon = (int)soon;
            if (_lines > FewLines)
            {
                Fetch(soon);
            }
            while (at > Match.Bytes)
            {
                Match.Ascend(matches, ref at, self, ref bestDue, ref bestSlot);
            }
            Match.Write(matches, at, bestDue, bestSlot);
        }
    }

    /// <summary>What a slot will need when it fires is asked for now.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Fetch(nint slot)
    {
        unchecked
        {
            nint match = 2 * (_lines + (slot >> 3));
            Sse.Prefetch0(_dues + slot);
            Sse.Prefetch0(_matches + match);
            Sse.Prefetch0(_matches + (match >> 1));
            Sse.Prefetch0(_matches + (match >> 2));
            Sse.Prefetch0(_matches + (match >> 3));
        }
    }

    /// <summary>The best of a line without one of its slots: three rounds of neighbours, the lower lane keeping ties.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void BestOfOthers(long* line, int slot, out Vector128<long> due, out Vector128<long> winner)
    {
        unchecked
        {
            // All bits but the sign, where the lane is the slot's own: it counts as disarmed.
            var own = Vector256.Create((long)(slot & (LineWidth - 1)));
            var low = Vector256.Load(line) | (Vector256.Equals(own, Vector256.Create(0L, 1, 2, 3)) >>> 1);
            var high = Vector256.Load(line + 4) | (Vector256.Equals(own, Vector256.Create(4L, 5, 6, 7)) >>> 1);

            var even = Avx2.UnpackLow(low, high);
            var odd = Avx2.UnpackHigh(low, high);
            var later = Vector256.GreaterThan(even, odd);
            var dues = Avx512F.VL.IsSupported ? Avx512F.VL.Min(even, odd) : Avx2.BlendVariable(even, odd, later);
            var lanes = Vector256.Create(0L, 4, 2, 6) - later;

            var later2 = Vector128.GreaterThan(dues.GetLower(), dues.GetUpper());
            var dues2 = Match.Earlier(dues.GetLower(), dues.GetUpper(), later2);
            var lanes2 = Match.Either(lanes.GetLower(), lanes.GetUpper(), later2);

            var dues3 = Sse2.UnpackHigh(dues2, dues2);
            var later3 = Vector128.GreaterThan(dues2, dues3);
            due = Match.Earlier(dues2, dues3, later3);
            winner = Match.Either(lanes2, Sse2.UnpackHigh(lanes2, lanes2), later3)
                + Vector128.CreateScalarUnsafe((long)(slot & -LineWidth));
        }
    }

    /// <summary>The same climb for processors without AVX2.</summary>
    private void ClimbScalar(int slot, long due)
    {
        unchecked
        {
            _dues[slot] = due;
            int first = slot & -LineWidth;
            long bestSlot = first;
            for (int i = first + 1; i < first + LineWidth; i++)
            {
                bestSlot = _dues[i] < _dues[bestSlot] ? i : bestSlot;
            }
            long bestDue = _dues[bestSlot];
            int at = 2 * (_lines + (slot >> 3));
            for (; at > 2; at = (at >> 1) & -2)
            {
                _matches[at] = bestDue;
                _matches[at + 1] = bestSlot;
                long* rival = _matches + (at ^ 2);
                if (rival[0] < bestDue || (rival[0] == bestDue && rival[1] < bestSlot))
                {
                    (bestDue, bestSlot) = (rival[0], rival[1]);
                }
            }
            _matches[2] = bestDue;
            _matches[3] = bestSlot;
        }
    }

    private void Refuse(int slot, long due)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(slot);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(slot, Count);
        throw new ArgumentOutOfRangeException(nameof(due), due, "Instants start at 0 ns.");
    }
}
