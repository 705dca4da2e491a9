namespace FailoverSim.Kernel.Observation;

/// <summary>
/// For how long the window behind an instant holds little enough down time. As the instant moves on the down time in its window
/// changes at a rate that is constant between the borders of outages and their images one window later, so it is followed
/// from border to border in whole numbers.
/// </summary>
internal sealed class RollingWindows(long length, Int128 most)
{
    private readonly List<(long At, long Change)> _changes = [];
    private long _begin;
    private long _end;

    public void Begin(long begin, long end)
    {
        (_begin, _end) = (begin, end);
        _changes.Clear();
    }

    /// <summary>So much was down from one instant to a later one; calls may come in any order.</summary>
    /// <param name="from">Start.</param>
    /// <param name="to">End.</param>
    /// <param name="weight">Counts each nanosecond so many times.</param>
    public void Down(long from, long to, int weight)
    {
        Enter(from, weight);
        Enter(to, -weight);
    }

    /// <summary>Nanoseconds of instants whose window is met; a crossing between two nanoseconds counts as not met.</summary>
    public long Finish()
    {
        _changes.Sort(static (a, b) => a.At.CompareTo(b.At)); // those at one instant add up in any order
        long met = 0, at = _begin, rate = 0;
        Int128 down = 0;
        foreach ((long time, long change) in _changes)
        {
            met += Met(at, time, down, rate);
            down += (Int128)(time - at) * rate;
            at = time;
            rate += change;
        }
        return met + Met(at, _end, down, rate);
    }

    /// <summary>The rate changes when a border comes into the window, and back when it leaves it.</summary>
    private void Enter(long at, int change)
    {
        _changes.Add((at, change));
        if (at <= _end - length)
        {
            _changes.Add((at + length, -change));
        }
    }

    private long Met(long from, long to, Int128 down, long rate)
    {
        long first = Math.Max(from, _begin + length);
        long time = to - first;
        if (time <= 0)
        {
            return 0;
        }
        down += (Int128)(first - from) * rate;
        Int128 left = most - down;
        return rate switch
        {
            0 => left >= 0 ? time : 0,
            > 0 => left < 0 ? 0 : (long)Int128.Min(time, left / rate),
            < 0 => left >= 0 ? time : time - (long)Int128.Min(time, (left + rate + 1) / rate), // −left over −rate, rounded up
        };
    }
}
