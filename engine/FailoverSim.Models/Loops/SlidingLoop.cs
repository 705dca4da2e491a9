using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Laws;

namespace FailoverSim.Models.Loops;

/// <summary>
/// A loop whose next tick is counted from the end of the last one, after independent gaps: its phase is a random walk.
/// Many gaps are leapt over at once, the last ones are walked.
/// </summary>
/// <remarks>
/// A sum of n ≥ 32 gaps is taken as normal with the true mean and variance. For uniform gaps, the widest that occur here, its
/// distribution function is off by less than 0.001 then (first Edgeworth term, excess kurtosis −1.2/n). At least
/// 32 gaps are walked after a leap, so that what remains until the instant asked for has forgotten even that.
/// </remarks>
/// <param name="Mean">Mean gap, seconds, above 0.</param>
/// <param name="Variance">Variance of a gap, seconds squared.</param>
public readonly record struct SlidingLoop(double Mean, double Variance)
{
    private const int FewTicks = 32;

    /// <summary>A leap is cut at so many standard deviations (one leap in 10¹⁵), so it never passes its aim.</summary>
    private const double FarTail = 8;

    /// <summary>How many gaps can be leapt over so that at least 32 mean gaps remain of a distance; 0: walk.</summary>
    /// <param name="distance">From the tick that is known to the instant asked for, nanoseconds.</param>
    public long TicksToLeap(long distance)
    {
        double room = (distance * 1e-9) - (FewTicks * Mean);
        if (room < FewTicks * Mean)
        {
            return 0;
        }
        // The largest n with n × mean + 8 × √n × deviation ≤ room.
        double tail = FarTail * Math.Sqrt(Variance);
        double root = (Math.Sqrt((tail * tail) + (4 * Mean * room)) - tail) / (2 * Mean);
        long ticks = (long)(root * root);
        return ticks < FewTicks ? 0 : ticks;
    }

    /// <summary>The time that so many gaps take, nanoseconds; exact if they are all alike.</summary>
    public long TimeOf(long ticks, ref Draws draws)
    {
        if (Variance == 0)
        {
            return ticks * SimDuration.FromSeconds(Mean).Nanoseconds;
        }
        double z = Math.Clamp(Normal.Quantile(draws.NextUniform()), -FarTail, FarTail);
        return SimDuration.FromSeconds((ticks * Mean) + (z * Math.Sqrt(ticks * Variance))).Nanoseconds;
    }
}
