using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Nodes;
using FailoverSim.Models.Scheduling;
using FailoverSim.Models.Workloads;

namespace FailoverSim.Tests.Cluster.Operations;

/// <summary>
/// Pods with budgets: one that is deleted ends within its grace where its node runs, waits 2 s, is bound to the emptiest node of the zone that
/// has fewest of its workload, and is ready 10 s later.
/// </summary>
internal sealed class PodDouble : Component, IPods, IBindings, ISpread, INodeWatcher
{
    private static readonly Purpose Grace = Purpose.Named("grace");

    private readonly NodeObjects _nodes;
    private readonly WorkloadSet _workloads;
    private readonly NodeDouble _machines;
    private readonly Func<Signal> _api;
    private readonly State<Pod> _pods;
    private readonly State<int> _first;
    private readonly State<int> _held;
    private readonly State<int> _healthy;
    private readonly State<int> _spread;

    public PodDouble(ModelBuilder builder, NodeObjects nodes, WorkloadSet workloads, NodeDouble machines, Func<Signal> api)
        : base(builder, "pods", workloads.PodCount, 1)
    {
        _nodes = nodes;
        _workloads = workloads;
        _machines = machines;
        _api = api;
        _pods = NewState<Pod>(workloads.PodCount);
        _first = NewState<int>(nodes.Set.Count);
        _held = NewState<int>(nodes.Set.Count);
        _healthy = NewState<int>(workloads.Options.Length);
        _spread = NewState<int>(workloads.Options.Length * nodes.Set.Zones.Length);
    }

    /// <summary>Longest grace, seconds; each end is drawn up to this, or always this.</summary>
    public double LongestGrace { get; init; } = 3.5;

    public bool GraceIsRandom { get; init; }

    public List<INodeLeft> Leavers { get; } = [];

    public List<IBudgetWatcher> BudgetWatchers { get; } = [];

    public List<IBindingWatcher> BindingWatchers { get; } = [];

    public List<INodeRoomWatcher> RoomWatchers { get; } = [];

    public List<(double At, string What)> Told { get; } = [];

    /// <summary>Kinds of causes to which evictions and deletions are charged.</summary>
    public HashSet<int> CauseKinds { get; } = [];

    public int Deletions { get; private set; }

    /// <summary>Where the pods are at t = 0; null: as they would be bound.</summary>
    public Func<int, int>? Initially { get; init; }

    public int MostPerNode { get; init; } = 1000;

    public int Healthy(int workload) => _healthy[workload];

    public int FirstOn(int node) => _first[node] - 1;

    public int NextOn(int pod) => _pods[pod].Next - 1;

    public int CountOn(int node) => _held[node];

    public int NodeOf(int pod) => _pods[pod].Phase is Phase.Starting or Phase.Ready ? _pods[pod].Node - 1 : -1;

    public int CountIn(int workload, int zone) => _spread[(workload * _nodes.Set.Zones.Length) + zone];

    public bool HasRoom(int workload, int zone)
    {
        for (int node = 0; node < _nodes.Set.Count; node++)
        {
            if (_nodes.Set.Options[node].Zone == zone && _nodes.IsSchedulable(node) && _held[node] < MostPerNode)
            {
                return true;
            }
        }
        return false;
    }

    public bool TryEvict(int pod)
    {
        int workload = _workloads.WorkloadOf[pod];
        int healthy = _healthy[workload] - (IsHealthy(pod) ? 1 : 0);
        Xunit.Assert.True(Simulation.Signals[_api()]);
        if (healthy < _workloads.Options[workload].MinHealthy)
        {
            return false;
        }
        Say($"evict {_workloads.NameOf(pod)}");
        BeginEnd(pod);
        return true;
    }

    public void Delete(int pod)
    {
        Xunit.Assert.True(Simulation.Signals[_api()]);
        Deletions++;
        Say($"delete {_workloads.NameOf(pod)}");
        BeginEnd(pod);
    }

    /// <summary>It is ready, or its probe fails.</summary>
    public void SetReady(int pod, bool isReady)
    {
        Change(pod, () => _pods[pod].Phase = isReady ? Phase.Ready : Phase.Starting);
        if (!isReady)
        {
            Disarm(pod, 0);
        }
    }

    public void DeleteTolerating(int node, int toleration) => throw new NotSupportedException();

    public void ForceDelete(int node)
    {
        for (int pod = 0; pod < _pods.Count; pod++)
        {
            if (_pods[pod].Node == node + 1)
            {
                if (_pods[pod].Phase != Phase.Ending)
                {
                    Unlink(pod);
                }
                Vanish(pod);
            }
        }
    }

    public void Registered(int node)
    {
    }

    public void NotReady(int node) => Recount(node, -1);

    public void Ready(int node) => Recount(node, 1);

    public void Tainted(int node)
    {
    }

    public void Deleted(int node) => ForceDelete(node);

    protected internal override void Start()
    {
        for (int pod = 0; pod < _pods.Count; pod++)
        {
            int node = Initially?.Invoke(pod) ?? FindNode(_workloads.WorkloadOf[pod]);
            Link(pod, node);
            _pods[pod].Phase = Phase.Ready;
            _healthy[_workloads.WorkloadOf[pod]]++;
        }
    }

    protected internal override void OnTimer(int slot, int timer)
    {
        ref Pod pod = ref _pods[slot];
        bool runs = pod.Node > 0 && _machines.Runs(pod.Node - 1);
        switch (pod.Phase)
        {
            case Phase.Pending:
                int node = FindNode(_workloads.WorkloadOf[slot]);
                if (node >= 0)
                {
                    Link(slot, node);
                    pod.Phase = Phase.Starting;
                    foreach (IBindingWatcher watcher in BindingWatchers)
                    {
                        watcher.Bound(slot, node);
                    }
                }
                ArmAfter(slot, 0, SimDuration.FromSeconds(10));
                break;
            case Phase.Starting when runs:
                Change(slot, () => _pods[slot].Phase = Phase.Ready);
                break;
            case Phase.Ending when runs:
                Vanish(slot);
                break;
            default:
                ArmAfter(slot, 0, SimDuration.FromSeconds(1));
                break;
        }
    }

    protected internal override void Encode(int slot, StateWriter writer)
    {
    }

    private bool IsHealthy(int pod) => _pods[pod].Phase == Phase.Ready && !_nodes.Is(_pods[pod].Node - 1, NodeMarks.NotReady);

    private void Change(int pod, Action change)
    {
        int workload = _workloads.WorkloadOf[pod];
        int before = IsHealthy(pod) ? 1 : 0;
        change();
        int after = IsHealthy(pod) ? 1 : 0;
        _healthy[workload] += after - before;
        if (after > before)
        {
            foreach (IBudgetWatcher watcher in BudgetWatchers)
            {
                watcher.Relaxed(workload);
            }
        }
    }

    /// <summary>All ready pods of a node, those that end excepted, count as healthy again, or not any more.</summary>
    private void Recount(int node, int sign)
    {
        for (int pod = FirstOn(node); pod >= 0; pod = NextOn(pod))
        {
            if (_pods[pod].Phase == Phase.Ready)
            {
                _healthy[_workloads.WorkloadOf[pod]] += sign;
            }
        }
        for (int pod = FirstOn(node); sign > 0 && pod >= 0; pod = NextOn(pod))
        {
            foreach (IBudgetWatcher watcher in BudgetWatchers)
            {
                watcher.Relaxed(_workloads.WorkloadOf[pod]);
            }
        }
    }

    private void BeginEnd(int pod)
    {
        CauseKinds.Add(Simulation.Cause.Kind);
        Unlink(pod);
        double share = GraceIsRandom ? DrawsFor(pod, Grace, _pods[pod].Ends++).NextUniform() : 1;
        ArmAfter(pod, 0, SimDuration.FromSeconds(share * LongestGrace));
    }

    private void Vanish(int pod)
    {
        int node = _pods[pod].Node - 1;
        _pods[pod].Node = 0;
        _pods[pod].Phase = Phase.Pending;
        ArmAfter(pod, 0, SimDuration.FromSeconds(2));
        _held[node]--;
        RoomWatchers.ForEach(w => w.RoomChanged(node, isMore: true));
        if (_held[node] == 0)
        {
            foreach (INodeLeft leaver in Leavers)
            {
                leaver.Emptied(node);
            }
        }
    }

    private void Link(int pod, int node)
    {
        _pods[pod].Node = node + 1;
        _pods[pod].Next = _first[node];
        _pods[pod].Previous = 0;
        if (_first[node] > 0)
        {
            _pods[_first[node] - 1].Previous = pod + 1;
        }
        _first[node] = pod + 1;
        _held[node]++;
        _spread[(_workloads.WorkloadOf[pod] * _nodes.Set.Zones.Length) + _nodes.Set.Options[node].Zone]++;
    }

    private void Unlink(int slot)
    {
        ref Pod pod = ref _pods[slot];
        int node = pod.Node - 1;
        _healthy[_workloads.WorkloadOf[slot]] -= IsHealthy(slot) ? 1 : 0;
        pod.Phase = Phase.Ending;
        if (pod.Previous > 0)
        {
            _pods[pod.Previous - 1].Next = pod.Next;
        }
        else
        {
            _first[node] = pod.Next;
        }
        if (pod.Next > 0)
        {
            _pods[pod.Next - 1].Previous = pod.Previous;
        }
        // Who has been moved leads nowhere.
        pod.Next = 0;
        _spread[(_workloads.WorkloadOf[slot] * _nodes.Set.Zones.Length) + _nodes.Set.Options[node].Zone]--;
        foreach (IBindingWatcher watcher in BindingWatchers)
        {
            watcher.Unbound(slot, node);
        }
    }

    private int FindNode(int workload)
    {
        int best = -1;
        for (int node = 0; node < _nodes.Set.Count; node++)
        {
            if (_nodes.IsSchedulable(node) && _held[node] < MostPerNode && (best < 0 || Key(node).CompareTo(Key(best)) < 0))
            {
                best = node;
            }
        }
        return best;

        (int InZone, int OnNode) Key(int node) => (CountIn(workload, _nodes.Set.Options[node].Zone), _held[node]);
    }

    private void Say(string what) => Told.Add((Now.Seconds, what));

    private enum Phase : byte
    {
        Pending,
        Starting,
        Ready,
        Ending,
    }

    private struct Pod
    {
        public int Node;
        public int Next;
        public int Previous;
        public int Ends;
        public Phase Phase;
    }
}
