using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Nodes;
using FailoverSim.Models.Scheduling;

namespace FailoverSim.Models.Workloads;

/// <summary>
/// Pods that have been deleted and that a node still holds, one per place: the kubelet stops the container within its grace
/// period and confirms. A kubelet that hears of nothing confirms nothing, and one without a container runtime stops nothing.
/// </summary>
internal sealed class Terminations : Component
{
    private static readonly Purpose Stop = Purpose.Named("stop");

    private readonly Pods _pods;
    private readonly WorkloadSet _workloads;
    private readonly NodeObjects _nodes;
    private readonly NodePods _nodePods;
    private readonly ImmutableArray<LawId> _stops;
    private readonly State<Ending> _endings;

    public Terminations(ModelBuilder builder, Pods pods, WorkloadSet workloads, NodeObjects nodes, NodePods nodePods)
        : base(builder, "terminations", workloads.PodCount, 1)
    {
        _pods = pods;
        _workloads = workloads;
        _nodes = nodes;
        _nodePods = nodePods;
        _stops = [.. workloads.Options.Select(o => builder.Law(o.Stop))];
        _endings = NewState<Ending>(Count);
    }

    public override string EntityName(int slot) => $"ending/{_workloads.NameOf(slot)}";

    /// <summary>A node still holds an earlier pod of the place.</summary>
    public bool Any(int pod) => _endings[pod].NodePlusOne > 0;

    /// <summary>Node that holds it, −1 for none.</summary>
    public int NodeOf(int pod) => _endings[pod].NodePlusOne - 1;

    /// <summary>The deleted pod's container still runs on its node.</summary>
    public bool Runs(int pod) => _endings[pod].NodePlusOne > 0 && _endings[pod].Remains != Remains.Nothing;

    /// <summary>The pod of a place has been deleted; the node holds it until it has ended.</summary>
    public void Begin(int pod, int node, Remains remains)
    {
        if (Any(pod))
        {
            // An even earlier one, on a node that nobody hears of: nothing waits for it but that node's room.
            Vacate(pod);
        }
        ref Ending ending = ref _endings[pod];
        ending.NodePlusOne = node + 1;
        ending.Remains = remains;
        ending.Cause = Simulation.Cause;
        _nodePods.BeginEnding(pod, node);
        Proceed(pod);
    }

    /// <summary>The machine has lost power, and the container with it.</summary>
    public void LosePower(int pod)
    {
        _endings[pod].Remains = Remains.Nothing;
        Disarm(pod, 0);
    }

    /// <summary>The kubelet hears of the deletion, or is there again to confirm it.</summary>
    public void Proceed(int pod)
    {
        ref Ending ending = ref _endings[pod];
        if (IsLeftAlone(ending.NodePlusOne - 1) || IsArmed(pod, 0))
        {
            return;
        }
        Cause present = Simulation.Cause;
        Simulation.Resume(ending.Cause);
        if (ending.Remains == Remains.Nothing)
        {
            Finish(pod);
        }
        else
        {
            ArmAfter(pod, 0, TimeToStop(pod, ref ending));
        }
        Simulation.Resume(present);
    }

    /// <summary>Nobody waits for it any more: its object is gone.</summary>
    public void Finish(int pod)
    {
        int node = NodeOf(pod);
        Vacate(pod);
        _pods.Ended(pod, node);
    }

    protected override void Start()
    {
    }

    protected override void OnTimer(int slot, int timer)
    {
        if (IsLeftAlone(NodeOf(slot)))
        {
            // The container has stopped, unless it had to be killed; the kubelet confirms it when it can again.
            bool isKilled = _endings[slot].Remains != Remains.HungContainer || !_nodePods[NodeOf(slot)].IsIdle;
            _endings[slot].Remains = isKilled ? Remains.Nothing : Remains.HungContainer;
            return;
        }
        Finish(slot);
    }

    protected override void Expect(int slot)
    {
        _endings.Expect(slot);
        _nodePods.ExpectEnding(slot);
        ((IBinder)_pods).Expect(slot);
    }

    protected override void Encode(int slot, StateWriter writer)
    {
        writer.Add((long)_endings[slot].NodePlusOne);
        writer.Add(Any(slot) ? (long)_endings[slot].Remains : 0L);
    }

    protected override bool SlotsAreSymmetric => false;

    private bool IsLeftAlone(int node) => _nodePods[node].IsDeaf || _nodePods[node].IsIdle;

    private SimDuration TimeToStop(int pod, ref Ending ending)
    {
        int workload = _workloads.WorkloadOf[pod];
        SimDuration grace = _workloads.Options[workload].Grace;
        if (ending.Remains == Remains.HungContainer)
        {
            return grace;
        }
        SimDuration stop = SimDuration.FromSeconds(Draw(pod, _stops[workload], Stop, ending.Stops++));
        return stop < grace ? stop : grace;
    }

    /// <summary>The node does not hold it any more.</summary>
    private void Vacate(int pod)
    {
        int node = NodeOf(pod);
        _endings[pod].NodePlusOne = 0;
        Disarm(pod, 0);
        _nodes.Release(node, _workloads.WorkloadOf[pod]);
        _nodePods.EndEnding(pod, node);
    }

    private struct Ending
    {
        public Cause Cause;
        public int NodePlusOne;
        public int Stops;
        public Remains Remains;
    }
}

/// <summary>What is left of a deleted pod on its node.</summary>
internal enum Remains : byte
{
    /// <summary>Its container has ended, or never began.</summary>
    Nothing,

    Container,

    /// <summary>Its container does not act on SIGTERM: it is killed when the grace period is over.</summary>
    HungContainer,
}
