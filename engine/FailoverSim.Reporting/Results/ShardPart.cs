using FailoverSim.Analysis.Tables;
using FailoverSim.Reporting.Checkpoints;
using FailoverSim.Reporting.Tables;

namespace FailoverSim.Reporting.Results;

/// <summary>What one folder holds of a run: a share of it, or all.</summary>
/// <param name="Folder">As it was named.</param>
/// <param name="Manifest">Fits the rows.</param>
/// <param name="Rows">Blocks of its own share only.</param>
internal sealed record ShardPart(string Folder, RunManifest Manifest, ResultShard Rows)
{
    /// <summary>Which share; the whole is the only one.</summary>
    public (int Index, int Count) Share => Manifest.Shard ?? (0, 1);

    /// <exception cref="MergeException">It is not there, not finished or damaged.</exception>
    public static ShardPart Read(string folder, HeldRows held)
    {
        if (!Directory.Exists(folder))
        {
            throw new MergeException($"there is no folder '{folder}'; name folders that 'failoversim run --shard' made");
        }
        if (File.Exists(Path.Combine(folder, Checkpoint.FileName)))
        {
            throw new MergeException($"'{folder}' is not finished; run its command again, which goes on where it was stopped");
        }
        string rows = Path.Combine(folder, ShardFolder.Rows), manifest = Path.Combine(folder, ShardFolder.ManifestFile);
        foreach (string file in (string[])[rows, manifest])
        {
            if (!File.Exists(file))
            {
                throw new MergeException($"'{folder}' holds no results ({Path.GetFileName(file)} is not there); name folders that 'failoversim run --shard' made");
            }
        }
        try
        {
            RunManifest told = RunManifest.Read(manifest);
            if (RunManifest.FingerprintOf(rows) != told.Fingerprint)
            {
                throw new MergeException($"'{rows}' is not the file that its manifest tells of; copy it again, or run that shard again");
            }
            ShardPart part = new(folder, told, ReplicationsFile.Read(rows, held));
            return part.Misfit() is { } misfit ? throw new InvalidDataException(misfit) : part;
        }
        catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException or ArgumentException or OverflowException)
        {
            throw new MergeException($"'{folder}' cannot be read: {fault.Message.TrimEnd('.')}; run that shard again", fault);
        }
    }

    /// <summary>In what the manifest and the rows contradict each other; null: in nothing.</summary>
    private string? Misfit()
    {
        (int index, int count) = Share;
        int blocks = Block.CountFor(Manifest.Replications);
        return Rows.Origin != new Origin(Manifest.Scenario, Manifest.Hash, Manifest.EngineVersion, Manifest.Seed) ? "its rows are not of the run that its manifest tells of"
            : Rows.PlannedReplications != Manifest.Replications ? $"its rows are of {Rows.PlannedReplications} replications, and its manifest tells of {Manifest.Replications}"
            : Rows.Tables.Count == 0 || !Rows.Tables.Select(table => table.Variant).SequenceEqual(Manifest.Variants) ? "its rows are of other variants than its manifest tells of"
            : Rows.Tables.Any(table => table.Blocks.Any(block => block.Index >= blocks || block.Index % count != index)) ? "it holds blocks of another share"
            : null;
    }
}
