using FailoverSim.Analysis.Tables;
using FailoverSim.Reporting.Results;
using FailoverSim.Reporting.Tables;

namespace FailoverSim.Library;

/// <summary>The study whose shards were run apart.</summary>
public static class MergedStudy
{
    /// <param name="folders">Of all shards.</param>
    /// <param name="scenarioFolder">Where the scenario's file was, if it names files beside it; null: they cannot be read.</param>
    /// <returns>What a run of all in one place would have come to.</returns>
    /// <exception cref="MergeException">They do not make exactly one run.</exception>
    /// <exception cref="ResultsException">The scenario in their manifests cannot be read.</exception>
    public static Results Of(IReadOnlyList<string> folders, string? scenarioFolder = null)
    {
        (RunManifest manifest, ResultSet results) = ShardMerge.Join(folders);
        if (manifest.Shard is null)
        {
            throw new MergeException($"'{folders[0]}' is no shard but a whole run, of which there is nothing to merge; name folders that 'failoversim run --shard' made");
        }
        try
        {
            return SavedStudy.Of(folders[0], manifest with { Shard = null, Fingerprint = "" }, results, scenarioFolder);
        }
        catch (InvalidDataException fault)
        {
            throw new MergeException($"what is in '{folders[0]}' and the other folders does not fit together: {fault.Message.TrimEnd('.')}; run the shards again", fault);
        }
    }
}
