using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Scenario.Reading;

/// <summary>The settings of the components that are there; null for those that are not.</summary>
internal sealed class ComponentBuilder(BoundMapping components, ClusterLayout layout)
{
    /// <summary>As in kubeadm's guide to high availability.</summary>
    private const int FirstPriority = 101;
    private const int OtherPriority = 100;

    public EtcdSpec? Etcd() => Running(ComponentKeys.Etcd) is not { } etcd ? null : new EtcdSpec
    {
        Heartbeat = etcd.Get(ControlPlaneKeys.Heartbeat),
        ElectionTimeout = etcd.Get(ControlPlaneKeys.ElectionTimeout),
        PreVote = etcd.Get(ControlPlaneKeys.PreVote),
        Fsync = etcd.Get(ControlPlaneKeys.Fsync).Law,
        Writes = (double)etcd.Get(ControlPlaneKeys.Writes).PerSecond,
        Start = etcd.Get(ControlPlaneKeys.Start).Law,
        SnapshotSize = etcd.Get(ControlPlaneKeys.SnapshotSize),
        ResyncRate = etcd.Get(ControlPlaneKeys.ResyncRate).PerSecond,
        SnapshotCount = (long)etcd.Get(ControlPlaneKeys.SnapshotCount),
        CatchupEntries = (long)etcd.Get(ControlPlaneKeys.CatchupEntries),
        InitialElectionTickAdvance = etcd.Get(ControlPlaneKeys.TickAdvance),
    };

    public ApiserverSpec? Apiserver() => Running(ComponentKeys.Apiserver) is not { } apiserver ? null : new ApiserverSpec
    {
        LocalMember = apiserver.Get(ControlPlaneKeys.EtcdEndpoints) == "local-member",
        Start = apiserver.Get(ControlPlaneKeys.Start).Law,
        ShutdownDelay = apiserver.Get(ControlPlaneKeys.ShutdownDelay),
        EndpointRetry = apiserver.Get(ControlPlaneKeys.EndpointRetry).Law,
        LivenessIncludesEtcd = apiserver.Get(ControlPlaneKeys.LivenessIncludesEtcd),
    };

    public IReadOnlyList<LeaderElectedSpec> LeaderElected() =>
    [
        .. ComponentKeys.LeaderElected.Select(key => (key.Name, Settings: Running(key)))
            .Where(component => component.Settings is not null)
            .Select(component => new LeaderElectedSpec(component.Name, Lease(component.Settings!),
                component.Settings!.Get(ControlPlaneKeys.Start).Law, component.Settings!.Get(ControlPlaneKeys.Sync).Law)),
    ];

    public KubeVipSpec? Vip() => Running(ComponentKeys.Vip) is not { } vip ? null : new KubeVipSpec
    {
        Bgp = vip.Get(ControlPlaneKeys.VipKind) == "kube-vip-bgp",
        Lease = Lease(vip),
        ArpTakeover = vip.Get(ControlPlaneKeys.ArpTakeover).Law,
        Start = vip.Get(ControlPlaneKeys.Start).Law,
        BgpHold = vip.Get(ControlPlaneKeys.BgpHold),
        BgpKeepalive = vip.Get(ControlPlaneKeys.BgpKeepalive),
    };

    public HaproxySpec? Haproxy() => Running(ComponentKeys.Haproxy) is not { } haproxy ? null : new HaproxySpec
    {
        Backend = haproxy.Get(BalancerKeys.Backend),
        Check = Check(haproxy, haproxy.Get(BalancerKeys.TimeoutConnect)),
        ShutdownSessionsOnDown = haproxy.Get(BalancerKeys.OnMarkedDown) == "shutdown-sessions",
        Redispatch = haproxy.Get(BalancerKeys.Redispatch),
        Retries = (int)haproxy.Get(BalancerKeys.Retries),
        ConnectTimeout = haproxy.Get(BalancerKeys.TimeoutConnect),
        Start = haproxy.Get(BalancerKeys.Start).Law,
    };

    public NginxSpec? Nginx() => Running(ComponentKeys.Nginx) is not { } nginx ? null : new NginxSpec
    {
        Backend = nginx.Get(BalancerKeys.Backend),
        MaxFails = (int)nginx.Get(BalancerKeys.MaxFails),
        FailTimeout = nginx.Get(BalancerKeys.FailTimeout),
        ConnectTimeout = nginx.Get(BalancerKeys.ProxyConnectTimeout),
        Start = nginx.Get(BalancerKeys.Start).Law,
    };

    /// <summary>It runs on no machine: it is there where the file speaks of it.</summary>
    public CloudLbSpec? CloudLb(bool inFrontOfApiservers) => components.Child(ComponentKeys.CloudLb) is not { } cloud ? null : new CloudLbSpec
    {
        InFrontOfApiservers = inFrontOfApiservers,
        Backend = cloud.Get(BalancerKeys.Backend),
        Check = Check(cloud, cloud.Child(BalancerKeys.Check)!.Get(CheckKeys.Timeout)),
        Probers = (int)cloud.Get(BalancerKeys.Probers),
        Propagation = cloud.Get(BalancerKeys.Propagation).Law,
        FailOpen = cloud.Get(BalancerKeys.FailOpen),
    };

    public KeepalivedSpec? Keepalived()
    {
        if (Running(ComponentKeys.Keepalived) is not { } keepalived)
        {
            return null;
        }
        var preempt = keepalived.Find(KeepalivedKeys.Preempt);
        return new KeepalivedSpec
        {
            Advert = keepalived.Get(KeepalivedKeys.Advert),
            Version = keepalived.Get(KeepalivedKeys.Version) == "3" ? 3 : 2,
            Priorities = Priorities(keepalived.Find(KeepalivedKeys.Priority) as BoundMap),
            Preempt = preempt is BoundMapping or BoundScalar { Value: true },
            PreemptDelay = preempt is BoundMapping delayed ? delayed.Get(KeepalivedKeys.PreemptDelay) : SimDuration.Zero,
            Track = keepalived.Child(KeepalivedKeys.Track) is { } track ? Track(track) : null,
            ArpTakeover = keepalived.Get(KeepalivedKeys.ArpTakeover).Law,
            Start = keepalived.Get(KeepalivedKeys.Start).Law,
        };
    }

    public ClientsSpec? Clients() => components.Child(ComponentKeys.Clients) is not { } clients ? null : new ClientsSpec
    {
        LongLived = clients.Get(EdgeKeys.Connections) == "long-lived",
        ReconnectFirst = clients.Get(EdgeKeys.Reconnect).First,
        ReconnectMax = clients.Get(EdgeKeys.Reconnect).Max,
        PingAfter = clients.Get(EdgeKeys.PingAfter),
        PingTimeout = clients.Get(EdgeKeys.PingTimeout),
    };

    public KubeletSpec Kubelet()
    {
        var kubelet = components.Child(ComponentKeys.Kubelet)!;
        var backoff = kubelet.Child(EdgeKeys.CrashLoop)!;
        return new KubeletSpec(
            backoff.Get(EdgeKeys.BackoffFirst),
            backoff.Get(EdgeKeys.BackoffMax),
            backoff.Get(EdgeKeys.BackoffReset),
            kubelet.Get(EdgeKeys.Restart).Law,
            kubelet.Child(EdgeKeys.Liveness) is { } probe
                ? new ProbeTimers(probe.Get(EdgeKeys.Period), probe.Get(EdgeKeys.Timeout), (int)probe.Get(EdgeKeys.Failures),
                    probe.Get(EdgeKeys.InitialDelay))
                : null);
    }

    private BoundMapping? Running(Key component) => layout.Runs(component.Name) ? components.Child(component) : null;

    private static LeaseSpec Lease(BoundMapping component)
    {
        var lease = component.Child(ControlPlaneKeys.Lease)!;
        return new LeaseSpec(lease.Get(ControlPlaneKeys.LeaseDuration), lease.Get(ControlPlaneKeys.RenewDeadline),
            lease.Get(ControlPlaneKeys.Retry), lease.Get(ControlPlaneKeys.ReleaseOnExit));
    }

    /// <param name="component">The balancer.</param>
    /// <param name="connect">What limits its connections; the interval limits those of checks besides.</param>
    private static CheckSpec Check(BoundMapping component, SimDuration connect)
    {
        var check = component.Child(BalancerKeys.Check)!;
        var interval = check.Get(CheckKeys.Interval);
        return new CheckSpec(check.Get(CheckKeys.Path), interval, check.Get(CheckKeys.FastInterval),
            check.Get(CheckKeys.DownInterval), check.Get(CheckKeys.Timeout), connect < interval ? connect : interval,
            (int)check.Get(CheckKeys.Fall), (int)check.Get(CheckKeys.Rise));
    }

    private static TrackSpec Track(BoundMapping track) => new(
        track.Get(KeepalivedKeys.Script),
        track.Get(KeepalivedKeys.Interval),
        track.Get(KeepalivedKeys.Timeout),
        (int)track.Get(KeepalivedKeys.Fall),
        (int)track.Get(KeepalivedKeys.Rise),
        track.Get(KeepalivedKeys.Weight));

    /// <summary>A machine's own name goes before that of its zone.</summary>
    private IReadOnlyList<int> Priorities(BoundMap? priority)
    {
        int? Named(string name) => priority?.Items.Where(item => item.Name == name)
            .Select(item => (int?)(decimal)item.Value.Value!).FirstOrDefault();
        return
        [
            .. layout.MachinesOf("keepalived").Select((machine, i) => Named(machine.Name) ?? Named(machine.Zone)
                ?? (i == 0 && priority is null ? FirstPriority : OtherPriority)),
        ];
    }
}
