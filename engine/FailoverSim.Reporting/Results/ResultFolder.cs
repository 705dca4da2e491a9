using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Studies;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;
using FailoverSim.Reporting.Figures;
using FailoverSim.Reporting.Tables;
using FailoverSim.Reporting.Text;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Building;

namespace FailoverSim.Reporting.Results;

/// <summary>The folder of one scenario under <c>--out</c>: tables, manifest, plots.</summary>
public static class ResultFolder
{
    /// <summary>Writes everything that a run yielded.</summary>
    /// <param name="folder">Made if it is not there; files of an earlier run are replaced one by one.</param>
    /// <param name="reading">The scenario as read.</param>
    /// <param name="outcome">Its results, with at least one replication.</param>
    /// <param name="engineVersion">Version to be recorded.</param>
    /// <param name="unseen">Losses of the base variant that were not seen.</param>
    /// <param name="savings">What it saves without some causes; empty where that was not asked for.</param>
    /// <param name="warnings">Warnings to be recorded.</param>
    /// <param name="repeat">A command that runs the same again; null: one that says it in general.</param>
    public static ResultSet Write(
        string folder, ScenarioReading reading, StudyOutcome outcome, string engineVersion, IReadOnlyList<UnseenLosses> unseen,
        IReadOnlyList<Saving> savings, IReadOnlyList<string> warnings,
        string? repeat = null)
    {
        var spec = reading.Spec!;
        ResultSet results = new(new Origin(spec.Name, reading.Hash!, engineVersion, spec.Run.Seed), outcome.Tables);
        Directory.CreateDirectory(Path.Combine(folder, "plots"));
        IReadOnlyList<SummaryRow> summary = [.. Summary.Of(results).Select(row => Flagged(row, results.Base.Names, unseen))];
        SummaryFiles.WriteCsv(Path.Combine(folder, "summary.csv"), summary);
        SummaryFiles.WriteJson(Path.Combine(folder, "summary.json"), summary);
        if (results.Base.Names.Fleet.Count > 0)
        {
            WorkloadsFile.Write(Path.Combine(folder, "workloads.csv"), results);
        }
        WriteVerdicts(folder, RunReport.Of(reading, outcome, results, repeat ?? $"failoversim run {spec.Name}.yaml --replications {results.Replications}"));
        AttributionFile.Write(Path.Combine(folder, "attribution.csv"), results, unseen, savings);
        OutagesWritten outages = OutagesFile.Write(Path.Combine(folder, "outages.csv"), results);
        string replications = Path.Combine(folder, "replications.msgpack");
        ReplicationsFile.Write(replications, results);
        foreach ((string name, string svg) in Plots.Of(spec, results.Base, new SvgFigureRenderer()))
        {
            AtomicFile.WriteText(Path.Combine(folder, "plots", $"{name}.svg"), text => text.Write(svg));
        }
        new RunManifest
        {
            Scenario = spec.Name,
            ResolvedScenario = reading.Expanded!,
            Hash = reading.Hash!,
            EngineVersion = engineVersion,
            Seed = spec.Run.Seed,
            Variants = [.. results.Tables.Select(table => table.Variant)],
            FirstReplication = 0,
            Replications = results.Replications,
            StopReason = outcome.Base.Reason,
            Fingerprint = RunManifest.FingerprintOf(replications),
            TimeZoneData = TimeZoneData.VersionUsedBy(spec),
            SkippedStudies = reading.SkippedBlocks,
            Outages = outages,
            Warnings = warnings,
        }.Write(Path.Combine(folder, "manifest.json"));
        return results;
    }

    private static void WriteVerdicts(string folder, RunReport report)
    {
        if (report.Spec.Slos.Count > 0)
        {
            SloFile.Write(Path.Combine(folder, "slo.csv"), report.Results, report.RequiredOf);
        }
        AtomicFile.WriteText(Path.Combine(folder, "summary.md"), text => text.Write(MarkdownSummary.Of(report)));
        if (report.Spec.Outputs.Contains("junit.xml"))
        {
            JUnitFile.Write(Path.Combine(folder, "junit.xml"), [JUnitFile.Suite(report)]);
        }
    }

    /// <summary>What the unavailability does not know of is told with it and its images.</summary>
    private static SummaryRow Flagged(SummaryRow row, ResultNames names, IReadOnlyList<UnseenLosses> unseen) =>
        row.Variant == ResultSet.BaseVariant
        && row.Metric is "availability" or "unavailability" or "downtime-per-year"
        && unseen.Any(losses => losses.IsUnresolved && names.Services[losses.Service] == row.Service)
            ? row with { Estimate = row.Estimate with { Cautions = row.Estimate.Cautions | Cautions.Unresolved } }
            : row;
}
