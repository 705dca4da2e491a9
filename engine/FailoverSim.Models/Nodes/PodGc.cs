using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Loops;
using FailoverSim.Models.Workloads;

namespace FailoverSim.Models.Nodes;

/// <summary>
/// The pod garbage collector (kube-controller-manager, pkg/controller/podgc): its passes take away the pods of nodes that
/// have no object any more, once they have been missed for the quarantine, and of nodes that are out of service.
/// </summary>
/// <remarks>A new machine in the place of a node bears another name: pods of the old one are gone by the time it joins, at the latest.</remarks>
public sealed class PodGc : Component, INodeWatcher
{
    private static readonly Purpose Phase = Purpose.Named("phase");

    private readonly NodeObjects _nodes;
    private readonly Signal _controllers;
    private readonly IPods _pods;
    private readonly long _period;
    private readonly long _quarantine;
    private readonly State<Orphans> _orphans;
    private readonly State<Loop> _loop;

    /// <param name="builder">The model to join.</param>
    /// <param name="nodes">What the API server says of nodes.</param>
    /// <param name="controlPlane">Whether the controllers act.</param>
    /// <param name="options">Timers.</param>
    /// <param name="pods">What is collected.</param>
    public PodGc(ModelBuilder builder, NodeObjects nodes, ControlPlane controlPlane, PodGcOptions options, IPods pods)
        : base(builder, "pod-gc", nodes.Set.Count, 1)
    {
        _nodes = nodes;
        _controllers = controlPlane.Controllers;
        _pods = pods;
        _period = (options.Period + options.PassTime).Nanoseconds;
        _quarantine = options.Quarantine.Nanoseconds;
        _orphans = NewState<Orphans>(nodes.Set.Count);
        _loop = NewState<Loop>(1);
        builder.Observe(_controllers, this, 0);
    }

    protected override bool SlotsAreSymmetric => false;

    public void Registered(int node)
    {
        if (_orphans[node].Exist)
        {
            Collect(node);
        }
    }

    public void NotReady(int node)
    {
    }

    /// <summary>Pods that were out of service are what their kubelet says.</summary>
    public void Ready(int node) => Disarm(node, 0);

    public void Tainted(int node)
    {
    }

    public void OutOfService(int node)
    {
        _orphans[node].Cause = Simulation.Cause;
        Await(node);
    }

    public void Deleted(int node)
    {
        _orphans[node] = new Orphans { Exist = true, Cause = Simulation.Cause };
        Await(node);
    }

    protected override void Start()
    {
        long phase = (long)(DrawsFor(0, Phase, 0).NextUniform() * _period);
        _loop[0] = new Loop { Acts = Simulation.Signals[_controllers], Phase = phase };
    }

    protected override void OnTimer(int slot, int timer) => Collect(slot);

    /// <summary>A controller-manager begins to act, or ceases; who begins has missed no node yet, and its first pass is at once.</summary>
    protected override void OnSignal(int slot)
    {
        bool acts = Simulation.Signals[_controllers];
        if (acts == _loop[0].Acts)
        {
            return;
        }
        _loop[0] = new Loop { Acts = acts, Phase = Now.Nanoseconds };
        Cause cause = Simulation.Cause;
        for (int node = 0; node < Count; node++)
        {
            Disarm(node, 0);
            Await(node);
        }
        Simulation.Resume(cause);
    }

    protected override void Encode(int slot, StateWriter writer)
    {
        writer.Add(_orphans[slot].Exist ? 1L : 0);
        writer.Add(_loop[0].Acts ? _loop[0].Phase - Now.Nanoseconds : 0);
    }

    private void Await(int node)
    {
        bool isOut = _nodes.Is(node, NodeMarks.OutOfService);
        if (!_loop[0].Acts || !(_orphans[node].Exist || isOut))
        {
            return;
        }
        PeriodicLoop passes = new(_loop[0].Phase, _period);
        long at = passes.Next(Now.Nanoseconds - 1);
        Simulation.Resume(_orphans[node].Cause);
        ArmAt(node, 0, new SimTime(isOut ? at : passes.Next(at + _quarantine - 1)));
    }

    private void Collect(int node)
    {
        Disarm(node, 0);
        _orphans[node].Exist = false;
        _pods.ForceDelete(node);
    }

    private struct Orphans
    {
        public bool Exist;
        public Cause Cause;
    }

    private struct Loop
    {
        public bool Acts;
        public long Phase;
    }
}
