using FailoverSim.Kernel.Results;

namespace FailoverSim.Analysis.Tables;

/// <summary>One variant as a shard holds it: some of the blocks.</summary>
public sealed record ShardTable(string Variant, ResultNames Names, long HorizonNanoseconds, IReadOnlyList<Block> Blocks)
{
    /// <summary>A block by its index, of blocks that are in order; null if it is not there.</summary>
    public Block? Find(long index)
    {
        int low = 0, high = Blocks.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = Blocks[middle].Index < index ? (middle + 1, high) : (low, middle);
        }
        return low < Blocks.Count && Blocks[low].Index == index ? Blocks[low] : null;
    }
}

/// <summary>
/// What a result file holds: all blocks of a run, or those of one shard (block b belongs to shard b mod n).
/// </summary>
/// <param name="Origin">Where it comes from.</param>
/// <param name="PlannedReplications">Replications of the whole run, all shards together.</param>
/// <param name="Tables">One per variant, the base variant first.</param>
public sealed record ResultShard(Origin Origin, long PlannedReplications, IReadOnlyList<ShardTable> Tables)
{
    public static ResultShard Of(ResultSet results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return new ResultShard(
            results.Origin,
            results.Replications,
            [.. results.Tables.Select(t => new ShardTable(t.Variant, t.Names, t.HorizonNanoseconds, t.Blocks))]);
    }

    /// <summary>
    /// The whole from its parts. A gap or an overlap is an error, never a smaller n; so are parts of different runs.
    /// </summary>
    /// <exception cref="ArgumentException">The parts do not make exactly one run.</exception>
    public static ResultSet Join(IReadOnlyList<ResultShard> shards)
    {
        ArgumentNullException.ThrowIfNull(shards);
        if (shards.Count == 0)
        {
            throw new ArgumentException("There is nothing to join.", nameof(shards));
        }
        ResultShard first = shards[0];
        foreach (ResultShard other in shards.Skip(1))
        {
            first.RequireSameRun(other);
        }
        var tables = new List<ResultTable>();
        for (int i = 0; i < first.Tables.Count; i++)
        {
            ShardTable like = first.Tables[i];
            var table = new ResultTable(like.Variant, like.Names, like.HorizonNanoseconds, JoinedRows.Of([.. shards.Select(shard => shard.Tables[i])]));
            if (table.Replications != first.PlannedReplications)
            {
                throw new ArgumentException(
                    $"Variant {like.Variant}: {table.Replications} of {first.PlannedReplications} replications are there.",
                    nameof(shards));
            }
            tables.Add(table);
        }
        return new ResultSet(first.Origin, tables);
    }

    private void RequireSameRun(ResultShard other)
    {
        string? difference =
            Origin.Hash != other.Origin.Hash ? "scenario" :
            Origin.Seed != other.Origin.Seed ? "seed" :
            Origin.EngineVersion != other.Origin.EngineVersion ? "engine version" :
            Origin != other.Origin ? "origin" :
            PlannedReplications != other.PlannedReplications ? "number of replications" :
            !Tables.Select(t => t.Variant).SequenceEqual(other.Tables.Select(t => t.Variant)) ? "variants" :
            !Tables.Zip(other.Tables, SameShape).All(same => same) ? "names or horizon" :
            null;
        if (difference is not null)
        {
            throw new ArgumentException($"The results are of different runs: the {difference} differs.", nameof(other));
        }
    }

    private static bool SameShape(ShardTable a, ShardTable b) =>
        a.HorizonNanoseconds == b.HorizonNanoseconds && SameNames(a.Names, b.Names);

    /// <summary>Whether all that rows refer to is the same.</summary>
    public static bool SameNames(ResultNames a, ResultNames b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return a.Services.SequenceEqual(b.Services)
            && a.Causes.SequenceEqual(b.Causes)
            && a.Stages.SequenceEqual(b.Stages)
            && a.Slos.SequenceEqual(b.Slos)
            && a.Counters.SequenceEqual(b.Counters)
            && a.Fleet.SequenceEqual(b.Fleet)
            && a.Views.SequenceEqual(b.Views);
    }
}
