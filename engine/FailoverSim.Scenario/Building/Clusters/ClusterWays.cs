using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Levels;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Addresses;
using FailoverSim.Models.Apiserver;
using FailoverSim.Models.Clients;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Leases;
using FailoverSim.Models.LoadBalancing;
using FailoverSim.Models.Supervision;
using FailoverSim.Models.Vrrp;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Scenario.Building.Clusters;

/// <summary>One way to the API.</summary>
/// <param name="Reaches">A new request that takes it gets to an apiserver that answers, or lets it wait for etcd's leader.</param>
/// <param name="Support">What must work for it to come back unaided.</param>
/// <param name="Share">Share of the requests that are answered; null: all.</param>
/// <param name="Behind">False while it leads to something broken that it does not notice; null where it always notices.</param>
/// <param name="Held">Somebody holds the address; null where there is none.</param>
internal sealed record ClusterWay(Signal Reaches, Signal Support, Level? Share = null, Signal? Behind = null, Signal? Held = null);

/// <summary>What leads to the API: kube-vip, HAProxy, nginx, a cloud balancer, keepalived.</summary>
internal sealed class ClusterWays
{
    /// <summary>Requests of clients give up after so long where a service does not say.</summary>
    private const double RequestSeconds = 10;

    private readonly ClusterModel _cluster;
    private readonly ModelBuilder _builder;
    private readonly ClusterSpec _spec;
    private readonly Dictionary<string, ClusterWay> _ways = [];

    public ClusterWays(ClusterModel cluster, ModelBuilder builder, ClusterSpec spec)
    {
        _cluster = cluster;
        _builder = builder;
        _spec = spec;
        if (cluster.Apiservers is not { } apiservers)
        {
            return;
        }
        if (spec.Vip is { } vip && cluster.Runs("vip"))
        {
            _ways["vip"] = vip.Bgp ? BuildBgp(vip, apiservers) : BuildVip(vip, apiservers);
        }
        if (spec.Haproxy is { } haproxy && cluster.Runs("haproxy"))
        {
            BuildHaproxy(haproxy, apiservers);
        }
        if (spec.Nginx is { } nginx && cluster.Runs("nginx"))
        {
            BuildNginx(nginx, apiservers);
        }
        if (spec.CloudLb is { InFrontOfApiservers: true } cloud)
        {
            BuildCloud(cloud, apiservers);
        }
        if (spec.Keepalived is { } keepalived && cluster.Runs("keepalived"))
        {
            BuildKeepalived(keepalived, apiservers);
        }
    }

    /// <summary>The lease behind kube-vip in ARP mode.</summary>
    public Electors? VipLease { get; private set; }

    public VrrpGroup? Vrrp { get; private set; }

    public ClusterWay this[string through] => _ways[through];

    private ClusterWay BuildVip(KubeVipSpec spec, ApiserverSet apiservers)
    {
        Processes processes = _cluster.ProcessesOf("vip");
        Signal support = _builder.Gate("vip.support", 1, [.. processes.Set.Signals.Select((p, i) => _builder.Gate(
            $"{p.Name}.could-hold", 2, p.Runs, LocalCouldServe(apiservers, processes.Set.Machines[i], p.Name)))]);
        Address address = new(
            _builder,
            "vip",
            [.. processes.Set.Signals.Select((p, i) => new AddressClaimant(
                p, _cluster.HostOf(p.Machine), LocalTakesIn(apiservers, processes.Set.Machines[i], p.Name), spec.ArpTakeover))],
            _cluster.Stages);
        VipLease = _cluster.BuildElectors(
            "vip",
            spec.Lease,
            nodeIdentity: true,
            processes,
            [.. processes.Set.Signals.Select((p, i) => _cluster.RouteOf(p, processes.Set.Machines[i]))],
            new Models.Laws.Constant(0),
            [address]);
        return new ClusterWay(address.Reaches, support, Held: address.Held);
    }

    private ClusterWay BuildBgp(KubeVipSpec spec, ApiserverSet apiservers)
    {
        Processes processes = _cluster.ProcessesOf("vip");
        Signal support = _builder.Gate("vip.support", 1, [.. processes.Set.Signals.Select((p, i) => _builder.Gate(
            $"{p.Name}.could-hold", 2, p.Runs, LocalCouldServe(apiservers, processes.Set.Machines[i], p.Name)))]);
        BgpAddress address = new(
            _builder,
            new BgpOptions("vip", spec.BgpKeepalive, spec.BgpHold, new BgpCheck(Seconds(5), Seconds(3), 3)),
            [.. processes.Set.Signals.Select((p, i) => new BgpSpeaker(
                p,
                _cluster.HostOf(p.Machine),
                LocalTakesIn(apiservers, processes.Set.Machines[i], p.Name),
                LocalAccepts(apiservers, processes.Set.Machines[i], p.Name),
                spec.ArpTakeover))],
            _cluster.Stages,
            _cluster.Fidelity);
        return new ClusterWay(address.Reaches, support, address.Share);
    }

    private void BuildHaproxy(HaproxySpec spec, ApiserverSet apiservers)
    {
        ProcessSet set = _cluster.ProcessesOf("haproxy").Set;
        Route route = new(_cluster, set, apiservers);
        IReadOnlyList<Backend> backends = BackendsOf(apiservers, spec.Check.Path);
        HealthChecks checks = new(
            _builder, "haproxy/checks", _cluster.Stages, [.. set.Signals], backends, route.Between, TimersOf(spec.Check), _cluster.Fidelity,
            new Markdowns(_builder, "haproxy", backends));
        Rotation rotation = new(
            _builder,
            "haproxy/rotation",
            [.. set.Signals.Select((p, i) => new BalancerInstance(p, set.Traffic[i]))],
            backends,
            route.Between,
            checks.InRotation,
            new RequestOptions(spec.Redispatch, spec.ConnectTimeout, Seconds(RequestSeconds)));
        _candidates.Add(new Balancers(set, rotation, checks.InRotation, backends, route, spec.ShutdownSessionsOnDown ? checks : null));
        _ways["haproxy"] = AnyOf("haproxy", set, rotation);
    }

    private void BuildNginx(NginxSpec spec, ApiserverSet apiservers)
    {
        ProcessSet set = _cluster.ProcessesOf("nginx").Set;
        Route route = new(_cluster, set, apiservers);
        IReadOnlyList<Backend> backends = BackendsOf(apiservers, "tcp");
        PassiveChecks checks = new(
            _builder,
            "nginx/checks",
            _cluster.Stages,
            [.. set.Signals],
            backends,
            route.Between,
            PassiveOptions.Nginx(requestsPerSecond: 10) with
            {
                MaxFails = spec.MaxFails,
                FailTimeout = spec.FailTimeout,
                ConnectTimeout = spec.ConnectTimeout,
            },
            _cluster.Fidelity,
            new Markdowns(_builder, "nginx", backends));
        Rotation rotation = new(
            _builder,
            "nginx/rotation",
            [.. set.Signals.Select((p, i) => new BalancerInstance(p, set.Traffic[i]))],
            backends,
            route.Between,
            checks.InRotation,
            new RequestOptions(Redispatch: true, spec.ConnectTimeout, Seconds(RequestSeconds)));
        _candidates.Add(new Balancers(set, rotation, checks.InRotation, backends, route, null));
        _ways["nginx"] = AnyOf("nginx", set, rotation);
    }

    private void BuildCloud(CloudLbSpec spec, ApiserverSet apiservers)
    {
        IReadOnlyList<Backend> backends = BackendsOf(apiservers, spec.Check.Path);
        // The provider's probers and front ends sit outside all zones, with a working path to each.
        Signal open = _builder.Condition("cloud-lb.path");
        List<BackendRoute> routes = [.. apiservers.Processes.Signals.Select(p =>
            new BackendRoute(p.Machine.Network, open, Seconds(_spec.RttBetweenZones.Mean)))];
        CloudBalancer balancer = new(
            _builder,
            "cloud-lb",
            _cluster.Stages,
            backends,
            routes,
            OptionsOf(spec),
            _cluster.Fidelity);
        Rotation rotation = new(
            _builder,
            "cloud-lb/rotation",
            [new BalancerInstance(null, open)],
            backends,
            (_, backend) => routes[backend],
            (_, backend) => balancer.InRotation(backend),
            new RequestOptions(Redispatch: false, Seconds(RequestSeconds), Seconds(RequestSeconds)));
        _ways["cloud-lb"] = new ClusterWay(
            rotation.Passes(0), _builder.Gate("cloud-lb.support", 1, [.. _cluster.CouldServe]), rotation.Share(0));
    }

    private void BuildKeepalived(KeepalivedSpec spec, ApiserverSet apiservers)
    {
        Processes processes = _cluster.ProcessesOf("keepalived");
        ProcessSet set = processes.Set;
        _balancers = _candidates.MaxBy(b => set.Machines.Count(b.Set.Machines.Contains));
        List<Signal> leadsTo = [.. set.Signals.Select((p, i) => BehindOf(set.Machines[i], apiservers, p.Name))];
        Signal support = _builder.Gate("keepalived.support", 1, [.. set.Signals.Select((p, i) =>
            _builder.Gate($"{p.Name}.could-hold", 2, p.Runs, CouldPass(set.Machines[i], apiservers, p.Name)))]);
        Address address = new(
            _builder,
            "keepalived",
            [.. set.Signals.Select((p, i) => new AddressClaimant(p, _cluster.HostOf(p.Machine), leadsTo[i], spec.ArpTakeover))],
            _cluster.Stages,
            backendIsWatched: spec.Track is { Script: not "haproxy-alive" });
        List<IHolders> followers = [address];
        Level? share = null;
        if (_balancers is { } balancers && set.Machines.All(balancers.Set.Machines.Contains))
        {
            share = _spec.Clients is { LongLived: true } clients
                ? FollowClients(clients, balancers, set, apiservers, followers)
                : FollowRequests(balancers, set, followers);
        }
        Vrrp = new VrrpGroup(
            _builder,
            "vrrp",
            new VrrpOptions(spec.Version, spec.Advert, spec.Preempt, spec.PreemptDelay, spec.Track is { } track
                ? new TrackedScript(track.Interval, track.Timeout, track.Fall, track.Rise, track.Weight)
                : null),
            [.. set.Signals.Select((p, i) => new VrrpInstance(
                set.Machines[i], p, spec.Priorities[i], spec.Track is null ? null : SubjectOf(spec.Track, set.Machines[i], leadsTo[i])))],
            _cluster.Network,
            processes,
            followers,
            _cluster.Stages,
            _cluster.Fidelity);
        processes.OnStop(Vrrp);
        _ways["keepalived"] = new ClusterWay(address.Reaches, support, share, address.Behind, address.Held);
    }

    private Level FollowClients(
        ClientsSpec clients, Balancers balancers, ProcessSet addresses, ApiserverSet apiservers, List<IHolders> followers)
    {
        Level level = _builder.Level();
        List<PeerSignals> peers = [];
        List<ByWayOfHolder> ways = [];
        for (int b = 0; b < apiservers.Processes.Signals.Length; b++)
        {
            ProcessSignals process = apiservers.Processes.Signals[b];
            ImmutableArray<Signal> pings = [.. addresses.Machines.Select(m => balancers.Pings(_builder, m, b))];
            ImmutableArray<Signal> takes = [.. addresses.Machines.Select((m, i) => balancers.Takes(_builder, m, b, pings[i]))];
            Signal pinged = _builder.Gate($"{process.Name}.pinged", 1, pings[0]);
            Signal taken = _builder.Gate($"{process.Name}.taken", 1, takes[0]);
            ways.Add(new ByWayOfHolder(pinged, pings));
            ways.Add(new ByWayOfHolder(taken, takes));
            peers.Add(new PeerSignals(
                _builder.Gate($"{process.Name}.answers-clients", 2, pinged, apiservers.TakesIn[b]),
                pinged, _cluster.HostOf(process.Machine), process.Alive, taken));
        }
        Connections connections = new(
            _builder,
            "clients",
            peers,
            new ConnectionTimers(clients.PingAfter, clients.PingTimeout, clients.ReconnectFirst, clients.ReconnectMax),
            level,
            ways);
        followers.Add(connections);
        balancers.Checks?.Tell(connections);
        return level;
    }

    private Level FollowRequests(Balancers balancers, ProcessSet addresses, List<IHolders> followers)
    {
        RequestShare share = new(
            _builder,
            "requests",
            balancers.Rotation,
            [.. addresses.Machines.Select(m => balancers.Set.Machines.IndexOf(m))],
            [.. balancers.AllSignals]);
        followers.Add(share);
        return share.Level;
    }

    private ClusterWay AnyOf(string name, ProcessSet set, Rotation rotation)
    {
        Signal balancer = _builder.Gate($"{name}.any-balancer", 1, [.. set.Signals.Select((p, i) =>
            _builder.Gate($"{p.Name}.could-pass", 2, p.Runs, set.Traffic[i]))]);
        Signal backend = _builder.Gate($"{name}.any-backend", 1, [.. _cluster.CouldServe]);
        Signal support = _builder.Gate($"{name}.support", 2, balancer, backend);
        Signal any = _builder.Gate($"{name}.passes", 1, [.. set.Signals.Select((_, i) => rotation.Passes(i))]);
        return new ClusterWay(any, support, set.Signals.Length == 1 ? rotation.Share(0) : null);
    }

    /// <summary>What an address leads to on a machine: its balancer, or else its apiserver.</summary>
    private Signal BehindOf(int machine, ApiserverSet apiservers, string name)
    {
        int balancer = _balancers?.Set.Machines.IndexOf(machine) ?? -1;
        return balancer >= 0 ? _balancers!.Rotation.Passes(balancer) : LocalTakesIn(apiservers, machine, name);
    }

    /// <summary>What must work on a machine for an address to lead to something there.</summary>
    private Signal CouldPass(int machine, ApiserverSet apiservers, string name)
    {
        int balancer = _balancers?.Set.Machines.IndexOf(machine) ?? -1;
        return balancer < 0
            ? LocalCouldServe(apiservers, machine, name)
            : _builder.Gate(
                $"{name}.could-pass",
                3,
                _balancers!.Set.Signals[balancer].Runs,
                _balancers.Set.Traffic[balancer],
                _builder.Gate($"{name}.any-backend", 1, [.. _cluster.CouldServe]));
    }

    private ScriptSubject SubjectOf(TrackSpec track, int machine, Signal leadsTo)
    {
        int balancer = _balancers?.Set.Machines.IndexOf(machine) ?? -1;
        ProcessSignals? process = balancer >= 0 ? _balancers!.Set.Signals[balancer] : null;
        return track.Script == "haproxy-alive" && process is not null
            ? new ScriptSubject(process.Alive, null)
            : new ScriptSubject(leadsTo, process);
    }

    private Signal LocalTakesIn(ApiserverSet apiservers, int machine, string name) =>
        Local(apiservers, apiservers.TakesIn, machine, $"{name}.takes-in-here");

    private Signal LocalCouldServe(ApiserverSet apiservers, int machine, string name) =>
        Local(apiservers, _cluster.CouldServe, machine, $"{name}.could-serve-here");

    private Signal LocalAccepts(ApiserverSet apiservers, int machine, string name) =>
        Local(apiservers, apiservers.Accepts, machine, $"{name}.accepts-here");

    /// <summary>Of the apiserver on the machine; of any of them where the machine has none.</summary>
    private Signal Local(ApiserverSet apiservers, ImmutableArray<Signal> signals, int machine, string name)
    {
        int local = apiservers.Processes.Machines.IndexOf(machine);
        return local >= 0 ? signals[local] : _builder.Gate(name, 1, [.. signals]);
    }

    private static IReadOnlyList<Backend> BackendsOf(ApiserverSet apiservers, string path) =>
        [.. apiservers.Processes.Signals.Select((p, i) => new Backend(
            p,
            path switch
            {
                "/readyz" => apiservers.Ready[i],
                "tcp" => apiservers.Accepts[i],
                _ => apiservers.Serves[i],
            },
            apiservers.TakesIn[i],
            Seconds(2)))];

    /// <summary>How a cloud's balancer watches what is behind it, be it apiservers or nodes.</summary>
    public static CloudBalancerOptions OptionsOf(CloudLbSpec spec) => new(
        "cloud-lb", TimersOf(spec.Check) with { IntervalFromStart = true }, spec.Probers, spec.Propagation, spec.FailOpen);

    private static CheckTimers TimersOf(CheckSpec check) => new(
        check.Interval, check.FastInterval, check.DownInterval, check.ConnectTimeout, check.Timeout, check.Fall, check.Rise,
        IntervalFromStart: false);

    /// <summary>The balancers there are: HAProxy's before nginx's.</summary>
    private readonly List<Balancers> _candidates = [];

    /// <summary>Those beside keepalived: of the candidates the one on most of its machines.</summary>
    private Balancers? _balancers;

    private static SimDuration Seconds(double seconds) => SimDuration.FromSeconds(seconds);

    /// <summary>Routes from the machines of balancers to those of the apiservers.</summary>
    private sealed class Route(ClusterModel cluster, ProcessSet balancers, ApiserverSet apiservers)
    {
        public BackendRoute Between(int instance, int backend) =>
            BackendRoute.Between(cluster.Network, balancers.Machines[instance], apiservers.Processes.Machines[backend]);
    }

    /// <summary>The balancers that an address may lead to.</summary>
    private sealed record Balancers(
        ProcessSet Set, Rotation Rotation, Func<int, int, Signal> InRotation, IReadOnlyList<Backend> Backends, Route Route, HealthChecks? Checks)
    {
        public IEnumerable<Signal> AllSignals =>
            Enumerable.Range(0, Set.Signals.Length).SelectMany(i => Backends.SelectMany((backend, b) => new[]
            {
                Set.Signals[i].Runs, Set.Traffic[i], InRotation(i, b), Route.Between(i, b).There, Route.Between(i, b).Back,
                backend.Serves, backend.Process.Alive, backend.Process.Runs, backend.Process.Machine.Up,
            })).Distinct();

        /// <summary>A connection to a backend by way of a machine's balancer is alive.</summary>
        public Signal Pings(ModelBuilder builder, int machine, int backend)
        {
            int i = Set.Machines.IndexOf(machine);
            BackendRoute route = Route.Between(i, backend);
            return builder.Gate(
                $"{Set.Signals[i].Name}.pings-{backend + 1}", 5,
                Set.Signals[i].Runs, Set.Traffic[i], route.There, route.Back, Backends[backend].Process.Runs);
        }

        /// <summary>A new connection by way of a machine's balancer may be led to a backend, and works.</summary>
        public Signal Takes(ModelBuilder builder, int machine, int backend, Signal pings)
        {
            int i = Set.Machines.IndexOf(machine);
            return builder.Gate($"{Set.Signals[i].Name}.takes-{backend + 1}", 3, pings, InRotation(i, backend), Backends[backend].Serves);
        }
    }
}
