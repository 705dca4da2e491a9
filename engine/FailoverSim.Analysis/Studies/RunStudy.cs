using System.Numerics;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Stopping;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Replications;
using FailoverSim.Kernel.Results;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Analysis.Studies;

/// <summary>What a run can tell while it goes on.</summary>
/// <param name="Replications">Complete so far.</param>
/// <param name="Expected">How many it will probably take, from the precision reached so far; null while that is unknown.</param>
/// <param name="Maximum">It never takes more.</param>
/// <param name="Totals">By service, over the complete prefix.</param>
public sealed record RunProgress(long Replications, long? Expected, long Maximum, IReadOnlyList<ServiceTotals> Totals);

/// <summary>What a run yielded.</summary>
/// <param name="Table">Results of the base variant; null if it was interrupted before the first replication was complete.</param>
/// <param name="Reason">Why it ended.</param>
/// <param name="Fingerprint">Hash of the histories of all replications counted.</param>
/// <param name="Events">Timers fired in them.</param>
public sealed record RunOutcome(ResultTable? Table, StopReason Reason, ulong Fingerprint, long Events);

/// <summary>Runs one specification until it is known precisely enough.</summary>
public static class RunStudy
{
    /// <param name="spec">What to run.</param>
    /// <param name="threads">At least 1; the results do not depend on it.</param>
    /// <param name="progress">Told after each block.</param>
    /// <param name="timeUp">The wall-clock limit: blocks begun are finished and counted.</param>
    /// <param name="interrupt">Stop now, keep the complete replications up to the first gap.</param>
    public static RunOutcome Run(
        ScenarioSpec spec, int threads, Action<RunProgress>? progress, CancellationToken timeUp, CancellationToken interrupt)
    {
        ScenarioModel model = new(spec);
        ResultNames names = model.Build().NamesFor(spec.Run.Horizon);
        StoppingRule rule = new(spec.Run, names.Services);
        ReplicationRunner runner = new(model.Build, spec.Run.WarmUp, spec.Run.Horizon, threads);
        ServiceTotals[] totals = [.. names.Services.Select((_, i) => new ServiceTotals(names, i))];
        List<Block> blocks = [];
        int checkpoint = rule.NextCheckpoint(0);
        ulong fingerprint = 0;
        long events = 0;
        StopReason? reason = null;
        foreach (ReplicationBlock block in runner.Run(0, rule.MaximumReplications, timeUp, interrupt))
        {
            if (block.Replications > 0)
            {
                blocks.Add(new Block((int)block.Index, block.Rows, names.Services.Count));
                fingerprint = unchecked((BitOperations.RotateLeft(fingerprint, 29) ^ block.Fingerprint) * 0x9E3779B97F4A7C15);
                events += block.Events;
            }
            foreach (ServiceRow row in block.Rows)
            {
                totals[row.Service].Add(row);
            }
            if (blocks.Count == checkpoint)
            {
                reason = rule.Decide(totals);
                if (reason is not null)
                {
                    break;
                }
                checkpoint = rule.NextCheckpoint(checkpoint);
            }
            progress?.Invoke(new RunProgress(totals[0].Replications, Expected(spec.Run, names, totals), rule.MaximumReplications, totals));
        }
        reason ??= interrupt.IsCancellationRequested ? StopReason.Interrupted : StopReason.GaveUpWallClock;
        ResultTable? table = blocks.Count == 0
            ? null
            : new ResultTable(ResultSet.BaseVariant, names, spec.Run.Horizon.Nanoseconds, blocks);
        return new RunOutcome(table, reason.Value, fingerprint, events);
    }

    /// <summary>Half-widths shrink like the square root of the replications: how many will the least precise service need?</summary>
    private static long? Expected(RunSpec run, ResultNames names, ServiceTotals[] totals)
    {
        if (run.StopWhen is not { } wanted)
        {
            return run.Replications;
        }
        double most = 0;
        foreach (ServiceTotals service in totals.Where(t => wanted.Services.Contains(names.Services[t.Service])))
        {
            Estimate estimate = AvailabilityInterval.Unavailability(service, wanted.Level);
            double ratio = estimate.HalfWidth / (wanted.Within * estimate.Value ?? 0);
            most = Math.Max(most, ratio * ratio * service.Replications);
        }
        return double.IsFinite(most) && most < 1e15 ? Math.Min((long)most + 1, run.GiveUpAfterReplications) : null;
    }
}
