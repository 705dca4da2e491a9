using FailoverSim.Analysis.Comparisons;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Importance;
using FailoverSim.Analysis.Sensitivity;
using FailoverSim.Analysis.Studies;
using FailoverSim.Analysis.Tables;
using FailoverSim.Reporting.Figures;
using FailoverSim.Reporting.Tables;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Building;

namespace FailoverSim.Reporting.Results;

/// <param name="Results">All rows.</param>
/// <param name="Compared">What the variants come to beside the base.</param>
public sealed record WrittenResults(ResultSet Results, IReadOnlyList<ComparedService> Compared);

/// <summary>The folder of one scenario under <c>--out</c>: tables, manifest, plots.</summary>
public static class ResultFolder
{
    /// <summary>Writes everything that a run yielded.</summary>
    /// <param name="folder">Made if it is not there; files of an earlier run are replaced one by one.</param>
    /// <param name="reading">The scenario as read.</param>
    /// <param name="outcome">Its results, with at least one replication.</param>
    /// <param name="engineVersion">Version to be recorded.</param>
    /// <param name="warnings">Warnings to be recorded.</param>
    /// <param name="others">Scenarios of other files that were run as variants, under the names of their variants.</param>
    /// <param name="tornados">What <c>sensitivity</c> came to.</param>
    /// <param name="importance">Measures of importance, where they were asked for.</param>
    public static WrittenResults Write(
        string folder, ScenarioReading reading, StudyOutcome outcome, string engineVersion, IReadOnlyList<string> warnings,
        IReadOnlyList<(string Variant, ScenarioReading Reading)>? others = null, IReadOnlyList<Tornado>? tornados = null,
        IReadOnlyList<PartImportance>? importance = null)
    {
        var spec = reading.Spec!;
        ResultSet results = new(new Origin(spec.Name, reading.Hash!, engineVersion, spec.Run.Seed), outcome.Tables);
        Directory.CreateDirectory(Path.Combine(folder, "plots"));
        IReadOnlyList<SummaryRow> summary = Summary.Of(results);
        SummaryFiles.WriteCsv(Path.Combine(folder, "summary.csv"), summary);
        SummaryFiles.WriteJson(Path.Combine(folder, "summary.json"), summary);
        IReadOnlyList<ComparedService> compared = ComparedService.Of(results, reading.Study);
        ComparisonFiles.Write(folder, spec.Name, compared, summary);
        SensitivityFile.Write(
            folder, spec.Name, tornados ?? [], outcome.Base.Scores is { } scores ? Elasticity.Of(results.Base, scores) : []);
        ImportanceFile.Write(folder, spec.Name, importance ?? []);
        if (results.Base.Names.Fleet.Count > 0)
        {
            WorkloadsFile.Write(Path.Combine(folder, "workloads.csv"), results);
        }
        OutagesWritten outages = OutagesFile.Write(Path.Combine(folder, "outages.csv"), results);
        string replications = Path.Combine(folder, "replications.msgpack");
        ReplicationsFile.Write(replications, results);
        SvgFigureRenderer renderer = new();
        IEnumerable<(string Name, string Svg)> tornadoPlots = reading.Study.Sensitivity is { } sensitivity
            ? TornadoPlots.Of(results.Base, sensitivity, tornados ?? [], renderer) : [];
        foreach ((string name, string svg) in Plots.Of(spec, results.Base, renderer)
            .Concat(StudyPlots.Of(results, compared, renderer)).Concat(tornadoPlots))
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
            Outages = outages,
            Warnings = warnings,
            Others = [.. (others ?? []).Select(other => (other.Variant, other.Reading.Hash!, other.Reading.Expanded!))],
        }.Write(Path.Combine(folder, "manifest.json"));
        return new WrittenResults(results, compared);
    }
}
