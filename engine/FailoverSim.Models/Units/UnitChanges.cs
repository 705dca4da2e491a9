using System.Runtime.InteropServices;
using FailoverSim.Kernel.Components;

namespace FailoverSim.Models.Units;

/// <summary>Failures and repairs of many units: noted unit by unit, and put in order only if somebody wants to know it.</summary>
internal sealed class UnitChanges : IState
{
    private UnitChange[] _changes = [];
    private long[] _instants = [];
    private int[] _order = [];

    public int Count { get; private set; }

    /// <summary>A change, in the order in which they were noted.</summary>
    public ref readonly UnitChange this[int index] => ref _changes[index];

    /// <summary>A change, in the order of instants, after <see cref="Sort"/>.</summary>
    public ref readonly UnitChange InOrder(int rank) => ref _changes[_order[rank]];

    /// <summary>A place for a change more.</summary>
    public ref UnitChange Add()
    {
        if (Count == _changes.Length)
        {
            Grow(Math.Max(64, 2 * Count));
        }
        return ref _changes[Count++];
    }

    public void Clear() => Count = 0;

    /// <summary>By instant; those of one instant by slot, each unit's in their own order, as they are noted that way.</summary>
    public void Sort()
    {
        for (int i = 0; i < Count; i++)
        {
            _instants[i] = _changes[i].At;
            _order[i] = i;
        }
        _instants.AsSpan(0, Count).Sort(_order.AsSpan(0, Count));
        for (int first = 0, next; first < Count; first = next)
        {
            for (next = first + 1; next < Count && _instants[next] == _instants[first]; next++)
            {
            }
            if (next - first > 1)
            {
                _order.AsSpan(first..next).Sort();
            }
        }
    }

    public void Reset() => Clear();

    public void CopyFrom(IState other)
    {
        UnitChanges from = (UnitChanges)other;
        if (from.Count > _changes.Length)
        {
            Grow(from._changes.Length);
        }
        Count = from.Count;
        from._changes.AsSpan(0, Count).CopyTo(_changes);
        from._order.AsSpan(0, Count).CopyTo(_order);
    }

    /// <remarks>Explored states are reached event by event: there is nothing here then.</remarks>
    public int ByteCount => 0;

    public void Save(ref Span<byte> to)
    {
    }

    public void Load(ref ReadOnlySpan<byte> from) => Clear();

    private void Grow(int room)
    {
        Array.Resize(ref _changes, room);
        Array.Resize(ref _instants, room);
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
