using FailoverSim.Kernel.Laws;

namespace FailoverSim.Models.Laws;

/// <summary>Inverts a cumulative hazard that has no closed inverse.</summary>
internal static class HazardRoot
{
    /// <summary>The least x in (low, high] with H(x) ≥ y; <paramref name="high"/> if there is none below it.</summary>
    /// <param name="law">Its hazard may have steps and flat stretches.</param>
    /// <param name="y">Positive.</param>
    /// <param name="low">≥ 0, with H(low) &lt; y.</param>
    /// <param name="high">May be +∞.</param>
    /// <param name="start">A guess between the two.</param>
    /// <remarks>
    /// Newton on ln H against ln x, nearly a straight line for most laws and one exactly for Weibull. Where a step
    /// would leave the bracket or not shrink, the bracket is halved by counting floating-point numbers, so the end is
    /// reached in ~100 rounds.
    /// </remarks>
    public static double Solve(Law law, double y, double low, double high, double start)
    {
        double x = start;
        double last = double.PositiveInfinity;
        while (true)
        {
            double reached = law.CumulativeHazard(x);
            if (reached >= y)
            {
                high = x;
            }
            else
            {
                low = x;
            }
            double step = Math.Log(y / reached) * reached / (x * law.Hazard(x));
            if (Math.Abs(step) < 1e-10)
            {
                // The next error is of the order of the square of this step: below the last digit.
                return x * Math.Exp(step);
            }
            double next = x * Math.Exp(step);
            bool isGood = next > low && next < high && Math.Abs(step) < 0.5 * last;
            last = isGood ? Math.Abs(step) : double.PositiveInfinity;
            if (!isGood)
            {
                next = Halfway(low, high);
                if (next == low)
                {
                    return high;
                }
            }
            x = next;
        }
    }

    /// <summary>
    /// The middle of two non-negative numbers in the order of their bit patterns; +∞ is the number after the last.
    /// </summary>
    public static double Halfway(double low, double high)
    {
        long a = BitConverter.DoubleToInt64Bits(low);
        return BitConverter.Int64BitsToDouble(a + (BitConverter.DoubleToInt64Bits(high) - a) / 2);
    }
}
