using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Scenario.Specification;

/// <summary>etcd; where a default is named it is that of <c>engine/docs/keys.md</c> for the version in use.</summary>
public sealed record EtcdSpec
{
    public required SimDuration Heartbeat { get; init; }
    public required SimDuration ElectionTimeout { get; init; }
    public required bool PreVote { get; init; }
    public required Law Fsync { get; init; }

    /// <summary>Writes per second that meet the disk.</summary>
    public required double Writes { get; init; }

    /// <summary>From the start of the process until it takes part (log replay).</summary>
    public required Law Start { get; init; }

    /// <summary>Bytes of a snapshot.</summary>
    public required decimal SnapshotSize { get; init; }

    /// <summary>Bytes per second at which a member copies a snapshot.</summary>
    public required decimal ResyncRate { get; init; }
    public required long SnapshotCount { get; init; }
    public required long CatchupEntries { get; init; }
    public required bool InitialElectionTickAdvance { get; init; }
}

/// <summary>kube-apiserver.</summary>
public sealed record ApiserverSpec
{
    /// <summary>Whether it uses the etcd member on its own machine only, or all of them.</summary>
    public required bool LocalMember { get; init; }

    /// <summary>From the start of the process until it is ready.</summary>
    public required Law Start { get; init; }
    public required SimDuration ShutdownDelay { get; init; }

    /// <summary>Time until a broken connection to an etcd endpoint is tried again.</summary>
    public required Law EndpointRetry { get; init; }

    /// <summary>Whether its liveness includes etcd (kubeadm: yes).</summary>
    public required bool LivenessIncludesEtcd { get; init; }
}

/// <summary>A component of which one instance acts, by a lease.</summary>
/// <param name="Name"><c>controller-manager</c>, <c>scheduler</c> or <c>cloud-controller-manager</c>.</param>
/// <param name="Lease">Its timers.</param>
/// <param name="Start">From the start of the process until it campaigns.</param>
/// <param name="Sync">From winning until its caches are filled.</param>
public sealed record LeaderElectedSpec(string Name, LeaseSpec Lease, Law Start, Law Sync);

/// <summary>client-go leader election.</summary>
/// <param name="Duration">LeaseDuration.</param>
/// <param name="RenewDeadline">RenewDeadline.</param>
/// <param name="Retry">RetryPeriod.</param>
/// <param name="ReleaseOnExit">Whether a clean stop releases the lease.</param>
public sealed record LeaseSpec(SimDuration Duration, SimDuration RenewDeadline, SimDuration Retry, bool ReleaseOnExit);

/// <summary>kube-vip: a lease decides who announces the address (ARP), or all do (BGP).</summary>
public sealed record KubeVipSpec
{
    public required bool Bgp { get; init; }
    public required LeaseSpec Lease { get; init; }

    /// <summary>From the announcement until the traffic arrives.</summary>
    public required Law ArpTakeover { get; init; }
    public required Law Start { get; init; }
    public required SimDuration BgpHold { get; init; }
    public required SimDuration BgpKeepalive { get; init; }
}

/// <summary>Active checks of a load balancer.</summary>
/// <param name="Path"><c>/readyz</c>, <c>/healthz</c>, <c>/livez</c>, or <c>tcp</c>.</param>
/// <param name="Interval">From the end of a check to the next.</param>
/// <param name="FastInterval">While a server goes up or down.</param>
/// <param name="DownInterval">While it is down.</param>
/// <param name="Timeout">Of a check that has connected.</param>
/// <param name="ConnectTimeout">Of the connection of a check.</param>
/// <param name="Fall">Failures in a row until the server is down.</param>
/// <param name="Rise">Successes in a row until it is up.</param>
public sealed record CheckSpec(
    string Path, SimDuration Interval, SimDuration FastInterval, SimDuration DownInterval,
    SimDuration Timeout, SimDuration ConnectTimeout, int Fall, int Rise);

/// <summary>HAProxy.</summary>
public sealed record HaproxySpec
{
    /// <summary>The component behind it.</summary>
    public required string Backend { get; init; }
    public required CheckSpec Check { get; init; }
    public required bool ShutdownSessionsOnDown { get; init; }
    public required bool Redispatch { get; init; }
    public required int Retries { get; init; }
    public required SimDuration ConnectTimeout { get; init; }
    public required Law Start { get; init; }
}

/// <summary>nginx, whose checks are the clients' own requests.</summary>
public sealed record NginxSpec
{
    public required string Backend { get; init; }
    public required int MaxFails { get; init; }
    public required SimDuration FailTimeout { get; init; }
    public required SimDuration ConnectTimeout { get; init; }
    public required Law Start { get; init; }
}

/// <summary>A cloud's load balancers: several probers, and a delay until their nodes know.</summary>
public sealed record CloudLbSpec
{
    /// <summary>One of them leads to the apiservers; otherwise there are those of Services alone.</summary>
    public required bool InFrontOfApiservers { get; init; }

    public required string Backend { get; init; }
    public required CheckSpec Check { get; init; }
    public required int Probers { get; init; }
    public required Law Propagation { get; init; }
    public required bool FailOpen { get; init; }
}

/// <summary>keepalived (VRRP).</summary>
public sealed record KeepalivedSpec
{
    public required SimDuration Advert { get; init; }

    /// <summary>VRRP version, 2 or 3.</summary>
    public required int Version { get; init; }

    /// <summary>Priority of each instance, in the order of machines.</summary>
    public required IReadOnlyList<int> Priorities { get; init; }
    public required bool Preempt { get; init; }
    public required SimDuration PreemptDelay { get; init; }

    /// <summary>Null: nothing is tracked.</summary>
    public TrackSpec? Track { get; init; }

    /// <summary>From the gratuitous ARP until the traffic arrives.</summary>
    public required Law ArpTakeover { get; init; }
    public required Law Start { get; init; }
}

/// <summary>A script that keepalived runs.</summary>
/// <param name="Script"><c>haproxy-alive</c> (the process exists), <c>apiserver-health</c> (the local balancer's port answers a health check).</param>
/// <param name="Interval">Period.</param>
/// <param name="Timeout">Of one run.</param>
/// <param name="Fall">Failures in a row until it counts as failed.</param>
/// <param name="Rise">Successes in a row until it counts as good.</param>
/// <param name="Weight">0: a failure is a fault of the instance; otherwise added to the priority (negative: while it fails).</param>
public sealed record TrackSpec(string Script, SimDuration Interval, SimDuration Timeout, int Fall, int Rise, int Weight);

/// <summary>The clients whose requests are counted.</summary>
public sealed record ClientsSpec
{
    public required bool LongLived { get; init; }
    public required SimDuration ReconnectFirst { get; init; }
    public required SimDuration ReconnectMax { get; init; }

    /// <summary>HTTP/2: a connection without frames is pinged after so long.</summary>
    public required SimDuration PingAfter { get; init; }

    /// <summary>… and closed when the ping stays unanswered for so long.</summary>
    public required SimDuration PingTimeout { get; init; }
}

/// <summary>What supervises the processes.</summary>
/// <param name="BackoffFirst">Delay of the second restart in a row; doubles.</param>
/// <param name="BackoffMax">Greatest delay.</param>
/// <param name="BackoffReset">A process that ran so long starts over.</param>
/// <param name="Restart">From an exit to the start of the process, without back-off.</param>
/// <param name="Liveness">The liveness probe of the control plane's static pods; null: none.</param>
public sealed record KubeletSpec(
    SimDuration BackoffFirst, SimDuration BackoffMax, SimDuration BackoffReset, Law Restart, ProbeTimers? Liveness);

/// <summary>Timers of a kubelet probe.</summary>
public sealed record ProbeTimers(SimDuration Period, SimDuration Timeout, int Failures, SimDuration InitialDelay);
