using FailoverSim.Analysis.Importance;

namespace FailoverSim.Reporting.Tables;

/// <summary><c>importance</c> as CSV and JSON (engine/docs/output.md).</summary>
public static class ImportanceFile
{
    private static readonly string[] Columns =
        ["scenario", "service", "part", "copies", "metric", "estimate", "low", "high", "level", "method", "n"];

    /// <summary>Without a row there is no file.</summary>
    public static void Write(string folder, string scenario, IReadOnlyList<PartImportance> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        TidyFiles.WriteUnlessEmpty(Path.Combine(folder, "importance"), Columns,
            [.. from part in parts
                from measure in part.Measures
                let estimate = measure.Estimate
                select (object?[])[
                    scenario, part.Service, part.Part, (long)part.Copies, measure.Name, estimate.Value, estimate.Low, estimate.High,
                    estimate.Level, estimate.Method, estimate.N]]);
    }
}
