using System.Runtime.CompilerServices;

namespace FailoverSim.Kernel.Time;

/// <summary>A length of simulated time: a whole number of nanoseconds, ±292 years.</summary>
/// <remarks>Integers make sums exact and associative, so totals cannot depend on threads or on the order of merging.</remarks>
public readonly record struct SimDuration(long Nanoseconds) : IComparable<SimDuration>
{
    public const long NanosecondsPerSecond = 1_000_000_000;
    public const long NanosecondsPerDay = 86_400 * NanosecondsPerSecond;

    /// <summary>A year as reliability engineers count it: 365 days.</summary>
    public const long NanosecondsPerYear = 365 * NanosecondsPerDay;

    public static SimDuration Zero => default;

    /// <summary>Longer than any clock: a draw of this length never ends.</summary>
    public static SimDuration Never => new(long.MaxValue);

    public bool IsNever => Nanoseconds == long.MaxValue;

    public double Seconds => Nanoseconds * 1e-9;

    /// <summary>The nearest whole nanosecond: the one place where a real number becomes simulated time.</summary>
    /// <param name="seconds">Any number but NaN; negative numbers become zero, numbers beyond the clock <see cref="Never"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is NaN.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimDuration FromSeconds(double seconds)
    {
        double nanoseconds = Math.Round(seconds * 1e9);
        // In range: one instruction, where a checked conversion is a call.
        return nanoseconds is > 0 and < 9.2e18 ? new SimDuration(double.ConvertToIntegerNative<long>(nanoseconds)) : OfOtherSeconds(seconds);
    }

    private static SimDuration OfOtherSeconds(double seconds)
    {
        if (double.IsNaN(seconds))
        {
            throw new ArgumentOutOfRangeException(nameof(seconds), seconds, "A duration in seconds cannot be NaN.");
        }
        return seconds < 1 ? Zero : Never;
    }

    public int CompareTo(SimDuration other) => Nanoseconds.CompareTo(other.Nanoseconds);

    public static bool operator <(SimDuration a, SimDuration b) => a.Nanoseconds < b.Nanoseconds;
    public static bool operator >(SimDuration a, SimDuration b) => a.Nanoseconds > b.Nanoseconds;
    public static bool operator <=(SimDuration a, SimDuration b) => a.Nanoseconds <= b.Nanoseconds;
    public static bool operator >=(SimDuration a, SimDuration b) => a.Nanoseconds >= b.Nanoseconds;

    /// <summary>Beyond what can be held: <see cref="Never"/>.</summary>
    public static SimDuration operator +(SimDuration a, SimDuration b) =>
        new(a.Nanoseconds > 0 && b.Nanoseconds > long.MaxValue - a.Nanoseconds ? long.MaxValue : a.Nanoseconds + b.Nanoseconds);

    public static SimDuration operator -(SimDuration a, SimDuration b) => new(a.Nanoseconds - b.Nanoseconds);
}
