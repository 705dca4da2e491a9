using FailoverSim.Kernel.Time;
using FailoverSim.Models.Loops;

namespace FailoverSim.Models.Nodes;

/// <content>The controller's passes over the nodes. A node is visited by those that find something to do.</content>
public sealed partial class NodeLifecycle
{
    private const long Never = long.MaxValue;
    private const long Unseen = long.MinValue;

    private PeriodicLoop Passes => new(_reign[0].Phase, _passPeriod);

    /// <summary>All passes before this instant have been, the others have not.</summary>
    private long PassesFrom => _reign[0].IsNew ? Now.Nanoseconds : PassedUntil(_controller, PassTimer) + 1;

    /// <summary>The first pass at or after an instant.</summary>
    private long PassFrom(long instant) => Passes.Next(instant - 1);

    /// <summary>
    /// A controller-manager begins to act, or ceases. Who begins has seen nothing: its first pass, at once, takes every node
    /// for new and frees it of its NoExecute taint; those that are not ready queue for it again, in that pass.
    /// </summary>
    private void Succeed(bool acts)
    {
        ref Reign reign = ref _reign[0];
        if (acts == reign.Acts)
        {
            return;
        }
        long now = Now.Nanoseconds;
        reign = acts ? new Reign { Acts = true, IsNew = true, Phase = now, Floor = now } : default;
        for (int zone = 0; zone < _zones.Count; zone++)
        {
            _zones[zone] = new ZoneState
            {
                Nodes = _zones[zone].Nodes,
                NotReady = _zones[zone].NotReady,
                Rate = _options.EvictionRate,
                TokenAt = now,
            };
            Disarm(_controller + 1 + zone, PassTimer);
        }
        for (int node = 0; node < _set.Count; node++)
        {
            ref NodeState state = ref _states[node];
            (state.IsQueued, state.Next, state.Previous, state.Seen) = (false, 0, 0, Unseen);
            if (acts)
            {
                Free(node);
            }
            Plan(node, now);
        }
        if (acts)
        {
            ArmAfter(_controller, PassTimer, SimDuration.Zero);
        }
        else
        {
            Disarm(_controller, PassTimer);
        }
    }

    /// <summary>A pass: where every one is simulated it visits all nodes, otherwise those concerned have just been visited.</summary>
    private void Pass()
    {
        _reign[0].IsNew = false;
        if (_isExhaustive)
        {
            for (int node = 0; node < _set.Count; node++)
            {
                Visit(node);
            }
            ArmAfter(_controller, PassTimer, new SimDuration(_passPeriod));
        }
        Disrupt();
    }

    /// <summary>
    /// A pass comes to a node. What it decides about taints rests on the state in which it finds the node, so one that it marks is
    /// queued by the next pass; one that says itself that it is not ready, by the first that sees it.
    /// </summary>
    private void Visit(int node)
    {
        if (!_nodes.Is(node, NodeMarks.Registered))
        {
            return;
        }
        CatchUp(node);
        Note(node);
        Simulation.Resume(_states[node].Trouble);
        bool isSilent = Now.Nanoseconds > HeardAt(node) + _grace;
        if (_nodes.Is(node, NodeMarks.NotReady))
        {
            Retaint(node);
            Enqueue(node);
            if (isSilent && _nodes.Is(node, NodeMarks.SaysNotReady))
            {
                Doubt(node);
            }
            return;
        }
        if (isSilent)
        {
            MarkNotReady(node);
        }
        Unqueue(node);
        Free(node);
    }

    /// <summary>The pass looks at the node's lease.</summary>
    private void Note(int node)
    {
        ref NodeState state = ref _states[node];
        if (state.Seen != state.RenewedAt)
        {
            (state.Seen, state.Probe) = (state.RenewedAt, Now.Nanoseconds);
        }
    }

    /// <summary>The pass that saw the node's last heartbeat, on the controller's own clock.</summary>
    private long HeardAt(int node) =>
        _isExhaustive ? _states[node].Probe : Math.Max(_reign[0].Floor, PassFrom(_states[node].RenewedAt));

    /// <summary>Arms the next pass that will find something to do at a node, from an instant on.</summary>
    private void Plan(int node, long from)
    {
        if (_isExhaustive)
        {
            return;
        }
        long at = NextVisit(node, from);
        if (at == Never)
        {
            Disarm(node, PassTimer);
        }
        else
        {
            ArmAt(node, PassTimer, new SimTime(at));
        }
    }

    private long NextVisit(int node, long from)
    {
        if (!_reign[0].Acts || !_nodes.Is(node, NodeMarks.Registered))
        {
            return Never;
        }
        ref NodeState state = ref _states[node];
        bool isTainted = state.IsQueued || _nodes.Is(node, NodeMarks.NoExecute);
        bool isNotReady = _nodes.Is(node, NodeMarks.NotReady);
        bool isSettled = isNotReady ? isTainted && !BearsOtherTaint(node) : !isTainted;
        long decision = isSettled ? Never : PassFrom(from);
        if (isNotReady && !_nodes.Is(node, NodeMarks.SaysNotReady))
        {
            return decision;
        }
        long expiry = Passes.Next(HeardAt(node) + _grace);
        if (state.Beats && state.NextAt <= expiry)
        {
            expiry = Never;
        }
        return Math.Min(decision, expiry);
    }

    /// <summary>Nobody has heard of a node for too long: Ready is Unknown.</summary>
    private void MarkNotReady(int node)
    {
        Simulation.Trace?.OnNote(Now, this, node, "is marked not ready: no heartbeat");
        Simulation.Count(_notReady);
        if (Is(_set.Signals[node].Serves))
        {
            Simulation.Count(_notReadyFalse);
        }
        CeaseToBeReady(node, NodeMarks.NotReady);
    }

    /// <summary>The kubelet has written that the node is not ready.</summary>
    private void SayNotReady(int node)
    {
        if (_nodes.Is(node, NodeMarks.NotReady))
        {
            _nodes.Mark(node, NodeMarks.SaysNotReady, true);
        }
        else
        {
            _states[node].Trouble = Simulation.Cause;
            Simulation.Count(_reportedNotReady!.Value);
            CeaseToBeReady(node, NodeMarks.NotReady | NodeMarks.SaysNotReady);
        }
        Plan(node, PassesFrom);
    }

    /// <summary>A node that was not ready by its own word has fallen silent.</summary>
    private void Doubt(int node)
    {
        _nodes.Mark(node, NodeMarks.SaysNotReady, false);
        if (_states[node].Beats && !IsArmed(node, StatusTimer))
        {
            AwaitStatus(node);
        }
    }

    private void CeaseToBeReady(int node, NodeMarks marks)
    {
        int zone = ZoneOf(node);
        _zones[zone].NotReady++;
        _nodes.Mark(node, marks, true);
        Simulation.Drive(Ready[node], false, _stages.Repair);
        if (_states[node].Beats)
        {
            AwaitStatus(node);
        }
        foreach (INodeWatcher watcher in _watchers)
        {
            watcher.NotReady(node);
        }
        CountAnew(zone);
    }

    private void BecomeReady(int node)
    {
        int zone = ZoneOf(node);
        _zones[zone].NotReady--;
        _nodes.Mark(node, NodeMarks.NotReady | NodeMarks.SaysNotReady | NodeMarks.OutOfService, false);
        Simulation.Drive(Ready[node], true);
        foreach (INodeWatcher watcher in _watchers)
        {
            watcher.Ready(node);
        }
        CountAnew(zone);
        Plan(node, PassesFrom);
    }

    private void Register(int node)
    {
        int zone = ZoneOf(node);
        _zones[zone].Nodes++;
        _states[node].Seen = Unseen;
        _nodes.Mark(node, NodeMarks.Registered, true);
        if (_options.HasCloudController)
        {
            _nodes.Mark(node, NodeMarks.Uninitialized, true);
        }
        if (_options.HasCloudRoutes)
        {
            _nodes.Mark(node, NodeMarks.NetworkUnavailable, true);
        }
        Simulation.Drive(Ready[node], true);
        foreach (INodeWatcher watcher in _watchers)
        {
            watcher.Registered(node);
        }
        CountAnew(zone);
        Plan(node, PassesFrom);
    }

    /// <summary>The NoExecute taint is not of the kind that goes with the Ready condition.</summary>
    private bool BearsOtherTaint(int node) =>
        _nodes.Is(node, NodeMarks.NoExecute) && _nodes.Is(node, NodeMarks.NotReadyTaint) != _nodes.Is(node, NodeMarks.SaysNotReady);

    /// <summary>Swaps the NoExecute taint for that of the other kind, whatever the rate of the zone.</summary>
    private void Retaint(int node)
    {
        if (!BearsOtherTaint(node))
        {
            return;
        }
        _nodes.Mark(node, NodeMarks.NotReadyTaint, _nodes.Is(node, NodeMarks.SaysNotReady));
        foreach (INodeWatcher watcher in _watchers)
        {
            watcher.Retainted(node);
        }
    }

    /// <summary>Takes the NoExecute taint off.</summary>
    private void Free(int node)
    {
        if (!_nodes.Is(node, NodeMarks.NoExecute))
        {
            return;
        }
        Simulation.Resume(_states[node].Trouble);
        _nodes.Mark(node, NodeMarks.NoExecute | NodeMarks.NotReadyTaint, false);
        Simulation.Trace?.OnNote(Now, this, node, "is freed of its NoExecute taint");
        foreach (INodeWatcher watcher in _watchers)
        {
            watcher.Untainted(node);
        }
    }
}
