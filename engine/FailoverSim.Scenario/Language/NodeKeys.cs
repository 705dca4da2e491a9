using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Values;

namespace FailoverSim.Scenario.Language;

/// <summary>Settings of components that matter to nodes and pods: they hold with a managed control plane, too.</summary>
internal static class NodeKeys
{
    public static readonly Key<SimDuration> NotReadySeconds = new("default-not-ready-toleration-seconds",
        new DurationKind("300s", allowZero: true), "How long pods that say nothing else stay on a node that is not ready.");

    public static readonly Key<SimDuration> UnreachableSeconds = new("default-unreachable-toleration-seconds",
        new DurationKind("300s", allowZero: true), "The same on a node that sends no heartbeats.");

    public static readonly Key<SimDuration> MonitorPeriod = new("node-monitor-period", new DurationKind("5s"),
        "From one look at the nodes to the next.");

    public static readonly Key<SimDuration> GracePeriod = new("node-monitor-grace-period", new DurationKind("50s"),
        "Time without heartbeat after which a node counts as gone.");

    public static readonly Key<SimDuration> StartupGracePeriod = new("node-startup-grace-period", new DurationKind("60s"),
        "The same for a Node object that has no Ready condition yet. Kubelets make theirs with one, so it changes nothing.");

    public static readonly Key<Rate> EvictionRate = new("node-eviction-rate", new RateKind("0.1/s"),
        "Nodes of a zone whose pods may be evicted per unit of time.");

    public static readonly Key<Rate> SecondaryEvictionRate = new("secondary-node-eviction-rate", new RateKind("0.01/s"),
        "The same in a large zone that is unhealthy; a small one evicts nothing.");

    public static readonly Key<decimal> LargeCluster = new("large-cluster-size-threshold", new CountKind(0, 1_000_000),
        "Nodes above which a zone is large.");

    public static readonly Key<decimal> UnhealthyZone = new("unhealthy-zone-threshold", new ShareKind("55%", aboveMin: true),
        "Share of nodes not ready from which a zone is unhealthy.");

    public static readonly Key<SimDuration> Cycle = new("cycle", new DurationKind("5ms"), "Time that one pod takes, one after the other.");

    public static readonly Key<SimDuration> InitialBackoff = new("pod-initial-backoff-seconds", new DurationKind("1s"),
        "Wait after the first failure to place a pod; it doubles.");

    public static readonly Key<SimDuration> MaxBackoff = new("pod-max-backoff-seconds", new DurationKind("10s"), "Greatest wait.");

    public static readonly Key<SimDuration> UnschedulableFlush = new("pod-max-in-unschedulable-pods-duration", new DurationKind("5m"),
        "Time after which a pod that found no room is tried again though nothing has changed.");

    public static readonly Key<SimDuration> CloudMonitorPeriod = new("node-monitor-period", new DurationKind("5s"),
        "From one question whether the machines of nodes that are not ready exist to the next.");

    public static readonly Key<SimDuration> RouteReconciliation = new("route-reconciliation-period", new DurationKind("10s"),
        "From one comparison of routes with nodes to the next, where 'cni' is cloud-routes.");

    public static readonly Key<LawValue> KubeletStart = new("start", new LawKind("2s..10s"),
        "From the boot of a node to its kubelet's first heartbeat.");

    public static readonly Key<SimDuration> LeaseDuration = new("node-lease-duration-seconds", new DurationKind("40s"),
        "Duration that a node's lease names; it is renewed after a quarter of it.");

    public static readonly Key<LawValue> Sandbox = new("sandbox", new LawKind("300ms..2s"), "Sandbox and network of a new pod.");

    public static readonly Key<LawValue> Propagation = new("propagation", new LawKind("100ms..2s"),
        "From a change of a pod's readiness to the rules of the nodes: status, EndpointSlice, watch, sync.");

    public static readonly Key<SimDuration> MinSyncPeriod = new("min-sync-period", new DurationKind("1s", allowZero: true),
        "Least time from one change of a node's rules to the next.");

    public static readonly MappingShape KubeProxy = new([Propagation, MinSyncPeriod]);

    public static readonly Key<string> CniKind = new("kind", new WordKind("calico", "flannel", "cloud-routes", "none"),
        "Which agent; cloud-routes: none, but a route per node that the cloud-controller-manager makes; none: a network that needs none of it.");

    public static readonly Key<string> CniMode = new("mode", new WordKind("bgp", "ipip", "vxlan", "host-gw"),
        "How routes reach the nodes: bgp, ipip or vxlan for calico, vxlan or host-gw for flannel.");

    public static readonly Key<SimDuration> HoldTime = new("hold-time", new DurationKind("240s"),
        "Time without keepalive after which a neighbour's routes are withdrawn.");

    public static readonly Key<SimDuration> RestartTime = new("restart-time", new DurationKind("120s"),
        "Time for which routes of a neighbour whose session broke are kept (graceful restart).");

    public static readonly Key<SimDuration> ConnectRetry = new("connect-retry", new DurationKind("5s"),
        "From one try to connect to a neighbour to the next.");

    /// <summary>What only a calico with BGP sessions has.</summary>
    public static readonly IReadOnlyList<Key<SimDuration>> Bgp = [HoldTime, RestartTime, ConnectRetry];

    public static readonly MappingShape Cni = new([CniKind, CniMode, .. Bgp]);

    public static readonly Key<SimDuration> ScanInterval = new("scan-interval", new DurationKind("10s"),
        "From one look at waiting pods to the next.");

    public static readonly Key<SimDuration> MaxProvisionTime = new("max-node-provision-time", new DurationKind("15m"),
        "Time after which a machine that has not come is given up.");

    public static readonly Key<SimDuration> ScaleDownUnneeded = new("scale-down-unneeded-time", new DurationKind("10m"),
        "Time for which an added machine must be unneeded until it is removed.");

    public static readonly MappingShape Autoscaler = new([ScanInterval, MaxProvisionTime, ScaleDownUnneeded]);

    public static readonly Key<string> DnsWorkload = new("workload", new NameKind("a workload"),
        "The workload that answers lookups; without one called coredns there is that of kubeadm.");

    public static readonly Key<SimDuration> Ttl = new("ttl", new DurationKind("30s", allowZero: true),
        "How long clients go on with an address that they have looked up; 0s: each request needs a lookup.");

    public static readonly Key<SimDuration> LookupTimeout = new("timeout", new DurationKind("5s"),
        "Time after which a resolver sends a lookup again.");

    public static readonly Key<decimal> Attempts = new("attempts", new CountKind(1, 5), "How often it sends it before the lookup has failed.");

    public static readonly MappingShape Dns = new([DnsWorkload, Ttl, LookupTimeout, Attempts]);

    public static readonly Key<SimDuration> DeschedulerEvery = new("every", new DurationKind("5m"), "From one run to the next.");

    public static readonly MappingShape Descheduler = new([DeschedulerEvery]);
}
