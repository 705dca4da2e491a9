using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Infrastructure;
using FailoverSim.Models.Networking;
using FailoverSim.Models.Nodes;
using FailoverSim.Models.Scheduling;

namespace FailoverSim.Models.Workloads;

/// <summary>
/// The pods, one per place of a Deployment or StatefulSet: created, bound, set up, started, probed, published, deleted and
/// created anew.
/// </summary>
/// <remarks>
/// A quiet pod has no event: timer 0 is its next step, timer 1 the way of a change of readiness into the rules of the nodes.
/// A deleted pod is taken out of the rules at once, before it is asked to stop: the few errors of a pod that stops before
/// its endpoint is gone are not counted, as if it had a short preStop sleep. Controllers take no time to create a pod. What
/// containers do on a node whose kubelet is not heard goes on: a kubelet that hangs with its machine, or has ended, is not told
/// from one that is cut off.
/// </remarks>
public sealed partial class Pods : Component, IPods, IBindings, IBinder, INodeWatcher, IVictims
{
    private const int Life = 0;
    private const int Rules = 1;

    private static readonly int Hangs = Strikes.Only(Affliction.Hang);

    private static readonly Purpose Sandbox = Purpose.Named("sandbox");
    private static readonly Purpose Pull = Purpose.Named("pull");
    private static readonly Purpose StartUp = Purpose.Named("start");
    private static readonly Purpose FirstProbe = Purpose.Named("first-probe");
    private static readonly Purpose Attach = Purpose.Named("attach");
    private static readonly Purpose Propagation = Purpose.Named("propagation");
    private static readonly Purpose Relist = Purpose.Named("relist");
    private static readonly Purpose ProbePhase = Purpose.Named("probe-phase");
    private static readonly Purpose Retry = Purpose.Named("set-up-retry");

    private readonly PodsOptions _options;
    private readonly WorkloadSet _workloads;
    private readonly NodeObjects _nodes;
    private readonly IScheduling _scheduler;
    private readonly ControlPlane _controlPlane;
    private readonly ClusterStages _stages;
    private readonly ImmutableArray<WorkloadLaws> _laws;
    private readonly LawId _propagation;
    private readonly PropagationLimiter _limiter;

    /// <summary>Whoever needs others near after them, else the largest first, as whoever fills a cluster by hand would: at t = 0 all that can be placed is.</summary>
    private readonly ImmutableArray<int> _placingOrder;
    private readonly LawId _relist;
    private readonly LawId _firstProbe;
    private readonly LawId _setUpRetry;
    private readonly Strikes? _strikes;
    private readonly NodePods _nodePods;
    private readonly Terminations _terminations;
    private readonly PodCounters _counters;
    private readonly State<Pod> _pods;
    private readonly State<int> _unhealthy;

    [Wiring]
    private readonly List<IEndpointWatcher> _endpointWatchers = [];

    [Wiring]
    private readonly List<IBindingWatcher> _bindingWatchers = [];

    [Wiring]
    private readonly List<IBudgetWatcher> _budgetWatchers = [];

    public Pods(
        ModelBuilder builder,
        PodsOptions options,
        WorkloadSet workloads,
        NodeObjects nodes,
        IScheduling scheduler,
        ControlPlane controlPlane,
        ClusterStages stages)
        : base(builder, "pods", workloads.PodCount, 2)
    {
        _options = options;
        _workloads = workloads;
        _nodes = nodes;
        _scheduler = scheduler;
        _controlPlane = controlPlane;
        _stages = stages;
        _laws = [.. workloads.Options.Select(o => new WorkloadLaws(
            builder.Law(o.Sandbox),
            o.Pull is { } pull ? builder.Law(pull) : null,
            builder.Law(o.Start),
            o.Volume is { } volume ? builder.Law(volume.Attach) : null))];
        _propagation = builder.Law(options.Propagation);
        _limiter = new PropagationLimiter(builder, workloads.Options.Length, options.KubeProxy);
        ImmutableArray<int> turns = workloads.Affinities?.Turns() ?? default;
        _placingOrder =
        [
            .. Enumerable.Range(0, Count).OrderBy(p => turns.IsDefault ? 0 : turns[workloads.WorkloadOf[p]])
                .ThenByDescending(p => OptionsOf(p).Cpu).ThenByDescending(p => OptionsOf(p).Memory).ThenBy(p => p),
        ];
        _relist = builder.Law(options.Relist);
        _firstProbe = builder.Law(options.FirstProbe);
        _setUpRetry = builder.Law(options.SetUpRetry);
        _strikes = options.MostFaults > 0 ? new Strikes(builder, Count, options.MostFaults) : null;
        _pods = NewState<Pod>(Count);
        _unhealthy = NewState<int>(workloads.Options.Length);
        _counters = new PodCounters(builder);
        _nodePods = new NodePods(builder, this, nodes.Set, options.CanSetUp, Count);
        _terminations = new Terminations(builder, this, workloads, nodes, _nodePods);
        _ = new PodControllers(builder, this, controlPlane, options.Registry, options.RulesHear);
    }

    public override string EntityName(int slot) => $"pod/{_workloads.NameOf(slot)}";

    /// <summary>Somebody follows what the rules lead to; only while the model is built.</summary>
    public void WatchedBy(IEndpointWatcher watcher) => _endpointWatchers.Add(watcher);

    /// <summary>Somebody wants to know when a node is empty; only while the model is built.</summary>
    public void WatchedBy(INodeLeft watcher) => _nodePods.WatchedBy(watcher);

    /// <summary>Somebody wants to know where pods go; only while the model is built.</summary>
    public void WatchedBy(IBindingWatcher watcher) => _bindingWatchers.Add(watcher);

    /// <summary>Somebody wants to know when budgets give way; only while the model is built.</summary>
    public void WatchedBy(IBudgetWatcher watcher) => _budgetWatchers.Add(watcher);

    /// <inheritdoc/>
    public int NodeOf(int pod) => _pods[pod].Node;

    /// <summary>Node of the first ready pod of a workload, −1 if none is ready.</summary>
    public int HostOf(int workload)
    {
        for (int pod = _workloads.FirstPod[workload]; pod < _workloads.FirstPod[workload + 1]; pod++)
        {
            if (_pods[pod].Phase == PodPhase.Ready)
            {
                return _pods[pod].Node;
            }
        }
        return -1;
    }

    /// <summary>What there is of the pods, for whoever checks it.</summary>
    internal (State<Pod> Pods, NodePods Nodes, Terminations Endings) Inside => (_pods, _nodePods, _terminations);

    protected override void Start()
    {
        foreach (int pod in _placingOrder)
        {
            int node = _scheduler.PlaceNow(pod);
            if (node >= 0)
            {
                _pods[pod].NodePlusOne = node + 1;
                _pods[pod].Pulled = true;
                _nodePods.Add(pod, node);
                BindVolume(pod, node);
            }
            else
            {
                _counters.NeverPlaced(Simulation);
                ref Pod state = ref _pods[pod];
                state.NotReported = true;
                SetPublished(pod, ref state, published: false);
                Enter(pod, PodPhase.Pending);
                _scheduler.Enqueue(pod);
            }
        }
    }

    protected override void OnTimer(int slot, int timer)
    {
        if (timer == Rules)
        {
            ArriveInRules(slot);
            return;
        }
        switch (_pods[slot].Phase)
        {
            case PodPhase.Attaching:
                VolumeAttached(slot);
                break;
            case PodPhase.SettingUp:
                SetUpDone(slot);
                break;
            case PodPhase.Starting:
                Enter(slot, PodPhase.Started);
                ArmAfter(slot, Life, Drawn(slot, _firstProbe, FirstProbe, _pods[slot].Starts));
                break;
            case PodPhase.Started:
                BecomeReady(slot);
                break;
            case PodPhase.BackingOff:
                StartContainer(slot);
                break;
            case PodPhase.Hanging:
                FailReadiness(slot);
                break;
            case PodPhase.Failing:
                Kill(slot);
                break;
            case PodPhase.Killed:
                RestartWithBackoff(slot);
                break;
            default:
                throw Simulation.Violation($"pod {_workloads.NameOf(slot)} has no step to take in phase {_pods[slot].Phase}");
        }
    }

    protected override void Expect(int slot)
    {
        _pods.Expect(slot);
        _nodePods.ExpectPod(slot);
        Simulation.Expect(_workloads.Serving[slot]);
    }

    /// <inheritdoc/>
    void IBinder.Expect(int pod) => Expect(pod);

    /// <inheritdoc/>
    void IVictims.Expect(int slot) => Expect(slot);

    protected override void Encode(int slot, StateWriter writer)
    {
        ref readonly Pod pod = ref _pods[slot];
        writer.Add((long)pod.Phase | (pod.NotReported ? 256L : 0) | (pod.NotPublished ? 512L : 0) | (pod.Held ? 1024L : 0) | (pod.Pulled ? 2048L : 0));
        writer.Add(((long)pod.NodePlusOne << 32) | (uint)pod.VolumePlusOne);
        writer.Add(((long)pod.ZonePlusOne << 32) | pod.Restarts);
        writer.Add(pod.Restarts > 0 ? Math.Max(0, pod.RestartedAt + OptionsOf(slot).Backoff.Reset.Nanoseconds - Now.Nanoseconds) : 0L);
        writer.Add(MarkMatters(in pod) ? Now.Nanoseconds - pod.Mark : 0L);
        _strikes?.Encode(slot, writer);
        int workload = _workloads.WorkloadOf[slot];
        if (slot == _workloads.FirstPod[workload])
        {
            _limiter.Encode(workload, Now, writer);
        }
    }

    protected override bool SlotsAreSymmetric => false;

    private WorkloadOptions OptionsOf(int pod) => _workloads.Options[_workloads.WorkloadOf[pod]];

    private SimDuration Drawn(int pod, LawId law, Purpose purpose, long occurrence) =>
        SimDuration.FromSeconds(Draw(pod, law, purpose, occurrence));

    private static bool MarkMatters(in Pod pod) =>
        pod.Phase is PodPhase.Hanging or PodPhase.Failing
        || (pod.Phase == PodPhase.SettingUp ? pod.Held : pod.Phase is >= PodPhase.Missing and <= PodPhase.Attaching && pod.VolumePlusOne > 0);

    private void Enter(int pod, PodPhase phase)
    {
        ref Pod state = ref _pods[pod];
        state.Phase = phase;
        Simulation.Trace?.OnState(Now, this, pod, phase.ToString());
        Review(pod, ref state);
    }

    /// <summary>What follows is charged to what made the pod worse.</summary>
    /// <returns>The present cause, to be resumed.</returns>
    private Cause ChargeTo(in Pod state)
    {
        Cause present = Simulation.Cause;
        Simulation.Resume(state.Cause);
        return present;
    }

    private void Show(int pod, ref Pod state) =>
        state.Shown.Show(Simulation, _workloads.Serving[pod], state.Serves, state.Serves ? 0 : StageOf(pod, in state));

    /// <summary>What a pod that does not serve waits for.</summary>
    private int StageOf(int pod, in Pod state)
    {
        if (state.NodePlusOne > 0)
        {
            ref readonly NodePods.Place place = ref _nodePods[state.Node];
            if (place.Stage > 0 && (place.IsMute || state.Phase == PodPhase.Ready))
            {
                return place.Stage;
            }
        }
        return state.Phase switch
        {
            PodPhase.Missing => _terminations.Any(pod) && OptionsOf(pod).AtMostOne ? _stages.Terminate : _stages.Schedule,
            PodPhase.Pending or PodPhase.Bound => _stages.Schedule,
            PodPhase.Attaching => _stages.Attach,
            PodPhase.SettingUp => _stages.Pull,
            PodPhase.Starting or PodPhase.Stranded => _stages.StartUp,
            PodPhase.Started => _stages.Ready,
            PodPhase.Dead => _strikes!.StageOf(pod, Strikes.Deaths),
            PodPhase.BackingOff or PodPhase.Killed => _stages.Restart,
            PodPhase.Failing when OptionsOf(pod).Liveness is null => _strikes!.StageOf(pod, Hangs),
            PodPhase.Hanging or PodPhase.Failing => _stages.Detect,
            _ => _stages.Propagate,
        };
    }

    private readonly record struct WorkloadLaws(LawId Sandbox, LawId? Pull, LawId Start, LawId? Attach);
}
