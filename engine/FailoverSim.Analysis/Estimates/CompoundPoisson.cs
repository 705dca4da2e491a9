namespace FailoverSim.Analysis.Estimates;

/// <summary>
/// Intervals for the mean of a sum of positive weights: durations of outages, or the down times of replications.
/// All three take the sum, its estimated variance and what one more unit could weigh.
/// </summary>
public static class CompoundPoisson
{
    /// <summary>Student's t on the logarithm: S exp(± t √V / S).</summary>
    public static (double Low, double High) LogT(double sum, double variance, double degrees, double level)
    {
        double spread = Math.Exp(QuantileOf.TwoSidedT(degrees, level) * Math.Sqrt(variance) / sum);
        return (sum / spread, sum * spread);
    }

    /// <summary>
    /// The gamma interval of [Fay &amp; Feuer 97] for weighted sums of Poisson counts. With equal weights it is Garwood's.
    /// </summary>
    /// <param name="sum">Σ w.</param>
    /// <param name="variance">Σ w².</param>
    /// <param name="largest">The largest weight: the upper bound allows for one more unit of that size.</param>
    /// <param name="level">Confidence.</param>
    public static (double Low, double High) FayFeuer(double sum, double variance, double largest, double level)
    {
        double tail = (1 - level) / 2;
        double low = variance / sum * QuantileOf.Gamma(sum * sum / variance, tail);
        double nextSum = sum + largest;
        double nextVariance = variance + largest * largest;
        double high = nextVariance / nextSum * QuantileOf.Gamma(nextSum * nextSum / nextVariance, 1 - tail);
        return (low, high);
    }

    /// <summary>
    /// The wider bound of each: neither alone holds its level with few, heavy-tailed weights (measured: engine/docs/intervals.md).
    /// With fewer than two units Student's t says nothing and Fay–Feuer stands alone.
    /// </summary>
    public static (double Low, double High) Envelope(
        double sum, double variance, double largest, long units, double level)
    {
        var gamma = FayFeuer(sum, variance, largest, level);
        if (units < 2)
        {
            return gamma;
        }
        var log = LogT(sum, variance, units - 1, level);
        return (Math.Min(gamma.Low, log.Low), Math.Max(gamma.High, log.High));
    }
}
