using System.Globalization;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;
using FailoverSim.Reporting.Checkpoints;
using FailoverSim.Reporting.Tables;

namespace FailoverSim.Reporting.Results;

/// <summary>
/// Joins the folders of all shards to the run that they are shares of. A gap is an error and never a smaller number of replications,
/// and whatever could make it another run than a local one is refused.
/// </summary>
public static class ShardMerge
{
    /// <summary>So many blocks are named; of more there is a count.</summary>
    private const int Named = 5;

    private sealed record Part(string Folder, RunManifest Manifest, ResultShard Rows);

    /// <returns>The rows of the whole, and a manifest for it; its fingerprint is not known yet.</returns>
    /// <exception cref="MergeException">They do not make exactly one run.</exception>
    public static (RunManifest Manifest, ResultSet Results) Join(IReadOnlyList<string> folders)
    {
        ArgumentNullException.ThrowIfNull(folders);
        if (folders.Count == 0)
        {
            throw new MergeException("there is nothing to merge; name the folders of all shards");
        }
        Part[] parts = Read(folders);
        foreach (Part other in parts.Skip(1))
        {
            RequireSameRun(parts[0], other);
        }
        try
        {
            ResultSet results = ResultShard.Join([.. parts.Select(part => part.Rows)]);
            return (parts[0].Manifest with { Shard = null, Fingerprint = "" }, results);
        }
        catch (ArgumentException fault)
        {
            for (int i = 0; i < parts.Min(part => part.Rows.Tables.Count); i++)
            {
                RequireEachBlockOnce(parts, i);
            }
            throw new MergeException(fault.Message.TrimEnd('.'), fault);
        }
    }

    /// <summary>The blocks of the base variant that are there, in order, whether they make a whole run or not; and among how many shards.</summary>
    /// <param name="folders">Of shards, or of whole runs.</param>
    /// <param name="hash">Of the scenario that they must be of.</param>
    /// <exception cref="MergeException">They are of different runs, or of another scenario.</exception>
    public static (ResultNames Names, IReadOnlyList<Block> Blocks, int Shards) BlocksOf(IReadOnlyList<string> folders, string hash)
    {
        ArgumentNullException.ThrowIfNull(folders);
        Part[] parts = Read(folders);
        foreach (Part part in parts)
        {
            RequireSameRun(parts[0], part, wholly: false);
            if (part.Manifest.Hash != hash)
            {
                throw new MergeException($"'{part.Folder}' is of another scenario (its hash is {part.Manifest.Hash} and not {hash}); name the file that was run, with the same --set");
            }
        }
        // Of a block that is there twice, in shards of different rounds, the fuller one counts.
        return (parts[0].Rows.Tables[0].Names,
            [.. parts.SelectMany(part => part.Rows.Tables[0].Blocks).GroupBy(block => block.Index)
                .Select(same => same.MaxBy(block => block.Replications)!).OrderBy(block => block.Index)],
            parts[0].Manifest.Shard?.Count ?? 1);
    }

    private static Part[] Read(IReadOnlyList<string> folders)
    {
        HeldRows held = new();
        return [.. folders.Select(folder => Read(folder, held))];
    }

    private static Part Read(string folder, HeldRows held)
    {
        if (File.Exists(Path.Combine(folder, Checkpoint.FileName)))
        {
            throw new MergeException($"'{folder}' is not finished; run its command again, which goes on where it was stopped, and then merge");
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
            return new Part(folder, told, ReplicationsFile.Read(rows, held));
        }
        catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException or ArgumentException or OverflowException)
        {
            throw new MergeException($"'{folder}' cannot be read: {fault.Message.TrimEnd('.')}; run that shard again", fault);
        }
    }

    /// <param name="first">To compare with.</param>
    /// <param name="other">To be compared.</param>
    /// <param name="wholly">Whether they must have been run for the same number of replications.</param>
    private static void RequireSameRun(Part first, Part other, bool wholly = true)
    {
        (RunManifest a, RunManifest b) = (first.Manifest, other.Manifest);
        (string What, string A, string B)? difference =
            a.EngineVersion != b.EngineVersion ? ("engine version", a.EngineVersion, b.EngineVersion) :
            a.Seed != b.Seed ? ("seed", Text(a.Seed), Text(b.Seed)) :
            a.Hash != b.Hash ? ("scenario", $"'{FirstUnlike(b, a)}' (hash {a.Hash})", $"'{FirstUnlike(a, b)}' (hash {b.Hash})") :
            wholly && a.Replications != b.Replications ? ("number of replications", Text(a.Replications), Text(b.Replications)) :
            !a.Variants.SequenceEqual(b.Variants) ? ("variants", string.Join(", ", a.Variants), string.Join(", ", b.Variants)) :
            !a.Others.SequenceEqual(b.Others) ? ("files compared", OthersOf(a), OthersOf(b)) :
            wholly && a.StopReason != b.StopReason ? ("way to stop", RunManifest.NameOf(a.StopReason), RunManifest.NameOf(b.StopReason)) :
            null;
        if (difference is var (what, one, two))
        {
            throw new MergeException(
                $"the {what} of '{other.Folder}' is {two}, that of '{first.Folder}' is {one}; run the shard again that is wrong, as all others were run");
        }

        // Of the resolved scenario, that people see what it is.
        static string FirstUnlike(RunManifest than, RunManifest manifest) =>
            (manifest.ResolvedScenario.Split('\n').Except(than.ResolvedScenario.Split('\n')).FirstOrDefault() ?? "…").Trim();

        static string Text<T>(T number) where T : IFormattable => number.ToString(null, CultureInfo.InvariantCulture);

        static string OthersOf(RunManifest manifest) => string.Join(", ", manifest.Others.Select(o => $"{o.Variant} {o.Hash}"));
    }

    private static void RequireEachBlockOnce(IReadOnlyList<Part> parts, int variant)
    {
        Dictionary<int, Part> owners = [];
        RunManifest run = parts[0].Manifest;
        string name = run.Variants.Count > 1 && variant < run.Variants.Count ? $"variant '{run.Variants[variant]}': " : "";
        foreach (Part part in parts)
        {
            List<int> twice = [];
            Part? other = null;
            foreach (int block in part.Rows.Tables[variant].Blocks.Select(block => block.Index))
            {
                if (!owners.TryAdd(block, part))
                {
                    twice.Add(block);
                    other = owners[block];
                }
            }
            if (twice.Count > 0)
            {
                throw new MergeException($"{name}{Listed(twice)} in '{other!.Folder}' and in '{part.Folder}'; name each shard once");
            }
        }
        List<int> missing = [.. Enumerable.Range(0, Block.CountFor(run.Replications)).Where(block => !owners.ContainsKey(block))];
        if (missing.Count > 0)
        {
            throw new MergeException($"{name}{Listed(missing)} in none of the folders; {Remedy(parts, missing)}");
        }
    }

    private static string Remedy(IReadOnlyList<Part> parts, List<int> missing)
    {
        int[] counts = [.. parts.Select(part => part.Manifest.Shard?.Count ?? 1).Distinct()];
        if (counts is not [> 1 and var count])
        {
            return "name the folders of all shards";
        }
        string[] shards = [.. missing.Select(block => block % count).Distinct().Order().Select(index => $"{index}/{count}")];
        string command = parts[0].Manifest.Repeat is { } repeat ? $": {repeat} --shard {shards[0]}" : "";
        return $"name the folder of shard {string.Join(", ", shards.Take(Named))}{(shards.Length > Named ? ", …" : "")}, or run it{command}";
    }

    /// <summary><c>blocks 1, 4, 7, 10, 13 and 5 more are</c>.</summary>
    private static string Listed(List<int> blocks)
    {
        string some = string.Join(", ", blocks.Take(Named).Select(block => block.ToString(CultureInfo.InvariantCulture)));
        string more = blocks.Count > Named ? string.Create(CultureInfo.InvariantCulture, $" and {blocks.Count - Named} more") : "";
        return $"block{(blocks.Count == 1 ? "" : "s")} {some}{more} {(blocks.Count == 1 ? "is" : "are")}";
    }
}
