namespace FailoverSim.Kernel.Time;

/// <summary>An instant: whole nanoseconds since t = 0 of the run.</summary>
public readonly record struct SimTime(long Nanoseconds) : IComparable<SimTime>
{
    public static SimTime Zero => default;

    /// <summary>After every instant that a run can reach.</summary>
    public static SimTime Never => new(long.MaxValue);

    public bool IsNever => Nanoseconds == long.MaxValue;

    public double Seconds => Nanoseconds * 1e-9;

    public int CompareTo(SimTime other) => Nanoseconds.CompareTo(other.Nanoseconds);

    public static bool operator <(SimTime a, SimTime b) => a.Nanoseconds < b.Nanoseconds;
    public static bool operator >(SimTime a, SimTime b) => a.Nanoseconds > b.Nanoseconds;
    public static bool operator <=(SimTime a, SimTime b) => a.Nanoseconds <= b.Nanoseconds;
    public static bool operator >=(SimTime a, SimTime b) => a.Nanoseconds >= b.Nanoseconds;
    public static SimDuration operator -(SimTime a, SimTime b) => new(a.Nanoseconds - b.Nanoseconds);

    /// <summary>The instant that much later; <see cref="Never"/> where that lies beyond the clock.</summary>
    public static SimTime operator +(SimTime a, SimDuration b) =>
        new(a.Nanoseconds > 0 && b.Nanoseconds > long.MaxValue - a.Nanoseconds ? long.MaxValue : a.Nanoseconds + b.Nanoseconds);
}
