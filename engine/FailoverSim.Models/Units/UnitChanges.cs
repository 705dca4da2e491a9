using System.Runtime.InteropServices;

namespace FailoverSim.Models.Units;

/// <summary>Failures and repairs of many units: noted unit by unit, and put in order only if somebody wants to know it.</summary>
/// <remarks>Room to work in, and no state: a window ends where a run pauses, so nothing is left in it when a state is copied.</remarks>
internal sealed class UnitChanges
{
    private UnitChange[] _changes = [];
    private long[] _keys = [];
    private int[] _order = [];

    public int Count { get; private set; }

    /// <summary>How many of them are the first ones of their units: those are noted in the order of slots.</summary>
    public int First { get; private set; }

    /// <summary>A change, in the order in which they were noted.</summary>
    public ref UnitChange this[int index] => ref _changes[index];

    /// <summary>A change, in the order of instants, after <see cref="Sort"/>.</summary>
    public ref readonly UnitChange InOrder(int rank) => ref _changes[_order[rank]];

    /// <summary>Changes that have been noted.</summary>
    public Span<UnitChange> Noted(int first, int count) => _changes.AsSpan(first, count);

    /// <summary>Room for some more, to be filled from the front before <see cref="Note"/>.</summary>
    public Span<UnitChange> Room(int count)
    {
        if (Count + count > _changes.Length)
        {
            Grow(Math.Max(Count + count, 2 * Count));
        }
        return _changes.AsSpan(Count, count);
    }

    /// <summary>So many that have been filled in are noted.</summary>
    public void Note(int count) => Count += count;

    /// <summary>Only the first of those that are noted have happened.</summary>
    public void Keep(int count) => Count = count;

    /// <summary>From now on units may be noted again.</summary>
    public void EndFirst() => First = Count;

    public void Clear() => Count = First = 0;

    /// <summary>By instant; those of one instant by slot, each unit's in their own order.</summary>
    public void Sort()
    {
        for (int i = 0; i < Count; i++)
        {
            _keys[i] = _changes[i].At;
            _order[i] = i;
        }
        _keys.AsSpan(0, Count).Sort(_order.AsSpan(0, Count));
        for (int first = 0, next; first < Count; first = next)
        {
            for (next = first + 1; next < Count && _keys[next] == _keys[first]; next++)
            {
            }
            if (next - first > 1)
            {
                SortBySlot(first, next);
            }
        }
    }

    private void SortBySlot(int first, int next)
    {
        for (int i = first; i < next; i++)
        {
            _keys[i] = ((long)_changes[_order[i]].Slot << 32) | (uint)_order[i];
        }
        _keys.AsSpan(first..next).Sort(_order.AsSpan(first..next));
    }

    private void Grow(int room)
    {
        Array.Resize(ref _changes, room);
        Array.Resize(ref _keys, room);
        Array.Resize(ref _order, room);
    }
}

/// <summary>A unit has failed, or its repair has ended.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct UnitChange
{
    public long At;

    /// <summary>Since when it had been as it was.</summary>
    public long Since;

    public int Slot;

    /// <summary>1 for a failure, 0 for the end of a repair.</summary>
    public int Fails;
}
