using FailoverSim.Kernel.Results;

namespace FailoverSim.Kernel.Observation;

/// <summary>The windows of one replication for an objective over several members; their down times come one member at a time.</summary>
internal abstract class FleetWindows(Objective objective) : IObjectiveRecorder
{
    protected WindowGrid Grid { get; } = new(objective);

    public long? LongestOutage => null;

    public virtual void Begin(long begin, long end) => Grid.Begin(begin, end);

    /// <summary>A member was down from one instant to a later one; of each member calls come in order of time.</summary>
    public virtual void Down(int member, long from, long to)
    {
        if (Grid.Parts == 0)
        {
            return;
        }
        int part = Grid.PartAt(from);
        for (from = Math.Max(from, Grid.StartOf(part)); from < to && part < Grid.Parts; part++)
        {
            long end = Math.Min(to, Grid.StartOf(part + 1));
            Add(member, part, end - from);
            from = end;
        }
    }

    public abstract long Finish(RaggedList<WindowPart> parts);

    protected abstract void Add(int member, int part, long down);
}

/// <summary>A window is met if the mean of the members' down times in it is low enough.</summary>
internal sealed class MeanWindows(Objective objective, int members) : FleetWindows(objective)
{
    private readonly RollingWindows? _rolling = objective.Rolls
        ? new RollingWindows(objective.Window.Nanoseconds, (Int128)objective.DownAtMost.Nanoseconds * members)
        : null;
    private Int128[] _down = [];

    public override void Begin(long begin, long end)
    {
        base.Begin(begin, end);
        _rolling?.Begin(begin, end);
        _down = Zeroes.In(_down, Grid.Parts);
    }

    public override void Down(int member, long from, long to)
    {
        _rolling?.Down(from, to, weight: 1);
        base.Down(member, from, to);
    }

    public override long Finish(RaggedList<WindowPart> parts)
    {
        long met = 0;
        Int128 down = 0;
        for (int part = 0; part < _down.Length; part++)
        {
            (int window, int tenth) = Math.DivRem(part, SloWindows.Parts);
            down = tenth == 0 ? 0 : down;
            long before = (long)(down / members);
            down += _down[part];
            long more = (long)(down / members) - before;
            if (more > 0)
            {
                parts.Add(new WindowPart(part, more));
            }
            if (tenth == SloWindows.Parts - 1)
            {
                met += down <= (Int128)Grid.DownAtMost(window) * members ? 1 : 0;
            }
        }
        return _rolling?.Finish() ?? (Grid.Parts == 0 ? Grid.Windows : met);
    }

    protected override void Add(int member, int part, long down) => _down[part] += down;
}

/// <summary>
/// A window is met if fewer than so many members were down for too long in it. Its down time, up to each tenth, is the so many-th
/// longest of the members'.
/// </summary>
internal sealed class QuantileWindows(Objective objective, int members, int rank) : FleetWindows(objective)
{
    private readonly List<(int Window, int Member, int Tenth, long Down)> _entries = [];
    private readonly long[] _sorted = new long[members];
    private readonly long[] _downOfTenths = new long[members * SloWindows.Parts];

    public override void Begin(long begin, long end)
    {
        base.Begin(begin, end);
        _entries.Clear();
    }

    public override long Finish(RaggedList<WindowPart> parts)
    {
        _entries.Sort(static (a, b) => (a.Window, a.Member).CompareTo((b.Window, b.Member)));
        long missed = 0;
        for (int first = 0; first < _entries.Count;)
        {
            int window = _entries[first].Window;
            int affected = Read(ref first, window);
            if (affected >= rank)
            {
                missed += Rank(window, affected, parts) > Grid.DownAtMost(window) ? 1 : 0;
            }
        }
        return Grid.Windows - missed;
    }

    protected override void Add(int member, int part, long down) =>
        _entries.Add((part / SloWindows.Parts, member, part % SloWindows.Parts, down));

    /// <summary>The down times of the members that had any in the window, by tenth.</summary>
    /// <returns>How many members these are.</returns>
    private int Read(ref int entry, int window)
    {
        int affected = 0;
        for (int member = -1; entry < _entries.Count && _entries[entry].Window == window; entry++)
        {
            if (_entries[entry].Member != member)
            {
                member = _entries[entry].Member;
                Array.Clear(_downOfTenths, affected * SloWindows.Parts, SloWindows.Parts);
                affected++;
            }
            _downOfTenths[((affected - 1) * SloWindows.Parts) + _entries[entry].Tenth] += _entries[entry].Down;
        }
        return affected;
    }

    /// <returns>The down time of the window.</returns>
    private long Rank(int window, int affected, RaggedList<WindowPart> parts)
    {
        Span<long> sorted = _sorted.AsSpan(0, affected);
        long before = 0;
        for (int tenth = 0; tenth < SloWindows.Parts; tenth++)
        {
            for (int member = 0; member < affected; member++)
            {
                // Down time of the tenth becomes that of the window up to there.
                int at = (member * SloWindows.Parts) + tenth;
                _downOfTenths[at] += tenth == 0 ? 0 : _downOfTenths[at - 1];
                sorted[member] = _downOfTenths[at];
            }
            sorted.Sort();
            long ranked = sorted[^rank];
            if (ranked > before)
            {
                parts.Add(new WindowPart((window * SloWindows.Parts) + tenth, ranked - before));
            }
            before = ranked;
        }
        return before;
    }
}

internal static class Zeroes
{
    /// <summary>The same array, cleared, if it is as long as wanted: nothing is allocated but when the horizon changes.</summary>
    public static T[] In<T>(T[] array, int length)
    {
        if (array.Length != length)
        {
            return new T[length];
        }
        Array.Clear(array);
        return array;
    }
}
