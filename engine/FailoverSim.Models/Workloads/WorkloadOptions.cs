using System.Collections.Immutable;
using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Supervision;

namespace FailoverSim.Models.Workloads;

/// <summary>One Deployment or StatefulSet.</summary>
public sealed record WorkloadOptions
{
    /// <summary>Unique, such as <c>stateless-12</c>.</summary>
    public required string Name { get; init; }

    public required int Replicas { get; init; }

    /// <summary>Ready pods from which the workload counts as up.</summary>
    public required int Needed { get; init; }

    /// <summary>A StatefulSet: a pod is not created anew before its predecessor is gone for certain.</summary>
    public bool AtMostOne { get; init; }

    /// <summary>Request of one pod, thousandths of a core.</summary>
    public required long Cpu { get; init; }

    /// <summary>Request of one pod, bytes.</summary>
    public required long Memory { get; init; }

    /// <summary>Numbers of the pools whose nodes it may use; empty: all.</summary>
    public ImmutableArray<int> Pools { get; init; } = [];

    /// <summary>Numbers of the zones whose nodes it may use, a required node affinity; empty: all.</summary>
    public ImmutableArray<int> Zones { get; init; } = [];

    /// <summary>Sandbox and network of a new pod.</summary>
    public required Law Sandbox { get; init; }

    /// <summary>Pull of the image by a new pod, one after the other on a node; null: it is there already.</summary>
    public Law? Pull { get; init; }

    /// <summary>Of the container and its application, new or restarted in place.</summary>
    public required Law Start { get; init; }

    /// <summary>From SIGTERM to the end of the container, at most <see cref="Grace"/>.</summary>
    public required Law Stop { get; init; }

    /// <summary>terminationGracePeriodSeconds.</summary>
    public required SimDuration Grace { get; init; }

    public required ProbeOptions Readiness { get; init; }

    /// <summary>Null: nobody restarts a container that hangs.</summary>
    public ProbeOptions? Liveness { get; init; }

    /// <summary>CrashLoopBackOff.</summary>
    public required RestartBackoff Backoff { get; init; }

    public ImmutableArray<SpreadOptions> Spread { get; init; } = [];

    /// <summary>Affinities, and anti-affinities to others; those of its pods among themselves can be in <see cref="Spread"/>.</summary>
    public ImmutableArray<AffinityOptions> Affinity { get; init; } = [];

    /// <summary>Pods that must stay healthy under voluntary disruption; 0: no budget.</summary>
    public int MinHealthy { get; init; }

    /// <summary>Null: no volume.</summary>
    public VolumeOptions? Volume { get; init; }

    public required TolerationOptions Tolerations { get; init; }
}

/// <summary>What pods are counted by.</summary>
public enum SpreadBy
{
    Zone,
    Node,
}

/// <summary>A topology spread constraint, or an anti-affinity of the workload's pods among themselves.</summary>
/// <param name="By">Domains.</param>
/// <param name="MaxSkew">Pods that a domain may have more than the emptiest; anti-affinity is 1 with <paramref name="IsAntiAffinity"/>.</param>
/// <param name="MinDomains">With fewer eligible domains the emptiest counts as empty; 0: no minimum.</param>
/// <param name="IsHard">DoNotSchedule rather than ScheduleAnyway.</param>
/// <param name="IsAntiAffinity">No two pods in one domain, however many there are elsewhere.</param>
public sealed record SpreadOptions(SpreadBy By, int MaxSkew, int MinDomains, bool IsHard, bool IsAntiAffinity = false);

/// <summary>A probe of the kubelet.</summary>
public sealed record ProbeOptions(SimDuration Period, SimDuration Timeout, int Failures);

/// <summary>A volume that one node at a time may have attached.</summary>
/// <param name="BoundToZone">It can be attached only in the zone in which its pod was placed first.</param>
/// <param name="ForceDetachAfter">From the request to detach from a node that does not answer (attach-detach controller, 6 min).</param>
/// <param name="Attach">Attach and mount.</param>
public sealed record VolumeOptions(bool BoundToZone, SimDuration ForceDetachAfter, Law Attach);

/// <summary>How long a pod is tolerated on a node with a NoExecute taint; null: for ever.</summary>
public sealed record TolerationOptions(SimDuration? NotReady, SimDuration? Unreachable);
