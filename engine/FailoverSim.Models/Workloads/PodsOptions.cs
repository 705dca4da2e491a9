using System.Collections.Immutable;
using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Networking;

namespace FailoverSim.Models.Workloads;

/// <summary>What all pods of a cluster have in common.</summary>
public sealed record PodsOptions
{
    /// <summary>From a change of readiness that the API server knows of to the rules of the nodes.</summary>
    public required Law Propagation { get; init; }

    /// <summary>How often kube-proxy may change the rules.</summary>
    public KubeProxyOptions KubeProxy { get; init; } = new(SimDuration.FromSeconds(1));

    /// <summary>Until the kubelet notices that a container has ended, seconds: its relist period (kubelet, PLEG, 1 s) has a uniform phase.</summary>
    public required Law Relist { get; init; }

    /// <summary>From a started application to its first passed readiness probe: the kubelet probes on every status change, not only at the probe's period.</summary>
    public required Law FirstProbe { get; init; }

    /// <summary>First wait after a failed pull; doubled each time.</summary>
    public required SimDuration PullBackoff { get; init; }

    public required SimDuration PullBackoffMax { get; init; }

    /// <summary>Retries of a sandbox whose network could not be set up (kubelet: 10 s and up to half as much again).</summary>
    public required Law SetUpRetry { get; init; }

    /// <summary>Some node's kube-proxy hears of changes; while none does, all rules stay as they are. Null: always.</summary>
    public Signal? RulesHear { get; init; }

    /// <summary>Images can be pulled.</summary>
    public required Signal Registry { get; init; }

    /// <summary>Per node: its network agent can set up new pods; empty: always.</summary>
    public ImmutableArray<Signal> CanSetUp { get; init; } = [];

    /// <summary>Faults that can hold one pod at a time.</summary>
    public required int MostFaults { get; init; }
}
