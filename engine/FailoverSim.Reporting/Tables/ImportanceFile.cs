using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Importance;

namespace FailoverSim.Reporting.Tables;

/// <summary><c>importance</c> as CSV and JSON (engine/docs/output.md).</summary>
public static class ImportanceFile
{
    private static readonly string[] Columns =
        ["scenario", "service", "kind", "part", "copies", "metric", "estimate", "low", "high", "level", "method", "n"];

    /// <summary>Of each service first how much of its down time the measures are about. Without a row there is no file.</summary>
    public static void Write(string folder, string scenario, ImportanceOutcome? importance)
    {
        TidyFiles.WriteUnlessEmpty(Path.Combine(folder, "importance"), Columns, importance is null ? [] :
            [.. from service in importance.Services
                from measure in MeasuresOf(service).Concat(
                    importance.Parts.Where(part => part.Service == service.Service)
                        .SelectMany(part => part.Measures.Select(measure => (part.Kind, part.Part, part.Copies, measure.Name, measure.Estimate))))
                let estimate = measure.Estimate
                select (object?[])[
                    scenario, service.Service, measure.Kind, measure.Part, (long)measure.Copies, measure.Name, estimate.Value, estimate.Low,
                    estimate.High, estimate.Level, estimate.Method, estimate.N]]);
    }

    private static IEnumerable<(string Kind, string Part, int Copies, string Name, Estimate Estimate)> MeasuresOf(StructuralShare service) =>
    [
        ("service", service.Service, 1, "unavailability-structural", service.Structural),
        ("service", service.Service, 1, "unavailability", service.Total),
    ];
}
