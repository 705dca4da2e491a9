namespace FailoverSim.Analysis.Estimates;

/// <summary>Exact intervals for the mean of a Poisson count.</summary>
public static class PoissonInterval
{
    /// <summary>
    /// [Garwood 36]: lower χ²(α/2; 2N)/2, upper χ²(1−α/2; 2N+2)/2. Divide by the exposure for a rate.
    /// </summary>
    public static (double Low, double High) Garwood(long count, double level)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        double tail = (1 - level) / 2;
        return (count == 0 ? 0 : QuantileOf.Gamma(count, tail), QuantileOf.Gamma(count + 1.0, 1 - tail));
    }

    /// <summary>
    /// One-sided upper bound of the mean after no event at all: −ln(1 − level), 3.00 at 95 %
    /// ("rule of three", [Hanley &amp; Lippman-Hand 83]).
    /// </summary>
    public static double BoundAfterNone(double level) => -Math.Log(1 - level);
}
