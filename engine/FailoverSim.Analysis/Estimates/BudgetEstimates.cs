using FailoverSim.Analysis.Tables;

namespace FailoverSim.Analysis.Estimates;

/// <summary>How windows use their error budgets: 1 is the whole budget. Windows of one replication are alike, so replications decide how wide an interval is.</summary>
public static class BudgetEstimates
{
    private static Estimate Unknown(double? level) => new(null, null, null, level, "none", 0);

    /// <summary>
    /// The ⌈n p⌉-th smallest of n windows, between order statistics. The ranks are those of as many independent windows as these
    /// are worth (<see cref="Proportion.Trials"/> of the share above the estimate) [Woodruff 52].
    /// </summary>
    public static Estimate Used(BudgetSample sample, double p, double level)
    {
        ArgumentNullException.ThrowIfNull(sample);
        if (!sample.HasBudget)
        {
            return Unknown(level);
        }
        long used = sample.OfRank(Middle(sample, p));
        var (low, high) = Bounds(sample, p, level);
        return new Estimate(
            Budgets(used),
            low is { } least ? Budgets(sample.OfRank(least)) : 0,
            high is { } most ? Budgets(sample.OfRank(most)) : null,
            level,
            high is null ? "order-statistics-beyond-max" : "order-statistics",
            sample.Count,
            sample.Replications == 1 ? Cautions.OneReplication : Cautions.None);
    }

    /// <summary>What has to be looked at for all figures here: of many samples that takes a few passes.</summary>
    internal static IEnumerable<Look> Looks(BudgetSample sample, IReadOnlyList<double> shares, double level)
    {
        if (!sample.HasBudget)
        {
            yield break;
        }
        foreach (Look look in sample.Find([.. shares.Select(p => Middle(sample, p)), sample.Count]))
        {
            yield return look;
        }
        foreach (Look look in sample.CountAbove([.. shares.Select(p => sample.OfRank(Middle(sample, p))), BudgetSample.Budget]))
        {
            yield return look;
        }
        foreach (Look look in sample.Find(shares.Select(p => Bounds(sample, p, level)).SelectMany(bounds => new[] { bounds.Low, bounds.High }).OfType<long>()))
        {
            yield return look;
        }
    }

    /// <summary>How much windows have used that have used any, in ascending order (<see cref="BudgetSample.Outline"/>); exact at the estimates above.</summary>
    public static IReadOnlyList<(double Used, long Count)> Outline(BudgetSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        long[] ranks = sample.HasBudget ? [.. SloStatistics.Quantiles.Select(quantile => Middle(sample, quantile.P)), sample.Count] : [];
        foreach (long rank in ranks)
        {
            sample.OfRank(rank);
        }
        return sample.Outline(ranks);
    }

    /// <summary>The largest seen: a fact of the sample.</summary>
    public static Estimate Worst(BudgetSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return sample.HasBudget
            ? new Estimate(Budgets(sample.OfRank(sample.Count)), null, null, null, "max", sample.Count)
            : Unknown(null);
    }

    /// <summary>Budgets used per window on average: the rate at which a budget burns, where 1 uses it up exactly.</summary>
    public static Estimate MeanBurn(BudgetSample sample, double level)
    {
        ArgumentNullException.ThrowIfNull(sample);
        if (!sample.HasBudget)
        {
            return Unknown(level);
        }
        ReplicationSum used = sample.Used;
        double whole = (double)sample.Count * BudgetSample.Budget;
        Estimate mean = new((double)used.Total / whole, null, null, level, "none", sample.Replications,
            sample.Replications == 1 ? Cautions.OneReplication : Cautions.None);
        if (sample.Replications < 2 || used.Variance(sample.Replications) is not > 0)
        {
            return mean;
        }
        double sum = (double)used.Total;
        // What one more replication can add is its excess over the mean, as for down time.
        var bounds = CompoundPoisson.Envelope(
            sum, used.Variance(sample.Replications), used.Largest - (sum / sample.Replications), used.Positive, level);
        return mean with { Low = bounds.Low / whole, High = bounds.High / whole, Method = "replications" };
    }

    /// <summary>Share of the windows that have used more than their budget by the time that the sample looks at.</summary>
    public static Estimate UsedUp(BudgetSample sample, double level)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return sample.HasBudget
            ? Proportion.SloMet(sample.Above(BudgetSample.Budget), sample.Slo.Budgets, level)
            : Unknown(level);
    }

    private static long Middle(BudgetSample sample, double p) => OrderStatistics.Middle(sample.Count, p);

    /// <summary>Ranks of the bounds; null: below the smallest that was seen, or beyond the largest.</summary>
    private static (long? Low, long? High) Bounds(BudgetSample sample, double p, double level)
    {
        long n = sample.Count;
        long worth = Math.Clamp((long)Proportion.Trials(sample.Above(sample.OfRank(Middle(sample, p))), sample.Slo.Budgets), 1, n);
        var (low, high) = OrderStatistics.Ranks(worth, p, level);
        // Of few ranks each stands for several windows: the first of the lowest, the last of the highest.
        double each = (double)n / worth;
        return (
            low == 0 ? null : (long)Math.Floor((low - 1) * each) + 1,
            high > worth ? null : Math.Min(n, (long)Math.Ceiling(high * each)));
    }

    private static double Budgets(long used) => used / (double)BudgetSample.Budget;
}
