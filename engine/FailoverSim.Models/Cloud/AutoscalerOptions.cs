using System.Collections.Immutable;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Models.Cloud;

/// <summary>Cluster autoscaler; defaults as in its FAQ.</summary>
public sealed record AutoscalerOptions
{
    /// <summary>Machines to which it may grow each pool; null: it leaves the pool alone.</summary>
    public required ImmutableArray<int?> MaxByPool { get; init; }

    /// <summary>--scan-interval (10 s).</summary>
    public SimDuration ScanInterval { get; init; } = SimDuration.FromSeconds(10);

    /// <summary>--max-node-provision-time (15 min).</summary>
    public SimDuration MaxNodeProvisionTime { get; init; } = SimDuration.FromSeconds(900);

    /// <summary>--scale-down-unneeded-time (10 min).</summary>
    public SimDuration ScaleDownUnneeded { get; init; } = SimDuration.FromSeconds(600);

    /// <summary>--scale-down-delay-after-add (10 min).</summary>
    public SimDuration ScaleDownDelayAfterAdd { get; init; } = SimDuration.FromSeconds(600);

    /// <summary>--initial-node-group-backoff-duration (5 min).</summary>
    public SimDuration InitialBackoff { get; init; } = SimDuration.FromSeconds(300);

    /// <summary>--max-node-group-backoff-duration (30 min).</summary>
    public SimDuration MaxBackoff { get; init; } = SimDuration.FromSeconds(1800);

    /// <summary>--node-group-backoff-reset-timeout (3 h).</summary>
    public SimDuration BackoffReset { get; init; } = SimDuration.FromSeconds(10800);

    /// <summary>--max-total-unready-percentage, as a share (0.45).</summary>
    public double MaxUnready { get; init; } = 0.45;

    /// <summary>--ok-total-unready-count (3).</summary>
    public int OkUnready { get; init; } = 3;
}
