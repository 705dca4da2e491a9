using FailoverSim.Kernel.Time;

namespace FailoverSim.Models.Nodes;

/// <summary>The pod garbage collector (kube-controller-manager, pkg/controller/podgc).</summary>
public sealed record PodGcOptions
{
    /// <summary>From the end of one pass to the next.</summary>
    public SimDuration Period { get; init; } = SimDuration.FromSeconds(20);

    /// <summary>Time of one pass.</summary>
    public SimDuration PassTime { get; init; } = SimDuration.FromSeconds(0.05);

    /// <summary>From the pass that misses a node until its pods may be collected.</summary>
    public SimDuration Quarantine { get; init; } = SimDuration.FromSeconds(40);
}
