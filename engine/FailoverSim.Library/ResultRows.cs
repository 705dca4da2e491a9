using FailoverSim.Analysis.Comparisons;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Exact;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Time;
using FailoverSim.Reporting.Results;
using FailoverSim.Reporting.Text;

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

/// <summary>One service of a variant beside that of the baseline.</summary>
/// <param name="Service">Which.</param>
/// <param name="Variant">Of the scenario.</param>
/// <param name="Baseline">What it is compared with.</param>
/// <param name="MinutesPerYear">That the variant is down more (or, below zero, less).</param>
/// <param name="Low">Of its interval, which holds jointly with those of the other variants.</param>
/// <param name="High">Of its interval.</param>
/// <param name="Standing">Better, worse, or not told apart.</param>
/// <param name="Verdict">The same in words, with what it saves.</param>
public sealed record ComparisonRow(
    string Service, string Variant, string Baseline, double? MinutesPerYear, double? Low, double? High, Standing Standing, string Verdict);

/// <summary>What one value does to one service.</summary>
/// <param name="Service">Which.</param>
/// <param name="Path">Where the value stands.</param>
/// <param name="Written">What stands there.</param>
/// <param name="AtLow">Minutes down a year with the lower value.</param>
/// <param name="AtHigh">With the higher value.</param>
/// <param name="Swing">Minutes a year that it is down more with the higher value than with the lower.</param>
/// <param name="Low">Of the interval of the swing, which holds jointly with those of the other values.</param>
/// <param name="High">Of that interval.</param>
public sealed record SensitivityRow(
    string Service, string Path, string Written, double? AtLow, double? AtHigh, double? Swing, double? Low, double? High);

/// <summary>Minutes a year that a service would be down less if one kind of fault never came.</summary>
public sealed record SavingRow(string Service, string Cause, double? MinutesPerYear, double? Low, double? High);

/// <summary>Results as flat rows, for queries.</summary>
internal static class ResultRows
{
    private const double Nano = 1.0 / SimDuration.NanosecondsPerSecond;

    public static IEnumerable<MetricRow> Metrics(StudyFindings findings) =>
        from row in Summary.Of(findings.Results).Concat(findings.Exact is { } exact ? ExactRows.Of(findings.Spec.Name, exact) : [])
        let e = row.Estimate
        select new MetricRow(row.Variant, row.Service, row.Metric, e.Value, e.Low, e.High, e.Level, e.Method, e.N);

    public static IEnumerable<ComparisonRow> Comparisons(StudyFindings findings) =>
        from service in findings.Compared
        from comparison in service.Against
        let e = comparison.Difference
        select new ComparisonRow(
            service.Service, comparison.Variant, comparison.Baseline, e.Value, e.Low, e.High, comparison.Standing, ComparisonText.Verdict(comparison));

    public static IEnumerable<SensitivityRow> Sensitivity(StudyFindings findings) =>
        from tornado in findings.Tornado?.Tornados ?? []
        from effect in tornado.Effects
        let e = effect.Swing
        select new SensitivityRow(
            tornado.Service, effect.Factor.Path, effect.Factor.Written, effect.Low.DownTime.Value, effect.High.DownTime.Value, e.Value, e.Low, e.High);

    public static IEnumerable<SavingRow> Savings(StudyFindings findings) =>
        from saving in findings.Savings
        from service in saving.MinutesPerYear.Zip(findings.Results.Base.Names.Services, (e, name) => (e, name))
        select new SavingRow(service.name, saving.Cause, service.e.Value, service.e.Low, service.e.High);

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
