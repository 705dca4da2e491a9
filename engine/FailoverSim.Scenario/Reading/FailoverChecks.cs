using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Values;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Reading;

/// <summary>Warnings about timers and checks that make a failover slower, or more frequent, than what stands beside it.</summary>
internal sealed class FailoverChecks(BoundMapping file, ClusterLayout layout, DiagnosticBag bag)
{
    /// <summary>Heartbeats of a node that its grace period should hold: one may be late and one may be lost.</summary>
    private const int HeartbeatsInGrace = 3;

    /// <summary>A kubelet renews its lease after a quarter of its duration (pkg/kubelet/kubelet.go, nodeLeaseRenewIntervalFraction).</summary>
    private const int RenewalsInLease = 4;

    private static readonly Key[] WithLease = [.. ComponentKeys.LeaderElected, ComponentKeys.Vip];

    private readonly BoundMapping? _components = file.Child(ScenarioKeys.Components);

    public void Check()
    {
        CheckBalancer(ComponentKeys.Haproxy, layout.Runs("haproxy"));
        CheckBalancer(ComponentKeys.CloudLb, LeadsTo("cloud-lb", toPods: false));
        CheckNodesInBalancer();
        CheckSessions();
        CheckTrack();
        CheckGrace();
        CheckDeadlines();
    }

    /// <summary>A balancer of apiservers beside the leases, which are the slowest that else happens when an apiserver's machine dies.</summary>
    private void CheckBalancer(Key balancer, bool isThere)
    {
        if (!isThere || Settings(balancer)?.Child(BalancerKeys.Check) is not { } check)
        {
            return;
        }
        // The machine is silent, so the connection is what does not come about (ComponentBuilder.Check).
        if (Detection(check, Settings(balancer)!.TryGet(BalancerKeys.TimeoutConnect, out var connect) ? connect : null) is { } detection
            && SlowestLease() is { } lease && detection > lease)
        {
            bag.Warning(MarkOf(balancer, CheckKeys.Interval, check), Codes.SlowCheck,
                $"'{balancer.Name}' sends requests to an apiserver that is silent for up to {Text(detection)}, while leases change hands within {Text(lease)}",
                "check oftener, or lower 'fall' or 'timeout'", Faster(balancer));
        }
        if (check.Optional(CheckKeys.Path) == "tcp")
        {
            bag.Note(MarkOf(balancer, CheckKeys.Path, check), Codes.AsksAPort,
                $"'{balancer.Name}' asks only whether the port of an apiserver is open, and one that hangs or has no etcd has it open",
                "write 'path: /readyz'", $"components.{balancer.Name}.check.path=/readyz");
        }
    }

    /// <summary>A cloud's balancer of nodes beside the cluster's own view of them.</summary>
    private void CheckNodesInBalancer()
    {
        if (LeadsTo("cloud-lb", toPods: true) && Settings(ComponentKeys.CloudLb)?.Child(BalancerKeys.Check) is { } check
            && Detection(check) is { } detection && Grace() is { } grace && detection > grace)
        {
            bag.Warning(MarkOf(ComponentKeys.CloudLb, CheckKeys.Interval, check), Codes.SlowCheck,
                $"'cloud-lb' sends requests to a node that is silent for up to {Text(detection)}, and the cluster itself knows after {Text(grace)}",
                "check oftener, or lower 'fall' or 'timeout'", Faster(ComponentKeys.CloudLb));
        }
    }

    private void CheckSessions()
    {
        if (layout.Runs("haproxy") && Settings(ComponentKeys.Haproxy)?.Optional(BalancerKeys.OnMarkedDown) == "none"
            && Settings(ComponentKeys.Clients)?.Optional(EdgeKeys.Connections) != "per-request")
        {
            bag.Note(MarkOf(ComponentKeys.Haproxy, BalancerKeys.OnMarkedDown, Settings(ComponentKeys.Haproxy)!), Codes.KeepsSessions,
                "'haproxy' keeps connections to an apiserver that it has found dead, until clients notice themselves",
                "write 'on-marked-down: shutdown-sessions'", "components.haproxy.on-marked-down=shutdown-sessions");
        }
    }

    private void CheckTrack()
    {
        bool balances = layout.Together("keepalived", "haproxy") || layout.Together("keepalived", "nginx");
        if (balances && Settings(ComponentKeys.Keepalived)?.Child(KeepalivedKeys.Track) is null)
        {
            bag.Warning(MarkOf(ComponentKeys.Keepalived, KeepalivedKeys.Track, Settings(ComponentKeys.Keepalived)), Codes.UntrackedBalancer,
                "'keepalived' does not look after the balancer beside it: the address stays with one that is dead",
                "write 'track: {script: haproxy-alive, interval: 2s, fall: 2, rise: 2}'",
                "components.keepalived.track={script: haproxy-alive, interval: 2s, fall: 2, rise: 2}");
        }
    }

    private void CheckGrace()
    {
        if (!layout.TakesPods || Grace() is not { } grace
            || Settings(ComponentKeys.Kubelet) is not { } kubelet || !kubelet.TryGet(NodeKeys.LeaseDuration, out var lease))
        {
            return;
        }
        double heartbeat = lease.Seconds / RenewalsInLease;
        if (grace.Seconds < HeartbeatsInGrace * heartbeat)
        {
            bag.Warning(MarkOf(ComponentKeys.ControllerManager, NodeKeys.GracePeriod, Settings(ComponentKeys.ControllerManager)), Codes.NervousNodes,
                $"'node-monitor-grace-period' is {Text(grace)}, and nodes send a heartbeat every {Text(SimDuration.FromSeconds(heartbeat))}: few that are late make a node count as gone",
                $"write at least {Text(SimDuration.FromSeconds(HeartbeatsInGrace * heartbeat))}, or lower 'node-lease-duration-seconds' of the kubelet",
                $"components.controller-manager.node-monitor-grace-period={Text(SimDuration.FromSeconds(HeartbeatsInGrace * heartbeat))}");
        }
    }

    private void CheckDeadlines()
    {
        if (!layout.Runs("etcd") || Settings(ComponentKeys.Etcd) is not { } etcd || !etcd.TryGet(ControlPlaneKeys.ElectionTimeout, out var election))
        {
            return;
        }
        foreach (Key component in WithLease.Where(component => layout.Runs(component.Name)))
        {
            // A member waits for one to two timeouts before it stands.
            if (HoldsLease(component) && Settings(component)?.Child(ControlPlaneKeys.Lease) is { } lease
                && lease.TryGet(ControlPlaneKeys.RenewDeadline, out var deadline) && deadline.Seconds < 2 * election.Seconds)
            {
                bag.Warning(MarkOf(component, ControlPlaneKeys.RenewDeadline, lease), Codes.ShortDeadline,
                    $"renewals of the lease of '{component.Name}' may fail for {Text(deadline)}, and an election of etcd may take {Text(SimDuration.FromSeconds(2 * election.Seconds))} or more: a long one costs the lease, too",
                    "write a 'renew-deadline' of two election timeouts or more, and a 'duration' above it",
                    $"components.{component.Name}.lease.duration={Text(SimDuration.FromSeconds(5 * election.Seconds))}",
                    $"components.{component.Name}.lease.renew-deadline={Text(SimDuration.FromSeconds(3 * election.Seconds))}",
                    $"components.{component.Name}.lease.retry={Text(election)}");
            }
        }
    }

    private BoundMapping? Settings(Key component) => _components?.Child(component);

    private SimDuration? Grace() =>
        Settings(ComponentKeys.ControllerManager) is { } manager && manager.TryGet(NodeKeys.GracePeriod, out var grace) ? grace : null;

    private SimDuration? SlowestLease()
    {
        SimDuration? slowest = null;
        foreach (Key component in WithLease.Where(component => layout.Runs(component.Name)))
        {
            if (HoldsLease(component) && Settings(component)?.Child(ControlPlaneKeys.Lease) is { } lease
                && lease.TryGet(ControlPlaneKeys.LeaseDuration, out var duration) && lease.TryGet(ControlPlaneKeys.Retry, out var retry)
                && !(slowest >= HandOver(duration, retry)))
            {
                slowest = HandOver(duration, retry);
            }
        }
        return slowest;

        // Whoever waits tries after one retry, or 2.2 of them at most (client-go, JitterFactor 1.2).
        static SimDuration HandOver(SimDuration duration, SimDuration retry) => SimDuration.FromSeconds(Math.Ceiling(duration.Seconds + (2.2 * retry.Seconds)));
    }

    /// <summary>Speakers of BGP hold none.</summary>
    private bool HoldsLease(Key component) =>
        component != ComponentKeys.Vip || Settings(component)?.Optional(ControlPlaneKeys.VipKind) != "kube-vip-bgp";

    /// <summary>The longest time from silence to the last of the failed checks.</summary>
    /// <param name="check">What is checked.</param>
    /// <param name="connect">How long a connection may take; null: as long as an answer.</param>
    private static SimDuration? Detection(BoundMapping check, SimDuration? connect = null)
    {
        if (!check.TryGet(CheckKeys.Interval, out var interval) || !check.TryGet(CheckKeys.Fall, out var fall))
        {
            return null;
        }
        var timeout = check.TryGet(CheckKeys.Timeout, out var written) ? written : interval;
        double limit = connect is { } most ? Math.Min(most.Seconds, interval.Seconds) : timeout.Seconds;
        double again = check.TryGet(CheckKeys.FastInterval, out var fast) ? fast.Seconds : interval.Seconds;
        return SimDuration.FromSeconds(interval.Seconds + (((double)fall - 1) * Math.Max(again, limit)) + limit);
    }

    private bool LeadsTo(string way, bool toPods) => file.Named(ScenarioKeys.Services).Any(service =>
        service.Value.Optional(ServiceKeys.Through) == way
        && service.Value.Optional(ServiceKeys.Probe)?.StartsWith("workload", StringComparison.Ordinal) == toPods);

    private static string[] Faster(Key balancer) =>
    [
        $"components.{balancer.Name}.check.interval=2s", $"components.{balancer.Name}.check.timeout=2s",
        $"components.{balancer.Name}.check.fall=2",
    ];

    /// <summary>Where the file says it, or else where the component or whatever runs it stands.</summary>
    private Mark MarkOf(Key component, Key key, BoundMapping? settings)
    {
        if (settings?.IsWritten(key) == true)
        {
            return settings.KeyMark(key);
        }
        return _components?.IsWritten(component) == true ? _components.KeyMark(component)
            : (layout.Pools.FirstOrDefault(pool => pool.Runs.Contains(component.Name)) ?? layout.Pools[0]).Item.Mark;
    }

    private static string Text(SimDuration duration) => DurationText.Write(duration);
}
