using FailoverSim.Kernel.Time;

namespace FailoverSim.Models.Nodes;

/// <summary>Timers of node heartbeats (kubelet) and of the node-lifecycle controller (kube-controller-manager); the defaults are those of Kubernetes 1.32 and later.</summary>
public sealed record NodeHealthOptions
{
    /// <summary>A request on a quiet cluster.</summary>
    public static SimDuration DefaultRenewTakes => SimDuration.FromSeconds(0.01);

    /// <summary>Between two renewals of a node's lease, a quarter of nodeLeaseDurationSeconds.</summary>
    public SimDuration LeaseRenewInterval { get; init; } = SimDuration.FromSeconds(10);

    /// <summary>Part of the interval, at most, that is added to it each time.</summary>
    public double RenewJitter { get; init; } = 0.04;

    /// <summary>Time of one renewal; it has happened at its end.</summary>
    public SimDuration RenewTakes { get; init; } = DefaultRenewTakes;

    /// <summary>--node-monitor-period: from the end of one pass over all nodes to the next.</summary>
    public SimDuration MonitorPeriod { get; init; } = SimDuration.FromSeconds(5);

    /// <summary>Time of one pass.</summary>
    public SimDuration PassTime { get; init; } = SimDuration.FromSeconds(0.05);

    /// <summary>--node-monitor-grace-period: 50 s since 1.32, 40 s before.</summary>
    public SimDuration GracePeriod { get; init; } = SimDuration.FromSeconds(50);

    /// <summary>--node-eviction-rate: nodes of a zone tainted per second.</summary>
    public double EvictionRate { get; init; } = 0.1;

    /// <summary>--secondary-node-eviction-rate: the same in a large zone most of whose nodes are not ready; in a small one none is tainted.</summary>
    public double SecondaryEvictionRate { get; init; } = 0.01;

    /// <summary>--large-cluster-size-threshold: a zone with more nodes is large.</summary>
    public int LargeClusterSizeThreshold { get; init; } = 50;

    /// <summary>--unhealthy-zone-threshold: part of a zone's nodes that must not be ready for it to count as partially disrupted.</summary>
    public double UnhealthyZoneThreshold { get; init; } = 0.55;

    /// <summary>A cloud-controller-manager initialises new nodes.</summary>
    public bool HasCloudController { get; init; }

    /// <summary>New nodes have no network until a route to their pods has been made in the cloud.</summary>
    public bool HasCloudRoutes { get; init; }
}
