using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cloud;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Nodes;
using FailoverSim.Models.Workloads;

namespace FailoverSim.Tests.Cluster.Cloud;

/// <summary>
/// Every machine of a bench is a worker node of one pool; a plain node life cycle marks them not ready when their heartbeats
/// have been missing for 50 s. The control plane is switched by the test.
/// </summary>
internal sealed class CloudBench : Bench
{
    public CloudBench(int nodes = 3, Law? boot = null, int spare = 0, int? zones = null)
        : base(nodes, boot, spare, zones)
    {
        Signal api = Builder.Condition("api");
        Control = new ControlPlane(
            api, Builder.Condition("controllers"), Builder.Condition("scheduler"), Builder.Condition("ccm"), Builder.Condition("cloud-api"));
        int count = zones ?? nodes;
        Nodes = new NodeSet(
            [.. Set.Options.Select((m, i) => new NodeOptions(m.Name, i, i % count, 0, 4000, 1 << 30, 110, m.Exists))],
            [.. Set.Signals.Select(m => new NodeSignals(
                m,
                Builder.Gate($"{m.Name}.serves", 2, m.Up, m.Network),
                Builder.Gate($"{m.Name}.heartbeats", 3, m.Up, m.Network, api)))],
            [.. Enumerable.Range(0, count).Select(i => ((char)('a' + i)).ToString())]);
        Objects = new NodeObjects(Builder, Nodes);
        Lifecycle = new PlainLifecycle(Builder, Objects);
        Instances = new Instances(Builder, Nodes, Machines, Control.CloudApi);
    }

    public ControlPlane Control { get; }

    public NodeSet Nodes { get; }

    public NodeObjects Objects { get; }

    public PlainLifecycle Lifecycle { get; }

    public Instances Instances { get; }

    public CloudNodes AddCloudNodes(Fidelity fidelity = Fidelity.Elided)
    {
        CloudNodes nodes = new(Builder, Objects, Lifecycle, Instances, Control, SimDuration.FromSeconds(5), fidelity);
        Lifecycle.WatchedBy(nodes);
        return nodes;
    }

    public void AddReplacement(Law after) =>
        Lifecycle.WatchedBy(new Replacement(Builder, Nodes, [after], Instances, Control));

    /// <summary>A signal of the control plane is out for so long.</summary>
    public void Out(double at, double lasts, Signal signal)
    {
        Lab.At(at, s => s.Drive(signal, false));
        Lab.At(at + lasts, s => s.Drive(signal, true));
    }

    /// <summary>A provider ends a machine, and says so to nobody.</summary>
    public void Terminate(double at, int node, string cause = "whim")
    {
        int kind = Builder.Cause(cause);
        Lab.At(at, s =>
        {
            s.Raise(kind);
            Instances.Terminate(node);
        });
    }
}

/// <summary>Node objects: not ready 50 s after the last heartbeat, ready or registered with the first one.</summary>
internal sealed class PlainLifecycle : Component, INodeObjectStore
{
    private readonly NodeObjects _objects;
    private readonly ImmutableArray<Signal> _ready;

    [Wiring]
    private readonly List<INodeWatcher> _watchers = [];

    public PlainLifecycle(ModelBuilder builder, NodeObjects objects)
        : base(builder, "node-lifecycle", objects.Set.Count, 1)
    {
        _objects = objects;
        _ready = [.. objects.Set.Options.Select(n => builder.Condition($"{n.Name}.ready", n.Exists))];
        for (int node = 0; node < Count; node++)
        {
            builder.Observe(objects.Set.Signals[node].Heartbeats, this, node);
        }
    }

    public bool HasCloud { get; set; }

    /// <summary>The cloud makes the routes to new nodes.</summary>
    public bool HasRoutes { get; set; }

    public IReadOnlyList<Signal> Ready => _ready;

    public void WatchedBy(INodeWatcher watcher) => _watchers.Add(watcher);

    public void Delete(int node)
    {
        _objects.Mark(node, (NodeMarks)0xFF, false);
        Simulation.Drive(_ready[node], false);
        _watchers.ForEach(w => w.Deleted(node));
        Report(node, "deleted");
    }

    public void Lift(int node, NodeMarks taint)
    {
        _objects.Mark(node, taint, false);
        _watchers.ForEach(w => w.Lifted(node, taint));
    }

    protected internal override void Start()
    {
        for (int node = 0; node < Count; node++)
        {
            if (_objects.Set.Options[node].Exists && !_objects.Is(node, NodeMarks.Registered))
            {
                _objects.Mark(node, NodeMarks.Registered, true);
            }
        }
    }

    protected internal override void OnTimer(int slot, int timer)
    {
        if (_objects.Is(slot, NodeMarks.Registered))
        {
            _objects.Mark(slot, NodeMarks.NotReady, true);
            Simulation.Drive(_ready[slot], false);
            Report(slot, "not ready");
            _watchers.ForEach(w => w.NotReady(slot));
        }
    }

    protected internal override void OnSignal(int slot)
    {
        if (!Simulation.Signals[_objects.Set.Signals[slot].Heartbeats])
        {
            ArmAfter(slot, 0, SimDuration.FromSeconds(50));
            return;
        }
        Disarm(slot, 0);
        if (!_objects.Is(slot, NodeMarks.Registered))
        {
            _objects.Mark(slot, NodeMarks.Registered | (HasCloud ? NodeMarks.Uninitialized : NodeMarks.None)
                | (HasRoutes ? NodeMarks.NetworkUnavailable : NodeMarks.None), true);
            Simulation.Drive(_ready[slot], true);
            Report(slot, "registered");
            _watchers.ForEach(w => w.Registered(slot));
        }
        else if (_objects.Is(slot, NodeMarks.NotReady))
        {
            _objects.Mark(slot, NodeMarks.NotReady, false);
            Simulation.Drive(_ready[slot], true);
            Report(slot, "ready");
            _watchers.ForEach(w => w.Ready(slot));
        }
    }

    protected internal override void Encode(int slot, StateWriter writer)
    {
    }

    public override string EntityName(int slot) => $"{Name}/{_objects.Set.Options[slot].Name}";

    private void Report(int node, string state) => Simulation.Trace?.OnState(Now, this, node, state);
}

/// <summary>Pods as lists per node, which are gone as soon as they are deleted.</summary>
internal sealed class PlainPods(int nodes) : IPods
{
    private readonly List<int>[] _on = [.. Enumerable.Range(0, nodes).Select(_ => new List<int>())];

    public List<int> Deleted { get; } = [];

    /// <summary>Pods 10 × node … are put on each node.</summary>
    public void Fill(int node, int pods) => _on[node].AddRange(Enumerable.Range(10 * node, pods));

    public void Clear(int node) => _on[node].Clear();

    public int FirstOn(int node) => _on[node].Count == 0 ? -1 : _on[node][0];

    public int NextOn(int pod)
    {
        List<int> on = _on[pod / 10];
        int next = on.IndexOf(pod) + 1;
        return next < on.Count ? on[next] : -1;
    }

    public int CountOn(int node) => _on[node].Count;

    public bool TryEvict(int pod) => throw new InvalidOperationException("Budgets are not asked.");

    public void Delete(int pod)
    {
        _on[pod / 10].Remove(pod);
        Deleted.Add(pod);
    }

    public void DeleteTolerating(int node, int toleration) => throw new InvalidOperationException("Nobody evicts here.");

    public void ForceDelete(int node) => throw new InvalidOperationException("Nobody collects here.");
}

/// <summary>What waits is what the test says.</summary>
internal sealed class PlainPending : IPendingPods
{
    private readonly List<IPendingWatcher> _watchers = [];

    /// <summary>Nodes that the waiting pods would fill, in any zone.</summary>
    public int Nodes { get; private set; }

    /// <summary>The only zone where they can go; −1: any.</summary>
    public int Zone { get; set; } = -1;

    public void Wait(int nodes)
    {
        Nodes = nodes;
        if (nodes > 0)
        {
            _watchers.ForEach(w => w.PodWaits());
        }
    }

    public int NodesFor(int pool, int zone) => Zone < 0 || zone == Zone ? Nodes : 0;

    public void WatchedBy(IPendingWatcher watcher) => _watchers.Add(watcher);
}
