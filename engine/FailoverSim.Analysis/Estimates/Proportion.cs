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
    /// The share of windows that met an SLO. Windows of one replication are alike, so the number of trials is that of the
    /// windows divided by the design effect (observed variance over replications / binomial variance) [Kish 65], and at
    /// least the number of replications; where none or all were met, the number of replications.
    /// </summary>
    public static Estimate SloMet(RatioMoments met, int windows, double level)
    {
        ArgumentNullException.ThrowIfNull(met);
        long replications = met.Count;
        double total = (double)replications * windows;
        if (total == 0)
        {
            return new Estimate(null, null, null, level, "none", 0);
        }
        double share = (double)met.X / total;
        double trials = replications;
        if (replications >= 2 && share is > 0 and < 1)
        {
            double binomial = total * share * (1 - share);
            double designEffect = Math.Max(1, met.VarianceOfX / binomial);
            trials = Math.Max(replications, total / designEffect);
        }
        double z = replications >= 2 ? QuantileOf.TwoSidedT(replications - 1, level) : QuantileOf.Normal((1 + level) / 2);
        var (low, high) = Wilson(share, trials, z);
        return new Estimate(
            share, low, high, level, "wilson", replications * windows,
            replications == 1 ? Cautions.OneReplication : Cautions.None);
    }
}
