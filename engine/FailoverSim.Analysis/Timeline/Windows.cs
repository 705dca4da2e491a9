using FailoverSim.Kernel.Time;

namespace FailoverSim.Analysis.Timeline;

/// <summary>Stretches of time, in order and apart.</summary>
public sealed class Windows
{
    private readonly List<(SimTime From, SimTime To)> _all = [];

    private Windows()
    {
    }

    /// <summary>Nothing.</summary>
    public static Windows None { get; } = new();

    public IReadOnlyList<(SimTime From, SimTime To)> All => _all;

    /// <summary>The end of the last one; t = 0 if there is none.</summary>
    public SimTime End => _all.Count == 0 ? SimTime.Zero : _all[^1].To;

    /// <summary>One stretch.</summary>
    public static Windows Of(SimTime from, SimTime to) => Of([(from, to)]);

    /// <summary>Stretches in any order; those that touch become one.</summary>
    public static Windows Of(IEnumerable<(SimTime From, SimTime To)> stretches)
    {
        Windows windows = new();
        foreach ((SimTime from, SimTime to) in stretches.OrderBy(stretch => stretch.From))
        {
            if (windows._all.Count > 0 && from <= windows.End)
            {
                windows._all[^1] = (windows._all[^1].From, to > windows.End ? to : windows.End);
            }
            else
            {
                windows._all.Add((from, to));
            }
        }
        return windows;
    }

    /// <summary>Whether an instant is in one of them, their ends included.</summary>
    public bool Holds(SimTime time) => Overlap(time, time);

    /// <summary>Whether one of them shares an instant with a stretch.</summary>
    public bool Overlap(SimTime from, SimTime to)
    {
        // The first one that does not end before it.
        (int low, int high) = (0, _all.Count);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _all[middle].To < from ? (middle + 1, high) : (low, middle);
        }
        return low < _all.Count && _all[low].From <= to;
    }
}
