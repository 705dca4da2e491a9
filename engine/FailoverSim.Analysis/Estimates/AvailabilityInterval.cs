using FailoverSim.Analysis.Tables;

namespace FailoverSim.Analysis.Estimates;

/// <summary>
/// The interval of the unavailability of one service; every other availability figure is a monotone image of it.
/// Which units carry it is decided by a fixed rule, so that the same rows always give the same interval:
/// <list type="bullet">
/// <item><b>nothing seen</b> (or all replications alike): a bound on the share of replications of a kind not seen yet;</item>
/// <item><b>outages as units</b>, while they are rare and look independent: the envelope of log-t compound Poisson and
/// Fay–Feuer; one outage: Fay–Feuer alone;</item>
/// <item><b>replications as units</b>, as soon as the compound Poisson law cannot be trusted, or need not be: the same
/// envelope of the down times of replications about their mean.</item>
/// </list>
/// </summary>
public static class AvailabilityInterval
{
    /// <summary>Above it an outage leaves noticeably less room for others, and counts are no longer Poisson.</summary>
    private const double RareUnavailability = 0.05;

    /// <summary>Down time without an outage of its own (open at the start, or of a level) that counting outages may miss.</summary>
    private const double NegligibleCarriedIn = 0.01;

    /// <summary>With so many replications of so many outages each, replications speak for themselves.</summary>
    private const int EnoughReplications = 20;
    private const int PlentifulOutages = 10;

    public static Estimate Unavailability(ServiceTotals totals, double level)
    {
        ArgumentNullException.ThrowIfNull(totals);
        if (totals.Replications == 0)
        {
            return new Estimate(null, null, null, level, "none", 0);
        }
        var cautions = CautionsOf(totals);
        bool replicationsDiffer = totals.Replications >= 2 && totals.DownAndOutages.VarianceOfX > 0;
        if (replicationsDiffer && PreferReplications(totals))
        {
            return ByReplications(totals, totals.DownTime, level, cautions);
        }
        if (totals.Outages > 0)
        {
            return ByOutages(totals, level, cautions);
        }
        var unseen = Unseen((double)totals.Down / (double)totals.Exposure, totals.Replications, level, cautions);
        return totals.Down == 0 ? unseen with { Value = null } : unseen;
    }

    /// <summary>
    /// At most a share 1 − (1 − level)^(1/R), about 3/R, of all replications is of a kind that none of R has shown. Such a
    /// replication might be down from end to end (or up, where all were down): no assumption is made on durations.
    /// </summary>
    internal static Estimate Unseen(double seen, long replications, double level, Cautions cautions)
    {
        double unseenShare = 1 - Math.Pow(1 - level, 1.0 / replications);
        return new Estimate(
            seen,
            seen * (1 - unseenShare),
            seen + unseenShare * (1 - seen),
            level,
            "rule-of-three",
            replications,
            cautions);
    }

    private static Estimate ByOutages(ServiceTotals totals, double level, Cautions cautions)
    {
        double squares = (double)(totals.SquaredDurations + totals.SquaredCarriedIn);
        var bounds = CompoundPoisson.Envelope(
            (double)totals.Down, squares, totals.LongestOutage, totals.Outages, level);
        return Of(totals, totals.Down, bounds, level, totals.Outages == 1 ? "fay-feuer" : "compound-poisson", totals.Outages, cautions);
    }

    internal static Estimate ByReplications(ServiceTotals totals, ReplicationSum time, double level, Cautions cautions)
    {
        double sum = (double)time.Total;
        // What one replication can add is its excess over the mean: all of it where down time is rare, little where it is not.
        double excess = time.Largest - sum / totals.Replications;
        var bounds = CompoundPoisson.Envelope(
            sum, time.Variance(totals.Replications), excess, time.Positive, level);
        return Of(totals, time.Total, bounds, level, "replications", totals.Replications, cautions);
    }

    private static Estimate Of(
        ServiceTotals totals, Int128 time, (double Low, double High) bounds, double level, string method, long n, Cautions cautions)
    {
        double exposure = (double)totals.Exposure;
        return new Estimate(
            (double)time / exposure, bounds.Low / exposure, Math.Min(1, bounds.High / exposure), level, method, n, cautions);
    }

    private static bool PreferReplications(ServiceTotals totals) =>
        Dispersion.Of(totals) != Scatter.Poisson
        || (double)totals.Down > RareUnavailability * (double)totals.Exposure
        || (double)(totals.Down - totals.InOutages) > NegligibleCarriedIn * (double)totals.Down
        || (totals.Replications >= EnoughReplications && totals.Outages >= PlentifulOutages * totals.Replications);

    /// <summary>What to warn of (engine/docs/intervals.md).</summary>
    internal static Cautions CautionsOf(ServiceTotals totals)
    {
        long n = totals.Outages;
        double inOutages = (double)totals.InOutages;
        // Squared coefficient of variation of the durations: n Σd² / (Σd)² − 1.
        bool heavyTail = n is > 1 and < 200 && n * (double)totals.SquaredDurations / (inOutages * inOutages) - 1 > 4;
        bool clustered = Dispersion.Of(totals) == Scatter.Clustered;
        return (n <= 1 && totals.WithDownTime <= 1 ? Cautions.LowInformation : 0)
            | (n < 20 && totals.WithDownTime < 20 ? Cautions.FewOutages : 0)
            | (heavyTail ? Cautions.HeavyTail : 0)
            | (n > 0 && totals.LongestOutage > 0.25 * (double)totals.Down ? Cautions.OneOutageDominates : 0)
            | (clustered ? Cautions.Clustered : 0)
            | (totals.Replications == 1 ? Cautions.OneReplication : 0);
    }
}
