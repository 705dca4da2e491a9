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

    /// <summary>Those of summary.csv and of the figures: they are looked for together.</summary>
    public static IReadOnlyList<double> Usual { get; } = [0.50, 0.95, 0.99];

    /// <summary>Rank of the estimate: the ⌈n p⌉-th smallest.</summary>
    public static long Middle(long n, double p) => Math.Clamp((long)Math.Ceiling(n * p), 1, n);

    /// <summary>The estimate is the ⌈n p⌉-th smallest duration; seconds. No high bound where it lies beyond all that was seen.</summary>
    public static Estimate Quantile(ServiceTotals totals, double p, double level)
    {
        ArgumentNullException.ThrowIfNull(totals);
        IntegerSample durations = totals.Durations;
        long n = durations.Count;
        if (n == 0)
        {
            return new Estimate(null, null, null, level, "none", 0);
        }
        var (low, high) = Ranks(n, p, level);
        bool beyond = high > n;
        double[] seconds =
        [
            .. durations.OfRanks([Middle(n, p), Math.Max(low, 1), Math.Min(high, n)], count => Wanted(count, [.. Usual, p], level)).Select(d => d * 1e-9),
        ];
        var cautions = (Dispersion.Of(totals) == Scatter.Clustered ? Cautions.Clustered : Cautions.None)
            | (durations.Known(Middle(n, p)) is null ? Cautions.Histogram : Cautions.None);
        return new Estimate(
            seconds[0], low == 0 ? 0 : seconds[1], beyond ? null : seconds[2], level,
            beyond ? "order-statistics-beyond-max" : "order-statistics", n, cautions);
    }

    /// <summary>Durations in ascending order, in nanoseconds, with how many there are of each; of many as <see cref="IntegerSample.Outline"/> has them, with <see cref="Usual"/> quantiles and a maximum that are exact.</summary>
    public static IReadOnlyList<(double Nanoseconds, long Count)> Outline(ServiceTotals totals)
    {
        ArgumentNullException.ThrowIfNull(totals);
        IntegerSample durations = totals.Durations;
        long n = durations.Count;
        long[] ranks = n == 0 ? [] : [.. Usual.Select(p => Middle(n, p)), n];
        durations.OfRanks(ranks, count => Wanted(count, Usual, Summary.DefaultLevel));
        return durations.Outline(ranks);
    }

    /// <summary>Ranks of estimates and of their bounds, as far as they were seen, and of the maximum.</summary>
    private static IEnumerable<long> Wanted(long n, IReadOnlyList<double> shares, double level)
    {
        foreach (double p in shares)
        {
            var (low, high) = Ranks(n, p, level);
            yield return Middle(n, p);
            yield return Math.Max(low, 1);
            yield return Math.Min(high, n);
        }
        yield return n;
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
