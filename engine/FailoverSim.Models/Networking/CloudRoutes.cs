using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Loops;
using FailoverSim.Models.Nodes;

namespace FailoverSim.Models.Networking;

/// <summary>
/// One route per node in the table of the cloud's network, made by the route controller of the cloud-controller-manager (cloud-provider,
/// controllers/route): kubenet and its like, without an agent on the nodes.
/// </summary>
/// <remarks>
/// <para>
/// Each pass (wait.NonSlidingUntil; the first of whoever begins to act is immediate) makes the routes of nodes that have none and takes away
/// those of Node objects that are gone. A node that is not ready keeps its route. While the provider's API is out ListRoutes fails and the
/// pass is skipped. A pass takes no time, and all of its changes go through.
/// </para>
/// <para>
/// A new node bears the network-unavailable taint until its route has been made, and takes no pods before. It has another range of addresses than
/// its predecessor in the same place, whose route is of no use to it. A slot per node, and one for the loop.
/// </para>
/// </remarks>
public sealed class CloudRoutes : Component, INodeWatcher
{
    private static readonly Purpose Phase = Purpose.Named("phase");

    private readonly NodeObjects _objects;
    private readonly INodeObjectStore _store;
    private readonly RouteSet _routes;
    private readonly int _waits;
    private readonly Signal _acts;
    private readonly Signal _can;
    private readonly long _period;
    private readonly bool _everyPass;
    private readonly State<Route> _states;

    /// <summary>Nodes whose route is to be made or taken away, the first <see cref="Loop.Changed"/> of them.</summary>
    private readonly State<int> _changed;
    private readonly State<Loop> _loop;

    /// <param name="builder">The model to join.</param>
    /// <param name="objects">What the API server says of nodes.</param>
    /// <param name="store">Takes taints off.</param>
    /// <param name="routes">What is driven.</param>
    /// <param name="control">What it needs to act.</param>
    /// <param name="period">--route-reconciliation-period (10 s).</param>
    /// <param name="fidelity">Whether passes that find nothing to do are simulated.</param>
    public CloudRoutes(
        ModelBuilder builder, NodeObjects objects, INodeObjectStore store, RouteSet routes, ControlPlane control, SimDuration period,
        Fidelity fidelity = Fidelity.Elided)
        : base(builder, "cloud-routes", objects.Set.Count + 1, 1)
    {
        _objects = objects;
        _store = store;
        _routes = routes;
        _waits = builder.Stage("route");
        _acts = control.CloudControllers;
        _can = builder.Gate("cloud-routes.can", 3, control.CloudControllers, control.CloudApi, control.Api);
        _period = period.Nanoseconds;
        _everyPass = fidelity == Fidelity.Exhaustive;
        _states = NewState<Route>(objects.Set.Count);
        _changed = NewState<int>(objects.Set.Count);
        _loop = NewState<Loop>(1);
        builder.Observe(_acts, this, Whole);
        builder.Observe(_can, this, Whole);
    }

    private int Whole => _objects.Set.Count;

    public override string EntityName(int slot) => slot == Whole ? Name : $"{Name}/{_objects.Set.Options[slot].Name}";

    /// <inheritdoc/>
    public void Registered(int node)
    {
        // The route of its predecessor leads to other addresses.
        Show(node, false);
        Consider(node);
    }

    /// <inheritdoc/>
    public void Deleted(int node) => Consider(node);

    /// <inheritdoc/>
    public void NotReady(int node)
    {
    }

    /// <inheritdoc/>
    public void Ready(int node)
    {
    }

    /// <inheritdoc/>
    public void Tainted(int node)
    {
    }

    protected override void Start()
    {
        Draws draws = DrawsFor(Whole, Phase, 0);
        _loop[0].FirstPass = (long)(draws.NextUniform() * _period);
        _loop[0].IsIdle = !Simulation.Signals[_acts];
        for (int node = 0; node < Whole; node++)
        {
            // A place without a node has no route.
            _states[node].Shown.Show(Simulation, _routes.Routed[node], _objects.Set.Options[node].Exists, _waits);
        }
        if (_everyPass && !_loop[0].IsIdle)
        {
            ArmAt(Whole, 0, new SimTime(_loop[0].FirstPass));
        }
    }

    /// <summary>A pass.</summary>
    protected override void OnTimer(int slot, int timer)
    {
        if (_everyPass)
        {
            Simulation.Resume(default);
            ArmAfter(Whole, 0, new SimDuration(_period));
        }
        if (!Simulation.Signals[_can])
        {
            return;
        }
        ref Loop loop = ref _loop[0];
        while (loop.Changed > 0)
        {
            Reconcile(_changed[--loop.Changed]);
        }
    }

    protected override void OnSignal(int slot)
    {
        ref Loop loop = ref _loop[0];
        bool begins = Simulation.Signals[_acts] && loop.IsIdle;
        loop.IsIdle = !Simulation.Signals[_acts];
        if (begins)
        {
            loop.FirstPass = Now.Nanoseconds;
        }
        if (_everyPass && loop.IsIdle)
        {
            Disarm(Whole, 0);
        }
        else if (_everyPass && begins)
        {
            ArmAt(Whole, 0, Now);
        }
        else if (!_everyPass)
        {
            Plan(begins);
        }
    }

    protected override void Encode(int slot, StateWriter writer)
    {
        if (slot == Whole)
        {
            writer.Add(_loop[0].IsIdle ? 1 : 0);
            writer.Add((Now.Nanoseconds - _loop[0].FirstPass) % _period);
        }
        else
        {
            writer.Add((_states[slot].HasChanged ? 1L : 0) + (Simulation.Signals[_routes.Routed[slot]] ? 2 : 0));
        }
    }

    protected override bool SlotsAreSymmetric => false;

    /// <summary>The Node object has come or gone for the present cause.</summary>
    private void Consider(int node)
    {
        ref Route route = ref _states[node];
        route.Cause = Simulation.Cause;
        if (!route.HasChanged)
        {
            route.HasChanged = true;
            _changed[_loop[0].Changed++] = node;
        }
        if (!_everyPass)
        {
            Plan(begins: false);
        }
    }

    /// <summary>
    /// Arms the next pass if there is something for it to do. The first one of whoever begins to act is immediate, and always an event: the other
    /// controllers of the same process begin at the same instant, and give it something to do.
    /// </summary>
    private void Plan(bool begins)
    {
        if (begins)
        {
            ArmAt(Whole, 0, Now);
        }
        else if (_loop[0].Changed == 0 || !Simulation.Signals[_can])
        {
            if (_loop[0].FirstPass < Now.Nanoseconds)
            {
                Disarm(Whole, 0);
            }
        }
        else if (!IsArmed(Whole, 0))
        {
            ArmAt(Whole, 0, new SimTime(new PeriodicLoop(_loop[0].FirstPass, _period).Next(PassedUntil(Whole, 0))));
        }
    }

    private void Reconcile(int node)
    {
        ref Route route = ref _states[node];
        route.HasChanged = false;
        Simulation.Resume(route.Cause);
        bool isNode = _objects.Is(node, NodeMarks.Registered);
        Simulation.Trace?.OnState(Now, this, node, isNode ? "route made" : "route deleted");
        Show(node, isNode);
        if (isNode)
        {
            _store.Lift(node, NodeMarks.NetworkUnavailable);
        }
    }

    private void Show(int node, bool value) =>
        _states[node].Shown.Show(Simulation, _routes.Routed[node], value, _waits);

    private struct Route
    {
        /// <summary>Why it is to be made or taken away.</summary>
        public Cause Cause;
        public bool HasChanged;
        public Shown Shown;
    }

    private struct Loop
    {
        /// <summary>An instant on the grid of passes, nanoseconds.</summary>
        public long FirstPass;

        public int Changed;

        /// <summary>Nobody acts.</summary>
        public bool IsIdle;
    }
}
