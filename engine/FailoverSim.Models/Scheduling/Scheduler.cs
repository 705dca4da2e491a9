using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Nodes;
using FailoverSim.Models.Workloads;

namespace FailoverSim.Models.Scheduling;

/// <summary>kube-scheduler (v1.33): takes pods from its queue one at a time and binds each to a node.</summary>
/// <remarks>
/// <para>
/// A pod that no node will take is unschedulable: it is tried again when something happens that could help it, though not before
/// its back-off is over, and after five minutes in any case. Preemption is left out: all pods have one priority.
/// </para>
/// <para>
/// What could help a pod is judged by its workload: a node with room for it where its rules admit it, one pod less to keep it
/// away, another set of domains. When nobody is in line, a node with room is offered to as many pods as it would take, and
/// again until none of those that wait would fit; kube-scheduler tries all of them at once, and most fail. Attempts of the
/// five-minute loop that fail take the scheduler's time but are no events.
/// </para>
/// <para>It acts while it leads and its writes are committed; whoever begins to act knows nothing of earlier attempts.</para>
/// </remarks>
public sealed partial class Scheduler : Component, INodeRoomWatcher
{
    private const int CycleTimer = 0;
    private const int BackoffTimer = 1;
    private const int FlushTimer = 2;

    private readonly SchedulerOptions _options;
    private readonly NodeObjects _nodes;
    private readonly WorkloadSet _workloads;
    private readonly Signal _acts;
    private readonly Counter _unschedulable;
    private readonly Placement _placement;
    private readonly PendingPods _pending;

    /// <summary>Nodes with room that has not been offered to all, as one list.</summary>
    private readonly LinkedLists _open;
    private readonly bool _anySpreadsByNode;
    private readonly State<PodState> _pods;
    private readonly State<Desk> _desk;

    [Wiring]
    private IBinder _binder = null!;

    /// <param name="builder">The model to join.</param>
    /// <param name="options">Its timers.</param>
    /// <param name="controlPlane">When it acts.</param>
    /// <param name="nodes">Made with the same workloads.</param>
    /// <param name="workloads">Whose pods it places.</param>
    public Scheduler(ModelBuilder builder, SchedulerOptions options, ControlPlane controlPlane, NodeObjects nodes, WorkloadSet workloads)
        : base(builder, "scheduling", 1, 3)
    {
        _options = options;
        _nodes = nodes;
        _workloads = workloads;
        _acts = builder.Gate("scheduling.acts", 2, controlPlane.Scheduler, controlPlane.Api);
        builder.Observe(_acts, this, 0);
        _unschedulable = builder.Counter("scheduler.unschedulable");
        _placement = new Placement(builder, nodes, workloads);
        SimDuration longest = options.PodMaxBackoff > options.PodInitialBackoff ? options.PodMaxBackoff : options.PodInitialBackoff;
        _pending = new PendingPods(builder, workloads.PodCount, workloads.Options.Length, (int)(longest.Nanoseconds / BackoffPeriod.Nanoseconds) + 2);
        _open = new LinkedLists(builder, nodes.Set.Count, 1);
        _anySpreadsByNode = Enumerable.Range(0, workloads.Options.Length).Any(w => !_placement.RulesOf(w).HardByNode.IsEmpty);
        _pods = NewState<PodState>(workloads.PodCount);
        _desk = NewState<Desk>(1);
        nodes.WatchedBy(this);
    }

    private ref Desk State => ref _desk[0];

    /// <summary>Who carries out what it decides; only while the model is built.</summary>
    public void BindWith(IBinder binder) => _binder = binder;

    /// <summary>Chooses a node as for a pod in the queue, and takes the request there, without time or queue; for pods that are there at t = 0.</summary>
    /// <returns>−1 if there is no node for it.</returns>
    public int PlaceNow(int pod)
    {
        int node = NodeFor(pod);
        if (node >= 0)
        {
            _nodes.Take(node, _workloads.WorkloadOf[pod]);
        }
        return node;
    }

    /// <summary>A pod without a node has been created; what it waits for is charged to the present cause.</summary>
    public void Enqueue(int pod)
    {
        if (_pending.IsPending(pod))
        {
            throw Simulation.Violation($"{_workloads.NameOf(pod)} was given to the scheduler twice");
        }
        _pods[pod] = new PodState { Cause = Simulation.Cause };
        _pending.AddActive(pod);
        BeginCycle();
    }

    /// <summary>A pod is deleted while it waits; one that does not wait is left alone.</summary>
    public void Withdraw(int pod)
    {
        if (!_pending.IsPending(pod))
        {
            return;
        }
        bool waited = _pending.IsUnschedulable(pod);
        _pending.Remove(pod);
        if (!waited)
        {
            // The room that it was to be tried for is left to another one.
            Reconsider(_workloads.WorkloadOf[pod]);
        }
        DisarmIdle();
        BeginCycle();
    }

    protected override void Start()
    {
        if (!Simulation.Signals[_acts])
        {
            Halt();
        }
    }

    protected override void OnTimer(int slot, int timer)
    {
        switch (timer)
        {
            case CycleTimer:
                TryNext();
                break;
            case BackoffTimer:
                EndBackoffs();
                break;
            default:
                Flush();
                break;
        }
        BeginCycle();
    }

    protected override void OnSignal(int slot)
    {
        bool acts = Simulation.Signals[_acts];
        if (!acts && !State.IsHalted)
        {
            Halt();
        }
        else if (acts && State.IsHalted)
        {
            BeginAnew();
        }
    }

    protected override void Encode(int slot, StateWriter writer)
    {
        long acted = Now.Nanoseconds - State.Since;
        writer.Add(acted % BackoffPeriod.Nanoseconds);
        writer.Add(acted % FlushPeriod.Nanoseconds);
        writer.Add(Math.Max(0, State.FreeAt - Now.Nanoseconds));
        for (int pod = _pending.FirstActive; pod >= 0; pod = _pending.Next(pod))
        {
            EncodePod(pod, writer);
        }
        long tick = NextTick(BackoffPeriod);
        for (long due = _pending.NextTick(tick); due >= 0 && due < tick + _pending.Steps; due = _pending.NextTick(due + 1))
        {
            writer.Add(due - tick);
            for (int pod = _pending.FirstAt(due); pod >= 0; pod = _pending.Next(pod))
            {
                EncodePod(pod, writer);
            }
        }
        for (int workload = _pending.FirstWorkload; workload >= 0; workload = _pending.NextWorkload(workload))
        {
            for (int pod = _pending.FirstUnschedulable(workload); pod >= 0; pod = _pending.Next(pod))
            {
                EncodePod(pod, writer);
            }
        }
        for (int node = _open.First(0); node >= 0; node = _open.Next(node))
        {
            writer.Add(node);
        }
    }

    private void EncodePod(int pod, StateWriter writer)
    {
        writer.Add(pod);
        writer.Add(_pods[pod].Attempts);
        writer.Add(_pods[pod].Attempts > 0 ? Now.Nanoseconds - _pods[pod].FailedAt : 0);
    }

    private int NodeFor(int pod)
    {
        int workload = _workloads.WorkloadOf[pod];
        return _placement.Choose(workload, ZoneOf(pod, workload));
    }

    private int ZoneOf(int pod, int workload) => _placement.RulesOf(workload).IsBoundToZone ? _binder.ZoneOf(pod) : -1;

    /// <summary>The next pod is in hand for one cycle; whoever is first in the queue when it ends is the one.</summary>
    private void BeginCycle()
    {
        if (State.IsHalted || IsArmed(0, CycleTimer))
        {
            return;
        }
        while (_pending.FirstActive < 0 && _open.First(0) >= 0)
        {
            OfferNext();
        }
        if (_pending.FirstActive < 0)
        {
            return;
        }
        State.FreeAt = Math.Max(State.FreeAt, Now.Nanoseconds) + _options.Cycle.Nanoseconds;
        ArmQuietly(CycleTimer, new SimTime(State.FreeAt));
    }

    private void TryNext()
    {
        int pod = _pending.FirstActive;
        int workload = _workloads.WorkloadOf[pod];
        _pending.Remove(pod);
        if (_pending.FirstActive is >= 0 and int next)
        {
            _binder.Expect(next);
        }
        int node = NodeFor(pod);
        if (node < 0)
        {
            Fail(pod);
        }
        else
        {
            _nodes.Take(node, workload);
            Simulation.Resume(_pods[pod].Cause);
            _binder.Bind(pod, node);
            if (_workloads.Affinities is { } affinities)
            {
                Reconsider(affinities.HelpedByMore[workload]);
            }
        }
        if (_placement.RulesOf(workload).IsHard)
        {
            Reconsider(workload);
        }
    }

    private void Fail(int pod)
    {
        ref PodState state = ref _pods[pod];
        if (!state.HasFailed)
        {
            state.HasFailed = true;
            Simulation.Count(_unschedulable);
        }
        state.Attempts++;
        state.FailedAt = Now.Nanoseconds;
        int workload = _workloads.WorkloadOf[pod];
        _pending.AddUnschedulable(workload, pod);
        NoteRequest(workload);
        if (!IsArmed(0, FlushTimer))
        {
            ArmQuietly(FlushTimer, InstantOf(FlushPeriod, NextTick(FlushPeriod)));
        }
        TellWaiting();
    }

    private void Halt()
    {
        State.IsHalted = true;
        Disarm(0, CycleTimer);
        Disarm(0, BackoffTimer);
        Disarm(0, FlushTimer);
        while (_open.First(0) >= 0)
        {
            _open.Remove(_open.First(0));
        }
    }

    /// <summary>A new leader finds all pods without a node and knows of no earlier attempt.</summary>
    private void BeginAnew()
    {
        for (long tick = _pending.NextTick(0); tick >= 0; tick = _pending.NextTick(0))
        {
            StartOver(_pending.FirstAt(tick));
        }
        while (_pending.AnyUnschedulable)
        {
            StartOver(_pending.FirstUnschedulable(_pending.FirstWorkload));
        }
        State = new Desk { Since = Now.Nanoseconds };
        BeginCycle();
    }

    private void StartOver(int pod)
    {
        _pods[pod].Attempts = 0;
        _pending.Remove(pod);
        _pending.AddActive(pod);
    }

    private void DisarmIdle()
    {
        if (_pending.FirstActive < 0)
        {
            Disarm(0, CycleTimer);
        }
        if (_pending.NextTick(0) < 0)
        {
            Disarm(0, BackoffTimer);
        }
        if (!_pending.AnyUnschedulable)
        {
            Disarm(0, FlushTimer);
        }
    }

    /// <summary>A loop of the scheduler is nobody's fault, whoever has set it going.</summary>
    private void ArmQuietly(int timer, SimTime at)
    {
        Cause present = Simulation.Cause;
        Simulation.Resume(default);
        ArmAt(0, timer, at);
        Simulation.Resume(present);
    }

    private struct PodState
    {
        public long FailedAt;
        public Cause Cause;
        public int Attempts;
        public bool HasFailed;
    }

    private struct Desk
    {
        /// <summary>When it began to act.</summary>
        public long Since;

        /// <summary>End of the cycle in hand and of the attempts that nobody simulates.</summary>
        public long FreeAt;

        /// <summary>When the back-off loop has something to do.</summary>
        public long BackoffDue;

        /// <summary>Not above what any unschedulable pod asks for; 0: not known.</summary>
        public long LeastCpu;
        public long LeastMemory;
        public bool IsHalted;
    }
}
