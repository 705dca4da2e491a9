using System.Globalization;
using FailoverSim.Analysis.Tables;
using FailoverSim.Reporting.Tables;
using FailoverSim.Reporting.Text;

namespace FailoverSim.Reporting.Results;

/// <summary>
/// Joins the folders of all shards to the run that they are shares of. A gap is an error and never a smaller number of replications,
/// and whatever could make it another run than a local one is refused.
/// </summary>
public static class ShardMerge
{
    /// <summary>So many blocks or shards are named; of more blocks there is a count.</summary>
    private const int Named = 5;

    /// <param name="folders">Of all shards, in any order; or the one of a run that was not divided.</param>
    /// <returns>The rows of the whole, and the manifest of the first shard, whichever was named first.</returns>
    /// <exception cref="MergeException">They do not make exactly one run.</exception>
    public static (RunManifest Manifest, ResultSet Results) Join(IReadOnlyList<string> folders)
    {
        ArgumentNullException.ThrowIfNull(folders);
        if (folders.Count == 0)
        {
            throw new MergeException("there is nothing to merge; name the folders of all shards");
        }
        HeldRows held = new();
        ShardPart[] parts = [.. folders.Select(folder => ShardPart.Read(folder, held)).OrderBy(part => part.Share.Index)];
        foreach (ShardPart other in parts.Skip(1))
        {
            RequireSameRun(parts[0], other);
        }
        RunManifest run = parts[0].Manifest;
        for (int variant = 0; variant < run.Variants.Count; variant++)
        {
            RequireEachBlockOnce(parts, variant);
        }
        if (ReplicationsFile.WhyTooMany(run.Replications, parts[0].Rows.Tables[0].Names.Services.Count, run.Variants.Count) is { } why)
        {
            throw new MergeException($"{why}; run fewer replications, or fewer variants");
        }
        try
        {
            return (run, ResultShard.Join([.. parts.Select(part => part.Rows)]));
        }
        catch (ArgumentException fault)
        {
            throw new MergeException($"{fault.Message.TrimEnd('.')}; run the shards again", fault);
        }
    }

    /// <summary>A command that runs one share of a run, and leaves its folder where the others are.</summary>
    /// <param name="repeat">Of the whole.</param>
    /// <param name="shard">Which share.</param>
    /// <param name="beside">A folder of the same run.</param>
    private static string CommandFor(string repeat, (int Index, int Count) shard, string beside) => string.Create(
        CultureInfo.InvariantCulture, $"{repeat} --extend --shard {shard.Index}/{shard.Count} --out {ShellWord.Quoted(ShardFolder.OutOf(beside))}");

    private static void RequireSameRun(ShardPart first, ShardPart other)
    {
        const string Again = "run the shard again that is wrong, as all others were run";
        (RunManifest a, RunManifest b) = (first.Manifest, other.Manifest);
        (string What, string A, string B, string Remedy)? difference =
            a.Scenario != b.Scenario ? ("name of the scenario", a.Scenario, b.Scenario, "name the folders of one study only") :
            first.Share.Count != other.Share.Count ? ("number of shards", Text(first.Share.Count), Text(other.Share.Count), "name only folders of a run that was divided in the same way") :
            a.Identity.DifferenceFrom(b.Identity) is var (name, ours, theirs) ? (name == RunIdentity.HashName ? OfScenario(a, b) : (name, ours, theirs, Again)) :
            !a.Variants.SequenceEqual(b.Variants) ? ("list of variants", string.Join(", ", a.Variants), string.Join(", ", b.Variants), Again) :
            a.Replications != b.Replications ? ("number of replications", Text(a.Replications), Text(b.Replications), Extend()) :
            null;
        if (difference is var (what, one, two, remedy))
        {
            throw new MergeException($"the {what} of '{other.Folder}' is {two}, that of '{first.Folder}' is {one}; {remedy}");
        }

        static (string, string, string, string) OfScenario(RunManifest a, RunManifest b) => FirstUnlike(a.ResolvedScenario, b.ResolvedScenario) is var (one, two)
            ? ("scenario", $"'{one}' (hash {a.Hash})", $"'{two}' (hash {b.Hash})", Again)
            : ("scenario", a.Hash, b.Hash, $"they differ only in what is in the files that it names, so {Again}");

        static string Text<T>(T number) where T : IFormattable => number.ToString(null, CultureInfo.InvariantCulture);

        string Extend()
        {
            (ShardPart less, ShardPart more) = a.Replications < b.Replications ? (first, other) : (other, first);
            return more.Manifest.Repeat is { } repeat
                ? $"extend the one that has fewer: {CommandFor(repeat, less.Share, less.Folder)}"
                : "extend the one that has fewer, with --extend";
        }
    }

    /// <summary>The first value that is not the same in two resolved scenarios; null if all are: where each comes from is a comment behind it.</summary>
    private static (string, string)? FirstUnlike(string one, string other)
    {
        (string[] a, string[] b) = (Values(one), Values(other));
        for (int i = 0; i < Math.Max(a.Length, b.Length); i++)
        {
            (string inA, string inB) = (a.ElementAtOrDefault(i) ?? "nothing more", b.ElementAtOrDefault(i) ?? "nothing more");
            if (inA != inB)
            {
                return (inA, inB);
            }
        }
        return null;

        static string[] Values(string scenario) =>
        [
            .. scenario.Split('\n').Select(line => line.LastIndexOf("  # ", StringComparison.Ordinal) is > 0 and var comment ? line[..comment].Trim() : line.Trim())
                .Where(line => line.Length > 0 && line[0] != '#'),
        ];
    }

    private static void RequireEachBlockOnce(ShardPart[] parts, int variant)
    {
        RunManifest run = parts[0].Manifest;
        string name = run.Variants.Count > 1 ? $"variant '{run.Variants[variant]}': " : "";
        // Each part has blocks of its own share only, each once.
        ILookup<int, ShardPart> shares = parts.ToLookup(part => part.Share.Index);
        foreach (ShardPart[] same in shares.Select(share => share.ToArray()).Where(share => share.Length > 1))
        {
            foreach ((ShardPart one, ShardPart other) in same.SelectMany((other, i) => same.Take(i).Select(one => (one, other))))
            {
                int[] twice = [.. Indices(other).Where(block => Has(one, block))];
                if (twice.Length > 0)
                {
                    throw new MergeException($"{name}{Listed(twice, twice.Length)} in '{one.Folder}' and in '{other.Folder}'; name each shard once");
                }
            }
        }
        int blocks = Block.CountFor(run.Replications), count = parts[0].Share.Count, there = parts.Sum(part => part.Rows.Tables[variant].Blocks.Count);
        if (there < blocks)
        {
            // Not all are listed: a manifest may tell of any number.
            IEnumerable<int> missing = Enumerable.Range(0, blocks).Where(block => !shares[block % count].Any(part => Has(part, block)));
            throw new MergeException($"{name}{Listed(missing, blocks - there)} in none of the folders; {Remedy(parts, blocks, variant)}");
        }

        IEnumerable<int> Indices(ShardPart part) => part.Rows.Tables[variant].Blocks.Select(block => block.Index);

        bool Has(ShardPart part, int block) => part.Rows.Tables[variant].Find(block) is not null;
    }

    /// <summary>Which shards have fewer blocks than are theirs.</summary>
    private static string Remedy(ShardPart[] parts, int blocks, int variant)
    {
        ShardPart first = parts[0];
        int count = first.Share.Count;
        ILookup<int, int> found = parts.ToLookup(part => part.Share.Index, part => part.Rows.Tables[variant].Blocks.Count);
        int[] lacking = [.. Enumerable.Range(0, Math.Min(count, blocks))
            .Where(index => found[index].Sum() < ((long)blocks + count - 1 - index) / count).Take(Named + 1)];
        string shards = string.Join(", ", lacking.Take(Named).Select(index => string.Create(CultureInfo.InvariantCulture, $"{index}/{count}")));
        string command = first.Manifest.Repeat is { } repeat ? $": {CommandFor(repeat, (lacking[0], count), first.Folder)}" : "";
        return $"name the folder of shard {shards}{(lacking.Length > Named ? ", …" : "")}, or run it{command}";
    }

    /// <summary><c>blocks 1, 4, 7, 10, 13 and 5 more are</c>.</summary>
    private static string Listed(IEnumerable<int> blocks, int count)
    {
        string some = string.Join(", ", blocks.Take(Named).Select(block => block.ToString(CultureInfo.InvariantCulture)));
        string more = count > Named ? string.Create(CultureInfo.InvariantCulture, $" and {count - Named} more") : "";
        return $"block{(count == 1 ? "" : "s")} {some}{more} {(count == 1 ? "is" : "are")}";
    }
}
