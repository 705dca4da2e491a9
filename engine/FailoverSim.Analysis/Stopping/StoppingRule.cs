using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Tables;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Analysis.Stopping;

/// <summary>
/// When a run has seen enough. Asked at fixed numbers of blocks only, on complete prefixes only, so the answer is a function
/// of seed, model and rule, never of timing. Testing after every replication would stop at every lucky
/// low; checkpoints that grow by half, and 50 outages at least, keep that small (engine/docs/intervals.md).
/// </summary>
public sealed class StoppingRule
{
    /// <summary>Blocks of the first checkpoint: 256 replications.</summary>
    public const int FirstCheckpoint = 4;

    /// <summary>Fewer outages than this never stop a run.</summary>
    public const int LeastOutages = 50;

    private readonly StopWhenSpec? _stopWhen;
    private readonly int[] _services;

    /// <param name="run">Fixed count, or precision with its give-up count.</param>
    /// <param name="services">All services of the scenario, in the order of <see cref="ServiceTotals.Service"/>.</param>
    public StoppingRule(RunSpec run, IReadOnlyList<string> services)
    {
        ArgumentNullException.ThrowIfNull(run);
        _stopWhen = run.StopWhen;
        MaximumReplications = run.Replications ?? run.GiveUpAfterReplications;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaximumReplications);
        _services = [.. (_stopWhen?.Services ?? []).Select(name => IndexOf(services, name))];
    }

    /// <summary>No more than these are ever run; the last block may be shorter for it.</summary>
    public long MaximumReplications { get; }

    public int MaximumBlocks => Block.CountFor(MaximumReplications);

    /// <summary>The next number of blocks to decide at; <see cref="MaximumBlocks"/> is the last.</summary>
    public int NextCheckpoint(int blocks)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(blocks);
        return Math.Min(_stopWhen is null ? MaximumBlocks : CheckpointAfter(blocks), MaximumBlocks);
    }

    /// <summary>Where a run that stops by precision would be looked at next, however many blocks there are.</summary>
    public static int CheckpointAfter(int blocks) =>
        blocks < FirstCheckpoint ? FirstCheckpoint : (int)Math.Min(int.MaxValue, (3L * blocks + 1) / 2);

    /// <summary>Whether to stop here; null to go on to the next checkpoint.</summary>
    /// <param name="prefix">Totals of the base variant over the complete prefix, indexed by service.</param>
    public StopReason? Decide(IReadOnlyList<ServiceTotals> prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        bool last = prefix[0].Replications >= MaximumReplications;
        if (_stopWhen is null)
        {
            return last ? StopReason.FixedCount : null;
        }
        return _services.All(service => IsPrecise(prefix[service], _stopWhen)) ? StopReason.Precision
            : last ? StopReason.GaveUpReplications
            : null;
    }

    private static bool IsPrecise(ServiceTotals totals, StopWhenSpec wanted)
    {
        var estimate = AvailabilityInterval.Unavailability(totals, wanted.Level);
        // Level services have down time but no outages: there, replications with down time count.
        return Math.Max(totals.Outages, totals.WithDownTime) >= LeastOutages && estimate.HalfWidth <= wanted.Within * estimate.Value;
    }

    private static int IndexOf(IReadOnlyList<string> services, string name)
    {
        for (int i = 0; i < services.Count; i++)
        {
            if (services[i] == name)
            {
                return i;
            }
        }
        throw new ArgumentException($"No service {name} to stop by.", nameof(name));
    }
}
