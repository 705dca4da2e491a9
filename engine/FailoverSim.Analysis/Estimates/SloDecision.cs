using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;

namespace FailoverSim.Analysis.Estimates;

/// <summary>What it would take to decide an SLO that is undecided.</summary>
public static class SloDecision
{
    /// <summary>
    /// Replications beyond those there are, after which the interval would leave the limit out if the estimate stayed where it is.
    /// The score interval of share p leaves a limit L out at n = z² L (1 − L)/(p − L)² trials, and trials grow with replications.
    /// </summary>
    /// <returns>Null if the SLO is decided, or if no number would do: the estimate is the limit.</returns>
    public static long? MoreReplications(ResultTable table, SloVerdict verdict)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(verdict);
        if (verdict is not { Verdict: Verdict.Undecided, Probability: { Value: { } share, Level: { } level } })
        {
            return null;
        }
        int slo = SloStatistics.IndexOf(table, verdict.Slo.Name);
        SloWindows windows = table.Names.Slos[slo];
        double trials = Proportion.Trials(table.Totals(windows.Service).Slos[slo]!, windows.Windows);
        double limit = verdict.Slo.Require.Probability;
        double z = Proportion.Score(table.Replications, level);
        double needed = z * z * limit * (1 - limit) / ((share - limit) * (share - limit));
        double more = Math.Ceiling(table.Replications * needed / trials) - table.Replications;
        return double.IsFinite(more) && more < 1e15 ? Math.Max(1, (long)more) : null;
    }
}
