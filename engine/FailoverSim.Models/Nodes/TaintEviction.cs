using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Workloads;

namespace FailoverSim.Models.Nodes;

/// <summary>
/// The taint-eviction controller (kube-controller-manager, pkg/controller/tainteviction): deletes the pods of a node with
/// the NoExecute taint, not-ready or unreachable, when each has been tolerated for as long as it says of that taint. One slot per node and
/// different toleration.
/// </summary>
/// <remarks>
/// The time counts from when the controller sees the taint, so one that takes over starts anew. If the taint makes way for the other, a time that runs
/// already is kept, whether it ends sooner or later than the new one would (processPodOnNode compares their starts). Budgets are not asked.
/// </remarks>
public sealed class TaintEviction : Component, INodeWatcher
{
    private readonly NodeObjects _nodes;
    private readonly ImmutableArray<TolerationOptions> _tolerations;
    private readonly Signal _controllers;
    private readonly IPods _pods;
    private readonly int _perNode;
    private readonly State<Cause> _causes;
    private readonly State<bool> _acts;

    /// <param name="builder">The model to join.</param>
    /// <param name="nodes">What the API server says of nodes.</param>
    /// <param name="tolerations">The different ones, as <see cref="IPods.DeleteTolerating"/> numbers them.</param>
    /// <param name="controlPlane">Whether the controllers act.</param>
    /// <param name="pods">What is deleted.</param>
    public TaintEviction(
        ModelBuilder builder, NodeObjects nodes, ImmutableArray<TolerationOptions> tolerations, ControlPlane controlPlane, IPods pods)
        : base(builder, "taint-eviction", nodes.Set.Count * Math.Max(1, tolerations.Length), 1)
    {
        _nodes = nodes;
        _tolerations = tolerations;
        _controllers = controlPlane.Controllers;
        _pods = pods;
        _perNode = Math.Max(1, tolerations.Length);
        _causes = NewState<Cause>(nodes.Set.Count);
        _acts = NewState<bool>(1);
        builder.Observe(_controllers, this, 0);
    }

    protected override bool SlotsAreSymmetric => false;

    public void Registered(int node)
    {
    }

    public void NotReady(int node)
    {
    }

    /// <summary>The taint stays until the next pass of the node-lifecycle controller.</summary>
    public void Ready(int node)
    {
    }

    public void Tainted(int node)
    {
        _causes[node] = Simulation.Cause;
        if (_acts[0])
        {
            Tolerate(node);
        }
    }

    public void Retainted(int node)
    {
        if (_acts[0])
        {
            Tolerate(node);
        }
    }

    public void Untainted(int node) => Cancel(node);

    /// <summary>Nothing tolerates this taint.</summary>
    public void OutOfService(int node)
    {
        _causes[node] = Simulation.Cause;
        if (_acts[0])
        {
            DeleteAll(node);
        }
    }

    public void Deleted(int node) => Cancel(node);

    protected override void Start() => _acts[0] = Simulation.Signals[_controllers];

    protected override void OnTimer(int slot, int timer) => _pods.DeleteTolerating(slot / _perNode, slot % _perNode);

    protected override void OnSignal(int slot)
    {
        bool acts = Simulation.Signals[_controllers];
        if (acts == _acts[0])
        {
            return;
        }
        _acts[0] = acts;
        Cause cause = Simulation.Cause;
        for (int node = 0; node < _nodes.Set.Count; node++)
        {
            Cancel(node);
            if (acts)
            {
                TakeOver(node);
            }
        }
        Simulation.Resume(cause);
    }

    protected override void Encode(int slot, StateWriter writer) => writer.Add(_acts[0] ? 1L : 0);

    private void TakeOver(int node)
    {
        Simulation.Resume(_causes[node]);
        if (_nodes.Is(node, NodeMarks.OutOfService))
        {
            DeleteAll(node);
        }
        else if (_nodes.Is(node, NodeMarks.NoExecute))
        {
            Tolerate(node);
        }
    }

    private void Tolerate(int node)
    {
        for (int toleration = 0; toleration < _tolerations.Length; toleration++)
        {
            int slot = (node * _perNode) + toleration;
            if (LimitOf(node, toleration) is not { } limit)
            {
                Disarm(slot, 0);
            }
            else if (limit == SimDuration.Zero || !IsArmed(slot, 0))
            {
                ArmAfter(slot, 0, limit);
            }
        }
    }

    /// <summary>How long the present taint of a node is tolerated; null: for ever.</summary>
    private SimDuration? LimitOf(int node, int toleration) =>
        _nodes.Is(node, NodeMarks.NotReadyTaint) ? _tolerations[toleration].NotReady : _tolerations[toleration].Unreachable;

    private void DeleteAll(int node)
    {
        Cancel(node);
        for (int toleration = 0; toleration < _tolerations.Length; toleration++)
        {
            _pods.DeleteTolerating(node, toleration);
        }
    }

    private void Cancel(int node)
    {
        for (int toleration = 0; toleration < _tolerations.Length; toleration++)
        {
            Disarm((node * _perNode) + toleration, 0);
        }
    }
}
