using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Scenario.Reading;

/// <summary>Settings that matter to nodes that take pods, whoever runs the control plane.</summary>
internal sealed class NodeBuilder(BoundMapping components)
{
    /// <summary>A lease is renewed after so much of its duration (kubelet, pkg/kubelet/kubelet.go).</summary>
    private const int RenewalsPerLease = 4;

    /// <summary>Each renewal waits up to so much longer (kubelet, pkg/kubelet/kubelet.go).</summary>
    private const double RenewJitter = 0.04;

    /// <summary>gcCheckPeriod and quarantineTime of the pod garbage collector (pkg/controller/podgc/gc_controller.go).</summary>
    private const long GarbagePeriodSeconds = 20;
    private const long GarbageQuarantineSeconds = 40;

    public Law Sandbox => Of(ComponentKeys.Kubelet).Get(NodeKeys.Sandbox).Law;

    /// <summary>Null for a pool that takes no pods.</summary>
    public static WorkerSpec? Worker(PoolLayout pool) => pool.Room is not { } room ? null : new WorkerSpec
    {
        Cpu = room.Cpu,
        Memory = room.Memory,
        MaxPods = room.MaxPods,
        ReplaceAfter = pool.Item.Value.Optional(TopologyKeys.ReplaceAfter)?.Law,
        OutOfServiceAfter = pool.Item.Value.Optional(TopologyKeys.OutOfServiceAfter)?.Law,
        Reclaim = pool.Item.Value.Child(TopologyKeys.Reclaim) is { } reclaim
            ? new ReclaimSpec(reclaim.Get(TopologyKeys.ReclaimEvery).Law, reclaim.Get(TopologyKeys.ReclaimNotice)) : null,
        AutoscaleMax = pool.Item.Value.Child(TopologyKeys.Autoscale) is { } autoscale ? (int)autoscale.Get(TopologyKeys.AutoscaleMax) : null,
    };

    public NodeHealthSpec Health()
    {
        var controllers = Of(ComponentKeys.ControllerManager);
        var kubelet = Of(ComponentKeys.Kubelet);
        return new NodeHealthSpec
        {
            LeaseRenewInterval = new SimDuration(kubelet.Get(NodeKeys.LeaseDuration).Nanoseconds / RenewalsPerLease),
            RenewJitter = RenewJitter,
            MonitorPeriod = controllers.Get(NodeKeys.MonitorPeriod),
            MonitorGracePeriod = controllers.Get(NodeKeys.GracePeriod),
            EvictionRate = (double)controllers.Get(NodeKeys.EvictionRate).PerSecond,
            SecondaryEvictionRate = (double)controllers.Get(NodeKeys.SecondaryEvictionRate).PerSecond,
            LargeClusterSizeThreshold = (int)controllers.Get(NodeKeys.LargeCluster),
            UnhealthyZoneThreshold = (double)controllers.Get(NodeKeys.UnhealthyZone),
            PodGcPeriod = Seconds(GarbagePeriodSeconds),
            PodGcQuarantine = Seconds(GarbageQuarantineSeconds),
            KubeletStart = kubelet.Get(NodeKeys.KubeletStart).Law,
        };
    }

    public SchedulingSpec Scheduling()
    {
        var scheduler = Of(ComponentKeys.Scheduler);
        return new SchedulingSpec
        {
            Cycle = scheduler.Get(NodeKeys.Cycle),
            PodInitialBackoff = scheduler.Get(NodeKeys.InitialBackoff),
            PodMaxBackoff = scheduler.Get(NodeKeys.MaxBackoff),
            UnschedulableFlush = scheduler.Get(NodeKeys.UnschedulableFlush),
        };
    }

    public EndpointsSpec Endpoints()
    {
        var proxy = Of(ComponentKeys.KubeProxy);
        return new EndpointsSpec { Propagation = proxy.Get(NodeKeys.Propagation).Law, MinSyncPeriod = proxy.Get(NodeKeys.MinSyncPeriod) };
    }

    public CniSpec Cni()
    {
        var cni = Of(ComponentKeys.Cni);
        return new CniSpec
        {
            Kind = cni.Get(NodeKeys.CniKind),
            Mode = cni.Optional(NodeKeys.CniMode) ?? "none",
            HoldTime = Session(cni, NodeKeys.HoldTime),
            RestartTime = Session(cni, NodeKeys.RestartTime),
            ConnectRetry = Session(cni, NodeKeys.ConnectRetry),
        };
    }

    public CloudSpec Cloud()
    {
        var cloud = Of(ComponentKeys.CloudControllerManager);
        var autoscaler = components.Child(ComponentKeys.Autoscaler);
        return new CloudSpec
        {
            NodeMonitorPeriod = cloud.Get(NodeKeys.CloudMonitorPeriod),
            RouteReconciliationPeriod = cloud.Get(NodeKeys.RouteReconciliation),
            ScanInterval = autoscaler?.Get(NodeKeys.ScanInterval) ?? SimDuration.Never,
            MaxNodeProvisionTime = autoscaler?.Get(NodeKeys.MaxProvisionTime) ?? SimDuration.Never,
            ScaleDownUnneeded = autoscaler?.Get(NodeKeys.ScaleDownUnneeded) ?? SimDuration.Never,
        };
    }

    public DnsSpec? Dns(WorkloadLayout workloads) => components.Child(ComponentKeys.Dns) is { } dns
        ? new DnsSpec(workloads.Find(dns.Get(NodeKeys.DnsWorkload))![0].Name, dns.Get(NodeKeys.Ttl), dns.Get(NodeKeys.LookupTimeout), (int)dns.Get(NodeKeys.Attempts))
        : null;

    public DeschedulerSpec? Descheduler() => components.Child(ComponentKeys.Descheduler) is { } descheduler
        ? new DeschedulerSpec(descheduler.Get(NodeKeys.DeschedulerEvery)) : null;

    private BoundMapping Of(Key component) => components.Child(component)!;

    private static SimDuration Session(BoundMapping cni, Key<SimDuration> key) => cni.TryGet(key, out var value) ? value : SimDuration.Zero;

    private static SimDuration Seconds(long seconds) => new(seconds * SimDuration.NanosecondsPerSecond);
}
