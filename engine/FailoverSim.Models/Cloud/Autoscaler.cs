using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Loops;
using FailoverSim.Models.Nodes;
using FailoverSim.Models.Workloads;

namespace FailoverSim.Models.Cloud;

/// <summary>
/// The cluster autoscaler: launches machines in empty places of a pool while pods fit nowhere, gives up on those that do not
/// come, and takes nodes away that have been empty for long.
/// </summary>
/// <remarks>
/// <para>It scans while pods wait and there is something that it could do; other scans would change nothing and are elided.
/// Machines that it has launched and that are not nodes yet count against what is wanted, of whatever pool.</para>
/// <para>Left out: nodes are taken away only when they are empty by themselves (the real one also drains nodes that are used
/// by less than half); the Node object goes with the machine; removal of nodes that have been unready for 20 min; its own leader election
/// and restarts. A slot for the scans, and one per node.</para>
/// </remarks>
public sealed class Autoscaler : Component, INodeWatcher, IInstanceWatcher, IPendingWatcher, INodeLeft
{
    private const int Provision = 0;
    private const int Unneeded = 1;
    private const int Scan = 0;

    /// <summary>The slot of the scans: the first, since a scan looks at pods before it takes nodes away.</summary>
    private const int Whole = 0;

    private static readonly Purpose Phase = Purpose.Named("phase");

    private readonly AutoscalerOptions _options;
    private readonly NodeObjects _objects;
    private readonly INodeObjectStore _store;
    private readonly Instances _instances;
    private readonly IPods _pods;
    private readonly IPendingPods _pending;
    private readonly Signal _can;
    private readonly bool _everyScan;
    private readonly ImmutableArray<ImmutableArray<int>> _places;
    private readonly ImmutableArray<int> _initial;
    private readonly int _initialNodes;
    private readonly Counter _scaleUps;
    private readonly Counter _scaleDowns;
    private readonly State<Node> _nodes;
    private readonly State<Pool> _pools;
    private readonly State<Cluster> _cluster;

    /// <param name="builder">The model to join.</param>
    /// <param name="options">What can be set.</param>
    /// <param name="objects">What the API server says of nodes.</param>
    /// <param name="store">Deletes Node objects.</param>
    /// <param name="instances">Launches and ends machines; the component joins its watchers.</param>
    /// <param name="pods">Tells whether a node is empty.</param>
    /// <param name="pending">The pods that fit nowhere; the component joins their watchers.</param>
    /// <param name="control">What it needs to act.</param>
    /// <param name="fidelity">Whether scans that find nothing to do are simulated.</param>
    public Autoscaler(
        ModelBuilder builder, AutoscalerOptions options, NodeObjects objects, INodeObjectStore store, Instances instances,
        IPods pods, IPendingPods pending, ControlPlane control, Fidelity fidelity = Fidelity.Elided)
        : base(builder, "autoscaler", objects.Set.Count + 1, 2)
    {
        _options = options;
        _objects = objects;
        _store = store;
        _instances = instances;
        _pods = pods;
        _pending = pending;
        _can = builder.Gate("autoscaler.can", 2, control.CloudApi, control.Api);
        _everyScan = fidelity == Fidelity.Exhaustive;
        ImmutableArray<NodeOptions> nodes = objects.Set.Options;
        _places = [.. options.MaxByPool.Select((_, pool) =>
            Enumerable.Range(0, nodes.Length).Where(n => nodes[n].Pool == pool).ToImmutableArray())];
        _initial = [.. _places.Select(places => places.Count(n => nodes[n].Exists))];
        _initialNodes = nodes.Count(n => n.Exists);
        _scaleUps = builder.Counter("autoscaler-launches");
        _scaleDowns = builder.Counter("autoscaler-removals");
        _nodes = NewState<Node>(nodes.Length);
        _pools = NewState<Pool>(_places.Length);
        _cluster = NewState<Cluster>(1);
        instances.WatchedBy(this);
        pending.WatchedBy(this);
        builder.Observe(_can, this, Whole);
    }

    private PeriodicLoop Scans => new(_cluster[0].Phase, _options.ScanInterval.Nanoseconds);

    public override string EntityName(int slot) => slot == Whole ? Name : $"{Name}/{_objects.Set.Options[slot - 1].Name}";

    /// <inheritdoc/>
    public void PodWaits()
    {
        _cluster[0].Cause = Simulation.Cause;
        Wake();
    }

    /// <inheritdoc/>
    public void Emptied(int node)
    {
        if (_options.MaxByPool[PoolOf(node)] is not null)
        {
            // It is found empty by the next scan.
            long found = Scans.Next(PassedUntil(Whole, Scan));
            ArmAt(SlotOf(node), Unneeded, ScanFrom(new SimTime(found) + _options.ScaleDownUnneeded));
        }
    }

    /// <inheritdoc/>
    public void Registered(int node)
    {
        _cluster[0].MoreNodes++;
        if (!_objects.Is(node, NodeMarks.NetworkUnavailable))
        {
            Arrive(node);
        }
        Emptied(node);
        WakeIfPodsWait();
    }

    /// <inheritdoc/>
    /// <remarks>A node without network counts as one that is still to come (cluster-autoscaler, utils/kubernetes/ready.go).</remarks>
    public void Lifted(int node, NodeMarks taint)
    {
        if (taint == NodeMarks.NetworkUnavailable)
        {
            Arrive(node);
            WakeIfPodsWait();
        }
    }

    /// <inheritdoc/>
    public void NotReady(int node) => SetUnready(node, true);

    /// <inheritdoc/>
    public void Ready(int node)
    {
        SetUnready(node, false);
        Arrive(node);
        WakeIfPodsWait();
    }

    /// <inheritdoc/>
    public void Tainted(int node)
    {
    }

    /// <inheritdoc/>
    public void Deleted(int node)
    {
        _cluster[0].MoreNodes--;
        SetUnready(node, false);
        WakeIfPodsWait();
    }

    /// <inheritdoc/>
    public void Launched(int node) => _pools[PoolOf(node)].MoreMachines++;

    /// <inheritdoc/>
    public void Terminated(int node)
    {
        _pools[PoolOf(node)].MoreMachines--;
        Arrive(node);
        Disarm(SlotOf(node), Unneeded);
        WakeIfPodsWait();
    }

    protected override void Start()
    {
        Draws draws = DrawsFor(Whole, Phase, 0);
        _cluster[0].Phase = (long)(draws.NextUniform() * _options.ScanInterval.Nanoseconds);
        // Nobody has been added yet.
        _cluster[0].LastAdd = -_options.ScaleDownDelayAfterAdd.Nanoseconds;
        if (_everyScan)
        {
            ArmAt(Whole, Scan, new SimTime(_cluster[0].Phase));
        }
    }

    protected override void OnTimer(int slot, int timer)
    {
        if (slot == Whole)
        {
            Simulation.Resume(_cluster[0].Cause);
            if (ScaleUp() || _everyScan)
            {
                ArmAfter(Whole, Scan, _options.ScanInterval);
            }
        }
        else if (timer == Provision)
        {
            GiveUp(slot - 1);
        }
        else
        {
            ScaleDown(slot - 1);
        }
    }

    protected override void OnSignal(int slot) => WakeIfPodsWait();

    protected override void Encode(int slot, StateWriter writer)
    {
        if (slot != Whole)
        {
            writer.Add((_nodes[slot - 1].IsUpcoming ? 1 : 0) | (_nodes[slot - 1].IsUnready ? 2 : 0));
            return;
        }
        writer.Add((Now.Nanoseconds - _cluster[0].Phase) % _options.ScanInterval.Nanoseconds);
        writer.Add(Math.Max(0, _cluster[0].LastAdd + _options.ScaleDownDelayAfterAdd.Nanoseconds - Now.Nanoseconds));
        for (int pool = 0; pool < _places.Length; pool++)
        {
            writer.Add(_pools[pool].MoreMachines);
            writer.Add(_pools[pool].Backoff);
            writer.Add(Math.Max(0, _pools[pool].BackoffUntil - Now.Nanoseconds));
            writer.Add(_pools[pool].Backoff == 0 ? 0 : Math.Max(0, _pools[pool].FailedAt + _options.BackoffReset.Nanoseconds - Now.Nanoseconds));
        }
    }

    protected override bool SlotsAreSymmetric => false;

    /// <summary>Launches what waiting pods need and pools allow.</summary>
    /// <returns>Whether there may be more to do without any news.</returns>
    private bool ScaleUp()
    {
        if (!Simulation.Signals[_can] || IsBraked())
        {
            return false;
        }
        bool again = false;
        for (int pool = 0; pool < _places.Length; pool++)
        {
            int room = RoomOf(pool);
            bool waits = Now.Nanoseconds < _pools[pool].BackoffUntil;
            for (int i = 0; room > 0 && i < _places[pool].Length; i++)
            {
                int node = _places[pool][i];
                int wanted = _instances.Exists(node) ? 0 : _pending.NodesFor(pool, _objects.Set.Options[node].Zone);
                again |= wanted > 0;
                if (!waits && wanted > _cluster[0].Upcoming && _instances.HasSite(node))
                {
                    Launch(node);
                    room--;
                }
            }
        }
        return again;
    }

    private void Launch(int node)
    {
        _nodes[node].IsUpcoming = true;
        _cluster[0].Upcoming++;
        _cluster[0].LastAdd = Now.Nanoseconds;
        ArmAfter(SlotOf(node), Provision, _options.MaxNodeProvisionTime);
        Simulation.Count(_scaleUps);
        Report(node, "scale up");
        _instances.Launch(node);
    }

    /// <summary>A machine has not become a node in time: it is ended, and its pool rests.</summary>
    private void GiveUp(int node)
    {
        if (!Simulation.Signals[_can])
        {
            ArmAfter(SlotOf(node), Provision, _options.ScanInterval);
            return;
        }
        ref Pool pool = ref _pools[PoolOf(node)];
        bool fresh = pool.Backoff == 0 || Now.Nanoseconds - pool.FailedAt > _options.BackoffReset.Nanoseconds;
        pool.Backoff = fresh
            ? _options.InitialBackoff.Nanoseconds
            : Math.Min(2 * pool.Backoff, _options.MaxBackoff.Nanoseconds);
        pool.FailedAt = Now.Nanoseconds;
        pool.BackoffUntil = Now.Nanoseconds + pool.Backoff;
        Report(node, "given up");
        _instances.Terminate(node);
    }

    private void ScaleDown(int node)
    {
        bool isNode = _objects.Is(node, NodeMarks.Registered) && !_objects.Is(node, NodeMarks.NotReady);
        if (_pools[PoolOf(node)].MoreMachines <= 0 || !isNode || _pods.CountOn(node) > 0)
        {
            return;
        }
        SimTime allowed = new(_cluster[0].LastAdd + _options.ScaleDownDelayAfterAdd.Nanoseconds);
        if (Now < allowed || !Simulation.Signals[_can] || IsBraked())
        {
            SimTime next = Now + _options.ScanInterval;
            ArmAt(SlotOf(node), Unneeded, ScanFrom(next > allowed ? next : allowed));
            return;
        }
        Simulation.Count(_scaleDowns);
        Report(node, "scale down");
        _store.Delete(node);
        _instances.Terminate(node);
    }

    /// <summary>A machine that was expected is a node, or will never be one.</summary>
    private void Arrive(int node)
    {
        if (_nodes[node].IsUpcoming)
        {
            _nodes[node].IsUpcoming = false;
            _cluster[0].Upcoming--;
            Disarm(SlotOf(node), Provision);
        }
    }

    private void SetUnready(int node, bool value)
    {
        if (_nodes[node].IsUnready != value)
        {
            _nodes[node].IsUnready = value;
            _cluster[0].Unready += value ? 1 : -1;
        }
    }

    /// <summary>Too many nodes are not ready: something is wrong that more machines will not mend.</summary>
    private bool IsBraked()
    {
        int unready = _cluster[0].Unready;
        int nodes = _initialNodes + _cluster[0].MoreNodes;
        return unready > _options.OkUnready && unready > _options.MaxUnready * nodes;
    }

    private int RoomOf(int pool) =>
        _options.MaxByPool[pool] is { } most ? most - _initial[pool] - _pools[pool].MoreMachines : 0;

    private static int SlotOf(int node) => node + 1;

    private int PoolOf(int node) => _objects.Set.Options[node].Pool;

    /// <summary>The first scan at or after an instant.</summary>
    private SimTime ScanFrom(SimTime at) => new(Scans.Next(at.Nanoseconds - 1));

    private void WakeIfPodsWait()
    {
        for (int pool = 0; pool < _places.Length; pool++)
        {
            for (int zone = 0; RoomOf(pool) > 0 && zone < _objects.Set.Zones.Length; zone++)
            {
                if (_pending.NodesFor(pool, zone) > 0)
                {
                    Wake();
                    return;
                }
            }
        }
    }

    private void Wake()
    {
        if (!IsArmed(Whole, Scan))
        {
            ArmAt(Whole, Scan, new SimTime(Scans.Next(PassedUntil(Whole, Scan))));
        }
    }

    private void Report(int node, string state) => Simulation.Trace?.OnState(Now, this, SlotOf(node), state);

    private struct Node
    {
        /// <summary>Launched here, and not a node yet.</summary>
        public bool IsUpcoming;

        public bool IsUnready;
    }

    private struct Pool
    {
        /// <summary>Machines beyond those of t = 0.</summary>
        public int MoreMachines;

        /// <summary>Nanoseconds that the pool rests, or rested last.</summary>
        public long Backoff;

        public long BackoffUntil;
        public long FailedAt;
    }

    private struct Cluster
    {
        /// <summary>Why a pod was found to fit nowhere last.</summary>
        public Cause Cause;

        /// <summary>Instant of the first scan.</summary>
        public long Phase;

        public long LastAdd;

        /// <summary>Machines that are expected to become nodes.</summary>
        public int Upcoming;

        public int Unready;

        /// <summary>Node objects beyond those of t = 0.</summary>
        public int MoreNodes;
    }
}
