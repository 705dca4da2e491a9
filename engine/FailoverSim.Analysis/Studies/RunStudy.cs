using System.Numerics;
using FailoverSim.Analysis.Sensitivity;
using FailoverSim.Analysis.Stopping;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Replications;
using FailoverSim.Kernel.Results;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Analysis.Studies;

/// <summary>What the run of one variant yielded.</summary>
/// <param name="Table">Its results; null if it was interrupted before the first replication was complete.</param>
/// <param name="Reason">Why it ended.</param>
/// <param name="Fingerprint">Hash of the histories of all replications counted, as far as they were put in order.</param>
/// <param name="Events">Timers fired in them.</param>
public sealed record RunOutcome(ResultTable? Table, StopReason Reason, ulong Fingerprint, long Events)
{
    /// <summary>Scores of its hazards; null unless they were asked for.</summary>
    public HazardScoreTable? Scores { get; init; }
}

/// <summary>Runs one specification until it is known precisely enough.</summary>
public static class RunStudy
{
    /// <summary>What the blocks of a variant are called in a store: with a word before it, as other runs of the study have names of their own.</summary>
    public static string SeriesOf(string variant) => $"variant {variant}";

    /// <param name="spec">What to run.</param>
    /// <param name="threads">At least 1; the results do not depend on it.</param>
    /// <param name="progress">Told after each block.</param>
    /// <param name="timeUp">The wall-clock limit: blocks begun are finished and counted.</param>
    /// <param name="interrupt">Stop now, keep the complete replications up to the first gap.</param>
    /// <param name="variant">What the results are called.</param>
    /// <param name="scored">Whether the scores of hazards are kept.</param>
    /// <param name="store">Where finished blocks are, and are kept; null for nowhere.</param>
    /// <param name="series">What it is called there; null: <see cref="SeriesOf"/> the variant.</param>
    /// <param name="held">How many of its rows are held where a store has them; null: as many as of a study that has no other run.</param>
    public static RunOutcome Run(
        ScenarioSpec spec, int threads, Action<RunProgress>? progress, CancellationToken timeUp, CancellationToken interrupt,
        string variant = ResultSet.BaseVariant, bool scored = false, IStudyStore? store = null, string? series = null, HeldRows? held = null)
    {
        ScenarioModel model = new(spec);
        Simulation sample = model.Build();
        ResultNames names = sample.NamesFor(spec.Run.Horizon);
        StoppingRule rule = new(spec.Run, names.Services);
        IBlockStore? kept = store?.Of(series ?? SeriesOf(variant), names);
        ReplicationRunner runner = scored
            ? new(Scored, spec.Run.WarmUp, spec.Run.Horizon, threads, simulation => simulation.Scores(), kept)
            : new(model.Build, spec.Run.WarmUp, spec.Run.Horizon, threads, store: kept);
        PrefixTotals totals = new(names);
        held ??= new HeldRows();
        StoredRows? stored = kept is null ? null : new(kept);
        BlockList blocks = new();
        ReplicationMeasures? scores = scored ? new(kept, block => block.Measures) : null;
        int checkpoint = rule.NextCheckpoint(0);
        ulong fingerprint = 0;
        long events = 0;
        StopReason? reason = null;
        foreach (ReplicationBlock run in runner.Run(0, rule.MaximumReplications, timeUp, interrupt))
        {
            if (run.Replications == 0)
            {
                break;
            }
            Block block = new((int)run.Index, run.Rows, names.Services.Count);
            blocks.Add(held.Place(block, stored?.From(block.Index)));
            totals.Add(block);
            scores?.Add(run);
            fingerprint = unchecked((BitOperations.RotateLeft(fingerprint, 29) ^ run.Fingerprint) * 0x9E3779B97F4A7C15);
            events += run.Events;
            bool complete = block.IsComplete || totals.Services[0].Replications == rule.MaximumReplications;
            if (complete && blocks.Count == checkpoint)
            {
                reason = rule.Decide(totals.Services);
                if (reason is not null)
                {
                    break;
                }
                checkpoint = rule.NextCheckpoint(checkpoint);
            }
            progress?.Invoke(new RunProgress(variant, spec.Run, rule.MaximumReplications, totals.Services));
        }
        reason ??= interrupt.IsCancellationRequested ? StopReason.Interrupted : StopReason.GaveUpWallClock;
        ResultTable? table = blocks.Count == 0
            ? null
            : new ResultTable(variant, names, spec.Run.Horizon.Nanoseconds, blocks, totals);
        return new RunOutcome(table, reason.Value, fingerprint, events)
        {
            Scores = scores is null ? null : new HazardScoreTable(sample.Hazards, scores),
        };

        Simulation Scored()
        {
            Simulation simulation = model.Build();
            simulation.KeepScores();
            return simulation;
        }
    }
}
