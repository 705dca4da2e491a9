using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Exact;
using FailoverSim.Analysis.Studies;
using FailoverSim.Analysis.Tables;
using FailoverSim.Reporting.Figures;
using FailoverSim.Reporting.Tables;
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
    /// <param name="warnings">Warnings to be recorded.</param>
    /// <param name="exact">The exact figures beside the estimated ones; null where there are none.</param>
    public static ResultSet Write(
        string folder, ScenarioReading reading, RunOutcome outcome, string engineVersion, IReadOnlyList<string> warnings,
        ExactSolution? exact = null)
    {
        var spec = reading.Spec!;
        ResultSet results = new(new Origin(spec.Name, reading.Hash!, engineVersion, spec.Run.Seed), [outcome.Table!]);
        Directory.CreateDirectory(Path.Combine(folder, "plots"));
        IReadOnlyList<SummaryRow> summary = exact is null ? Summary.Of(results) : [.. Summary.Of(results), .. ExactRows.Of(spec.Name, exact)];
        SummaryFiles.WriteCsv(Path.Combine(folder, "summary.csv"), summary);
        SummaryFiles.WriteJson(Path.Combine(folder, "summary.json"), summary);
        if (results.Base.Names.Fleet.Count > 0)
        {
            WorkloadsFile.Write(Path.Combine(folder, "workloads.csv"), results);
        }
        OutagesWritten outages = OutagesFile.Write(Path.Combine(folder, "outages.csv"), results);
        string replications = Path.Combine(folder, "replications.msgpack");
        ReplicationsFile.Write(replications, results);
        foreach ((string name, string svg) in Plots.Of(spec, outcome.Table!, new SvgFigureRenderer()))
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
            Variants = [ResultSet.BaseVariant],
            FirstReplication = 0,
            Replications = results.Replications,
            StopReason = outcome.Reason,
            Fingerprint = RunManifest.FingerprintOf(replications),
            TimeZoneData = TimeZoneData.VersionUsedBy(spec),
            SkippedStudies = reading.SkippedBlocks,
            Outages = outages,
            Warnings = warnings,
        }.Write(Path.Combine(folder, "manifest.json"));
        return results;
    }
}
