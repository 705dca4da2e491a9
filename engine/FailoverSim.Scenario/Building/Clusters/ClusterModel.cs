using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Signals;
using FailoverSim.Models.Apiserver;
using FailoverSim.Models.Cloud;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Etcd;
using FailoverSim.Models.Infrastructure;
using FailoverSim.Models.Laws;
using FailoverSim.Models.Leases;
using FailoverSim.Models.Supervision;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Scenario.Building.Clusters;

/// <summary>
/// The mechanisms of a cluster, wired in the order in which they depend on each other: domains, machines, processes,
/// network, etcd, apiservers, leases, balancers, addresses.
/// </summary>
internal sealed class ClusterModel
{
    private static readonly ImmutableArray<string> StaticPods = ["etcd", "apiserver", "controller-manager", "scheduler"];

    /// <summary>An etcd check of kube-apiserver gives up after so long (--etcd-healthcheck-timeout).</summary>
    private const double EtcdCheckSeconds = 2;

    private readonly ModelBuilder _builder;
    private readonly ClusterSpec _spec;
    private readonly Dictionary<string, Processes> _processes = [];
    private readonly Dictionary<string, Electors> _leases = [];
    private readonly Dictionary<string, Signal> _support = [];

    public ClusterModel(ModelBuilder builder, ClusterSpec spec, Fidelity fidelity)
    {
        spec = SparePlaces.AddTo(spec);
        _builder = builder;
        _spec = spec;
        Fidelity = fidelity;
        Stages = new ClusterStages(builder);
        DomainNames =
        [
            .. spec.Zones.Select(z => $"zone/{z.Name}"),
            .. spec.Racks.Select(r => $"rack/{r.Name}"),
            .. FeedsOf(spec).Select(f => $"feed/{f}"),
            .. OutsidersOf(spec),
        ];
        if (!DomainNames.IsEmpty)
        {
            Domains = new Domains(builder, DomainNames);
        }
        MachineSet = MachineSet.Declare(builder, [.. spec.Pools.SelectMany(p => p.Machines.Select(m => OptionsOf(m, p.Boot)))]);
        Machines = new Machines(builder, MachineSet, Stages);
        Network = new Network(builder, MachineSet.Signals, Rtt, spec.Zones.Select(z => z.Name));
        ZoneLinks = new ZoneLinks(builder, Network);
        foreach (string kind in spec.Pools.SelectMany(p => p.Runs).Distinct().Order(StringComparer.Ordinal))
        {
            RunOn(kind, [.. PlacesOf(kind)], OptionsOf(kind));
        }
        Etcd = BuildEtcd();
        Apiservers = BuildApiservers();
        foreach (LeaderElectedSpec component in spec.LeaderElected)
        {
            BuildLease(component);
        }
        Ways = new ClusterWays(this, builder, spec);
        AddLiveness();
        if (spec.ManagedControlPlane is { } managed)
        {
            ManagedControlPlane = new ManagedControlPlane(
                builder, managed.Availability, managed.Outage, DomainOf("cloud-api") ?? Always, Stages).Signals;
        }
        if (spec.Pools.Any(p => p.Worker is not null))
        {
            DataPlane = new DataPlane(builder, this, spec);
        }
    }

    /// <summary>What it is built from, spare places included.</summary>
    public ClusterSpec Spec => _spec;

    /// <summary>Null where the control plane is simulated, or ideal.</summary>
    public ControlPlane? ManagedControlPlane { get; }

    /// <summary>Null where no pool takes pods.</summary>
    public DataPlane? DataPlane { get; }

    public Fidelity Fidelity { get; }

    public ClusterStages Stages { get; }

    public ImmutableArray<string> DomainNames { get; }

    /// <summary>Null where nothing is named that could fail.</summary>
    public Domains? Domains { get; }

    public MachineSet MachineSet { get; }

    public Machines Machines { get; }

    public Network Network { get; }

    public ZoneLinks ZoneLinks { get; }

    /// <summary>Null without members: then etcd is always there.</summary>
    public EtcdCluster? Etcd { get; }

    /// <summary>Null without apiservers.</summary>
    public ApiserverSet? Apiservers { get; }

    /// <summary>What leads to the API: balancers and addresses.</summary>
    public ClusterWays Ways { get; }

    public bool Runs(string kind) => _processes.ContainsKey(kind);

    public Processes ProcessesOf(string kind) => _processes[kind];

    /// <summary>A process of a kind on each of some machines; only while the model is built.</summary>
    public void RunOn(string kind, IReadOnlyList<int> machines, ProcessOptions options) =>
        _processes[kind] = new Processes(_builder, ProcessSet.Declare(_builder, kind, MachineSet, machines), options, Machines, Stages);

    /// <summary>What holds while a domain is there; null if nothing befalls it.</summary>
    public Signal? DomainOf(string name) => DomainNames.IndexOf(name) is >= 0 and int index ? Domains![index] : null;

    public Electors LeaseOf(string component) => _leases[component];

    /// <summary>What a leader-elected component needs to act again unaided.</summary>
    public Signal SupportOf(string component) => _support[component];

    /// <summary>A round trip between zones.</summary>
    public Law Rtt(string from, string to) => _spec.Rtt(from, to);

    /// <summary>A machine is up and on its network.</summary>
    public Signal HostOf(MachineSignals machine) => _builder.Gate($"{machine.Name}.host", 2, machine.Up, machine.Network);

    /// <summary>
    /// Per apiserver: it runs, and so does a member that it uses: it would serve if etcd had a leader. What must work for
    /// requests to be answered again unaided.
    /// </summary>
    public ImmutableArray<Signal> CouldServe { get; private set; } = [];

    /// <summary>etcd commits; true for ever where there is none.</summary>
    public Signal CanWrite => Etcd?.Signals.Write ?? Always;

    /// <summary>True for ever.</summary>
    public Signal Always => _always ??= _builder.Condition("always");

    private Signal? _always;

    private static IEnumerable<string> FeedsOf(ClusterSpec spec) =>
        spec.Pools.SelectMany(p => p.Machines).Select(m => m.Power).OfType<string>()
            .Union(spec.Faults.SelectMany(f => f.Targets).Where(t => t.Kind == TargetKind.Feed).Select(t => t.Name))
            .Order(StringComparer.Ordinal);

    /// <summary>What is in no zone and can be out: the provider's API, the image registry.</summary>
    private static IEnumerable<string> OutsidersOf(ClusterSpec spec)
    {
        IEnumerable<TargetKind> struck = spec.Faults.SelectMany(f => f.Targets).Select(t => t.Kind);
        return struck.Where(k => k is TargetKind.CloudApi or TargetKind.Registry).Distinct().Order()
            .Select(k => k == TargetKind.CloudApi ? "cloud-api" : "registry");
    }

    private MachineOptions OptionsOf(MachineSpec machine, Law boot)
    {
        List<Signal> domains = [];
        foreach (string? domain in new[]
        {
            $"zone/{machine.Zone}",
            machine.Rack is null ? null : $"rack/{machine.Rack}",
            machine.Power is null ? null : $"feed/{machine.Power}",
        })
        {
            if (domain is not null && DomainNames.IndexOf(domain) is >= 0 and int index)
            {
                domains.Add(Domains![index]);
            }
        }
        return new MachineOptions(machine.Name, machine.Zone, domains, boot, machine.Exists);
    }

    /// <summary>Indices of the machines that run a component.</summary>
    private IEnumerable<int> PlacesOf(string kind) =>
        _spec.Pools.Where(p => p.Runs.Contains(kind)).SelectMany(p => p.Machines).Select(m => MachineSet.IndexOf(m.Name));

    private ProcessOptions OptionsOf(string kind)
    {
        Law start = kind switch
        {
            "etcd" => _spec.Etcd!.Start,
            "apiserver" => _spec.Apiserver!.Start,
            "vip" => _spec.Vip!.Start,
            "haproxy" => _spec.Haproxy!.Start,
            "nginx" => _spec.Nginx!.Start,
            "keepalived" => _spec.Keepalived!.Start,
            _ => _spec.LeaderElected.FirstOrDefault(c => c.Name == kind)?.Start ?? new Constant(0),
        };
        KubeletSpec kubelet = _spec.Kubelet;
        return new ProcessOptions(
            start,
            kubelet.Restart,
            new RestartBackoff(kubelet.BackoffFirst, kubelet.BackoffMax, kubelet.BackoffReset),
            Seconds(30))
        {
            StopOrder = kind switch
            {
                "etcd" => 2,
                "apiserver" => 1,
                _ => 0,
            },
        };
    }

    private EtcdCluster? BuildEtcd()
    {
        if (_spec.Etcd is not { } spec || !Runs("etcd"))
        {
            return null;
        }
        Processes processes = _processes["etcd"];
        EtcdCluster etcd = new(
            _builder,
            "etcd",
            processes.Set.Signals,
            Network,
            processes,
            Stages,
            new EtcdOptions
            {
                Heartbeat = spec.Heartbeat,
                ElectionTimeout = spec.ElectionTimeout,
                PreVote = spec.PreVote,
                Fsync = spec.Fsync,
                Writes = spec.Writes,
                // The process spends it before it listens.
                Start = new Constant(0),
                SnapshotTransfer = Seconds((double)(spec.SnapshotSize / spec.ResyncRate)),
                SnapshotCount = spec.SnapshotCount,
                CatchupEntries = spec.CatchupEntries,
                InitialElectionTickAdvance = spec.InitialElectionTickAdvance,
            },
            Fidelity);
        processes.OnStop(etcd);
        processes.OnDataLost(new MemberData(etcd));
        return etcd;
    }

    private ApiserverSet? BuildApiservers()
    {
        if (_spec.Apiserver is not { } spec || !Runs("apiserver"))
        {
            return null;
        }
        Processes processes = _processes["apiserver"];
        ApiserverSet set = ApiserverSet.Declare(
            _builder, processes.Set, [.. processes.Set.Machines.Select(m => EndpointsOf(m, spec.LocalMember))], spec.LivenessIncludesEtcd, Etcd?.Signals.Write);
        CouldServe = [.. processes.Set.Signals.Select((p, i) => _builder.Gate(
            $"{p.Name}.could-serve", 2, p.Runs, MembersOf(p.Name, processes.Set.Machines[i], spec.LocalMember)))];
        _ = new Apiservers(
            _builder, set, processes, new ApiserverOptions(spec.ShutdownDelay, Seconds(20), spec.EndpointRetry), Stages);
        return set;
    }

    /// <summary>Some member that an apiserver uses would serve it.</summary>
    private Signal MembersOf(string name, int machine, bool localOnly)
    {
        if (Etcd is null)
        {
            return Always;
        }
        ProcessSet members = _processes["etcd"].Set;
        return _builder.Gate($"{name}.members", 1, [.. MembersFor(machine, localOnly).Select(member => _builder.Gate(
            $"{name}.member-{member + 1}",
            3,
            Etcd.Signals.Serves[member],
            Network.Path(machine, members.Machines[member]),
            Network.Path(members.Machines[member], machine)))]);
    }

    /// <summary>The members that an apiserver uses: the one on its machine, if it is so configured and there is one, or all.</summary>
    private IEnumerable<int> MembersFor(int machine, bool localOnly)
    {
        ImmutableArray<int> places = _processes["etcd"].Set.Machines;
        bool isLocal = localOnly && places.Contains(machine);
        return Enumerable.Range(0, places.Length).Where(member => !isLocal || places[member] == machine);
    }

    private IReadOnlyList<EtcdEndpoint> EndpointsOf(int machine, bool localOnly)
    {
        if (Etcd is null)
        {
            return [new EtcdEndpoint(Always, Always, Always, Always)];
        }
        ProcessSet members = _processes["etcd"].Set;
        return
        [
            .. MembersFor(machine, localOnly).Select(member => new EtcdEndpoint(
                members.Signals[member].Alive,
                Etcd.Signals.Serves[member],
                Network.Path(machine, members.Machines[member]),
                Network.Path(members.Machines[member], machine))),
        ];
    }

    private void BuildLease(LeaderElectedSpec spec)
    {
        if (!Runs(spec.Name))
        {
            return;
        }
        Processes processes = _processes[spec.Name];
        List<ApiRoute> routes = [.. processes.Set.Signals.Select((p, i) => RouteOf(p, processes.Set.Machines[i]))];
        _support[spec.Name] = AnyWith(spec.Name, processes.Set, routes);
        _leases[spec.Name] = BuildElectors(spec.Name, spec.Lease, nodeIdentity: false, processes, routes, spec.Sync, []);
    }

    public Electors BuildElectors(
        string name, LeaseSpec lease, bool nodeIdentity, Processes processes, IReadOnlyList<ApiRoute> routes, Law sync,
        IReadOnlyList<IHolders> followers)
    {
        Electors electors = new(
            _builder,
            new ElectorOptions(
                name, new LeaseTimers(lease.Duration, lease.RenewDeadline, lease.Retry, lease.ReleaseOnExit), nodeIdentity),
            [.. processes.Set.Signals.Select((p, i) => new LeaseCandidate(p, routes[i], sync))],
            processes,
            followers,
            Stages,
            Fidelity);
        processes.OnStop(electors);
        return electors;
    }

    /// <summary>Some process runs, and its requests to the API are taken in: declared before the lease, so that what keeps all of them down is the stage.</summary>
    private Signal AnyWith(string name, ProcessSet set, List<ApiRoute> routes) => _builder.Gate(
        $"{name}.support",
        1,
        [.. set.Signals.Select((p, i) => _builder.Gate($"{p.Name}.could-act", 2, p.Runs, routes[i].Accepts))]);

    /// <summary>
    /// How the requests of a process fare: through the apiserver on its own machine, as kubeadm configures controllers and
    /// kube-vip; where there is none, through whichever works.
    /// </summary>
    public ApiRoute RouteOf(ProcessSignals process, int machine)
    {
        Law reads = new Constant(Rtt(process.Machine.Zone, process.Machine.Zone).Mean);
        Law writes = _spec.Etcd?.Fsync ?? reads;
        if (Apiservers is null)
        {
            return new ApiRoute(Always, CanWrite, reads, writes);
        }
        int local = Apiservers.Processes.Machines.IndexOf(machine);
        Signal accepts = local >= 0 ? Apiservers.Accepts[local] : _builder.Gate($"{process.Name}.api-accepts", 1, [.. Apiservers.Accepts]);
        Signal serves = local >= 0 ? Apiservers.Serves[local] : _builder.Gate($"{process.Name}.api-serves", 1, [.. Apiservers.Serves]);
        return new ApiRoute(accepts, _builder.Gate($"{process.Name}.api-commits", 2, serves, CanWrite), reads, writes);
    }

    private void AddLiveness()
    {
        if (_spec.Kubelet.Liveness is not { } probe)
        {
            return;
        }
        LivenessOptions options = new(
            probe.Period, probe.Timeout, probe.Failures, probe.InitialDelay, StartupFailures: 24, Seconds(EtcdCheckSeconds));
        foreach (string kind in StaticPods.Where(Runs))
        {
            Processes processes = _processes[kind];
            IReadOnlyList<Signal> live = kind == "apiserver" ? Apiservers!.Live : [.. processes.Set.Signals.Select(p => p.Runs)];
            _ = new Liveness(_builder, processes, live, options, Fidelity);
        }
    }

    private static Kernel.Time.SimDuration Seconds(double seconds) => Kernel.Time.SimDuration.FromSeconds(seconds);

    private sealed class MemberData(EtcdCluster etcd) : IDisk
    {
        public void DataLost(int slot) => etcd.LoseData(slot);
    }
}
