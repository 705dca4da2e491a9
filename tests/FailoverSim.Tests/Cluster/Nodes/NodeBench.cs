using System.Collections.Immutable;
using System.Globalization;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Nodes;
using FailoverSim.Models.Workloads;

namespace FailoverSim.Tests.Cluster.Nodes;

/// <summary>What an event told of a node: <c>not-ready</c>, <c>tainted</c>, <c>evicted-0</c> …</summary>
internal readonly record struct Told(long At, string What, int Node);

/// <summary>Nodes in zones, whose machines and ways to the API server the test switches; pods and watchers that only take notes.</summary>
internal sealed class NodeBench
{
    private readonly Notes _notes;
    private readonly List<Signal> _kubelets = [];
    private readonly List<ProcessSignals> _runtimes = [];
    private Simulation? _simulation;

    /// <param name="zones">Nodes of each zone.</param>
    /// <param name="options">Timers.</param>
    /// <param name="fidelity">Whether all ticks are simulated.</param>
    /// <param name="spares">Places without a machine, in the first zone.</param>
    /// <param name="outOfServiceAfter">For all nodes.</param>
    /// <param name="tolerations">Seconds; null: for ever.</param>
    /// <param name="notes">False: nobody takes notes.</param>
    /// <param name="runtimes">Whether the nodes have container runtimes that can fail; not with spares.</param>
    /// <param name="notReady">Seconds by toleration, where they differ from <paramref name="tolerations"/>, which is of unreachable nodes.</param>
    public NodeBench(int[] zones, NodeHealthOptions? options = null, Fidelity fidelity = Fidelity.Elided, int spares = 0,
        Law? outOfServiceAfter = null, double?[]? tolerations = null, bool notes = true, bool runtimes = false, double?[]? notReady = null)
    {
        ModelBuilder builder = Lab.Builder;
        Api = builder.Condition("api");
        KubeletsReachApi = builder.Condition("kubelets-reach-api");
        NoBlink = builder.Condition("no-blink");
        ControllersAlive = builder.Condition("controllers-alive");
        Signal controllers = builder.Gate("controllers", 2, Api, ControllersAlive);
        ControlPlane = new ControlPlane(Api, controllers, Api, Api, Api);
        List<NodeOptions> nodes = [];
        List<MachineSignals> machines = [];
        List<ProcessSignals> kubelets = [];
        for (int zone = 0; zone < zones.Length; zone++)
        {
            int places = zones[zone] + (zone == 0 ? spares : 0);
            for (int i = 0; i < places; i++)
            {
                string name = $"n{zone}-{i}";
                machines.Add(Lab.Machine(name, $"z{zone}"));
                if (runtimes)
                {
                    kubelets.Add(Lab.Process("kubelet", machines[^1]));
                    _runtimes.Add(Lab.Process("container-runtime", machines[^1]));
                }
                _kubelets.Add(runtimes ? kubelets[^1].Alive : builder.Condition($"{name}.kubelet", i < zones[zone]));
                nodes.Add(new NodeOptions(name, nodes.Count, zone, 0, 4000, 1 << 30, Exists: i < zones[zone]));
            }
        }
        Stages = new ClusterStages(builder);
        RuntimeSet? found = runtimes ? RuntimeSet.Declare(builder, [.. nodes], [.. kubelets], [.. _runtimes]) : null;
        if (found is not null)
        {
            _ = new RuntimeHealth(builder, found, Stages, fidelity);
        }
        List<NodeSignals> signals = [];
        for (int node = 0; node < nodes.Count; node++)
        {
            MachineSignals machine = machines[node];
            Signal kubelet = found is null
                ? _kubelets[node]
                : builder.Gate($"{machine.Name}.kubelet", 2, kubelets[node].Runs, found.Signals[node].Attached);
            Signal heartbeats = builder.Gate($"{machine.Name}.heartbeats", 6,
                kubelet, machine.Up, machine.Network, Api, KubeletsReachApi, NoBlink);
            signals.Add(new NodeSignals(machine, builder.Gate($"{machine.Name}.serves", 2, machine.Up, machine.Network), heartbeats)
            {
                Kubelet = kubelet,
                Runtime = found?.Signals[node],
            });
        }
        Set = new NodeSet([.. nodes], [.. signals], [.. zones.Select((_, z) => $"z{z}")]);
        Objects = new NodeObjects(builder, Set);
        Lifecycle = new NodeLifecycle(builder, Objects, ControlPlane, options ?? new NodeHealthOptions(), Stages, fidelity);
        _notes = new Notes(this);
        double?[] unreachable = tolerations ?? [300];
        ImmutableArray<TolerationOptions> tolerated =
            [.. unreachable.Select((s, i) => new TolerationOptions(Limit((notReady ?? unreachable)[i]), Limit(s)))];
        if (notes)
        {
            Lifecycle.WatchedBy(_notes);
        }
        Lifecycle.WatchedBy(new TaintEviction(builder, Objects, tolerated, ControlPlane, _notes));
        Lifecycle.WatchedBy(new PodGc(builder, Objects, ControlPlane, new PodGcOptions(), _notes));
        Lifecycle.WatchedBy(new OutOfService(builder, Lifecycle, [.. nodes.Select(_ => outOfServiceAfter)], ControlPlane));
        TakesNotes = notes;
    }

    public bool TakesNotes { get; }

    public Lab Lab { get; } = new();

    public ClusterStages Stages { get; }

    public ControlPlane ControlPlane { get; }

    public NodeSet Set { get; }

    public NodeObjects Objects { get; }

    public NodeLifecycle Lifecycle { get; }

    public Signal Api { get; }

    public Signal KubeletsReachApi { get; }

    /// <summary>As <see cref="KubeletsReachApi"/>, for another actor.</summary>
    public Signal NoBlink { get; }

    public Signal ControllersAlive { get; }

    public List<Told> Told => _notes.Told;

    public Simulation Simulation => _simulation ??= Lab.Builder.Build(7);

    public Signal Powered(int node) => Set.Signals[node].Machine.Powered;

    public Signal Kubelet(int node) => _kubelets[node];

    /// <summary>The container runtime of a node exists.</summary>
    public Signal Runtime(int node) => _runtimes[node].Alive;

    /// <summary>Nodes die, or lose what else the signal means, at an instant.</summary>
    public void Drop(double at, double until, params Signal[] signals)
    {
        Lab.At(at, s => DriveAll(s, signals, false));
        if (double.IsFinite(until))
        {
            Lab.At(until, s => DriveAll(s, signals, true));
        }
    }

    public NodeBench Play(double seconds, long replication = 0)
    {
        Told.Clear();
        Simulation.Reset(replication);
        Simulation.RunUntil(SimTime.Zero + SimDuration.FromSeconds(seconds));
        return this;
    }

    /// <summary>Instants, in seconds, in order.</summary>
    public double[] Times(string what) => [.. Told.Where(t => t.What == what).Select(t => t.At * 1e-9)];

    public double[] Times(string what, int node) => [.. Told.Where(t => t.What == what && t.Node == node).Select(t => t.At * 1e-9)];

    public long Count(string counter) => Simulation.CountOf(Lab.Builder.Counter(counter));

    /// <summary>What was told of a node, in whole seconds.</summary>
    public string Story(int node) => string.Join(' ', Told.Where(t => t.Node == node)
        .Select(t => $"{Math.Round(t.At * 1e-9).ToString(CultureInfo.InvariantCulture)} {t.What}"));

    private static SimDuration? Limit(double? seconds) => seconds is { } s ? SimDuration.FromSeconds(s) : null;

    private static void DriveAll(Simulation simulation, Signal[] signals, bool value)
    {
        foreach (Signal signal in signals)
        {
            simulation.Drive(signal, value);
        }
    }

    private sealed class Notes(NodeBench bench) : INodeWatcher, IPods
    {
        public List<Told> Told { get; } = [];

        public void Registered(int node) => Note("registered", node);

        public void NotReady(int node) => Note("not-ready", node);

        public void Ready(int node) => Note("ready", node);

        public void Tainted(int node) => Note("tainted", node);

        public void Retainted(int node) => Note("retainted", node);

        public void Untainted(int node) => Note("untainted", node);

        public void OutOfService(int node) => Note("out-of-service", node);

        public void Deleted(int node) => Note("deleted", node);

        public void DeleteTolerating(int node, int toleration)
        {
            if (bench.TakesNotes)
            {
                Note($"evicted-{toleration}", node);
            }
        }

        public void ForceDelete(int node)
        {
            if (bench.TakesNotes)
            {
                Note("collected", node);
            }
        }

        public int FirstOn(int node) => -1;

        public int NextOn(int pod) => -1;

        public int CountOn(int node) => 0;

        public bool TryEvict(int pod) => throw new NotSupportedException();

        public void Delete(int pod) => throw new NotSupportedException();

        private void Note(string what, int node) => Told.Add(new Told(bench.Simulation.Now.Nanoseconds, what, node));
    }
}
