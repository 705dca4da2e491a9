using FailoverSim.Analysis.Comparisons;
using FailoverSim.Analysis.Estimates;

namespace FailoverSim.Reporting.Tables;

/// <summary><c>comparison</c>, <c>ranking</c> and <c>sweep</c>, each as CSV and JSON (engine/docs/output.md).</summary>
public static class ComparisonFiles
{
    private static readonly string[] ComparisonColumns =
    [
        "scenario", "baseline", "variant", "service", "sweep", "metric", "estimate", "low", "high", "level", "method", "n", "family",
        "verdict",
    ];

    private static readonly string[] RankingColumns =
        ["scenario", "service", "sweep", "variant", "estimate", "low", "high", "level", "method", "n", "rank"];

    private static readonly string[] SweepColumns =
    [
        "scenario", "sweep", "parameter", "value", "variant", "service", "metric", "estimate", "low", "high", "level", "method", "n",
    ];

    /// <summary>Files without a row are left out.</summary>
    public static void Write(
        string folder, string scenario, IReadOnlyList<ComparedService> compared, IReadOnlyList<ComparedService> requests,
        IReadOnlyList<SummaryRow> summary)
    {
        ArgumentNullException.ThrowIfNull(compared);
        Write(folder, "comparison", ComparisonColumns,
            [.. from service in compared.Concat(requests)
                from comparison in service.Against
                from row in Rows(scenario, service, comparison)
                select row]);
        Write(folder, "ranking", RankingColumns,
            [.. from service in compared
                from ranked in service.Ranking
                select (object?[])[
                    scenario, service.Service, service.Sweep?.Name ?? "", ranked.Variant,
                    .. Cells(ranked.ToBestOfOthers), NameOf(ranked.Rank)]]);
        ILookup<string, SummaryRow> byVariant = summary.ToLookup(row => row.Variant);
        Write(folder, "sweep", SweepColumns,
            [.. from sweep in compared.Select(service => service.Sweep).OfType<Scenario.Specification.SweepSpec>().Distinct()
                from point in sweep.Points
                from row in byVariant[point.Variant.Name]
                select (object?[])[
                    scenario, sweep.Name, sweep.Path, point.Value, row.Variant, row.Service, row.Metric, .. Cells(row.Estimate)]]);
    }

    public static string NameOf(Standing standing) => standing switch
    {
        Standing.Better => "better",
        Standing.Worse => "worse",
        _ => "undecided",
    };

    public static string NameOf(Rank rank) => rank switch
    {
        Rank.Best => "best",
        Rank.MayBeBest => "may-be-best",
        _ => "not-best",
    };

    private static IEnumerable<object?[]> Rows(string scenario, ComparedService service, Comparison comparison)
    {
        // What is said of requests stands beside what is said of down time.
        string of = service.Loss == Loss.Requests ? "requests-" : "";
        yield return Row(of.Length > 0 ? "lost-difference-per-year" : "downtime-difference-per-year", Jointly(comparison.Difference));
        yield return Row("nines-difference", Jointly(comparison.Nines));
        yield return Row("correlation", Fact(comparison.Correlation));
        yield return Row("variance-reduction", Fact(comparison.VarianceReduction));
        yield return Row("replications-differing", Fact(comparison.Differing));
        yield return Row("replications-needed", Fact(comparison.ReplicationsNeeded));
        if (comparison.CostPerMinute is { } perYear)
        {
            yield return Row($"cost-per-minute:{comparison.Costs!.PerYear!.Currency}", Jointly(perYear));
        }
        if (comparison.CostOncePerMinute is { } once)
        {
            yield return Row($"cost-once-per-minute:{comparison.Costs!.Once!.Currency}", Jointly(once));
        }
        foreach (NoiseShare noise in comparison.Noise.Where(noise => noise.Share != 0))
        {
            yield return Row($"variance-share-by-cause:{noise.Cause}", Fact(noise.Share));
        }

        Estimate Jointly(Estimate estimate) => estimate with { Level = comparison.JointLevel };

        Estimate Fact(double? value) => new(value, null, null, null, "sample", comparison.Replications);

        object?[] Row(string metric, Estimate estimate) =>
        [
            scenario, comparison.Baseline, comparison.Variant, comparison.Service, service.Sweep?.Name ?? "", of + metric, .. Cells(estimate),
            (long)comparison.Family, NameOf(comparison.Standing),
        ];
    }

    private static object?[] Cells(Estimate estimate) =>
        [estimate.Value, estimate.Low, estimate.High, estimate.Level, estimate.Method, estimate.N];

    private static void Write(string folder, string name, string[] columns, IReadOnlyList<object?[]> rows) =>
        TidyFiles.WriteUnlessEmpty(Path.Combine(folder, name), columns, rows);
}
