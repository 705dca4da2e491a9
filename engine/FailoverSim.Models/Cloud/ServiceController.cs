using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Nodes;

namespace FailoverSim.Models.Cloud;

/// <summary>
/// The service controller of the cloud-controller-manager (cloud-provider, controllers/service): it tells the provider's load balancer which
/// nodes it has. These are all Node objects that have been initialized, <em>ready or not</em> (KEP-3458).
/// </summary>
/// <remarks>
/// <para>
/// A node that comes, is initialized or goes makes it call the provider, at once and for all nodes together. A call that fails is made
/// again after 5 s, 10 s … 300 s, and whenever another node comes or goes. Its resync of nodes every 100 s calls nobody: nodes that are as
/// they were are passed over (<c>shouldSyncUpdatedNode</c>). Whoever begins to act knows of no back-off and calls at once.
/// A call takes no time.
/// </para>
/// <para>
/// A place whose Node object has been taken away while no call went through keeps its entry, which leads to a machine that is gone; it
/// is dropped when a successor registers there, since that has another address. A slot per node, and one for the calls.
/// </para>
/// </remarks>
public sealed class ServiceController : Component, INodeWatcher
{
    private const int Call = 0;
    private const int Retry = 1;

    /// <summary>minRetryDelay and maxRetryDelay of controllers/service/controller.go.</summary>
    private const long FirstDelay = 5 * SimDuration.NanosecondsPerSecond;
    private const long LongestDelay = 300 * SimDuration.NanosecondsPerSecond;

    private readonly NodeObjects _objects;
    private readonly ControlPlane _control;
    private readonly Counter _failed;
    private readonly State<Entry> _entries;

    /// <summary>Nodes whose entry may not be what it should, the first <see cref="Standing.Changed"/> of them.</summary>
    private readonly State<int> _changed;
    private readonly State<Standing> _standing;

    /// <param name="builder">The model to join.</param>
    /// <param name="objects">What the API server says of nodes; those that exist at t = 0 are members.</param>
    /// <param name="control">What it needs to act.</param>
    public ServiceController(ModelBuilder builder, NodeObjects objects, ControlPlane control)
        : base(builder, "service-controller", objects.Set.Count + 1, 2)
    {
        _objects = objects;
        _control = control;
        _failed = builder.Counter("balancer-updates.failed");
        Members = [.. objects.Set.Options.Select(o => builder.Condition($"{o.Name}.balanced", o.Exists))];
        _entries = NewState<Entry>(objects.Set.Count);
        _changed = NewState<int>(objects.Set.Count);
        _standing = NewState<Standing>(1);
        builder.Observe(control.CloudControllers, this, Whole);
    }

    /// <summary>Per node, a condition: the balancer has been told of it.</summary>
    public ImmutableArray<Signal> Members { get; }

    /// <summary>It acts, and the balancer has been told of every change.</summary>
    internal bool IsSettled => _standing[0].Acts && _standing[0].Failures == 0 && !IsArmed(Whole, Call);

    private int Whole => _objects.Set.Count;

    public override string EntityName(int slot) => slot == Whole ? Name : $"{Name}/{_objects.Set.Options[slot].Name}";

    /// <inheritdoc/>
    public void Registered(int node)
    {
        if (IsMember(node))
        {
            Simulation.Drive(Members[node], false);
        }
        Consider(node);
    }

    /// <inheritdoc/>
    public void Lifted(int node, NodeMarks taint)
    {
        if (taint == NodeMarks.Uninitialized)
        {
            Consider(node);
        }
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

    protected override void Start() => _standing[0].Acts = Simulation.Signals[_control.CloudControllers];

    protected override void OnTimer(int slot, int timer) => Update();

    /// <summary>Somebody else acts, or nobody.</summary>
    protected override void OnSignal(int slot)
    {
        ref Standing standing = ref _standing[0];
        bool acts = Simulation.Signals[_control.CloudControllers];
        if (acts == standing.Acts)
        {
            return;
        }
        standing.Acts = acts;
        standing.Failures = 0;
        Disarm(Whole, Retry);
        if (acts)
        {
            ArmAt(Whole, Call, Now);
        }
        else
        {
            Disarm(Whole, Call);
        }
    }

    protected override void Encode(int slot, StateWriter writer)
    {
        if (slot < Whole)
        {
            writer.Add(IsMember(slot) ? 1L : 0L);
            return;
        }
        writer.Add((long)_standing[0].Failures);
        writer.Add(_standing[0].Acts ? 1L : 0L);
    }

    protected override bool SlotsAreSymmetric => false;

    private bool IsMember(int node) => Simulation.Signals[Members[node]];

    private bool IsWanted(int node) => _objects.Is(node, NodeMarks.Registered) && !_objects.Is(node, NodeMarks.Uninitialized);

    /// <summary>The Node object has changed for the present cause.</summary>
    private void Consider(int node)
    {
        ref Entry entry = ref _entries[node];
        entry.Cause = Simulation.Cause;
        if (!entry.HasChanged)
        {
            entry.HasChanged = true;
            _changed[_standing[0].Changed++] = node;
        }
        if (_standing[0].Acts)
        {
            // All that changes at an instant is told in one call.
            ArmAt(Whole, Call, Now);
        }
    }

    private void Update()
    {
        ref Standing standing = ref _standing[0];
        if (!Simulation.Signals[_control.CloudApi])
        {
            standing.Failures++;
            Simulation.Count(_failed);
            Report(Whole, "failed");
            long delay = standing.Failures > 6 ? LongestDelay : Math.Min(LongestDelay, FirstDelay << (standing.Failures - 1));
            SimTime again = Now + new SimDuration(delay);
            if (!IsArmed(Whole, Retry) || again < standing.RetryAt)
            {
                standing.RetryAt = again;
                ArmAt(Whole, Retry, again);
            }
            return;
        }
        standing.Failures = 0;
        Disarm(Whole, Retry);
        Cause present = Simulation.Cause;
        while (standing.Changed > 0)
        {
            Tell(_changed[--standing.Changed]);
        }
        Simulation.Resume(present);
    }

    /// <summary>The provider hears of what has become of a node.</summary>
    private void Tell(int node)
    {
        ref Entry entry = ref _entries[node];
        entry.HasChanged = false;
        bool wanted = IsWanted(node);
        if (wanted != IsMember(node))
        {
            Simulation.Resume(entry.Cause);
            Simulation.Drive(Members[node], wanted);
            Report(node, wanted ? "added" : "removed");
        }
    }

    private void Report(int node, string state) => Simulation.Trace?.OnState(Now, this, node, state);

    private struct Entry
    {
        /// <summary>Why it changed last.</summary>
        public Cause Cause;
        public bool HasChanged;
    }

    private struct Standing
    {
        public int Changed;

        /// <summary>Calls that have failed in a row.</summary>
        public int Failures;

        /// <summary>When the last one is made again, while that is armed.</summary>
        public SimTime RetryAt;
        public bool Acts;
    }
}
