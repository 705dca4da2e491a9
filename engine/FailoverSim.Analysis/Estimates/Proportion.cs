using FailoverSim.Analysis.Tables;

namespace FailoverSim.Analysis.Estimates;

/// <summary>Shares of trials, with an interval that stays sensible at 0 and 1.</summary>
public static class Proportion
{
    /// <summary>The score interval of [Wilson 27].</summary>
    /// <param name="share">Share of successes.</param>
    /// <param name="trials">Number of trials; may be an effective number.</param>
    /// <param name="z">Two-sided quantile, 1.96 at 95 %.</param>
    public static (double Low, double High) Wilson(double share, double trials, double z)
    {
        double zz = z * z;
        double centre = (share + zz / (2 * trials)) / (1 + zz / trials);
        double half = z * Math.Sqrt(share * (1 - share) / trials + zz / (4 * trials * trials)) / (1 + zz / trials);
        // At 0 and 1 a bound is the estimate itself: rounding must not carry it past.
        return (share <= 0 ? 0 : Math.Max(0, centre - half), share >= 1 ? 1 : Math.Min(1, centre + half));
    }

    /// <summary>
    /// The share of windows that met an SLO, with <see cref="Trials"/> for a number of trials.
    /// </summary>
    /// <param name="met">Windows met by replication; of rolling windows, nanoseconds.</param>
    /// <param name="windows">What they are out of.</param>
    /// <param name="level">Confidence.</param>
    /// <param name="n">Observations to be told, if they are not all the windows.</param>
    public static Estimate SloMet(RatioMoments met, long windows, double level, long? n = null)
    {
        ArgumentNullException.ThrowIfNull(met);
        long replications = met.Count;
        double total = (double)replications * windows;
        if (total == 0)
        {
            return new Estimate(null, null, null, level, "none", 0);
        }
        double share = (double)met.X / total;
        var (low, high) = Wilson(share, Trials(met, windows), Score(replications, level));
        return new Estimate(
            share, low, high, level, "wilson", n ?? replications * windows,
            replications == 1 ? Cautions.OneReplication : Cautions.None);
    }

    /// <summary>
    /// How many independent windows those of all replications are worth. Windows of one replication are alike, so it is their
    /// number divided by the design effect (observed variance over replications / binomial variance) [Kish 65], and at least
    /// the number of replications; where none or all were met, the number of replications. No unit enters: windows may be
    /// counted, or measured by the nanosecond.
    /// </summary>
    public static double Trials(RatioMoments met, long windows)
    {
        ArgumentNullException.ThrowIfNull(met);
        long replications = met.Count;
        double total = (double)replications * windows;
        double share = (double)met.X / total;
        if (replications < 2 || share is not (> 0 and < 1))
        {
            return replications;
        }
        double binomial = total * share * (1 - share);
        double designEffect = Math.Max(1, met.VarianceOfX / binomial);
        return Math.Max(replications, total / designEffect);
    }

    /// <summary>The quantile that the score interval of so many replications takes.</summary>
    internal static double Score(long replications, double level) =>
        replications >= 2 ? QuantileOf.TwoSidedT(replications - 1, level) : QuantileOf.Normal((1 + level) / 2);
}
