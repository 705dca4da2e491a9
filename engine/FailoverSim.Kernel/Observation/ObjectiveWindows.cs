using FailoverSim.Kernel.Levels;

namespace FailoverSim.Kernel.Observation;

/// <summary>Counts the windows of one replication that meet an objective.</summary>
internal sealed class ObjectiveWindows(Objective objective)
{
    private long _begin;
    private int _windows;
    private int _window;
    private Int128 _downInWindow;
    private int _missed;
    private int _lastWindowWithLongOutage;

    public static int Count(Objective objective, long horizon) => (int)(horizon / objective.Window.Nanoseconds);

    public void Begin(long begin, long end)
    {
        _begin = begin;
        _windows = Count(objective, end - begin);
        _window = 0;
        _downInWindow = 0;
        _missed = 0;
        _lastWindowWithLongOutage = -1;
    }

    /// <summary>The service was down from one instant to a later one; calls come in order of time.</summary>
    /// <param name="from">Start.</param>
    /// <param name="to">End.</param>
    /// <param name="lacking">How much of the service was down, in parts of <see cref="Level.Whole"/>.</param>
    public void Down(long from, long to, int lacking = Level.Whole)
    {
        if (objective.DownAtMost.IsNever)
        {
            return;
        }
        long length = objective.Window.Nanoseconds;
        while (from < to)
        {
            int window = (int)((from - _begin) / length);
            MoveTo(window);
            long end = Math.Min(to, _begin + ((window + 1L) * length));
            _downInWindow += (Int128)(end - from) * lacking;
            from = end;
        }
    }

    /// <summary>An outage has ended; calls come in order of start.</summary>
    public void Outage(long start, long duration)
    {
        int window = (int)((start - _begin) / objective.Window.Nanoseconds);
        if (duration > objective.NoOutageOver.Nanoseconds && window < _windows && window != _lastWindowWithLongOutage)
        {
            _missed++;
            _lastWindowWithLongOutage = window;
        }
    }

    /// <summary>Windows met.</summary>
    public int Finish()
    {
        MoveTo(_windows);
        return _windows - _missed;
    }

    private void MoveTo(int window)
    {
        if (window == _window)
        {
            return;
        }
        if (_window < _windows && _downInWindow > (Int128)objective.DownAtMost.Nanoseconds * Level.Whole)
        {
            _missed++;
        }
        _window = window;
        _downInWindow = 0;
    }
}
