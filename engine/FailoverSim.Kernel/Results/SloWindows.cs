using System.Collections.Immutable;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Kernel.Results;

/// <summary>How windows lie in the observed horizon.</summary>
public enum WindowKind
{
    /// <summary>One after the other from the start of the horizon; a remainder is dropped.</summary>
    Tiles,

    /// <summary>Behind every instant that a whole window precedes.</summary>
    Rolling,

    /// <summary>One after the other, each of its own length.</summary>
    Spans,
}

/// <summary>A window of its own length.</summary>
/// <param name="From">From t = 0 of the run.</param>
/// <param name="To">The first instant after it.</param>
/// <param name="DownAtMost">Down time that it may hold.</param>
public readonly record struct WindowSpan(SimTime From, SimTime To, SimDuration DownAtMost);

/// <summary>Down time in a tenth of a window.</summary>
/// <param name="Part">10 w + i for the i-th tenth of window w, both from 0.</param>
/// <param name="DownNanoseconds">More than 0.</param>
public readonly record struct WindowPart(int Part, long DownNanoseconds);

/// <summary>How one SLO divides the observed horizon.</summary>
/// <param name="Name">Name in the scenario file.</param>
/// <param name="Service">Index of the service.</param>
/// <param name="Windows">
/// What <see cref="ServiceRow.SloWindowsMet"/> is out of: complete windows within the horizon; of rolling windows, whose ends are
/// all instants, the nanoseconds from the first end to the last.
/// </param>
public sealed record SloWindows(string Name, int Service, long Windows)
{
    /// <summary>Parts of equal length, to the nanosecond, that the down time of a window is kept by.</summary>
    public const int Parts = 10;

    public WindowKind Kind { get; init; }

    /// <summary>Of tiles and rolling windows; 0 for spans.</summary>
    public long LengthNanoseconds { get; init; }

    /// <summary>Down time that a tile or a rolling window may hold; null for spans, and where outages are limited and not down time.</summary>
    public long? DownAtMostNanoseconds { get; init; }

    /// <summary>The windows one by one; empty for tiles and rolling windows.</summary>
    public ImmutableArray<WindowSpan> Spans { get; init; } = [];

    /// <summary>Whether down time is limited, so that there is a budget.</summary>
    public bool HasBudget => Kind == WindowKind.Spans || DownAtMostNanoseconds is not null;

    /// <summary>Whole tenths of windows within the horizon. Rolling windows are cut like tiles, and do not drop the remainder.</summary>
    public int PartCount => Kind == WindowKind.Rolling
        ? WholeParts(Windows + LengthNanoseconds, LengthNanoseconds)
        : checked((int)(Parts * Windows));

    /// <summary>Windows whose budget is looked at: all of them; of rolling ones those that end where a tenth does.</summary>
    public int Budgets => Kind == WindowKind.Rolling ? Math.Max(0, PartCount - Parts + 1) : checked((int)Windows);

    /// <summary>Down time that a window may hold, in nanoseconds.</summary>
    public long DownAtMostIn(int window) => Kind == WindowKind.Spans
        ? Spans[window].DownAtMost.Nanoseconds
        : DownAtMostNanoseconds ?? throw new InvalidOperationException($"{Name} limits no down time.");

    public bool Equals(SloWindows? other) =>
        other is not null && Name == other.Name && Service == other.Service && Windows == other.Windows && Kind == other.Kind
        && LengthNanoseconds == other.LengthNanoseconds && DownAtMostNanoseconds == other.DownAtMostNanoseconds
        && Spans.AsSpan().SequenceEqual(other.Spans.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Name, Service, Windows, Kind, LengthNanoseconds, DownAtMostNanoseconds, Spans.Length);

    /// <summary>Tenths of a length, each ending at the next whole nanosecond below its true end, that lie within a time.</summary>
    internal static int WholeParts(long time, long length) => PartAt(time, length);

    /// <summary>The tenth that the instant belongs to, from 0, so many nanoseconds after the first one began.</summary>
    internal static int PartAt(long after, long length) => checked((int)((((Int128)Parts * (after + 1)) + length - 1) / length) - 1);

    /// <summary>When a tenth begins, in nanoseconds after the first one began.</summary>
    internal static long StartOf(int part, long length) => (long)((Int128)part * length / Parts);
}
