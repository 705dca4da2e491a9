using FailoverSim.Analysis.Stopping;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Analysis.Studies;

/// <summary>
/// How many replications a precision still needs. It is decided where a run in one place would decide: at the rule's own checkpoints, on
/// complete prefixes; so how the work was divided cannot change where it stops.
/// </summary>
public sealed class PrecisionPlan
{
    /// <summary>A round is so many times the one before at most: from few replications the need is known only roughly.</summary>
    private const int Growth = 4;

    private PrecisionPlan(RunProgress progress, StopReason? reached)
    {
        Progress = progress;
        Reached = reached;
        Rounds = reached is null ? [.. RoundsFrom(progress)] : [];
    }

    /// <summary>What is known: over the complete prefix, or where the rule stops within it.</summary>
    public RunProgress Progress { get; }

    /// <summary>Why no more is needed; null if more is.</summary>
    public StopReason? Reached { get; }

    /// <summary>How many replications there are to be after each further round, as far as can be said now.</summary>
    public IReadOnlyList<long> Rounds { get; }

    /// <param name="run">With a precision.</param>
    /// <param name="names">Names behind the rows.</param>
    /// <param name="blocks">Of the base variant, in order; what follows a gap is not looked at.</param>
    public static PrecisionPlan Of(RunSpec run, ResultNames names, IEnumerable<Block> blocks)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(blocks);
        StoppingRule rule = new(run, names.Services);
        PrefixTotals totals = new(names);
        int checkpoint = rule.NextCheckpoint(0);
        StopReason? reached = null;
        foreach (Block block in blocks)
        {
            // A short block ends a run of another length: in this one it would be full.
            bool last = totals.Services[0].Replications + block.Replications == rule.MaximumReplications;
            if (block.Index != totals.Blocks || !(block.IsComplete || last))
            {
                break;
            }
            totals.Add(block);
            if (totals.Blocks == checkpoint)
            {
                reached = rule.Decide(totals.Services);
                if (reached is not null)
                {
                    break;
                }
                checkpoint = rule.NextCheckpoint(checkpoint);
            }
        }
        return new PrecisionPlan(new RunProgress(ResultSet.BaseVariant, run, rule.MaximumReplications, totals.Services), reached);
    }

    private static IEnumerable<long> RoundsFrom(RunProgress progress)
    {
        StoppingRule rule = new(progress.Run, progress.Totals[0].Names.Services);
        long needed = Needed(progress) ?? long.MaxValue, now = progress.Replications;
        while (now < needed && now < progress.Maximum)
        {
            long wanted = Math.Min(needed, Math.Max(now, 1) * Growth);
            // From the first one on: after another number of blocks the next would be at another place.
            int checkpoint = rule.NextCheckpoint(0);
            while (checkpoint < rule.MaximumBlocks && (long)checkpoint * Block.Size < wanted)
            {
                checkpoint = rule.NextCheckpoint(checkpoint);
            }
            now = Math.Min((long)checkpoint * Block.Size, progress.Maximum);
            yield return now;
            if (needed == long.MaxValue)
            {
                yield break; // Nothing has been seen that a need would follow from.
            }
        }
    }

    /// <summary>As the interval and the least number of outages want it; null while nothing tells.</summary>
    private static long? Needed(RunProgress progress)
    {
        if (progress.Replications == 0 || progress.Expected() is not { } forInterval || progress.LeastPrecise() is not var (service, _))
        {
            return null;
        }
        long seen = Math.Max(service.Outages, service.WithDownTime);
        double forOutages = (double)StoppingRule.LeastOutages / Math.Max(seen, 1) * progress.Replications;
        // It has not stopped yet, so at least one more checkpoint is needed.
        return Math.Max(Math.Max(forInterval, (long)Math.Min(forOutages, progress.Maximum)), progress.Replications + 1);
    }
}
