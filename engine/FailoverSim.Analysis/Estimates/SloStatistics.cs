using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;

namespace FailoverSim.Analysis.Estimates;

/// <summary>A figure of one SLO: a row of <c>slo.csv</c>.</summary>
/// <param name="Name">Such as <c>budget-used-p95</c>.</param>
/// <param name="At">The part of a window that has passed; null for the whole.</param>
/// <param name="Unit"><c>share</c> of windows, <c>budget</c> (1 is all of it) or <c>s</c>.</param>
/// <param name="Estimate">The figure.</param>
public sealed record SloStatistic(string Name, double? At, string Unit, Estimate Estimate);

/// <summary>What an SLO's windows tell, in a fixed order.</summary>
public static class SloStatistics
{
    public const string Met = "p-met";
    public const string OverBudget = "over-budget";
    public const string Worst = "budget-used-max";
    public const string MeanBurn = "burn-mean";
    public const string LongestOutage = "longest-outage";
    public const string UsedUp = "used-up";

    /// <summary>The quantiles of the budget used, and their names.</summary>
    public static IReadOnlyList<(double P, string Name)> Quantiles { get; } =
        [(0.50, "budget-used-p50"), (0.90, "budget-used-p90"), (0.95, "budget-used-p95"), (0.99, "budget-used-p99")];

    /// <summary>Index of an SLO among the names of a table.</summary>
    public static int IndexOf(ResultTable table, string slo)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Enumerable.Range(0, table.Names.Slos.Count).Single(i => table.Names.Slos[i].Name == slo);
    }

    /// <summary>Share of the windows that met the objective.</summary>
    public static Estimate ShareMet(ResultTable table, int slo, double level = Summary.DefaultLevel)
    {
        ArgumentNullException.ThrowIfNull(table);
        SloWindows windows = table.Names.Slos[slo];
        // Instants are no observations: of rolling windows replications are.
        return Proportion.SloMet(
            table.Totals(windows.Service).Slos[slo]!, windows.Windows, level, windows.Kind == WindowKind.Rolling ? table.Replications : null);
    }

    /// <summary>Of whole windows.</summary>
    public static IEnumerable<SloStatistic> OfWindows(ResultTable table, int slo, double level = Summary.DefaultLevel)
    {
        ArgumentNullException.ThrowIfNull(table);
        Estimate met = ShareMet(table, slo, level);
        yield return new SloStatistic(Met, null, "share", met);
        if (table.Names.Slos[slo].HasBudget)
        {
            yield return new SloStatistic(OverBudget, null, "share", met.Complement());
            Look(table, level);
            BudgetSample sample = table.Budget(slo);
            foreach ((double p, string name) in Quantiles)
            {
                yield return new SloStatistic(name, null, "budget", BudgetEstimates.Used(sample, p, level));
            }
            yield return new SloStatistic(Worst, null, "budget", BudgetEstimates.Worst(sample));
            yield return new SloStatistic(MeanBurn, null, "budget", BudgetEstimates.MeanBurn(sample, level));
        }
        if (table.Totals(table.Names.Slos[slo].Service).LongestInWindows[slo] is { } longest)
        {
            yield return new SloStatistic(
                LongestOutage, null, "s",
                new Estimate(longest == 0 ? null : longest * 1e-9, null, null, null, "max", table.Totals(table.Names.Slos[slo].Service).Outages));
        }
    }

    /// <summary>How the budget of a window burns down: by each tenth of its length. Nothing where a window has no beginning.</summary>
    public static IEnumerable<SloStatistic> OfTenths(ResultTable table, int slo, double level = Summary.DefaultLevel)
    {
        ArgumentNullException.ThrowIfNull(table);
        SloWindows windows = table.Names.Slos[slo];
        if (!windows.HasBudget || windows.Kind == WindowKind.Rolling)
        {
            yield break;
        }
        Look(table, level);
        foreach (BudgetSample sample in table.Budgets(slo))
        {
            double at = sample.Tenths / (double)SloWindows.Parts;
            foreach ((double p, string name) in Quantiles)
            {
                yield return new SloStatistic(name, at, "budget", BudgetEstimates.Used(sample, p, level));
            }
            yield return new SloStatistic(UsedUp, at, "share", BudgetEstimates.UsedUp(sample, level));
        }
    }

    /// <summary>The rows of <c>summary.csv</c> beside <c>p-slo-met</c>, by SLO.</summary>
    internal static IEnumerable<SummaryRow> Rows(string scenario, ResultTable table, double level) =>
        from slo in Enumerable.Range(0, table.Names.Slos.Count)
        let name = table.Names.Slos[slo]
        from statistic in OfWindows(table, slo, level)
        where statistic.Name != Met
        select new SummaryRow(
            scenario, table.Variant, table.Names.Services[name.Service], $"slo-{statistic.Name}:{name.Name}", statistic.Estimate);

    /// <summary>Looks up whatever is needed for all SLOs.</summary>
    private static void Look(ResultTable table, double level) => table.Look(
        Enumerable.Range(0, table.Names.Slos.Count).SelectMany(table.Budgets)
            .Select(sample => BudgetEstimates.Looks(sample, [.. Quantiles.Select(quantile => quantile.P)], level)));
}
