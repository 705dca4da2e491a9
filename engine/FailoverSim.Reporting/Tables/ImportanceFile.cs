using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Importance;

namespace FailoverSim.Reporting.Tables;

/// <summary><c>importance</c> as CSV and JSON (engine/docs/output.md).</summary>
public static class ImportanceFile
{
    private const string OfService = "service";
    private const string Structural = "unavailability-structural";
    private const string Total = "unavailability";

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

    /// <summary>What was written; null where there is no file. Refusals and cautions are not in it.</summary>
    /// <exception cref="InvalidDataException">Damaged.</exception>
    public static ImportanceOutcome? Read(string folder)
    {
        IReadOnlyList<TidyRow> rows = TidyFiles.Read(Path.Combine(folder, "importance.csv"));
        return rows.Count == 0 ? null : new ImportanceOutcome(
            [.. rows.Where(row => row.Text("kind") != OfService)
                .GroupBy(row => (Service: row.Text("service"), Kind: row.Text("kind"), Part: row.Text("part"), Copies: (int)Math.Min(int.MaxValue, row.Whole("copies", least: 1))))
                .Select(part => new PartImportance(
                    part.Key.Service, part.Key.Kind, part.Key.Part, part.Key.Copies,
                    [.. part.Select(row => (row.Text("metric"), row.Estimate()))]))],
            [.. rows.Where(row => row.Text("kind") == OfService).GroupBy(row => row.Text("service"))
                .Select(service => new StructuralShare(
                    service.Key, Of(service, Structural), Of(service, Total)))],
            []);

        static Estimate Of(IEnumerable<TidyRow> rows, string metric) =>
            rows.FirstOrDefault(row => row.Text("metric") == metric)?.Estimate()
            ?? throw new InvalidDataException($"importance.csv has no {metric}");
    }

    private static IEnumerable<(string Kind, string Part, int Copies, string Name, Estimate Estimate)> MeasuresOf(StructuralShare service) =>
    [
        (OfService, service.Service, 1, Structural, service.Structural),
        (OfService, service.Service, 1, Total, service.Total),
    ];
}
