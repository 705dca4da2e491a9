using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Loops;

namespace FailoverSim.Models.Nodes;

/// <summary>
/// Heartbeats of the nodes, and the controller that follows them (kube-controller-manager, pkg/controller/nodelifecycle): a
/// node that has been silent for the grace period is marked not ready, and tainted from the next pass on, as fast as its zone's
/// state allows. Slots: the nodes, the controller's passes, and per zone the worker that taints.
/// </summary>
/// <remarks>
/// A kubelet is heard of by its lease and when it says that it is ready; the status that it posts every 5 min without need
/// is left out. A kubelet that has lost the API server tries again after 0.2 s, 0.4 s … 7 s (each try refused at once); it says that it
/// is ready, or is not for want of a container runtime, at the next tick of its status loop, whose phase is taken to be stationary and
/// independent of all else. One that has been started, or whose machine was down, does both at once. Of a node that is not ready by its own
/// word the pods are not marked, not even when it then falls silent (kubernetes/kubernetes issues 125618 and 112733).
/// </remarks>
public sealed partial class NodeLifecycle : Component, INodeObjectStore
{
    private const int PassTimer = 0;
    private const int StatusTimer = 1;

    /// <summary>Only where every renewal is simulated.</summary>
    private const int RenewTimer = 2;

    private static readonly Purpose Phase = Purpose.Named("phase");
    private static readonly Purpose Renewing = Purpose.Named("renew");
    private static readonly Purpose Leaping = Purpose.Named("leap");
    private static readonly Purpose Posting = Purpose.Named("post");

    private readonly NodeObjects _nodes;
    private readonly NodeSet _set;
    private readonly ControlPlane _controlPlane;
    private readonly NodeHealthOptions _options;
    private readonly ClusterStages _stages;
    private readonly bool _isExhaustive;
    private readonly int _controller;
    private readonly long _interval;
    private readonly double _jitter;
    private readonly long _takes;
    private readonly long _passPeriod;
    private readonly long _grace;
    private readonly SlidingLoop _renewals;
    private readonly long _forgetsAfter;
    private readonly Counter _notReady;
    private readonly Counter _notReadyFalse;
    private readonly Counter? _reportedNotReady;
    private readonly Counter _tainted;
    private readonly State<NodeState> _states;
    private readonly State<ZoneState> _zones;
    private readonly State<Reign> _reign;
    [Wiring]
    private readonly List<INodeWatcher> _watchers = [];

    /// <param name="builder">The model to join.</param>
    /// <param name="nodes">What the API server says of nodes; those that exist at t = 0 have been ready for long.</param>
    /// <param name="controlPlane">Whether the controllers act.</param>
    /// <param name="options">Timers.</param>
    /// <param name="stages">What outages wait for.</param>
    /// <param name="fidelity">Whether renewals and passes that change nothing are simulated.</param>
    public NodeLifecycle(
        ModelBuilder builder, NodeObjects nodes, ControlPlane controlPlane, NodeHealthOptions options, ClusterStages stages, Fidelity fidelity)
        : base(builder, "node-lifecycle", nodes.Set.Count + 1 + nodes.Set.Zones.Length, fidelity == Fidelity.Exhaustive ? 3 : 2)
    {
        _nodes = nodes;
        _set = nodes.Set;
        _controlPlane = controlPlane;
        _options = options;
        _stages = stages;
        _isExhaustive = fidelity == Fidelity.Exhaustive;
        _controller = _set.Count;
        _interval = options.LeaseRenewInterval.Nanoseconds;
        _jitter = options.RenewJitter;
        _takes = options.RenewTakes.Nanoseconds;
        _passPeriod = (options.MonitorPeriod + options.PassTime).Nanoseconds;
        _grace = options.GracePeriod.Nanoseconds;
        double longest = (_interval * (1 + _jitter)) + _takes;
        if (_grace < longest)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options, "The grace period must be no shorter than the longest time between two heartbeats.");
        }
        double spread = options.LeaseRenewInterval.Seconds * _jitter;
        _renewals = new SlidingLoop(options.LeaseRenewInterval.Seconds + (0.5 * spread) + options.RenewTakes.Seconds, spread * spread / 12);
        _forgetsAfter = ForgetsAfter(_renewals);
        _notReady = builder.Counter("nodes.not-ready");
        _notReadyFalse = builder.Counter("nodes.not-ready-false");
        _tainted = builder.Counter("nodes.tainted");
        _reportedNotReady = _set.Signals.Any(s => s.Runtime is not null) ? builder.Counter("nodes.not-ready-reported") : null;
        Ready = [.. _set.Options.Select(o => builder.Condition($"node/{o.Name}.ready", o.Exists))];
        _states = NewState<NodeState>(_set.Count);
        _zones = NewState<ZoneState>(_set.Zones.Length);
        _reign = NewState<Reign>(1);
        for (int node = 0; node < _set.Count; node++)
        {
            builder.Observe(_set.Signals[node].Heartbeats, this, node);
            builder.Observe(_set.Signals[node].Machine.Up, this, node);
            if (_set.Signals[node].Kubelet is { } kubelet)
            {
                builder.Observe(kubelet, this, node);
            }
            if (_set.Signals[node].Runtime is { } runtime)
            {
                builder.Observe(runtime.Healthy, this, node);
            }
        }
        builder.Observe(controlPlane.Controllers, this, _controller);
    }

    /// <summary>Per node, a condition: there is a Node object and its Ready condition is True.</summary>
    public ImmutableArray<Signal> Ready { get; }

    /// <summary>Somebody wants to be told of nodes; only while the model is built.</summary>
    public void WatchedBy(INodeWatcher watcher) => _watchers.Add(watcher);

    public override string EntityName(int slot) =>
        slot < _controller ? $"{Name}/{_set.Options[slot].Name}"
        : slot == _controller ? Name
        : $"{Name}/zone/{_set.Zones[slot - _controller - 1]}";

    protected override bool SlotsAreSymmetric => false;

    /// <summary>Takes a Node object away, with all that was said of the node.</summary>
    public void Delete(int node)
    {
        if (!_nodes.Is(node, NodeMarks.Registered))
        {
            return;
        }
        ref ZoneState zone = ref _zones[ZoneOf(node)];
        zone.Nodes--;
        zone.NotReady -= _nodes.Is(node, NodeMarks.NotReady) ? 1 : 0;
        Unqueue(node);
        Disarm(node, PassTimer);
        Disarm(node, StatusTimer);
        const NodeMarks All = NodeMarks.Registered | NodeMarks.NotReady | NodeMarks.NoExecute | NodeMarks.Cordoned
            | NodeMarks.Uninitialized | NodeMarks.OutOfService | NodeMarks.NetworkUnavailable | NodeMarks.SaysNotReady | NodeMarks.NotReadyTaint;
        _nodes.Mark(node, All, false);
        Simulation.Drive(Ready[node], false, _stages.Repair);
        foreach (INodeWatcher watcher in _watchers)
        {
            watcher.Deleted(node);
        }
        CountAnew(ZoneOf(node));
    }

    /// <inheritdoc/>
    public void Lift(int node, NodeMarks taint)
    {
        _nodes.Mark(node, taint, false);
        foreach (INodeWatcher watcher in _watchers)
        {
            watcher.Lifted(node, taint);
        }
    }

    /// <summary>Puts the out-of-service taint on a node that is not ready.</summary>
    public void PutOutOfService(int node)
    {
        if (!_nodes.Is(node, NodeMarks.NotReady) || _nodes.Is(node, NodeMarks.OutOfService))
        {
            return;
        }
        _nodes.Mark(node, NodeMarks.OutOfService, true);
        foreach (INodeWatcher watcher in _watchers)
        {
            watcher.OutOfService(node);
        }
    }

    protected override void Start()
    {
        bool acts = Is(_controlPlane.Controllers);
        long firstPass = (long)(DrawsFor(_controller, Phase, 0).NextUniform() * _passPeriod);
        _reign[0] = new Reign { Acts = acts, Phase = firstPass, Floor = firstPass - (1000 * _passPeriod) };
        for (int zone = 0; zone < _zones.Count; zone++)
        {
            _zones[zone] = new ZoneState { Rate = _options.EvictionRate };
        }
        for (int node = 0; node < _set.Count; node++)
        {
            Settle(node);
        }
        for (int zone = 0; zone < _zones.Count && acts; zone++)
        {
            _zones[zone].Disruption = DisruptionOf(in _zones[zone]);
        }
        if (acts && _isExhaustive)
        {
            ArmAt(_controller, PassTimer, new SimTime(firstPass));
        }
    }

    protected override void OnTimer(int slot, int timer)
    {
        if (slot > _controller)
        {
            Taint(slot - _controller - 1);
        }
        else if (slot == _controller)
        {
            Pass();
        }
        else if (timer == PassTimer)
        {
            Visit(slot);
            Plan(slot, Now.Nanoseconds + 1);
        }
        else if (timer == StatusTimer)
        {
            PostStatus(slot);
        }
        else
        {
            CatchUp(slot);
            ArmAt(slot, RenewTimer, new SimTime(_states[slot].NextAt));
        }
    }

    protected override void OnSignal(int slot)
    {
        Cause cause = Simulation.Cause;
        if (slot == _controller)
        {
            Succeed(Is(_controlPlane.Controllers));
        }
        else
        {
            Listen(slot);
        }
        // Others react to the same change after this.
        Simulation.Resume(cause);
    }

    protected override void Encode(int slot, StateWriter writer)
    {
        long now = Now.Nanoseconds;
        if (slot < _controller)
        {
            ref NodeState node = ref _states[slot];
            writer.Add(node.RenewedAt - now);
            writer.Add(node.NextAt - now);
            writer.Add(node.Seen == Unseen ? Unseen : node.Seen - now);
            writer.Add(node.Probe - now);
            writer.Add(node.IsQueued ? (long)node.Next : -1);
            writer.Add((node.Beats ? 1L : 0) + (node.Restarted ? 2 : 0));
            writer.Add((long)_nodes.MarksOf(slot));
        }
        else if (slot == _controller)
        {
            writer.Add(_reign[0].Acts ? 1L : 0);
            writer.Add(_reign[0].Phase - now);
            writer.Add(_reign[0].Floor - now);
        }
        else
        {
            ref ZoneState zone = ref _zones[slot - _controller - 1];
            writer.Add((long)zone.Disruption);
            writer.Add(zone.TokenAt - now);
            writer.Add((long)zone.First);
        }
    }

    private bool Is(Signal signal) => Simulation.Signals[signal];

    private int ZoneOf(int node) => _set.Options[node].Zone;

    /// <summary>Its kubelet, asked now, says that it is ready.</summary>
    private bool SaysReady(int node) => _set.Signals[node].Runtime is not { } runtime || Is(runtime.Healthy);

    /// <summary>What the API server says of a node is what its kubelet says.</summary>
    private bool IsToldRight(int node) => SaysReady(node) ? IsReady(node) : _nodes.Is(node, NodeMarks.SaysNotReady);

    private bool IsReady(int node) => _nodes.Is(node, NodeMarks.Registered) && !_nodes.Is(node, NodeMarks.NotReady);
}
