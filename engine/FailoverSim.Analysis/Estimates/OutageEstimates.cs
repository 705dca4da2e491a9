using FailoverSim.Analysis.Tables;

namespace FailoverSim.Analysis.Estimates;

/// <summary>How often, how long, how soon. Times in seconds, rates per second.</summary>
public static class OutageEstimates
{
    private const double NanosecondsPerSecond = 1e9;

    /// <summary>Replications with an outage from which on they may be the units of a mean duration.</summary>
    private const int EnoughReplications = 20;

    /// <summary>Below it, a mean with censored replications is also held against the exact interval of their count.</summary>
    private const int FewFirstOutages = 50;

    /// <summary>
    /// Outages per second of observed time. Garwood where counts look Poisson; else the envelope over replications.
    /// </summary>
    public static Estimate Frequency(ServiceTotals totals, double level)
    {
        ArgumentNullException.ThrowIfNull(totals);
        var cautions = AvailabilityInterval.CautionsOf(totals) & ~(Cautions.HeavyTail | Cautions.OneOutageDominates);
        return Frequency(totals, totals.OutageCounts, level, cautions);
    }

    /// <summary>The same for one kind of outage, or for anything else that is counted while a service is observed.</summary>
    public static Estimate Frequency(ServiceTotals totals, ReplicationSum counts, double level)
    {
        ArgumentNullException.ThrowIfNull(totals);
        ArgumentNullException.ThrowIfNull(counts);
        var cautions = (counts.Total <= 1 ? Cautions.LowInformation : 0)
            | (counts.Total < 20 ? Cautions.FewOutages : 0)
            | (Dispersion.Of(counts, totals.Replications) == Scatter.Clustered ? Cautions.Clustered : 0)
            | (totals.Replications == 1 ? Cautions.OneReplication : 0);
        return Frequency(totals, counts, level, cautions);
    }

    private static Estimate Frequency(ServiceTotals totals, ReplicationSum counts, double level, Cautions cautions)
    {
        double seconds = (double)totals.Exposure / NanosecondsPerSecond;
        long n = (long)counts.Total;
        if (n == 0)
        {
            return new Estimate(0, 0, PoissonInterval.BoundAfterNone(level) / seconds, level, "rule-of-three", 0, cautions);
        }
        bool byReplications =
            Dispersion.Of(counts, totals.Replications) != Scatter.Poisson && counts.Variance(totals.Replications) > 0;
        var (low, high) = byReplications
            ? CompoundPoisson.Envelope(
                n, counts.Variance(totals.Replications), counts.Largest - (double)n / totals.Replications, counts.Positive, level)
            : PoissonInterval.Garwood(n, level);
        return new Estimate(
            n / seconds, low / seconds, high / seconds, level, byReplications ? "replications" : "garwood",
            byReplications ? totals.Replications : n, cautions);
    }

    /// <summary>Observed time per outage: the inverse of the frequency, bounds and all.</summary>
    public static Estimate MeanTimeBetween(ServiceTotals totals, double level) => Frequency(totals, level).Inverse(1);

    /// <summary>Mean duration of the outages that start within the horizon.</summary>
    public static Estimate MeanDuration(ServiceTotals totals, double level)
    {
        ArgumentNullException.ThrowIfNull(totals);
        return PerOutage(totals, totals.DurationsAndOutages, level);
    }

    /// <summary>Down time per outage: as the mean duration, but with down time carried into the horizon.</summary>
    public static Estimate MeanTimeToRestore(ServiceTotals totals, double level)
    {
        ArgumentNullException.ThrowIfNull(totals);
        return PerOutage(totals, totals.DownAndOutages, level);
    }

    public static Estimate Longest(ServiceTotals totals)
    {
        ArgumentNullException.ThrowIfNull(totals);
        return new Estimate(
            totals.Outages == 0 ? null : totals.LongestOutage / NanosecondsPerSecond, null, null, null, "maximum", totals.Outages);
    }

    /// <summary>
    /// Σ min(first outage, horizon) / replications with an outage: the total-time-on-test estimator where
    /// some had none, the plain mean where all had one.
    /// </summary>
    public static Estimate TimeToFirst(ServiceTotals totals, double level)
    {
        ArgumentNullException.ThrowIfNull(totals);
        var moments = totals.FirstOutage;
        long with = totals.WithOutage;
        double waited = (double)moments.X / NanosecondsPerSecond;
        string censored = with < totals.Replications ? "-censored" : "";
        if (with == 0)
        {
            return new Estimate(
                null, totals.Replications == 0 ? null : waited / PoissonInterval.BoundAfterNone(level), null, level,
                "rule-of-three" + censored, 0, Cautions.LowInformation);
        }
        var bounds = RatioInterval.LogT(moments, with, level);
        (double Low, double High)? seconds = bounds is { } b
            ? (b.Low / NanosecondsPerSecond, b.High / NanosecondsPerSecond)
            : null;
        if (with < FewFirstOutages && (censored.Length > 0 || seconds is null))
        {
            var count = PoissonInterval.Garwood(with, level);
            seconds = (Math.Min(seconds?.Low ?? double.MaxValue, waited / count.High),
                Math.Max(seconds?.High ?? 0, waited / count.Low));
        }
        return new Estimate(
            waited / with, seconds?.Low, seconds?.High, level, "ratio" + censored, with,
            with < 20 ? Cautions.FewOutages : Cautions.None);
    }

    private static Estimate PerOutage(ServiceTotals totals, RatioMoments moments, double level)
    {
        long n = totals.Outages;
        var cautions = AvailabilityInterval.CautionsOf(totals);
        if (n == 0)
        {
            return new Estimate(null, null, null, level, "none", 0, cautions);
        }
        double seconds = (double)moments.X / n / NanosecondsPerSecond;
        bool byReplications = totals.WithOutage >= EnoughReplications
            || (totals.WithOutage >= 2 && Dispersion.Of(totals) == Scatter.Clustered);
        var relative = byReplications ? Relative(RatioInterval.LogT(moments, totals.WithOutage, level), moments) : null;
        relative ??= RelativeByOutages(totals, level);
        string method = n == 1 || relative is null ? "none" : byReplications ? "ratio-replications" : "ratio-outages";
        return new Estimate(seconds, seconds * relative?.Low, seconds * relative?.High, level, method, n, cautions);
    }

    private static (double Low, double High)? Relative((double Low, double High)? bounds, RatioMoments moments)
    {
        double ratio = (double)moments.X / (double)moments.Y;
        return bounds is { } b ? (b.Low / ratio, b.High / ratio) : null;
    }

    /// <summary>Durations as independent draws: relative variance of their mean (n Σd²/(Σd)² − 1)/(n − 1).</summary>
    private static (double Low, double High)? RelativeByOutages(ServiceTotals totals, double level)
    {
        long n = totals.Outages;
        var sum = (System.Numerics.BigInteger)totals.InOutages;
        var excess = n * totals.SquaredDurations - sum * sum;
        if (n < 2 || excess.Sign <= 0)
        {
            return null; // One duration, or all alike: the data cannot say how far others may lie.
        }
        double relative = Math.Sqrt((double)excess / (n - 1)) / (double)sum;
        double spread = Math.Exp(QuantileOf.TwoSidedT(n - 1, level) * relative);
        return (1 / spread, spread);
    }
}
