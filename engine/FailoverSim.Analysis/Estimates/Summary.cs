using System.Globalization;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Analysis.Estimates;

/// <summary>Every figure of <c>summary.csv</c>, as tidy rows in a fixed order.</summary>
public static class Summary
{
    public const double DefaultLevel = 0.95;

    private const double MinutesPerYear = 365 * 24 * 60;
    private const double SecondsPerYear = MinutesPerYear * 60;

    /// <summary>All variants, all services, and then what was counted, which belongs to no service.</summary>
    public static IReadOnlyList<SummaryRow> Of(ResultSet results, double level = DefaultLevel)
    {
        ArgumentNullException.ThrowIfNull(results);
        return
        [
            .. from table in results.Tables
               from row in Of(results.Origin.Scenario, table, level)
               select row,
        ];
    }

    /// <summary>How often a counter counts in a year.</summary>
    public static Estimate CountPerYear(ResultTable table, int counter, double level = DefaultLevel)
    {
        ArgumentNullException.ThrowIfNull(table);
        // Every service is observed for the same time.
        return OutageEstimates.Frequency(table.Totals(0), table.Count(counter), level).Times(SecondsPerYear);
    }

    /// <summary>One service.</summary>
    public static IEnumerable<SummaryRow> Of(string scenario, string variant, ServiceTotals totals, double level = DefaultLevel)
    {
        ArgumentNullException.ThrowIfNull(totals);
        string service = totals.Names.Services[totals.Service];
        return MetricsOf(totals, level).Select(m => new SummaryRow(scenario, variant, service, m.Metric, m.Estimate));
    }

    /// <summary>The verdict on every SLO that the table has counted.</summary>
    public static IReadOnlyList<SloVerdict> Verdicts(ResultTable table, IReadOnlyList<SloSpec> slos)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(slos);
        return
        [
            .. slos.Select(slo => SloVerdict.Of(slo, SloStatistics.ShareMet(table, SloStatistics.IndexOf(table, slo.Name)))),
        ];
    }

    private static IEnumerable<SummaryRow> Of(string scenario, ResultTable table, double level) =>
    [
        .. from service in Enumerable.Range(0, table.Names.Services.Count)
           from row in Of(scenario, table.Variant, table.Totals(service), level)
           select row,
        .. SloStatistics.Rows(scenario, table, level),
        .. table.Names.Counters.Select((name, i) =>
            new SummaryRow(scenario, table.Variant, "", $"count-per-year:{name}", CountPerYear(table, i, level))),
    ];

    private static IEnumerable<(string Metric, Estimate Estimate)> MetricsOf(ServiceTotals totals, double level)
    {
        var unavailability = AvailabilityInterval.Unavailability(totals, level);
        yield return ("availability", Availability(totals, unavailability));
        yield return ("unavailability", unavailability);
        if (totals.LostRequests is { } lost)
        {
            yield return ("request-availability", RequestAvailability(totals, lost, level));
        }
        yield return ("downtime-per-year", unavailability.Times(MinutesPerYear));
        foreach (var metric in totals.View is { } figure ? OutagesOf(totals, figure, level) : OutagesOf(totals, level))
        {
            yield return metric;
        }
        foreach (var slo in totals.Names.Slos.Where(slo => slo.Service == totals.Service))
        {
            yield return ($"p-slo-met:{slo.Name}", SloMet(totals, slo, level));
        }
        foreach (var metric in totals.View is { Kind: ViewKind.Level } ? [] : ReasonsOf(totals, level))
        {
            yield return metric;
        }
    }

    private static IEnumerable<(string Metric, Estimate Estimate)> OutagesOf(ServiceTotals totals, double level)
    {
        yield return ("outages-per-year", OutageEstimates.Frequency(totals, level).Times(SecondsPerYear));
        yield return ("outage-duration-mean", OutageEstimates.MeanDuration(totals, level));
        yield return ("outage-duration-p50", OrderStatistics.Quantile(totals, 0.50, level));
        yield return ("outage-duration-p95", OrderStatistics.Quantile(totals, 0.95, level));
        yield return ("outage-duration-p99", OrderStatistics.Quantile(totals, 0.99, level));
        yield return ("outage-duration-max", OutageEstimates.Longest(totals));
        yield return ("mtbf", OutageEstimates.MeanTimeBetween(totals, level));
        yield return ("mttr", OutageEstimates.MeanTimeToRestore(totals, level));
        yield return ("time-to-first-outage-mean", OutageEstimates.TimeToFirst(totals, level));
    }

    /// <summary>A view has no outages of its own; those of its members are told per member.</summary>
    private static IEnumerable<(string Metric, Estimate Estimate)> OutagesOf(ServiceTotals totals, ServiceView view, double level) =>
        view.Members == 0 ? [] : [("outages-per-year", PerYear(totals, totals.MemberOutages, level))];

    private static IEnumerable<(string Metric, Estimate Estimate)> ReasonsOf(ServiceTotals totals, double level)
    {
        bool isView = totals.View is not null;
        yield return ("failovers-per-year", PerYear(totals, isView ? totals.MemberFailovers : totals.Failovers, level));
        yield return ("losses-per-year", PerYear(totals, isView ? totals.MemberLosses : totals.Losses, level));
        yield return ("failover-downtime-per-year", MinutesOf(totals, totals.FailoverTime, level));
        yield return ("loss-downtime-per-year", MinutesOf(totals, totals.LossTime, level));
        // A part that was never seen gets no row: nothing but its name would be known of it.
        for (int i = 0; i < totals.DownByCause.Count; i++)
        {
            if (totals.DownByCause[i].Total == 0)
            {
                continue;
            }
            yield return ($"downtime-by-cause:{totals.Names.Causes[i]}", MinutesOf(totals, totals.DownByCause[i], level));
        }
        for (int i = 0; i < totals.DownByStage.Count; i++)
        {
            if (totals.DownByStage[i].Total == 0)
            {
                continue;
            }
            yield return ($"downtime-by-stage:{totals.Names.Stages[i]}", MinutesOf(totals, totals.DownByStage[i], level));
        }
        foreach (AttributionRow row in AttributionRows.Of(totals, AttributionKind.Root, level))
        {
            yield return ($"downtime-by-root:{row.Name}", row.MinutesPerYear);
        }
        foreach (AttributionRow row in AttributionRows.Of(totals, AttributionKind.Enabler, level))
        {
            yield return ($"downtime-by-enabler:{row.Name}", row.MinutesPerYear);
        }
        for (int i = 0; i < totals.Margin.Count; i++)
        {
            string faults = i == totals.Margin.Count - 1 ? "more" : i.ToString(CultureInfo.InvariantCulture);
            yield return ($"margin-share:{faults}", PartOfTime.Of(totals, totals.Margin[i], level));
        }
        yield return ("failover-share", ShareOfDownTime(totals, totals.Failover));
        for (int i = 0; i < totals.DownByCause.Count; i++)
        {
            yield return ($"downtime-share-by-cause:{totals.Names.Causes[i]}", ShareOfDownTime(totals, totals.DownByCause[i].Total));
        }
        for (int i = 0; i < totals.DownByStage.Count; i++)
        {
            yield return ($"downtime-share-by-stage:{totals.Names.Stages[i]}", ShareOfDownTime(totals, totals.DownByStage[i].Total));
        }
    }

    private static Estimate PerYear(ServiceTotals totals, ReplicationSum counts, double level) =>
        OutageEstimates.Frequency(totals, counts, level).Times(SecondsPerYear / (totals.View?.Members ?? 1));

    // From the up time itself: 1 − U would lose digits that the integers have.
    private static Estimate Availability(ServiceTotals totals, Estimate unavailability) =>
        unavailability.Complement() with
        {
            Value = unavailability.Value is null ? null : (double)totals.Up / (double)totals.Exposure,
        };

    // Like the availability: none lost is a bound and no estimate.
    private static Estimate RequestAvailability(ServiceTotals totals, ReplicationSum lost, double level) =>
        PartOfTime.Of(totals, lost, level).Complement() with
        {
            Value = lost.Total == 0 ? null : (double)(totals.Exposure - lost.Total) / (double)totals.Exposure,
        };

    private static Estimate MinutesOf(ServiceTotals totals, ReplicationSum part, double level) =>
        PartOfTime.Of(totals, part, level).Times(MinutesPerYear);

    private static Estimate SloMet(ServiceTotals totals, SloWindows slo, double level)
    {
        int index = totals.Names.Slos.ToList().IndexOf(slo);
        return Proportion.SloMet(
            totals.Slos[index]!, slo.Windows, level, slo.Kind == WindowKind.Rolling ? totals.Replications : null);
    }

    private static Estimate ShareOfDownTime(ServiceTotals totals, Int128 part) =>
        new(totals.Down == 0 ? null : (double)part / (double)totals.Down, null, null, null, "share",
            totals.Outages + (long)totals.MemberOutages.Total);
}
