using FailoverSim.Kernel.Levels;
using FailoverSim.Kernel.Signals;

namespace FailoverSim.Kernel.Observation;

/// <summary>Adds up the requests that a service does not answer, as the time in which they arrive.</summary>
internal sealed class RequestMeter(RequestOptions options, SignalGraph signals, LevelTable levels)
{
    private Int128 _lost;
    private long _last;
    private long _holdingSince;
    private int _lacking;
    private bool _holding;

    public void Begin(long now, bool up)
    {
        _lost = 0;
        _last = now;
        _holding = false;
        Read(now, up);
    }

    /// <summary>All that the requests depend on has settled at this instant.</summary>
    public void Update(long now, bool up)
    {
        Account(now);
        Read(now, up);
    }

    /// <summary>Nanoseconds' worth of requests lost; parts are rounded once, to the nearest. Who still waits at the end is lost.</summary>
    public long Finish(long now)
    {
        Account(now);
        return (long)((_lost + (Level.Whole / 2)) / Level.Whole);
    }

    private void Account(long now)
    {
        _lost += (Int128)(now - _last) * _lacking;
        _last = now;
    }

    private void Read(long now, bool up)
    {
        int share = options.Share is { } level ? levels[level] : Level.Whole;
        if (up && _holding)
        {
            // Whoever has waited no longer than the timeout is answered after all, in the share that is answered now.
            _lost -= (Int128)Math.Min(options.Timeout.Nanoseconds, now - _holdingSince) * share;
        }
        bool holding = !up && options.Holds is { } holds && signals[holds];
        if (holding && !_holding)
        {
            _holdingSince = now;
        }
        _holding = holding;
        _lacking = up ? Level.Whole - share : Level.Whole;
    }
}
