using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;

namespace FailoverSim.Analysis.Estimates;

/// <summary>The down time of a service, divided: what was never seen has no row, the largest part comes first.</summary>
public static class AttributionRows
{
    /// <summary>Combinations told one by one; the others are one row.</summary>
    public const int CombinationsNamed = 32;

    private const double MinutesPerYear = 365 * 24 * 60;
    private const double SecondsPerYear = MinutesPerYear * 60;

    public static IEnumerable<AttributionRow> Of(ServiceTotals totals, AttributionKind kind, double level)
    {
        ArgumentNullException.ThrowIfNull(totals);
        ResultNames names = totals.Names;
        IEnumerable<AttributionRow> rows = kind switch
        {
            AttributionKind.Root => Parts(totals.Attribution.ByRoot, names.Causes),
            AttributionKind.Enabler => Parts(totals.Attribution.ByEnabler, [.. names.Causes, "none", "other"]),
            AttributionKind.Cause => totals.DownByCause.Select((part, i) => Row(names.Causes[i], part, null)),
            AttributionKind.Stage => totals.DownByStage.Select((part, i) => Row(names.Stages[i], part, null)),
            AttributionKind.Combination => totals.Attribution.ByCombination.Select(c => Row(c.Key.Name(names), c.Value.DownTime, c.Value.Outages)),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind."),
        };
        // Stable: ties stay in the order of the names.
        return rows.Where(row => row.DownTime > 0).OrderByDescending(row => row.DownTime);

        IEnumerable<AttributionRow> Parts(IReadOnlyList<OutagePart> parts, IReadOnlyList<string> named) =>
            parts.Select((part, i) => Row(named[i], part.DownTime, part.Outages));

        AttributionRow Row(string name, ReplicationSum downTime, ReplicationSum? outages) => new(
            kind,
            name,
            downTime.Total,
            PartOfTime.Of(totals, downTime, level).Times(MinutesPerYear),
            outages is null ? null : OutageEstimates.Frequency(totals, outages, level).Times(SecondsPerYear));
    }

    /// <summary>Every kind after the other, and of combinations the largest: what <c>attribution.csv</c> holds.</summary>
    public static IReadOnlyList<AttributionRow> All(ServiceTotals totals, double level) =>
    [
        .. Of(totals, AttributionKind.Root, level),
        .. Of(totals, AttributionKind.Enabler, level),
        .. Of(totals, AttributionKind.Cause, level),
        .. Of(totals, AttributionKind.Stage, level),
        .. Largest(totals, [.. Of(totals, AttributionKind.Combination, level)]),
    ];

    /// <summary>The parts beyond the largest lose their intervals: they were added up, not seen together.</summary>
    private static IEnumerable<AttributionRow> Largest(ServiceTotals totals, IReadOnlyList<AttributionRow> rows)
    {
        if (rows.Count <= CombinationsNamed)
        {
            return rows;
        }
        IReadOnlyList<AttributionRow> others = [.. rows.Skip(CombinationsNamed - 1)];
        AttributionRow one = new(
            AttributionKind.Combination,
            $"{others.Count} others",
            others.Aggregate((Int128)0, (sum, row) => sum + row.DownTime),
            Sum(others.Select(row => row.MinutesPerYear), totals.Replications),
            Sum(others.Select(row => row.OutagesPerYear!), totals.Replications));
        return [.. rows.Take(CombinationsNamed - 1), one];
    }

    private static Estimate Sum(IEnumerable<Estimate> estimates, long n) =>
        new(estimates.Sum(estimate => estimate.Value), null, null, null, "sum", n);
}
