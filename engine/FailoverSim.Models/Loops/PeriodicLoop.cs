namespace FailoverSim.Models.Loops;

/// <summary>A strictly periodic loop: tick k is at phase + k × period, whatever happens between ticks. Nanoseconds.</summary>
/// <param name="Phase">Instant of tick 0.</param>
/// <param name="Period">Above 0.</param>
public readonly record struct PeriodicLoop(long Phase, long Period)
{
    /// <summary>Number of the last tick at or before an instant; negative before tick 0.</summary>
    public long LastIndex(long at)
    {
        (long ticks, long rest) = Math.DivRem(at - Phase, Period);
        return rest < 0 ? ticks - 1 : ticks;
    }

    public long At(long index) => Phase + (index * Period);

    /// <summary>The last tick at or before an instant.</summary>
    public long Last(long at) => At(LastIndex(at));

    /// <summary>The first tick after an instant.</summary>
    public long Next(long at) => At(LastIndex(at) + 1);
}
