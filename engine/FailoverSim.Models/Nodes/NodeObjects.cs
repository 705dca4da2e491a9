using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Models.Workloads;

namespace FailoverSim.Models.Nodes;

/// <summary>The Node objects: what the API server says of each node, and what the pods bound to it have requested.</summary>
/// <remarks>Right from t = 0 without a start: nodes that exist are registered, and empty.</remarks>
public sealed class NodeObjects
{
    private const NodeMarks Repels = NodeMarks.NotReady | NodeMarks.NoExecute | NodeMarks.Cordoned | NodeMarks.Uninitialized
        | NodeMarks.OutOfService | NodeMarks.NetworkUnavailable;

    private readonly int _pools;
    private readonly ImmutableArray<NodeMarks> _initial;

    /// <summary>Nodes that exist at t = 0 by zone and pool.</summary>
    private readonly ImmutableArray<int> _existing;

    /// <summary>Marks that are not what they were at t = 0.</summary>
    private readonly State<NodeMarks> _flipped;

    /// <summary>By zone and pool: nodes more or fewer than at t = 0.</summary>
    private readonly State<Census> _gained;
    private readonly NodeRequests? _requests;

    [Wiring]
    private ImmutableArray<INodeRoomWatcher> _watchers = [];

    /// <summary>Nodes to which nothing is bound.</summary>
    public NodeObjects(ModelBuilder builder, NodeSet set)
        : this(builder, set, null)
    {
    }

    /// <param name="builder">The model to join.</param>
    /// <param name="set">The nodes.</param>
    /// <param name="workloads">Whose pods may be bound to them; null: none.</param>
    public NodeObjects(ModelBuilder builder, NodeSet set, WorkloadSet? workloads)
    {
        Set = set;
        _pools = set.Options.Select(o => o.Pool + 1).DefaultIfEmpty(1).Max();
        _initial = [.. set.Options.Select(o => o.Exists ? NodeMarks.Registered : NodeMarks.None)];
        int[] existing = new int[set.Zones.Length * _pools];
        foreach (NodeOptions node in set.Options.Where(o => o.Exists))
        {
            existing[PlaceOf(node)]++;
        }
        _existing = [.. existing];
        _flipped = new State<NodeMarks>(set.Count);
        _gained = new State<Census>(existing.Length);
        builder.Register(_flipped);
        builder.Register(_gained);
        _requests = workloads is null ? null : new NodeRequests(builder, set, workloads);
    }

    public NodeSet Set { get; }

    /// <summary>Pools are numbered below this.</summary>
    public int PoolCount => _pools;

    /// <summary>Of the pods bound to nodes.</summary>
    internal NodeRequests Requests => _requests ?? throw new InvalidOperationException("These nodes were made without workloads.");

    public bool Is(int node, NodeMarks flag) => (MarksOf(node) & flag) != 0;

    /// <summary>New pods may be bound to it, if they fit.</summary>
    public bool IsSchedulable(int node) => IsSchedulable(MarksOf(node));

    /// <summary>Node objects of a pool in a zone, whatever their state.</summary>
    public int RegisteredIn(int zone, int pool) => _existing[zone * _pools + pool] + _gained[zone * _pools + pool].Registered;

    /// <summary>Nodes of a pool in a zone to which new pods may be bound, if they fit.</summary>
    public int SchedulableIn(int zone, int pool) => _existing[zone * _pools + pool] + _gained[zone * _pools + pool].Schedulable;

    /// <summary>What is free on a node by the requests of its pods, whatever its state.</summary>
    public NodeRoom FreeOn(int node) => Requests.FreeOn(node);

    /// <summary>Sets or clears flags.</summary>
    public void Mark(int node, NodeMarks flags, bool value)
    {
        NodeMarks before = MarksOf(node);
        NodeMarks after = value ? before | flags : before & ~flags;
        if (after == before)
        {
            return;
        }
        _flipped[node] = after ^ _initial[node];
        ref Census census = ref _gained[PlaceOf(Set.Options[node])];
        int registered = Change((before & NodeMarks.Registered) != 0, (after & NodeMarks.Registered) != 0);
        int schedulable = Change(IsSchedulable(before), IsSchedulable(after));
        census.Registered += registered;
        census.Schedulable += schedulable;
        if (schedulable != 0)
        {
            TellRoom(node, isMore: schedulable > 0);
        }
        if (registered != 0)
        {
            foreach (INodeRoomWatcher watcher in _watchers)
            {
                watcher.RegistrationChanged(node);
            }
        }
    }

    /// <summary>Deletion of a pod begins: spreading does not count it any more; its request stays until <see cref="Release"/>.</summary>
    public void Uncount(int node, int workload)
    {
        Requests.Uncount(node, workload);
        TellThinned(workload);
    }

    /// <summary>A pod that has been uncounted is gone: its request is given back.</summary>
    public void Release(int node, int workload)
    {
        Requests.Release(node, workload);
        TellRoom(node, isMore: true);
        TellThinned(workload);
    }

    /// <summary>All that is said of a node.</summary>
    internal NodeMarks MarksOf(int node) => _flipped[node] ^ _initial[node];

    /// <summary>The scheduler binds a pod.</summary>
    internal void Take(int node, int workload)
    {
        Requests.Take(node, workload);
        TellRoom(node, isMore: false);
    }

    /// <summary>Somebody wants to know where pods may go; only while the model is built.</summary>
    internal void WatchedBy(INodeRoomWatcher watcher) => _watchers = [.. _watchers, watcher];

    private void TellRoom(int node, bool isMore)
    {
        foreach (INodeRoomWatcher watcher in _watchers)
        {
            watcher.RoomChanged(node, isMore);
        }
    }

    private void TellThinned(int workload)
    {
        foreach (INodeRoomWatcher watcher in _watchers)
        {
            watcher.Thinned(workload);
        }
    }

    private static bool IsSchedulable(NodeMarks marks) => (marks & (Repels | NodeMarks.Registered)) == NodeMarks.Registered;

    private static int Change(bool before, bool after) => (after ? 1 : 0) - (before ? 1 : 0);

    private int PlaceOf(NodeOptions node) => node.Zone * _pools + node.Pool;

    private struct Census
    {
        public int Registered;
        public int Schedulable;
    }
}
