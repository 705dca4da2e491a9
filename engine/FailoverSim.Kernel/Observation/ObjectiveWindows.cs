using FailoverSim.Kernel.Levels;
using FailoverSim.Kernel.Results;

namespace FailoverSim.Kernel.Observation;

/// <summary>The windows of one replication for an objective of one service, whose down times come in order of time.</summary>
/// <param name="objective">What is asked.</param>
/// <param name="hasOutages">Whether the service is up or down, and no level.</param>
internal sealed class ObjectiveWindows(Objective objective, bool hasOutages = true) : IObjectiveRecorder
{
    private readonly WindowGrid _grid = new(objective);
    private readonly RollingWindows? _rolling = objective.Rolls
        ? new RollingWindows(objective.Window.Nanoseconds, (Int128)objective.DownAtMost.Nanoseconds * Level.Whole)
        : null;
    private readonly List<WindowPart> _parts = [];
    private int _window;
    private Int128 _downInWindow;
    private int _missed;
    private int _lastWindowWithLongOutage;
    private long _longest;

    public long? LongestOutage => hasOutages ? _longest : null;

    public void Begin(long begin, long end)
    {
        _grid.Begin(begin, end);
        _rolling?.Begin(begin, end);
        _parts.Clear();
        _window = 0;
        _downInWindow = 0;
        _missed = 0;
        _lastWindowWithLongOutage = -1;
        _longest = 0;
    }

    /// <summary>The service was down from one instant to a later one; calls come in order of time.</summary>
    /// <param name="from">Start.</param>
    /// <param name="to">End.</param>
    /// <param name="lacking">How much of the service was down, in parts of <see cref="Level.Whole"/>.</param>
    public void Down(long from, long to, int lacking = Level.Whole)
    {
        if (_grid.Parts == 0)
        {
            return;
        }
        _rolling?.Down(from, to, lacking);
        int part = _grid.PartAt(from);
        for (from = Math.Max(from, _grid.StartOf(part)); from < to && part < _grid.Parts; part++)
        {
            long end = Math.Min(to, _grid.StartOf(part + 1));
            Add(part, (Int128)(end - from) * lacking);
            from = end;
        }
    }

    /// <summary>An outage has ended; calls come in order of start.</summary>
    public void Outage(long start, long duration)
    {
        int window = _grid.WindowAt(start);
        if (window < 0 || (window >= _grid.Windows && _rolling is null))
        {
            return;
        }
        _longest = Math.Max(_longest, duration);
        if (duration > objective.NoOutageOver.Nanoseconds && window != _lastWindowWithLongOutage)
        {
            _missed++;
            _lastWindowWithLongOutage = window;
        }
    }

    public long Finish(RaggedList<WindowPart> parts)
    {
        foreach (WindowPart part in _parts)
        {
            parts.Add(part);
        }
        Judge();
        return _rolling?.Finish() ?? _grid.Windows - _missed;
    }

    private void Add(int part, Int128 down)
    {
        int window = part / SloWindows.Parts;
        if (window != _window)
        {
            Judge();
            _window = window;
            _downInWindow = 0;
        }
        long before = Rounded(_downInWindow);
        _downInWindow += down;
        long more = Rounded(_downInWindow) - before;
        if (more == 0)
        {
            return;
        }
        if (_parts.Count > 0 && _parts[^1].Part == part)
        {
            _parts[^1] = new WindowPart(part, _parts[^1].DownNanoseconds + more);
        }
        else
        {
            _parts.Add(new WindowPart(part, more));
        }
    }

    private void Judge()
    {
        if (_downInWindow > 0 && _window < _grid.Windows && _downInWindow > (Int128)_grid.DownAtMost(_window) * Level.Whole)
        {
            _missed++;
        }
    }

    private static long Rounded(Int128 lacking) => (long)((lacking + (Level.Whole / 2)) / Level.Whole);
}
