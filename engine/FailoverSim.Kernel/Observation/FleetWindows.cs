namespace FailoverSim.Kernel.Observation;

/// <summary>The windows of one replication for an objective over several members; their down times come one member at a time.</summary>
internal abstract class FleetWindows(Objective objective)
{
    private long _begin;

    protected int Count { get; private set; }

    protected long DownAtMost => objective.DownAtMost.Nanoseconds;

    public virtual void Begin(long begin, long end)
    {
        _begin = begin;
        Count = ObjectiveWindows.Count(objective, end - begin);
    }

    /// <summary>A member was down from one instant to a later one; of each member calls come in order of time.</summary>
    public void Down(int member, long from, long to)
    {
        if (objective.DownAtMost.IsNever)
        {
            return;
        }
        long length = objective.Window.Nanoseconds;
        for (int window = (int)((from - _begin) / length); from < to && window < Count; window++)
        {
            long end = Math.Min(to, _begin + ((window + 1L) * length));
            Add(member, window, end - from);
            from = end;
        }
    }

    /// <summary>Windows met.</summary>
    public abstract int Finish();

    protected abstract void Add(int member, int window, long down);
}

/// <summary>A window is met if the mean of the members' down times in it is low enough.</summary>
internal sealed class MeanWindows(Objective objective, int members) : FleetWindows(objective)
{
    private Int128[] _down = [];

    public override void Begin(long begin, long end)
    {
        base.Begin(begin, end);
        _down = Zeroes.In(_down, Count);
    }

    public override int Finish()
    {
        int met = 0;
        foreach (Int128 down in _down)
        {
            met += down <= (Int128)DownAtMost * members ? 1 : 0;
        }
        return met;
    }

    protected override void Add(int member, int window, long down) => _down[window] += down;
}

/// <summary>A window is met if fewer than so many members were down for too long in it.</summary>
internal sealed class QuantileWindows(Objective objective, int members, int rank) : FleetWindows(objective)
{
    private readonly (int Window, long Down)[] _latest = new (int, long)[members];
    private int[] _missed = [];

    public override void Begin(long begin, long end)
    {
        base.Begin(begin, end);
        Array.Clear(_latest);
        _missed = Zeroes.In(_missed, Count);
    }

    public override int Finish()
    {
        int met = 0;
        foreach (int missed in _missed)
        {
            met += missed < rank ? 1 : 0;
        }
        return met;
    }

    protected override void Add(int member, int window, long down)
    {
        ref (int Window, long Down) latest = ref _latest[member];
        long before = latest.Window == window ? latest.Down : 0;
        latest = (window, before + down);
        if (before <= DownAtMost && latest.Down > DownAtMost)
        {
            _missed[window]++;
        }
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
