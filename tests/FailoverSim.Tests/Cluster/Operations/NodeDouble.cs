using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cloud;
using FailoverSim.Models.Nodes;

namespace FailoverSim.Tests.Cluster.Operations;

/// <summary>Nodes and their machines as operators see them: launched machines register themselves after their boot, and what happens to them is known at once.</summary>
internal sealed class NodeDouble : Component, IInstances, INodeObjectStore
{
    private static readonly Purpose Boot = Purpose.Named("boot");

    private readonly NodeObjects _nodes;
    private readonly Signal _cloudApi;
    private readonly (double From, double To) _boot;
    private readonly State<Machine> _machines;
    private readonly State<bool> _zoneOut;

    public NodeDouble(ModelBuilder builder, NodeObjects nodes, Signal cloudApi, (double From, double To) boot)
        : base(builder, "node-lifecycle", nodes.Set.Count + 1, 1)
    {
        _nodes = nodes;
        _cloudApi = cloudApi;
        _boot = boot;
        _machines = NewState<Machine>(nodes.Set.Count);
        _zoneOut = NewState<bool>(nodes.Set.Zones.Length);
        builder.Observe(cloudApi, this, nodes.Set.Count);
    }

    public List<INodeWatcher> Watchers { get; } = [];

    public List<(double At, string What)> Told { get; } = [];

    /// <summary>New nodes must be initialized first.</summary>
    public bool NeedsInitialization { get; set; }

    public bool Exists(int node) => _machines[node].Exists;

    public bool Runs(int node) => _machines[node].Runs;

    public int CountReady()
    {
        int ready = 0;
        for (int node = 0; node < _nodes.Set.Count; node++)
        {
            ready += _nodes.Is(node, NodeMarks.Registered) && !_nodes.Is(node, NodeMarks.NotReady) ? 1 : 0;
        }
        return ready;
    }

    public void Launch(int node)
    {
        Say($"launch {node}");
        Assert(!_machines[node].Exists);
        _machines[node].Exists = true;
        TryBoot(node);
    }

    public void Terminate(int node)
    {
        Say($"terminate {node}");
        Assert(Simulation.Signals[_cloudApi]);
        Assert(_machines[node].Exists);
        _machines[node] = new Machine { Boots = _machines[node].Boots };
        Disarm(node, 0);
    }

    public void Delete(int node)
    {
        _nodes.Mark(node, (NodeMarks)255, false);
        foreach (INodeWatcher watcher in Watchers)
        {
            watcher.Deleted(node);
        }
    }

    public void Lift(int node, NodeMarks taint)
    {
        _nodes.Mark(node, taint, false);
        Watchers.ForEach(w => w.Lifted(node, taint));
    }

    /// <summary>The machine dies or comes back.</summary>
    public void Set(int node, bool runs)
    {
        _machines[node].Runs = runs;
        _nodes.Mark(node, NodeMarks.NotReady, !runs);
        foreach (INodeWatcher watcher in Watchers)
        {
            if (runs)
            {
                watcher.Ready(node);
            }
            else
            {
                watcher.NotReady(node);
            }
        }
    }

    /// <summary>Somebody else replaces the machine.</summary>
    public void Replace(int node)
    {
        _machines[node] = new Machine { Boots = _machines[node].Boots, Exists = true };
        Disarm(node, 0);
        Delete(node);
        TryBoot(node);
    }

    public void SetZone(int zone, bool isThere)
    {
        _zoneOut[zone] = !isThere;
        BootAll();
    }

    protected internal override void Start()
    {
        for (int node = 0; node < _nodes.Set.Count; node++)
        {
            if (_nodes.Set.Options[node].Exists)
            {
                _machines[node].Exists = true;
                _machines[node].Runs = true;
                _nodes.Mark(node, NodeMarks.Registered, true);
            }
        }
    }

    protected internal override void OnTimer(int slot, int timer)
    {
        _machines[slot].Runs = true;
        _nodes.Mark(slot, NodeMarks.Registered, true);
        _nodes.Mark(slot, NodeMarks.Uninitialized, NeedsInitialization);
        Say($"registered {slot}");
        foreach (INodeWatcher watcher in Watchers)
        {
            watcher.Registered(slot);
        }
    }

    protected internal override void OnSignal(int slot) => BootAll();

    protected internal override void Encode(int slot, StateWriter writer)
    {
    }

    private void BootAll()
    {
        for (int node = 0; node < _nodes.Set.Count; node++)
        {
            TryBoot(node);
        }
    }

    private void TryBoot(int node)
    {
        ref Machine machine = ref _machines[node];
        if (machine is { Exists: true, Runs: false } && !_nodes.Is(node, NodeMarks.Registered) && !IsArmed(node, 0)
            && Simulation.Signals[_cloudApi] && !_zoneOut[_nodes.Set.Options[node].Zone])
        {
            double u = DrawsFor(node, Boot, machine.Boots++).NextUniform();
            ArmAfter(node, 0, SimDuration.FromSeconds(_boot.From + (u * (_boot.To - _boot.From))));
        }
    }

    private void Say(string what) => Told.Add((Now.Seconds, what));

    private static void Assert(bool holds) => Xunit.Assert.True(holds);

    private struct Machine
    {
        public int Boots;
        public bool Exists;
        public bool Runs;
    }
}
