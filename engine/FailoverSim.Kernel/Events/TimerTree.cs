namespace FailoverSim.Kernel.Events;

/// <summary>Placeholder shape until the measured structure lands.</summary>
public sealed class TimerTree(int slots)
{
    private readonly long[] _due = new long[slots];
    private readonly SortedSet<(long, int)> _set = [];

    public long EarliestDue => _set.Count == 0 ? long.MaxValue : _set.Min.Item1;

    public int EarliestSlot => _set.Count == 0 ? 0 : _set.Min.Item2;

    public long Due(int slot) => _due[slot];

    public void Set(int slot, long due)
    {
        _set.Remove((_due[slot], slot));
        _due[slot] = due;
        if (due != long.MaxValue)
        {
            _set.Add((due, slot));
        }
    }

    public void Clear()
    {
        Array.Fill(_due, long.MaxValue);
        _set.Clear();
    }

    public void CopyFrom(TimerTree other)
    {
        other._due.CopyTo(_due, 0);
        _set.Clear();
        _set.UnionWith(other._set);
    }
}
