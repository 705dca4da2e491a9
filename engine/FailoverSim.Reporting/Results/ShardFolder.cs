using FailoverSim.Analysis.Stopping;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Replications;
using FailoverSim.Reporting.Tables;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Building;

namespace FailoverSim.Reporting.Results;

/// <summary>The folder of one shard of a study: its rows, and a manifest that says which shard of what it is. Figures follow from all shards together.</summary>
public static class ShardFolder
{
    internal const string Rows = "replications.msgpack";
    internal const string ManifestFile = "manifest.json";

    /// <summary>Beside the folder of the whole, so that shards may share an <c>--out</c>: <c>mine-shard-0-of-8</c>.</summary>
    public static string NameOf(string study, Shard shard) => $"{study}-shard-{shard.Index}-of-{shard.Count}";

    /// <summary>The name of the study whose shard a folder is, as its name says; its own name if that says nothing.</summary>
    public static string StudyOf(string folder)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        int mark = name.LastIndexOf("-shard-", StringComparison.Ordinal);
        return mark > 0 ? name[..mark] : name;
    }

    /// <summary>The <c>--out</c> of the command that made it.</summary>
    public static string OutOf(string folder) =>
        Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(folder)) is { Length: > 0 } parent ? parent : ".";

    /// <summary>Whether there is a shard in it. Of a manifest that cannot be read whoever wants to read it says what is wrong.</summary>
    public static bool IsShard(string folder)
    {
        try
        {
            return RunManifest.Read(Path.Combine(folder, ManifestFile)).Shard is not null;
        }
        catch (Exception fault) when (fault is InvalidDataException or OverflowException or FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    /// <param name="folder">Made if it is not there.</param>
    /// <param name="shard">Which one.</param>
    /// <param name="results">Its rows.</param>
    /// <param name="reading">The scenario as it was run.</param>
    /// <param name="others">Scenarios of other files that were run as variants.</param>
    /// <param name="repeat">A command that runs the whole.</param>
    public static void Write(
        string folder, Shard shard, ResultShard results, ScenarioReading reading,
        IReadOnlyList<(string Variant, ScenarioReading Reading)> others, string repeat)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(reading);
        string staged = VouchedRows.Stage(folder, rows => ReplicationsFile.Write(rows, results));
        VouchedRows.Commit(folder, staged, fingerprint => new RunManifest
        {
            Scenario = results.Origin.Scenario,
            ResolvedScenario = reading.Expanded!,
            Sources = [.. reading.Values.Select(value => (value.Path, value.Source))],
            Hash = results.Origin.Hash,
            EngineVersion = results.Origin.EngineVersion,
            Seed = results.Origin.Seed,
            Variants = [.. results.Tables.Select(table => table.Variant)],
            FirstReplication = 0,
            Replications = results.PlannedReplications,
            Shard = (shard.Index, shard.Count),
            StopReason = StopReason.FixedCount,
            Fingerprint = fingerprint,
            TimeZoneData = TimeZoneData.VersionUsedBy(reading.Spec!),
            Repeat = repeat,
            Others = [.. others.Select(other => (other.Variant, other.Reading.Hash!, other.Reading.Expanded!))],
        });
    }
}
