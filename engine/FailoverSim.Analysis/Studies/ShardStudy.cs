using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Replications;
using FailoverSim.Kernel.Results;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Analysis.Studies;

/// <summary>
/// Runs one share of a study of a fixed number of replications: its blocks of the base and of every variant. No figure follows from
/// it alone; <see cref="ResultShard.Join"/> makes the whole of all shares.
/// </summary>
public static class ShardStudy
{
    /// <param name="spec">The scenario as written; its number of replications is that of all shards together.</param>
    /// <param name="variants">What is to be compared with it.</param>
    /// <param name="shard">Which share.</param>
    /// <param name="threads">At least 1; the results do not depend on it.</param>
    /// <param name="progress">Told after each block.</param>
    /// <param name="interrupt">Stop now.</param>
    /// <param name="baseName">What the results of the base variant are called.</param>
    /// <param name="store">Where finished blocks are, and are kept; null for nowhere.</param>
    /// <returns>One table for each variant; null if it was stopped before all were finished.</returns>
    public static IReadOnlyList<ShardTable>? Run(
        ScenarioSpec spec, IReadOnlyList<Variant> variants, Shard shard, int threads, Action<RunProgress>? progress,
        CancellationToken interrupt, string baseName = ResultSet.BaseVariant, IStudyStore? store = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        long replications = spec.Run.Replications
            ?? throw new ArgumentException("A shard is a share of a fixed number of replications.", nameof(spec));
        List<ShardTable> tables = [];
        foreach ((string name, ScenarioSpec one) in variants
            .Select(variant => (variant.Name, VariantsStudy.Over(variant.Spec, replications, spec.Run.Seed))).Prepend((baseName, spec)))
        {
            if (Blocks(name, one) is not { } table)
            {
                return null;
            }
            tables.Add(table);
        }
        return tables;

        ShardTable? Blocks(string variant, ScenarioSpec one)
        {
            ScenarioModel model = new(one);
            ResultNames names = model.Build().NamesFor(one.Run.Horizon);
            ServiceTotals[] totals = [.. names.Services.Select((_, service) => new ServiceTotals(names, service))];
            long mine = shard.ReplicationsOf(replications);
            RunSpec share = one.Run with { Replications = mine };
            IBlockStore? kept = store?.Of(RunStudy.SeriesOf(variant), names);
            ReplicationRunner runner = new(model.Build, one.Run.WarmUp, one.Run.Horizon, threads, store: kept);
            HeldRows held = HeldRows.None();
            StoredRows? stored = kept is null ? null : new(kept);
            BlockList blocks = new();
            foreach (ReplicationBlock run in runner.Run(0, replications, shard, CancellationToken.None, interrupt))
            {
                if (run.Replications == 0)
                {
                    break;
                }
                Block block = new((int)run.Index, run.Rows, names.Services.Count);
                blocks.Add(held.Place(block, stored?.From(block.Index)));
                foreach (ServiceRow row in run.Rows)
                {
                    totals[row.Service].Add(row);
                }
                progress?.Invoke(new RunProgress(variant, share, mine, totals));
            }
            return blocks.Replications == mine
                ? new ShardTable(variant, names, one.Run.Horizon.Nanoseconds, blocks)
                : null;
        }
    }
}
