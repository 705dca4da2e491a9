using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Workloads;

namespace FailoverSim.Scenario.Specification;

/// <summary>A control plane that somebody else runs: one block, up or down. Up times are exponential with the mean that gives the availability.</summary>
public sealed record ManagedControlPlaneSpec(double Availability, Law Outage);

/// <summary>What only worker nodes have; null in a pool that takes no pods.</summary>
public sealed record WorkerSpec
{
    /// <summary>Stands for a resource of which the file does not say how much there is; the sum over all machines is still a <c>long</c>.</summary>
    public const long Unlimited = 1L << 48;

    /// <summary>For pods, thousandths of a core.</summary>
    public required long Cpu { get; init; }

    /// <summary>For pods, bytes.</summary>
    public required long Memory { get; init; }

    public required int MaxPods { get; init; }

    /// <summary>Time NotReady after which the machine is replaced; null: it is not.</summary>
    public Law? ReplaceAfter { get; init; }

    /// <summary>Time NotReady after which somebody vouches with the out-of-service taint that nothing runs there; null: nobody does.</summary>
    public Law? OutOfServiceAfter { get; init; }

    /// <summary>Null: the provider does not take machines back.</summary>
    public ReclaimSpec? Reclaim { get; init; }

    /// <summary>Machines to which an autoscaler may grow the pool; null: none.</summary>
    public int? AutoscaleMax { get; init; }
}

/// <summary>A provider that takes machines back: clock of each machine, and warning time.</summary>
public sealed record ReclaimSpec(Law Every, SimDuration Notice);

/// <summary>Workloads of one kind, as one entry of the file.</summary>
/// <param name="Name">Of the entry; copies are <c>NAME-1</c> …, or <c>NAME</c> where <c>count</c> is not given.</param>
/// <param name="Copies">With all that is drawn once drawn.</param>
/// <param name="Pools">Names of pools whose nodes it may use; empty: all that take pods.</param>
public sealed record WorkloadGroupSpec(string Name, IReadOnlyList<WorkloadOptions> Copies, IReadOnlyList<string> Pools);

/// <summary>Timers of the node life cycle, taint eviction and pod garbage collection (flags of kube-controller-manager), and of node heartbeats (kubelet).</summary>
public sealed record NodeHealthSpec
{
    public required SimDuration LeaseRenewInterval { get; init; }
    public required double RenewJitter { get; init; }
    public required SimDuration MonitorPeriod { get; init; }
    public required SimDuration MonitorGracePeriod { get; init; }
    public required double EvictionRate { get; init; }
    public required double SecondaryEvictionRate { get; init; }
    public required int LargeClusterSizeThreshold { get; init; }
    public required double UnhealthyZoneThreshold { get; init; }
    public required SimDuration PodGcPeriod { get; init; }
    public required SimDuration PodGcQuarantine { get; init; }

    /// <summary>From boot to the kubelet's first heartbeat.</summary>
    public required Law KubeletStart { get; init; }
}

/// <summary>kube-scheduler.</summary>
public sealed record SchedulingSpec
{
    /// <summary>Of one pod.</summary>
    public required SimDuration Cycle { get; init; }
    public required SimDuration PodInitialBackoff { get; init; }
    public required SimDuration PodMaxBackoff { get; init; }
    public required SimDuration UnschedulableFlush { get; init; }
}

/// <summary>From a change of readiness to the rules of the nodes.</summary>
public sealed record EndpointsSpec
{
    /// <summary>Status write, EndpointSlice controller, watch and kube-proxy sync together.</summary>
    public required Law Propagation { get; init; }

    /// <summary>kube-proxy minSyncPeriod.</summary>
    public required SimDuration MinSyncPeriod { get; init; }
}

/// <summary>The network agent on each node.</summary>
public sealed record CniSpec
{
    /// <summary><c>calico</c>, <c>flannel</c>, <c>cloud-routes</c> or <c>none</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>calico: <c>bgp</c>, <c>vxlan</c>, <c>ipip</c>; flannel: <c>vxlan</c>, <c>host-gw</c>.</summary>
    public required string Mode { get; init; }
    public required SimDuration HoldTime { get; init; }
    public required SimDuration RestartTime { get; init; }
    public required SimDuration ConnectRetry { get; init; }
}

/// <summary>Cluster DNS.</summary>
/// <param name="Workload">Name of the workload (copy) that answers lookups.</param>
/// <param name="Ttl">How long clients remember addresses.</param>
/// <param name="Timeout">Of one try of a resolver.</param>
/// <param name="Attempts">Tries of a lookup.</param>
public sealed record DnsSpec(string Workload, SimDuration Ttl, SimDuration Timeout, int Attempts);

/// <summary>The cloud-controller-manager's loops and the provider's side.</summary>
public sealed record CloudSpec
{
    public required SimDuration NodeMonitorPeriod { get; init; }
    public required SimDuration RouteReconciliationPeriod { get; init; }

    /// <summary>Cluster autoscaler.</summary>
    public required SimDuration ScanInterval { get; init; }
    public required SimDuration MaxNodeProvisionTime { get; init; }
    public required SimDuration ScaleDownUnneeded { get; init; }
}

/// <summary>The descheduler, which moves pods that a zone's return has left where they are.</summary>
public sealed record DeschedulerSpec(SimDuration Every);

/// <summary>A figure over several workloads or services.</summary>
/// <param name="Kind">What figure.</param>
/// <param name="Members">Names of workloads (copies) or services, in order.</param>
/// <param name="Quantile">From 0 to 1, for <see cref="AggregateKind.Quantile"/>.</param>
public sealed record AggregateSpec(AggregateKind Kind, IReadOnlyList<string> Members, double Quantile = 0);

public enum AggregateKind
{
    /// <summary>A level: the mean of the members.</summary>
    MeanOver,

    /// <summary>Per replication, the ⌈q × n⌉-th lowest of the members' availabilities.</summary>
    Quantile,

    /// <summary>Up while all of them are.</summary>
    AllOf,
}
