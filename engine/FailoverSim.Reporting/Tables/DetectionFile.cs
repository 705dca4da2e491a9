using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Tables;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Reporting.Tables;

/// <summary><c>detection</c> as CSV and JSON: what quick detection costs in false alarms (engine/docs/output.md).</summary>
public static class DetectionFile
{
    private static readonly string[] Columns =
    [
        "scenario", "variant", "sweep", "value", "mechanism", "service", "metric", "estimate", "low", "high", "level", "method", "n",
    ];

    /// <summary>Without a row there is no file.</summary>
    public static void Write(string folder, ResultSet results, IReadOnlyList<SweepSpec> sweeps)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(sweeps);
        var places = sweeps
            .SelectMany(sweep => sweep.Points.Select(point => (Variant: point.Variant.Name, Place: (sweep.Name, point.Value))))
            .ToLookup(point => point.Variant, point => point.Place);
        TidyFiles.WriteUnlessEmpty(Path.Combine(folder, "detection"), Columns,
            [.. from table in results.Tables
                from place in places[table.Variant].DefaultIfEmpty((Name: "", Value: ""))
                from row in Rows(table)
                select (object?[])[
                    results.Origin.Scenario, table.Variant, place.Name, place.Value, row.Mechanism, row.Service, row.Metric,
                    row.Estimate.Value, row.Estimate.Low, row.Estimate.High, row.Estimate.Level, row.Estimate.Method, row.Estimate.N]]);
    }

    private static IEnumerable<(string Mechanism, string Service, string Metric, Estimate Estimate)> Rows(ResultTable table)
    {
        for (int service = 0; service < table.Names.Services.Count; service++)
        {
            if (DetectionTime.PerOutage(table, service) is { } time)
            {
                yield return ("", table.Names.Services[service], "detection-time-per-outage", time);
            }
        }
        foreach (JudgedMechanism mechanism in JudgedMechanism.Of(table.Names.Counters))
        {
            yield return (mechanism.Name, "", "needed-per-year", mechanism.NeededPerYear(table));
            yield return (mechanism.Name, "", "false-per-year", mechanism.FalsePerYear(table));
        }
    }
}
