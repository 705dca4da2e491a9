namespace FailoverSim.Tests.Kernel.Events;

/// <summary>The obvious event list.</summary>
internal sealed class SortedTimers(int slots)
{
    private const long Disarmed = long.MaxValue;

    private readonly long[] _dues = [.. Enumerable.Repeat(Disarmed, slots)];
    private readonly SortedSet<(long Due, int Slot)> _armed = [];

    public (long Due, int Slot) Earliest => _armed.Count == 0 ? (Disarmed, 0) : _armed.Min;

    public long Due(int slot) => _dues[slot];

    public void Set(int slot, long due)
    {
        _armed.Remove((_dues[slot], slot));
        _dues[slot] = due;
        if (due != Disarmed)
        {
            _armed.Add((due, slot));
        }
    }
}
