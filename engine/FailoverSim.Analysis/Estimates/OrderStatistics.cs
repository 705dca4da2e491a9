using FailoverSim.Analysis.Tables;

namespace FailoverSim.Analysis.Estimates;

/// <summary>
/// Quantiles of durations with distribution-free intervals between order statistics: x₍l₎ … x₍u₎ with l
/// the largest j such that P(Bin(n, p) ≤ j − 1) ≤ α/2 and u the smallest j such that P(Bin(n, p) ≤ j − 1) ≥ 1 − α/2.
/// </summary>
public static class OrderStatistics
{
    /// <summary>Beyond it the normal law gives the ranks, rounded outwards: the incomplete beta function becomes slow.</summary>
    private const long ManyDurations = 100_000;

    /// <summary>Ranks of the bounds, from 1. Low 0: below the smallest seen; high n + 1: beyond the largest.</summary>
    public static (long Low, long High) Ranks(long n, double p, double level)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        double tail = (1 - level) / 2;
        if (n > ManyDurations)
        {
            double half = QuantileOf.Normal(1 - tail) * Math.Sqrt(n * p * (1 - p));
            return (Math.Max(0, (long)Math.Floor(n * p - half)), Math.Min(n + 1, (long)Math.Ceiling(n * p + half) + 1));
        }
        return (FirstRank(n, p, tail, reached: (cdf, limit) => cdf > limit) - 1,
            FirstRank(n, p, 1 - tail, reached: (cdf, limit) => cdf >= limit));
    }

    /// <summary>The estimate is the ⌈n p⌉-th smallest duration; seconds. No high bound where it lies beyond all that was seen.</summary>
    public static Estimate Quantile(ServiceTotals totals, double p, double level)
    {
        ArgumentNullException.ThrowIfNull(totals);
        var durations = totals.Durations;
        long n = durations.Count;
        if (n == 0)
        {
            return new Estimate(null, null, null, level, "none", 0);
        }
        var (low, high) = Ranks(n, p, level);
        bool beyond = high > n;
        long middle = Math.Clamp((long)Math.Ceiling(n * p), 1, n);
        double[] seconds = [.. durations.OfRanks(middle, Math.Max(low, 1), Math.Min(high, n)).Select(d => d * 1e-9)];
        var cautions = (Dispersion.Of(totals) == Scatter.Clustered ? Cautions.Clustered : Cautions.None)
            | (durations.IsExact ? Cautions.None : Cautions.Histogram);
        return new Estimate(
            seconds[0], low == 0 ? 0 : seconds[1], beyond ? null : seconds[2], level,
            beyond ? "order-statistics-beyond-max" : "order-statistics", n, cautions);
    }

    /// <summary>The smallest rank j in 1 … n + 1 whose P(Bin ≤ j − 1) has reached the limit.</summary>
    private static long FirstRank(long n, double p, double limit, Func<double, double, bool> reached)
    {
        long below = 0;
        long found = n + 1;
        while (found - below > 1)
        {
            long middle = below + (found - below) / 2;
            if (reached(QuantileOf.BinomialCdf(n, p, middle - 1), limit))
            {
                found = middle;
            }
            else
            {
                below = middle;
            }
        }
        return found;
    }
}
