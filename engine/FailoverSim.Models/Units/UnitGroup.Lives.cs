using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Models.Units;

/// <content>Lives and repairs of many plain units, taken unit by unit up to an instant.</content>
public sealed partial class UnitGroup
{
    /// <summary>Units looked at, or drawn for, together.</summary>
    private const int Block = 64;

    private void BeginLives()
    {
        // Beyond the last unit there is nothing that could be due.
        _dues.Items[Count..].Fill(long.MaxValue);
        Span<Drawing> drawings = stackalloc Drawing[Block];
        Span<double> seconds = stackalloc double[Block];
        for (int first = 0; first < Count; first += Block)
        {
            int count = Math.Min(Block, Count - first);
            for (int i = 0; i < count; i++)
            {
                drawings[i] = new Drawing(first + i, _fails, Life, 0);
            }
            DrawEach(drawings[..count], seconds);
            for (int i = 0; i < count; i++)
            {
                _dues[first + i] = SimDuration.FromSeconds(seconds[i]).Nanoseconds;
            }
        }
    }

    /// <summary>All units take all of their changes before an instant.</summary>
    /// <returns>How many of them are failures, and a hash of all; null where there are more than so many, of which some have been taken.</returns>
    /// <remarks>
    /// Who is due again joins the end of the list: so all draws of a batch are independent of each other.
    /// </remarks>
    private (int Failures, ulong Hash)? Live(long end, int most)
    {
        Span<Drawing> drawings = stackalloc Drawing[Block];
        Span<double> seconds = stackalloc double[Block];
        Span<PlainUnit> units = _plainUnits.Items;
        Span<long> dues = _dues.Items;
        NoteDue(end);
        (int failures, ulong hash) = (0, 0);
        for (int first = 0, count; first < _changes.Count; first += count)
        {
            if (_changes.Count > most)
            {
                _changes.Keep(first);
                return null;
            }
            count = Math.Min(Block, _changes.Count - first);
            Span<UnitChange> again = _changes.Room(count);
            Span<UnitChange> changes = _changes.Noted(first, count);
            for (int i = 0; i < changes.Length; i++)
            {
                ref UnitChange change = ref changes[i];
                ref PlainUnit unit = ref units[change.Slot];
                int fails = unit.Down ^ 1;
                change.At = dues[change.Slot];
                change.Since = unit.Since;
                change.Fails = fails;
                unit.Since = change.At;
                unit.Down = fails;
                unchecked
                {
                    unit.Failures += fails;
                    failures += fails;
                    hash += Hashing.Mix((ulong)change.At ^ ((ulong)(_firstJob + change.Slot) << 40));
                }
                drawings[i] = new Drawing(change.Slot, _plainLaws[fails], PlainPurposes[fails], unit.Failures);
            }
            DrawEach(drawings[..count], seconds);
            int due = 0;
            for (int i = 0; i < changes.Length; i++)
            {
                ref readonly UnitChange change = ref changes[i];
                long lasts = SimDuration.FromSeconds(seconds[i]).Nanoseconds;
                long next = lasts < long.MaxValue - change.At ? change.At + lasts : long.MaxValue;
                dues[change.Slot] = next;
                // Whether is a coin toss: written in any case, and kept or not.
                again[due].Slot = change.Slot;
                due += next < end ? 1 : 0;
            }
            _changes.Note(due);
        }
        return (failures, hash);
    }

    /// <summary>Units are again as they were before the changes that are noted.</summary>
    private void TakeBack()
    {
        for (int i = _changes.Count - 1; i >= 0; i--)
        {
            ref readonly UnitChange change = ref _changes[i];
            ref PlainUnit unit = ref _plainUnits[change.Slot];
            _dues[change.Slot] = change.At;
            unit.Since = change.Since;
            unit.Failures -= change.Fails;
            unit.Down = 1 - change.Fails;
        }
    }

    /// <summary>Notes who is due before an instant, in the order of slots.</summary>
    private void NoteDue(long end)
    {
        Span<long> dues = _dues.Items;
        for (int first = 0; first < dues.Length; first += Block)
        {
            ulong due = DueBefore(end, dues.Slice(first, Block));
            if (due != 0)
            {
                Span<UnitChange> room = _changes.Room(Block);
                int noted = 0;
                for (; due != 0; due &= unchecked(due - 1))
                {
                    room[noted++].Slot = first + BitOperations.TrailingZeroCount(due);
                }
                _changes.Note(noted);
            }
        }
        _changes.EndFirst();
    }

    /// <summary>A bit for each unit of a block that is due before an instant.</summary>
    private static ulong DueBefore(long end, ReadOnlySpan<long> dues)
    {
        ulong due = 0;
        ReadOnlySpan<Vector512<long>> vectors = MemoryMarshal.Cast<long, Vector512<long>>(dues);
        Vector512<long> ends = Vector512.Create(end);
        for (int i = vectors.Length - 1; i >= 0; i--)
        {
            due = (due << Vector512<long>.Count) | Vector512.LessThan(vectors[i], ends).ExtractMostSignificantBits();
        }
        return due;
    }
}
