using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Exact;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Time;
using FailoverSim.Reporting.Results;

namespace FailoverSim.Library;

/// <summary>One estimate: a row of <c>summary.csv</c>.</summary>
public sealed record MetricRow(
    string Variant, string Service, string Metric, double? Value, double? Low, double? High, double? Level, string Method, long N);

/// <summary>One outage.</summary>
/// <param name="Variant">Of the scenario.</param>
/// <param name="Service">Which was down.</param>
/// <param name="Replication">In which, from 0.</param>
/// <param name="Start">Seconds from t = 0.</param>
/// <param name="Seconds">How long; clipped to the observed horizon.</param>
/// <param name="Cause">The fault that most of it is charged to.</param>
/// <param name="Stage">What most of it was spent waiting for.</param>
/// <param name="IsLoss">Whether it could not come back unaided; else it is a failover.</param>
public sealed record OutageRow(
    string Variant, string Service, long Replication, double Start, double Seconds, string Cause, string Stage, bool IsLoss);

/// <summary>One service in one replication.</summary>
/// <param name="Variant">Of the scenario.</param>
/// <param name="Service">Which.</param>
/// <param name="Replication">From 0.</param>
/// <param name="DownSeconds">Down time within the observed horizon.</param>
/// <param name="Outages">That began in it.</param>
/// <param name="LongestSeconds">The longest of them; 0 if there were none.</param>
public sealed record ReplicationRow(
    string Variant, string Service, long Replication, double DownSeconds, long Outages, double LongestSeconds);

/// <summary>One part of the down time of a service.</summary>
/// <param name="Variant">Of the scenario.</param>
/// <param name="Service">Which.</param>
/// <param name="Kind">By what it is divided.</param>
/// <param name="Name">Of the part.</param>
/// <param name="MinutesPerYear">Down time a year.</param>
/// <param name="Low">Of its interval.</param>
/// <param name="High">Of its interval.</param>
/// <param name="Share">Of all down time of the service.</param>
public sealed record PartRow(
    string Variant, string Service, AttributionKind Kind, string Name, double MinutesPerYear, double? Low, double? High, double Share);

/// <summary>Results as flat rows, for queries.</summary>
internal static class ResultRows
{
    private const double Nano = 1.0 / SimDuration.NanosecondsPerSecond;

    public static IEnumerable<MetricRow> Metrics(StudyFindings findings) =>
        from row in Summary.Of(findings.Results).Concat(findings.Exact is { } exact ? ExactRows.Of(findings.Spec.Name, exact) : [])
        let e = row.Estimate
        select new MetricRow(row.Variant, row.Service, row.Metric, e.Value, e.Low, e.High, e.Level, e.Method, e.N);

    public static IEnumerable<OutageRow> Outages(ResultTable table, int service)
    {
        ResultNames names = table.Names;
        return from row in table.RowsOf(service)
               from outage in row.Outages
               select new OutageRow(
                   table.Variant, names.Services[service], row.Replication, outage.Start * Nano, outage.Duration * Nano,
                   names.Causes[outage.Cause], names.Stages[outage.Stage], outage.IsLoss);
    }

    public static IEnumerable<ReplicationRow> Replications(ResultTable table, int service) =>
        from row in table.RowsOf(service)
        select new ReplicationRow(
            table.Variant, table.Names.Services[service], row.Replication, row.DownNanoseconds * Nano, row.OutageCount, row.LongestOutage * Nano);

    public static IEnumerable<PartRow> Parts(ResultTable table, int service)
    {
        ServiceTotals totals = table.Totals(service);
        return from part in AttributionRows.All(totals, Summary.DefaultLevel)
               select new PartRow(
                   table.Variant, table.Names.Services[service], part.Kind, part.Name, part.MinutesPerYear.Value ?? 0,
                   part.MinutesPerYear.Low, part.MinutesPerYear.High, (double)part.DownTime / (double)totals.Down);
    }
}
