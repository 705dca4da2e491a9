using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Loops;
using FailoverSim.Models.Nodes;

namespace FailoverSim.Models.Cloud;

/// <summary>
/// The node controllers of the cloud-controller-manager: they take the <c>uninitialized</c> taint off new nodes, and delete the
/// Node objects of machines that are not ready and, says the provider, do not exist any more.
/// </summary>
/// <remarks>
/// The life cycle loop (cloud-provider, controllers/nodelifecycle) is wait.Until over all nodes: the first pass of whoever
/// begins to act is immediate, and a pass takes no time here. While the provider's API or the API server is out, passes do nothing:
/// an error is never taken for “not found”. New nodes are initialized as they appear (controllers/node). A slot per node, and
/// one for the loop.
/// </remarks>
public sealed class CloudNodes : Component, INodeWatcher, IInstanceWatcher
{
    private static readonly Purpose Phase = Purpose.Named("phase");

    private readonly NodeObjects _objects;
    private readonly INodeObjectStore _store;
    private readonly Instances _instances;
    private readonly Signal _acts;
    private readonly Signal _can;
    private readonly long _period;
    private readonly bool _everyPass;
    private readonly State<Cause> _causes;
    private readonly State<Loop> _loop;

    /// <param name="builder">The model to join.</param>
    /// <param name="objects">What the API server says of nodes.</param>
    /// <param name="store">Initializes and deletes Node objects.</param>
    /// <param name="instances">What the provider says of machines; the component joins its watchers.</param>
    /// <param name="control">What it needs to act.</param>
    /// <param name="period">--node-monitor-period (5 s).</param>
    /// <param name="fidelity">Whether passes that find nothing to do are simulated.</param>
    public CloudNodes(
        ModelBuilder builder, NodeObjects objects, INodeObjectStore store, Instances instances, ControlPlane control,
        SimDuration period, Fidelity fidelity = Fidelity.Elided)
        : base(builder, "cloud-nodes", objects.Set.Count + 1, 1)
    {
        _objects = objects;
        _store = store;
        _instances = instances;
        _acts = control.CloudControllers;
        _can = builder.Gate("cloud-nodes.can", 3, control.CloudControllers, control.CloudApi, control.Api);
        _period = period.Nanoseconds;
        _everyPass = fidelity == Fidelity.Exhaustive;
        _causes = NewState<Cause>(objects.Set.Count);
        _loop = NewState<Loop>(1);
        instances.WatchedBy(this);
        builder.Observe(_acts, this, Whole);
        builder.Observe(_can, this, Whole);
    }

    private int Whole => _objects.Set.Count;

    public override string EntityName(int slot) => slot == Whole ? Name : $"{Name}/{_objects.Set.Options[slot].Name}";

    /// <inheritdoc/>
    public void Registered(int node) => Consider(node);

    /// <inheritdoc/>
    public void NotReady(int node) => Consider(node);

    /// <inheritdoc/>
    public void Ready(int node)
    {
    }

    /// <inheritdoc/>
    public void Tainted(int node)
    {
    }

    /// <inheritdoc/>
    public void Deleted(int node) => Disarm(node, 0);

    /// <inheritdoc/>
    public void Launched(int node)
    {
    }

    /// <inheritdoc/>
    public void Terminated(int node) => Consider(node);

    protected override void Start()
    {
        Draws draws = DrawsFor(Whole, Phase, 0);
        _loop[0].FirstPass = (long)(draws.NextUniform() * _period);
        if (_everyPass)
        {
            ArmAt(Whole, 0, new SimTime(_loop[0].FirstPass));
        }
    }

    protected override void OnTimer(int slot, int timer)
    {
        if (slot < Whole)
        {
            Act(slot);
            return;
        }
        ArmAfter(Whole, 0, new SimDuration(_period));
        for (int node = 0; node < Whole; node++)
        {
            if (IsToGo(node))
            {
                Simulation.Resume(_causes[node]);
                Act(node);
            }
        }
    }

    protected override void OnSignal(int slot)
    {
        ref Loop loop = ref _loop[0];
        bool acts = Simulation.Signals[_acts];
        bool begins = acts && loop.IsIdle;
        if (acts == loop.IsIdle)
        {
            loop.IsIdle = !acts;
            loop.FirstPass = Now.Nanoseconds;
            if (_everyPass && acts)
            {
                ArmAt(Whole, 0, Now);
            }
            else if (_everyPass)
            {
                Disarm(Whole, 0);
            }
        }
        if (!Simulation.Signals[_can])
        {
            return;
        }
        Cause present = Simulation.Cause;
        for (int node = 0; node < Whole; node++)
        {
            Simulation.Resume(_causes[node]);
            Plan(node, begins);
        }
        Simulation.Resume(present);
    }

    protected override void Encode(int slot, StateWriter writer)
    {
        if (slot == Whole)
        {
            writer.Add(_loop[0].IsIdle ? 1 : 0);
            writer.Add((Now.Nanoseconds - _loop[0].FirstPass) % _period);
        }
    }

    protected override bool SlotsAreSymmetric => false;

    /// <summary>Something has happened to a node for the present cause.</summary>
    private void Consider(int node)
    {
        _causes[node] = Simulation.Cause;
        if (Simulation.Signals[_can])
        {
            Plan(node, begins: false);
        }
    }

    /// <summary>Arms the next pass for a node that needs it; the first one of whoever begins to act is immediate.</summary>
    private void Plan(int node, bool begins)
    {
        if (_objects.Is(node, NodeMarks.Uninitialized))
        {
            ArmAt(node, 0, Now);
        }
        else if (IsToGo(node) && !_everyPass)
        {
            PeriodicLoop passes = new(_loop[0].FirstPass, _period);
            ArmAt(node, 0, begins ? Now : new SimTime(passes.Next(PassedUntil(Whole, 0))));
        }
    }

    private void Act(int node)
    {
        if (!Simulation.Signals[_can])
        {
            return;
        }
        if (IsToGo(node))
        {
            Report(node, "gone");
            _store.Delete(node);
        }
        else if (_objects.Is(node, NodeMarks.Uninitialized))
        {
            Report(node, "initialized");
            _store.Lift(node, NodeMarks.Uninitialized);
        }
    }

    private bool IsToGo(int node) => _objects.Is(node, NodeMarks.NotReady) && _instances.IsGone(node);

    private void Report(int node, string state) => Simulation.Trace?.OnState(Now, this, node, state);

    private struct Loop
    {
        /// <summary>An instant on the grid of passes, nanoseconds.</summary>
        public long FirstPass;

        /// <summary>Nobody acts.</summary>
        public bool IsIdle;
    }
}
