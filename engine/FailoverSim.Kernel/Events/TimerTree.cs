using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FailoverSim.Kernel.Events;

/// <summary>A tournament of timers: slots with the instant when each is due, of which the least (due, slot) is always known.</summary>
/// <remarks>
/// <para>Slots stand in lines of sixteen (two cache lines); above the lines, matches are played in pairs, and
/// each match keeps its winner's instant and slot. The champion's slot is thus read, not searched for.</para>
/// <para>When slot i changes, the addresses of all its rivals on the way up follow from i alone: they are loaded
/// independently of each other. What remains in sequence is to take the lesser of two instants, once a match. To stop early at a match
/// would be a coin toss for the branch predictor, so there is one such test only: a slot that neither
/// held nor takes the lead of its line is done, as most re-armed timers are. engine/docs/decisions/0001-event-list.md has the
/// measurements.</para>
/// </remarks>
public sealed unsafe class TimerTree
{
    private const int LineBits = 4;
    private const int LineWidth = 1 << LineBits;

    /// <summary>Who wins a match of this number or one below leads a 64th of all slots at least, and will probably be due before long.</summary>
    private const int TopMatches = 64;

    /// <summary>Up to so many lines all stays in the nearest cache, and to ask for it ahead only takes time.</summary>
    private const int FewLines = 128;

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
            return _dues[Place(slot)];
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
            long* lead = _matches + 2 * (_lines + (slot >> LineBits));
            if (lead[1] == slot || due < lead[0] || (due == lead[0] && slot < lead[1]))
            {
                SetLeader(slot, due);
            }
            else
            {
                _dues[Place(slot)] = due;
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

    /// <summary>
    /// Where a slot stands: a line is written as a square of four by four, column by column, so that neighbours meet vector against vector and
    /// nothing has to be turned before the search.
    /// </summary>
    private static nint Place(int slot) => unchecked((slot & -LineWidth) | ((slot & 3) << 2) | ((slot >> 2) & 3));

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
            _dues[Place(slot)] = due;
            Match.Play(rivalDue, rivalSlot, self, ref bestDue, ref bestSlot);

            nint at = Match.Bytes * ((nint)_lines + (slot >> LineBits));
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
            nint match = 2 * (_lines + (slot >> LineBits));
            Sse.Prefetch0(_dues + (slot & -LineWidth));
            Sse.Prefetch0(_dues + (slot | (LineWidth / 2)));
            Sse.Prefetch0(_matches + match);
            Sse.Prefetch0(_matches + (match >> 1));
            Sse.Prefetch0(_matches + (match >> 2));
            Sse.Prefetch0(_matches + (match >> 3));
        }
    }

    /// <summary>The best of a line without one of its slots: four rounds of neighbours, the lower lane keeping ties.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void BestOfOthers(long* line, int slot, out Vector128<long> due, out Vector128<long> winner)
    {
        unchecked
        {
            var own = Vector256.Create((long)(slot & (LineWidth - 1)));
            var lanes0 = Vector256.Create(0L, 4, 8, 12);
            var lanes1 = Vector256.Create(1L, 5, 9, 13);
            var lanes2 = Vector256.Create(2L, 6, 10, 14);
            var lanes3 = Vector256.Create(3L, 7, 11, 15);

            Meet(Others(line, own, lanes0), Others(line + 4, own, lanes1), out var dues0, out var wins1);
            Meet(Others(line + 8, own, lanes2), Others(line + 12, own, lanes3), out var dues2, out var wins3);
            Meet(dues0, dues2, out var dues, out var wins);
            var lanes = Avx2.BlendVariable(lanes0 - wins1, lanes2 - wins3, wins);

            Meet(dues, Avx2.UnpackHigh(dues, dues), out var halves, out wins);
            lanes = Avx2.BlendVariable(lanes, Avx2.UnpackHigh(lanes, lanes), wins);

            var upperWins = Vector128.GreaterThan(halves.GetLower(), halves.GetUpper());
            due = Match.Earlier(halves.GetLower(), halves.GetUpper(), upperWins);
            winner = Match.Either(lanes.GetLower(), lanes.GetUpper(), upperWins)
                + Vector128.CreateScalarUnsafe((long)(slot & -LineWidth));
        }
    }

    /// <summary>A quarter of a line. The lane that is the slot's own counts as disarmed: all bits but the sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<long> Others(long* quarter, Vector256<long> own, Vector256<long> lanes) =>
        Vector256.Load(quarter) | (Vector256.Equals(own, lanes) >>> 1);

    /// <summary>Four matches at once: the earlier of each two, and -1 where the other one wins, which loses ties.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Meet(Vector256<long> one, Vector256<long> other, out Vector256<long> earlier, out Vector256<long> otherWins)
    {
        otherWins = Vector256.GreaterThan(one, other);
        earlier = Avx512F.VL.IsSupported ? Avx512F.VL.Min(one, other) : Avx2.BlendVariable(one, other, otherWins);
    }

    /// <summary>The same climb for processors without AVX2.</summary>
    private void ClimbScalar(int slot, long due)
    {
        unchecked
        {
            _dues[Place(slot)] = due;
            int first = slot & -LineWidth;
            int bestSlot = first;
            for (int i = first + 1; i < first + LineWidth; i++)
            {
                bestSlot = _dues[Place(i)] < _dues[Place(bestSlot)] ? i : bestSlot;
            }
            long bestDue = _dues[Place(bestSlot)];
            int at = 2 * (_lines + (slot >> LineBits));
            for (; at > 2; at = (at >> 1) & -2)
            {
                _matches[at] = bestDue;
                _matches[at + 1] = bestSlot;
                long* rival = _matches + (at ^ 2);
                if (rival[0] < bestDue || (rival[0] == bestDue && rival[1] < bestSlot))
                {
                    (bestDue, bestSlot) = (rival[0], (int)rival[1]);
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
