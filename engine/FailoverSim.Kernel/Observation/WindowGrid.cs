using System.Collections.Immutable;
using FailoverSim.Kernel.Results;

namespace FailoverSim.Kernel.Observation;

/// <summary>Where the windows of an objective, and their tenths, lie in the horizon of a replication.</summary>
internal sealed class WindowGrid(Objective objective)
{
    private readonly long _length = objective.Window.Nanoseconds;
    private readonly ImmutableArray<WindowSpan> _spans = objective.Spans ?? [];
    private readonly bool _hasSpans = objective.Spans is not null;
    private long _begin;

    /// <summary>Complete windows; of rolling ones those that a tiling would have.</summary>
    public int Windows { get; private set; }

    /// <summary>Tenths of windows, in order and without a gap.</summary>
    public int Parts { get; private set; }

    public void Begin(long begin, long end)
    {
        _begin = begin;
        Windows = _hasSpans ? _spans.Length : (int)((end - begin) / _length);
        Parts = objective.DownAtMost.IsNever && !_hasSpans ? 0
            : objective.Rolls ? SloWindows.WholeParts(end - begin, _length)
            : checked(Windows * SloWindows.Parts);
    }

    /// <summary>What the names of a result say of the windows.</summary>
    public static SloWindows NamesFor(Objective objective, int service, long horizon)
    {
        long length = objective.Window.Nanoseconds;
        (WindowKind kind, long windows) = objective.Spans is { } spans ? (WindowKind.Spans, spans.Length)
            : objective.Rolls ? (WindowKind.Rolling, Math.Max(0, horizon - length))
            : (WindowKind.Tiles, horizon / length);
        return new SloWindows(objective.Name, service, windows)
        {
            Kind = kind,
            LengthNanoseconds = kind == WindowKind.Spans ? 0 : length,
            DownAtMostNanoseconds = kind == WindowKind.Spans || objective.DownAtMost.IsNever ? null : objective.DownAtMost.Nanoseconds,
            Spans = objective.Spans ?? [],
        };
    }

    /// <summary>The window that holds an instant; negative or beyond the last one if none does.</summary>
    public int WindowAt(long time)
    {
        if (!_hasSpans)
        {
            return (int)((time - _begin) / _length);
        }
        int low = 0, high = _spans.Length; // the first window that begins later
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _spans[middle].From.Nanoseconds <= time ? (middle + 1, high) : (low, middle);
        }
        return low == _spans.Length && low > 0 && time >= _spans[^1].To.Nanoseconds ? low : low - 1;
    }

    /// <summary>The tenth that holds an instant, or the first one if that begins later.</summary>
    public int PartAt(long time)
    {
        if (!_hasSpans)
        {
            return SloWindows.PartAt(time - _begin, _length);
        }
        int window = WindowAt(time);
        return window < 0 ? 0
            : window >= _spans.Length ? Parts
            : (window * SloWindows.Parts) + SloWindows.PartAt(time - _spans[window].From.Nanoseconds, LengthOf(_spans[window]));
    }

    /// <summary>When a tenth begins, or the last one ends.</summary>
    public long StartOf(int part)
    {
        if (!_hasSpans)
        {
            return _begin + SloWindows.StartOf(part, _length);
        }
        (int window, int tenth) = Math.DivRem(part, SloWindows.Parts);
        return window < _spans.Length
            ? _spans[window].From.Nanoseconds + SloWindows.StartOf(tenth, LengthOf(_spans[window]))
            : _spans[^1].To.Nanoseconds;
    }

    /// <summary>Down time that a window may hold, in nanoseconds.</summary>
    public long DownAtMost(int window) => _hasSpans ? _spans[window].DownAtMost.Nanoseconds : objective.DownAtMost.Nanoseconds;

    private static long LengthOf(WindowSpan span) => span.To.Nanoseconds - span.From.Nanoseconds;
}
