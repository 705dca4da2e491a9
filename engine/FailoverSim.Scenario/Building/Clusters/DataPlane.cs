using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cloud;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Laws;
using FailoverSim.Models.Networking;
using FailoverSim.Models.Nodes;
using FailoverSim.Models.Operations;
using FailoverSim.Models.Scheduling;
using FailoverSim.Models.Supervision;
using FailoverSim.Models.Workloads;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Scenario.Building.Clusters;

/// <summary>
/// Worker nodes and what runs on them, wired in the order in which they depend on each other: nodes, scheduler, pods, node
/// life cycle, evictions, provider, networks.
/// </summary>
internal sealed class DataPlane
{
    /// <summary>Processes on worker nodes that faults may name.</summary>
    public static readonly ImmutableArray<string> Agents = ["kubelet", "kube-proxy", "cni", "container-runtime"];

    private readonly ModelBuilder _builder;
    private readonly ClusterModel _cluster;
    private readonly ClusterSpec _spec;
    private readonly ImmutableArray<PoolSpec> _pools;

    /// <summary>Null where nothing befalls them.</summary>
    private readonly RuntimeSet? _runtimes;

    public DataPlane(ModelBuilder builder, ClusterModel cluster, ClusterSpec spec)
    {
        _builder = builder;
        _cluster = cluster;
        _spec = spec;
        _pools = [.. spec.Pools.Where(p => p.Worker is not null)];
        ControlPlane = new ControlPlaneSwitches(builder, cluster, spec);
        ControlPlane control = ControlPlane.Switches;
        ImmutableArray<NodeOptions> options = [.. NodeOptionsOf(spec)];
        foreach (string agent in Agents.Where(a => a == "kubelet" || IsStruck(a)))
        {
            cluster.RunOn(agent, [.. options.Select(o => o.Machine)], AgentOptions(agent));
        }
        if (cluster.Runs("container-runtime"))
        {
            _runtimes = RuntimeSet.Declare(
                builder, options, cluster.ProcessesOf("kubelet").Set.Signals, cluster.ProcessesOf("container-runtime").Set.Signals);
            _ = new RuntimeHealth(builder, _runtimes, cluster.Stages, cluster.Fidelity);
        }
        Routes = spec.Cni is { } cni ? RouteSet.Declare(builder, CniOptionsOf(cni), options, spec.Zones.Select(z => z.Name).ToList()) : null;
        NodeSet set = new(options, [.. options.Select(SignalsOf)], [.. spec.Zones.Select(z => z.Name)]);
        Workloads = WorkloadSet.Declare(builder, [.. WorkloadOptionsOf(spec)]);
        Nodes = new NodeObjects(builder, set, Workloads);
        Scheduler = new Scheduler(builder, SchedulerOptionsOf(spec.Scheduling!), control, Nodes, Workloads);
        Pods = new Pods(builder, PodsOptionsOf(), Workloads, Nodes, Scheduler, control, cluster.Stages);
        Scheduler.BindWith(Pods);
        Lifecycle = new NodeLifecycle(builder, Nodes, control, NodeHealthOf(spec.NodeHealth!), cluster.Stages, cluster.Fidelity);
        TaintEviction evictions = new(builder, Nodes, Workloads.Tolerations, control, Pods);
        PodGc gc = new(builder, Nodes, control, new PodGcOptions { Period = spec.NodeHealth!.PodGcPeriod, Quarantine = spec.NodeHealth.PodGcQuarantine }, Pods);
        Instances = new Instances(builder, set, cluster.Machines, control.CloudApi);
        CloudNodes cloudNodes = new(builder, Nodes, Lifecycle, Instances, control, spec.Cloud!.NodeMonitorPeriod, cluster.Fidelity);
        Drains = new Drains(builder, Nodes, Pods, Workloads, control.Api, cluster.Fidelity);
        Pods.WatchedBy((INodeLeft)Drains);
        Pods.WatchedBy((IBudgetWatcher)Drains);
        Lifecycle.WatchedBy(Pods);
        Lifecycle.WatchedBy(evictions);
        Lifecycle.WatchedBy(gc);
        Lifecycle.WatchedBy(cloudNodes);
        Lifecycle.WatchedBy(Drains);
        AddProvider(control);
        AddNetworks(set);
        Dns = spec.Dns is { } dns
            ? new ClusterDns(builder, new DnsOptions(dns.Ttl, dns.Timeout, dns.Attempts), WorkloadOf(dns.Workload), Workloads, Endpoints)
            : null;
        if (spec.Descheduler is { } descheduler)
        {
            Descheduler mover = new(
                builder, descheduler.Every, Nodes, Workloads, Pods, Pods, Scheduler, control, cluster.Fidelity);
            Pods.WatchedBy((IBindingWatcher)mover);
            Pods.WatchedBy((IBudgetWatcher)mover);
        }
    }

    public ControlPlaneSwitches ControlPlane { get; }

    public WorkloadSet Workloads { get; }

    public NodeObjects Nodes { get; }

    public Pods Pods { get; }

    public Scheduler Scheduler { get; }

    public NodeLifecycle Lifecycle { get; }

    public Instances Instances { get; }

    public Drains Drains { get; }

    public RouteSet? Routes { get; }

    public NodeNetwork? Network { get; private set; }

    /// <summary>How the requests of each workload fare.</summary>
    public EndpointShares Endpoints { get; private set; } = null!;

    /// <summary>Null where names are always known.</summary>
    public ClusterDns? Dns { get; }

    /// <summary>Places of the nodes of a pool.</summary>
    public IReadOnlyList<int> NodesOf(string pool)
    {
        int number = _pools.ToList().FindIndex(p => p.Name == pool);
        return [.. Enumerable.Range(0, Nodes.Set.Count).Where(node => Nodes.Set.Options[node].Pool == number)];
    }

    public bool IsWorkerPool(string pool) => _pools.Any(p => p.Name == pool);

    /// <summary>Number of a workload by the name of its copy.</summary>
    public int WorkloadOf(string name) => _workloadOf[name];

    private readonly Dictionary<string, int> _workloadOf = [];

    private IEnumerable<NodeOptions> NodeOptionsOf(ClusterSpec spec)
    {
        List<string> zones = [.. spec.Zones.Select(z => z.Name)];
        for (int pool = 0; pool < _pools.Length; pool++)
        {
            WorkerSpec worker = _pools[pool].Worker!;
            foreach (MachineSpec machine in _pools[pool].Machines)
            {
                yield return new NodeOptions(
                    machine.Name, _cluster.MachineSet.IndexOf(machine.Name), zones.IndexOf(machine.Zone), pool, worker.Cpu, worker.Memory,
                    worker.MaxPods, machine.Exists);
            }
        }
    }

    private IEnumerable<WorkloadOptions> WorkloadOptionsOf(ClusterSpec spec)
    {
        foreach (WorkloadGroupSpec group in spec.Workloads)
        {
            ImmutableArray<int> pools = [.. group.Pools.Select(name => _pools.ToList().FindIndex(p => p.Name == name))];
            foreach (WorkloadOptions copy in group.Copies)
            {
                _workloadOf.Add(copy.Name, _workloadOf.Count);
                yield return copy with { Pools = pools };
            }
        }
    }

    private NodeSignals SignalsOf(NodeOptions node, int number)
    {
        MachineSignals machine = _cluster.MachineSet.Signals[node.Machine];
        Signal kubelet = _cluster.ProcessesOf("kubelet").Set.Signals[number].Runs;
        List<Signal> serves = [machine.Up, machine.Network];
        if (Routes is not null)
        {
            serves.Add(Routes.Routed[number]);
        }
        RuntimeSignals? runtime = _runtimes?.Signals[number];
        if (runtime is not null)
        {
            kubelet = _builder.Gate($"{node.Name}.kubelet", 2, kubelet, runtime.Attached);
        }
        return new NodeSignals(
            machine,
            _builder.Gate($"{node.Name}.serves", serves.Count, [.. serves]),
            _builder.Gate($"{node.Name}.heartbeats", 3, kubelet, machine.Network, ControlPlane.ApiFrom(machine.Zone)))
        {
            Kubelet = kubelet,
            Runtime = runtime,
        };
    }

    private bool IsStruck(string component) => _spec.Faults.Any(f => f.Targets.Any(t => t.Kind == TargetKind.Process && t.Name == component));

    private ProcessOptions AgentOptions(string agent) => new(
        agent == "kubelet" ? _spec.NodeHealth!.KubeletStart : new Constant(1),
        // systemd's RestartSec of kubeadm's unit; kube-proxy and cni are pods of a DaemonSet, and a runtime only ends by its faults.
        agent == "kubelet" ? new Constant(10) : _spec.Kubelet.Restart,
        new RestartBackoff(_spec.Kubelet.BackoffFirst, _spec.Kubelet.BackoffMax, _spec.Kubelet.BackoffReset),
        SimDuration.FromSeconds(30));

    private void AddProvider(ControlPlane control)
    {
        if (_pools.Any(p => p.Worker!.OutOfServiceAfter is not null))
        {
            Lifecycle.WatchedBy(new OutOfService(
                _builder, Lifecycle, [.. Nodes.Set.Options.Select(o => _pools[o.Pool].Worker!.OutOfServiceAfter)], control));
        }
        List<Law?> replaceAfter = [.. _pools.Select(p => p.Worker!.ReplaceAfter)];
        if (replaceAfter.Any(law => law is not null))
        {
            Lifecycle.WatchedBy(new Replacement(_builder, Nodes.Set, replaceAfter, Instances, control));
        }
        if (_pools.Any(p => p.Worker!.Reclaim is not null))
        {
            _ = new Reclaim(
                _builder,
                Nodes,
                [.. _pools.Select(p => p.Worker!.Reclaim is { } reclaim ? new ReclaimOptions($"{p.Name}.reclaim", reclaim.Every, reclaim.Notice, p.Worker.ReplaceAfter) : null)],
                Instances,
                Pods,
                control);
        }
        if (_pools.Any(p => p.Worker!.AutoscaleMax is not null))
        {
            Autoscaler autoscaler = new(
                _builder,
                new AutoscalerOptions
                {
                    MaxByPool = [.. _pools.Select(p => p.Worker!.AutoscaleMax)],
                    ScanInterval = _spec.Cloud!.ScanInterval,
                    MaxNodeProvisionTime = _spec.Cloud.MaxNodeProvisionTime,
                    ScaleDownUnneeded = _spec.Cloud.ScaleDownUnneeded,
                },
                Nodes, Lifecycle, Instances, Pods, Scheduler, control, _cluster.Fidelity);
            Lifecycle.WatchedBy(autoscaler);
            Pods.WatchedBy((INodeLeft)autoscaler);
        }
    }

    private void AddNetworks(NodeSet set)
    {
        if (Routes is { Options.Routes: RoutesBy.Cloud })
        {
            Lifecycle.WatchedBy(new CloudRoutes(
                _builder, Nodes, Lifecycle, Routes, ControlPlane.Switches, _spec.Cloud!.RouteReconciliationPeriod, _cluster.Fidelity));
        }
        else if (Routes is not null)
        {
            NodeRoutes routes = new(_builder, set, Routes, _cluster.Network, ProcessesOn("cni"), _cluster.Stages, _cluster.Fidelity);
            Lifecycle.WatchedBy(routes);
        }
        Endpoints = new EndpointShares(_builder, Workloads, set, ProxiesOf(set));
        Pods.WatchedBy((IEndpointWatcher)Endpoints);
    }

    /// <summary>Per node: its kube-proxy runs and hears of changes; null: always.</summary>
    private ImmutableArray<Signal>? ProxiesOf(NodeSet set)
    {
        ImmutableArray<ProcessSignals>? proxies = ProcessesOn("kube-proxy");
        List<Signal?> ways = [.. set.Options.Select(o => ControlPlane.WayToApiFrom(set.Zones[o.Zone]))];
        if (proxies is null && ways.All(w => w is null))
        {
            return null;
        }
        return
        [
            .. set.Options.Select((o, node) => (proxies?[node].Runs, ways[node]) switch
            {
                (Signal runs, Signal way) => _builder.Gate($"{o.Name}.rules-follow", 2, runs, way),
                (Signal runs, _) => runs,
                (_, Signal way) => way,
                _ => _cluster.Always,
            }),
        ];
    }

    /// <summary>Some zone with nodes hears of the API; null: all do, whatever happens.</summary>
    private Signal? SomeRulesHear()
    {
        Signal[] ways = [.. _pools.SelectMany(p => p.Machines).Select(m => m.Zone).Distinct().Select(ControlPlane.WayToApiFrom).OfType<Signal>()];
        return ways.Length == 0 ? null : _builder.Gate("rules-hear", 1, ways);
    }

    private ImmutableArray<ProcessSignals>? ProcessesOn(string agent) =>
        _cluster.Runs(agent) ? _cluster.ProcessesOf(agent).Set.Signals : null;

    /// <summary>The pod network as a service; declared when somebody asks for it.</summary>
    public NetworkService NetworkService(string name, double? upAt)
    {
        Network ??= new NodeNetwork(_builder, Nodes.Set, _cluster.Network, Routes, ProcessesOn("cni"), _cluster.Stages);
        return Network.Above(name, upAt);
    }

    /// <summary>A workload whose requests come by the cloud's balancer; while the model is built.</summary>
    public BalancedWorkload Balanced(int workload)
    {
        Balancer ??= new WorkerBalancer(_builder, _cluster, this, ProcessesOn("kube-proxy"));
        return Balancer.Of(workload, Workloads.Options[workload].Name);
    }

    /// <summary>The cloud's balancer in front of the nodes; declared when somebody asks through it.</summary>
    public WorkerBalancer? Balancer { get; private set; }

    private PodsOptions PodsOptionsOf() => new()
    {
        Propagation = _spec.Endpoints!.Propagation,
        KubeProxy = new KubeProxyOptions(_spec.Endpoints.MinSyncPeriod),
        Relist = new Uniform(0, 1),
        FirstProbe = new Uniform(0, 1),
        PullBackoff = SimDuration.FromSeconds(10),
        PullBackoffMax = SimDuration.FromSeconds(300),
        SetUpRetry = new Uniform(10, 15),
        RulesHear = SomeRulesHear(),
        Registry = _cluster.DomainOf("registry") ?? _cluster.Always,
        CanSetUp = ProcessesOn("cni") is { } agents ? [.. agents.Select(a => a.Runs)] : [],
        MostFaults = _spec.Faults
            .Where(f => f.Targets.Any(t => t.Kind is TargetKind.Pod or TargetKind.Workload))
            .Sum(f => Math.Max(1, f.At.Count)),
    };

    private static SchedulerOptions SchedulerOptionsOf(SchedulingSpec spec) => new()
    {
        Cycle = spec.Cycle,
        PodInitialBackoff = spec.PodInitialBackoff,
        PodMaxBackoff = spec.PodMaxBackoff,
        UnschedulableFlush = spec.UnschedulableFlush,
    };

    private NodeHealthOptions NodeHealthOf(NodeHealthSpec spec) => new()
    {
        LeaseRenewInterval = spec.LeaseRenewInterval,
        RenewJitter = spec.RenewJitter,
        MonitorPeriod = spec.MonitorPeriod,
        GracePeriod = spec.MonitorGracePeriod,
        EvictionRate = spec.EvictionRate,
        SecondaryEvictionRate = spec.SecondaryEvictionRate,
        LargeClusterSizeThreshold = spec.LargeClusterSizeThreshold,
        UnhealthyZoneThreshold = spec.UnhealthyZoneThreshold,
        HasCloudRoutes = Routes is { Options.Routes: RoutesBy.Cloud },
        HasCloudController = _cluster.Runs("cloud-controller-manager") || _spec.ManagedControlPlane is not null,
    };

    private static CniOptions CniOptionsOf(CniSpec cni) => new(
        cni.Kind == "cloud-routes" ? RoutesBy.Cloud : cni.Kind == "calico" && cni.Mode == "bgp" ? RoutesBy.Bgp : RoutesBy.NodeObjects,
        cni.HoldTime,
        new SimDuration(cni.HoldTime.Nanoseconds / 3),
        cni.RestartTime,
        cni.ConnectRetry);
}
