using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Values;

namespace FailoverSim.Scenario.Language;

/// <summary><c>etcd</c>, <c>apiserver</c>, the components with a lease, and <c>vip</c>.</summary>
internal static class ControlPlaneKeys
{
    public static readonly Key<LawValue> Start = new("start", new LawKind("8s..25s"),
        "From the start of the process until it takes part.");

    public static readonly Key<SimDuration> Heartbeat = new("heartbeat", new DurationKind("100ms"),
        "From one heartbeat of the leader to the next; the tick of its members.");

    public static readonly Key<SimDuration> ElectionTimeout = new("election-timeout", new DurationKind("1s"),
        "Time without heartbeat after which members stand for election.");

    public static readonly Key<bool> PreVote = new("pre-vote", new BooleanKind(),
        "Whether a candidate asks first whether it could win.");

    public static readonly Key<LawValue> Fsync = new("fsync", new LawKind("lognormal(median=2ms p99=10ms)"),
        "Time of a write to the log on disk.");

    public static readonly Key<Rate> Writes = new("writes", new RateKind(), "Writes that meet the disk.");

    public static readonly Key<decimal> SnapshotSize = new("snapshot-size", new SizeKind(),
        "What a member that has lost its data copies.");

    public static readonly Key<Rate> ResyncRate = new("resync-rate", new RateKind(), "How fast it copies.");

    public static readonly Key<decimal> SnapshotCount = new("snapshot-count", new CountKind(1, 1_000_000_000),
        "Writes from one snapshot to the next.");

    public static readonly Key<decimal> CatchupEntries = new("snapshot-catchup-entries",
        new CountKind(0, 1_000_000_000), "Writes kept for members that lag.");

    public static readonly Key<bool> TickAdvance = new("initial-election-tick-advance", new BooleanKind(),
        "Whether a member that starts waits less for a leader.");

    public static readonly MappingShape Etcd = new([Heartbeat, ElectionTimeout, PreVote, Fsync, Writes, Start,
        SnapshotSize, ResyncRate, SnapshotCount, CatchupEntries, TickAdvance]);

    public static readonly Key<string> EtcdEndpoints = new("etcd", new WordKind("local-member", "all-members"),
        "Whether it uses the etcd member of its own machine only, or all of them.");

    public static readonly Key<SimDuration> ShutdownDelay = new("shutdown-delay-duration",
        new DurationKind("70s", allowZero: true), "How long it goes on serving after it was told to stop.");

    public static readonly Key<LawValue> EndpointRetry = new("endpoint-retry", new LawKind("2s..10s"),
        "Time until a broken connection to an etcd endpoint is tried again.");

    public static readonly Key<bool> LivenessIncludesEtcd = new("liveness-includes-etcd", new BooleanKind(),
        "Whether it is restarted when etcd does not answer for long.");

    public static readonly MappingShape Apiserver = new(
    [
        EtcdEndpoints, Start, ShutdownDelay, EndpointRetry, LivenessIncludesEtcd, NodeKeys.NotReadySeconds, NodeKeys.UnreachableSeconds,
    ]);

    public static readonly Key<SimDuration> LeaseDuration = new("duration", new DurationKind("15s"),
        "How long others wait before they take the lease over.");

    public static readonly Key<SimDuration> RenewDeadline = new("renew-deadline", new DurationKind("10s"),
        "How long the holder tries to renew before it gives up.");

    public static readonly Key<SimDuration> Retry = new("retry", new DurationKind("2s"), "From one try to the next.");

    public static readonly Key<bool> ReleaseOnExit = new("release-on-exit", new BooleanKind(),
        "Whether a holder that stops cleanly lets others take over at once.");

    public static readonly Key Lease = new("lease",
        new MappingShape([LeaseDuration, RenewDeadline, Retry, ReleaseOnExit]), "Its leader election.");

    public static readonly Key<LawValue> Sync = new("sync", new LawKind("1s..5s"),
        "From winning until its caches are filled.");

    public static readonly MappingShape ControllerManager = new(
    [
        Lease, Start, Sync, NodeKeys.MonitorPeriod, NodeKeys.GracePeriod, NodeKeys.StartupGracePeriod, NodeKeys.EvictionRate,
        NodeKeys.SecondaryEvictionRate, NodeKeys.LargeCluster, NodeKeys.UnhealthyZone,
    ]);

    public static readonly MappingShape Scheduler = new(
        [Lease, Start, Sync, NodeKeys.Cycle, NodeKeys.InitialBackoff, NodeKeys.MaxBackoff, NodeKeys.UnschedulableFlush]);

    public static readonly MappingShape CloudControllerManager = new(
        [Lease, Start, Sync, NodeKeys.CloudMonitorPeriod, NodeKeys.RouteReconciliation]);

    public static readonly Key<string> VipKind = new("kind", new WordKind("kube-vip-arp", "kube-vip-bgp"),
        "Whether the holder of a lease announces the address (ARP), or all do (BGP).");

    public static readonly Key<LawValue> ArpTakeover = new("arp-takeover", new LawKind("50ms..1s"),
        "From the announcement until the traffic arrives.");

    public static readonly Key<SimDuration> BgpHold = new("bgp-hold", new DurationKind("30s"),
        "Time without keepalive after which a router withdraws the route.");

    public static readonly Key<SimDuration> BgpKeepalive = new("bgp-keepalive", new DurationKind("10s"),
        "From one keepalive to the next.");

    public static readonly MappingShape Vip = new([VipKind, Lease, ArpTakeover, Start, BgpHold, BgpKeepalive]);

    public static readonly Key<string> ManagedKind = new("kind", new WordKind("managed"), "Somebody else runs it: one block, up or down.")
    {
        Required = true,
    };

    public static readonly Key<decimal> Availability = new("availability", new ShareKind("99.95%", aboveMin: true),
        "Share of the time in which it is up; up times are exponential.")
    {
        Required = true,
    };

    public static readonly Key<LawValue> Outage = new("outage", new LawKind("lognormal(median=6m p95=50m)", positive: true, ends: true),
        "How long it is down each time.")
    {
        Required = true,
    };

    public static readonly MappingShape Managed = new([ManagedKind, Availability, Outage]);
}
