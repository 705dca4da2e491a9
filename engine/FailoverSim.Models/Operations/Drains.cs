using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Loops;
using FailoverSim.Models.Nodes;
using FailoverSim.Models.Workloads;

namespace FailoverSim.Models.Operations;

/// <summary>
/// Drains of nodes, as <c>kubectl drain</c> does them: cordon, evict every pod, try again every 5 s those whose budget forbids
/// it, look every 1 s whether the others are gone (kubectl pkg/drain).
/// </summary>
/// <remarks>
/// A try that would be refused again and a look that would find pods are no events, unless all of them are asked for. Nothing
/// is written while the API is down; tries and looks keep to their seconds. A drain that no budget lets through never ends:
/// that is counted once an hour has passed in which not one pod could be evicted.
/// </remarks>
public sealed partial class Drains : Component, INodeLeft, INodeWatcher, IBudgetWatcher
{
    /// <summary>The next try or look.</summary>
    private const int Next = 0;

    /// <summary>The time-out, or the end of patience.</summary>
    private const int Limit = 1;

    private static readonly SimDuration TryEvery = SimDuration.FromSeconds(5);
    private static readonly SimDuration LookEvery = SimDuration.FromSeconds(1);
    private static readonly SimDuration Patience = SimDuration.FromSeconds(3600);

    private readonly NodeObjects _nodes;
    private readonly IPods _pods;
    private readonly WorkloadSet _workloads;
    private readonly Signal _api;
    private readonly bool _isExhaustive;
    private readonly Counter _timeouts;
    private readonly Counter _blocked;
    private readonly State<Drain> _drains;

    /// <summary>Nodes for which something remains to be done, in no order, and how many they are.</summary>
    private readonly State<int> _active;
    private readonly State<int> _activeCount;

    [Wiring]
    private readonly List<(DrainOptions Options, IDrained Drainer)> _drainers = [];

    /// <param name="builder">The model to join.</param>
    /// <param name="nodes">What is cordoned.</param>
    /// <param name="pods">The eviction API.</param>
    /// <param name="workloads">Whose pods they are.</param>
    /// <param name="api">Writes to the API are committed.</param>
    /// <param name="fidelity">Elided, somebody must tell of <see cref="Relaxed"/> budgets.</param>
    public Drains(
        ModelBuilder builder, NodeObjects nodes, IPods pods, WorkloadSet workloads, Signal api, Fidelity fidelity = Fidelity.Elided)
        : base(builder, "drains", nodes.Set.Count + 1, 2)
    {
        _nodes = nodes;
        _pods = pods;
        _workloads = workloads;
        _api = api;
        _isExhaustive = fidelity == Fidelity.Exhaustive;
        _timeouts = builder.Counter("drain-timeouts");
        _blocked = builder.Counter("drains-blocked");
        _drains = NewState<Drain>(nodes.Set.Count);
        _active = NewState<int>(nodes.Set.Count);
        _activeCount = NewState<int>(1);
        builder.Observe(api, this, nodes.Set.Count);
    }

    public override string EntityName(int slot) => slot == _nodes.Set.Count ? Name : $"{Name}/{_nodes.Set.Options[slot].Name}";

    /// <summary>Somebody will drain nodes; only while the model is built.</summary>
    /// <returns>Its number, for <see cref="Begin"/>.</returns>
    public int For(DrainOptions options, IDrained drainer)
    {
        _drainers.Add((options, drainer));
        return _drainers.Count - 1;
    }

    /// <summary>A node is being drained, or has been and is not uncordoned yet.</summary>
    public bool IsTaken(int node) => _drains[node].Step != Step.Free;

    /// <summary>Cordons and drains a node that is not taken. Charged to the present cause.</summary>
    /// <param name="node">Its number.</param>
    /// <param name="drainer">Who wants it, by the number that <see cref="For"/> gave.</param>
    public void Begin(int node, int drainer)
    {
        ref Drain drain = ref _drains[node];
        if (drain.Step != Step.Free)
        {
            throw Simulation.Violation($"{EntityName(node)} was begun twice");
        }
        drain = new Drain { Step = Step.Draining, Drainer = drainer, Cause = Simulation.Cause, Began = Now };
        Join(node);
        Report(node, "draining");
        ArmAt(node, Next, Now);
        ArmLimit(node);
    }

    /// <summary>Lets new pods onto a node again, as soon as the API takes it; a drain that is not done ends.</summary>
    public void Uncordon(int node)
    {
        ref Drain drain = ref _drains[node];
        if (drain.Step is Step.Free or Step.Uncordoning)
        {
            return;
        }
        Disarm(node, Next);
        Disarm(node, Limit);
        if (drain.Step == Step.Drained)
        {
            Join(node);
        }
        drain.Step = Step.Uncordoning;
        if (Simulation.Signals[_api])
        {
            Free(node);
        }
    }

    /// <inheritdoc/>
    public void Emptied(int node)
    {
        if (_drains[node].Step == Step.Draining && !_isExhaustive)
        {
            ArmLook(node);
        }
    }

    /// <inheritdoc/>
    public void Relaxed(int workload)
    {
        if (_isExhaustive)
        {
            return;
        }
        for (int i = 0; i < _activeCount[0]; i++)
        {
            int node = _active[i];
            if (_drains[node] is { Step: Step.Draining, IsRefused: true } && !IsArmed(node, Next) && Holds(node, workload))
            {
                ArmTry(node);
            }
        }
    }

    public void NotReady(int node)
    {
        if (_drains[node] is { Step: Step.Draining, IsLate: true } && !_isExhaustive)
        {
            ArmLook(node);
        }
    }

    public void Deleted(int node)
    {
        ref Drain drain = ref _drains[node];
        if (drain.Step is Step.Draining or Step.Uncordoning)
        {
            Leave(node);
        }
        if (drain.Step != Step.Free)
        {
            Disarm(node, Next);
            Disarm(node, Limit);
            drain.Step = Step.Free;
            Report(node, "deleted");
        }
    }

    public void Registered(int node)
    {
    }

    public void Ready(int node)
    {
    }

    public void Tainted(int node)
    {
    }

    protected override void Start()
    {
    }

    protected override void OnTimer(int slot, int timer)
    {
        ref Drain drain = ref _drains[slot];
        bool isTry = timer == Limit || (Now - drain.Began).Nanoseconds % TryEvery.Nanoseconds == 0;
        if (timer == Limit && !ReachLimit(slot))
        {
            return;
        }
        Simulation.Resume(drain.Cause);
        if (Simulation.Signals[_api])
        {
            Act(slot, isTry);
        }
        if (_isExhaustive && drain.Step == Step.Draining)
        {
            ArmLook(slot);
        }
    }

    /// <summary>The API answers again, or it does not.</summary>
    protected override void OnSignal(int slot)
    {
        if (!Simulation.Signals[_api])
        {
            return;
        }
        // Downwards: whoever is done leaves, and the last one takes its place.
        for (int i = _activeCount[0] - 1; i >= 0; i--)
        {
            int node = _active[i];
            if (_drains[node].Step == Step.Uncordoning)
            {
                Free(node);
            }
            else if (!_isExhaustive)
            {
                if (IsOver(node))
                {
                    ArmLook(node);
                }
                else
                {
                    ArmTry(node);
                }
            }
        }
    }

    protected override void Encode(int slot, StateWriter writer)
    {
        if (slot == _nodes.Set.Count)
        {
            return;
        }
        ref Drain drain = ref _drains[slot];
        writer.Add((long)drain.Step);
        if (drain.Step == Step.Draining)
        {
            writer.Add((long)drain.Drainer);
            writer.Add((drain.IsRefused ? 1 : 0) | (drain.IsLate ? 2 : 0) | (drain.IsCounted ? 4 : 0));
            writer.Add((Now - drain.Began).Nanoseconds % TryEvery.Nanoseconds);
        }
    }

    protected override bool SlotsAreSymmetric => false;

    private void ArmTry(int node) => ArmOn(node, TryEvery);

    private void ArmLook(int node) => ArmOn(node, LookEvery);

    private void ArmOn(int node, SimDuration period) =>
        ArmAt(node, Next, new SimTime(new PeriodicLoop(_drains[node].Began.Nanoseconds, period.Nanoseconds).Next(PassedUntil(node, Next))));

    /// <summary>Whether a node holds a pod of a workload that is not being deleted.</summary>
    private bool Holds(int node, int workload)
    {
        for (int pod = _pods.FirstOn(node); pod >= 0; pod = _pods.NextOn(pod))
        {
            if (_workloads.WorkloadOf[pod] == workload)
            {
                return true;
            }
        }
        return false;
    }

    private void Join(int node)
    {
        _drains[node].Place = _activeCount[0];
        _active[_activeCount[0]++] = node;
    }

    private void Leave(int node)
    {
        int last = _active[--_activeCount[0]];
        _active[_drains[node].Place] = last;
        _drains[last].Place = _drains[node].Place;
    }

    private void Report(int slot, string state) => Simulation.Trace?.OnState(Now, this, slot, state);

    private enum Step : byte
    {
        /// <summary>Nobody wants the node to be empty.</summary>
        Free,

        /// <summary>Pods are being evicted, or are ending.</summary>
        Draining,

        /// <summary>It is empty and cordoned.</summary>
        Drained,

        /// <summary>New pods may come as soon as the API takes it.</summary>
        Uncordoning,
    }

    private struct Drain
    {
        public Cause Cause;

        /// <summary>Tries are so many times 5 s later, looks so many seconds.</summary>
        public SimTime Began;

        /// <summary>Instant of the last success before the refusals of now, or of the first refusal.</summary>
        public SimTime StuckSince;

        /// <summary>Place among the active ones.</summary>
        public int Place;
        public int Drainer;
        public Step Step;

        /// <summary>The last try was refused for some pod.</summary>
        public bool IsRefused;

        /// <summary>The time-out is over.</summary>
        public bool IsLate;

        /// <summary>It has been counted as blocked.</summary>
        public bool IsCounted;
    }
}
