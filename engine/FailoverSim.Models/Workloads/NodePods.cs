using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Signals;
using FailoverSim.Models.Nodes;

namespace FailoverSim.Models.Workloads;

/// <summary>Which pods are on which node, and what is true of the node; tells <see cref="Pods"/> when that changes.</summary>
internal sealed class NodePods : Component
{
    private readonly Pods _pods;
    private readonly NodeSet _set;
    private readonly ImmutableArray<Signal> _canSetUp;

    /// <summary>Links of the second kind, of pods that are ending, come after those of all pods.</summary>
    private readonly int _places;
    private readonly State<Place> _nodes;
    private readonly State<int> _firstEnding;
    private readonly State<Link> _links;

    [Wiring]
    private readonly List<INodeLeft> _watchers = [];

    public NodePods(ModelBuilder builder, Pods pods, NodeSet set, ImmutableArray<Signal> canSetUp, int places)
        : base(builder, "node-pods", set.Count, 0)
    {
        _pods = pods;
        _set = set;
        _canSetUp = canSetUp;
        _places = places;
        _nodes = NewState<Place>(Count);
        _firstEnding = NewState<int>(Count);
        _links = NewState<Link>(2 * places);
        for (int node = 0; node < Count; node++)
        {
            builder.Observe(set.Signals[node].Machine.Powered, this, node);
            builder.Observe(set.Signals[node].Serves, this, node);
            builder.Observe(set.Signals[node].Heartbeats, this, node);
            if (set.Signals[node].Runtime is { } runtime)
            {
                builder.Observe(runtime.Usable, this, node);
            }
            if (!canSetUp.IsEmpty)
            {
                builder.Observe(canSetUp[node], this, node);
            }
        }
    }

    /// <summary>Of a node.</summary>
    public string NameOf(int node) => _set.Options[node].Name;

    public override string EntityName(int slot) => $"pods-of/{_set.Options[slot].Name}";

    /// <summary>Somebody wants to know when a node is empty; only while the model is built.</summary>
    public void WatchedBy(INodeLeft watcher) => _watchers.Add(watcher);

    /// <summary>What is true of a node, and what its pods wait for while it is out.</summary>
    public ref Place this[int node] => ref _nodes[node];

    public int FirstOn(int node) => _nodes[node].FirstPlusOne - 1;

    public int NextOn(int pod) => _links[pod].NextPlusOne - 1;

    /// <summary>A pod will probably be looked at soon.</summary>
    public void ExpectPod(int pod) => _links.Expect(pod);

    /// <summary>The same of one that is ending.</summary>
    public void ExpectEnding(int pod) => _links.Expect(pod + _places);

    /// <summary>First pod that a node holds although its place has moved on.</summary>
    public int FirstEndingOn(int node) => _firstEnding[node] - 1;

    public int NextEnding(int pod) => _links[pod + _places].NextPlusOne - 1;

    public void Add(int pod, int node)
    {
        Insert(ref _nodes[node].FirstPlusOne, pod, 0);
        _nodes[node].Count++;
    }

    /// <summary>A pod has left its node for good.</summary>
    public void Remove(int pod, int node)
    {
        Take(ref _nodes[node].FirstPlusOne, pod, 0);
        Leave(node);
    }

    /// <summary>A pod is being deleted: the node still holds it.</summary>
    public void BeginEnding(int pod, int node)
    {
        Take(ref _nodes[node].FirstPlusOne, pod, 0);
        Insert(ref _firstEnding[node], pod, _places);
    }

    /// <summary>The deleted pod is gone.</summary>
    public void EndEnding(int pod, int node)
    {
        Take(ref _firstEnding[node], pod, _places);
        Leave(node);
    }

    protected override void Start()
    {
        for (int node = 0; node < Count; node++)
        {
            // A place without a machine is off from the start.
            Read(node, ref _nodes[node]);
        }
    }

    protected override void OnTimer(int slot, int timer) => throw Simulation.Violation("there is no such timer");

    protected override void OnSignal(int slot)
    {
        ref Place place = ref _nodes[slot];
        (bool wasOff, bool wasMute, bool wasDeaf, bool wasCut, bool wasIdle) =
            (place.IsOff, place.IsMute, place.IsDeaf, place.IsCut, place.IsIdle);
        Read(slot, ref place);
        if (place.IsIdle && !wasIdle)
        {
            _pods.LoseRuntime(slot);
        }
        if (place.IsOff && !wasOff)
        {
            _pods.LosePower(slot);
        }
        if (place.IsMute != wasMute)
        {
            _pods.ChangeTraffic(slot);
        }
        if (!place.IsDeaf && wasDeaf)
        {
            _pods.Reconnect(slot);
        }
        if (!place.IsIdle && wasIdle)
        {
            _pods.RuntimeReturns(slot);
        }
        if (!place.IsCut && wasCut)
        {
            _pods.RetrySetUp(slot);
        }
    }

    protected override void Encode(int slot, StateWriter writer)
    {
        ref readonly Place place = ref _nodes[slot];
        writer.Add((place.IsMarked ? 1L : 0) | ((long)place.Count << 1));
        writer.Add((long)place.Stage);
        writer.Add(Math.Max(0, place.PullsUntil - Now.Nanoseconds));
    }

    protected override bool SlotsAreSymmetric => false;

    private void Read(int node, ref Place place)
    {
        NodeSignals signals = _set.Signals[node];
        place.IsOff = !Simulation.Signals[signals.Machine.Powered];
        place.IsMute = !Simulation.Signals[signals.Serves];
        place.IsDeaf = !Simulation.Signals[signals.Heartbeats];
        place.IsIdle = signals.Runtime is { } runtime && !Simulation.Signals[runtime.Usable];
        place.IsCut = !_canSetUp.IsEmpty && !Simulation.Signals[_canSetUp[node]];
    }

    private void Leave(int node)
    {
        if (--_nodes[node].Count == 0)
        {
            foreach (INodeLeft watcher in _watchers)
            {
                watcher.Emptied(node);
            }
        }
    }

    private void Insert(ref int first, int pod, int offset)
    {
        _links[pod + offset] = new Link { NextPlusOne = first };
        if (first > 0)
        {
            _links[first - 1 + offset].PreviousPlusOne = pod + 1;
        }
        first = pod + 1;
    }

    private void Take(ref int first, int pod, int offset)
    {
        Link link = _links[pod + offset];
        if (link.PreviousPlusOne > 0)
        {
            _links[link.PreviousPlusOne - 1 + offset].NextPlusOne = link.NextPlusOne;
        }
        else
        {
            first = link.NextPlusOne;
        }
        if (link.NextPlusOne > 0)
        {
            _links[link.NextPlusOne - 1 + offset].PreviousPlusOne = link.PreviousPlusOne;
        }
    }

    internal struct Place
    {
        public int FirstPlusOne;

        /// <summary>Pods that the node holds, those that are ending included.</summary>
        public int Count;

        /// <summary>Until when the pulls that have been asked for take, nanoseconds.</summary>
        public long PullsUntil;

        /// <summary>What the pods wait for while the node is out; 0 while it is not.</summary>
        public int Stage;

        /// <summary>Its machine has no power.</summary>
        public bool IsOff;

        /// <summary>Requests do not reach it.</summary>
        public bool IsMute;

        /// <summary>Its kubelet does not hear of anything, and nobody hears of it.</summary>
        public bool IsDeaf;

        /// <summary>Its kubelet has no container runtime: nothing is started, stopped or looked after.</summary>
        public bool IsIdle;

        /// <summary>Its network agent cannot set up pods.</summary>
        public bool IsCut;

        /// <summary>The node controller has marked its pods as not ready.</summary>
        public bool IsMarked;
    }

    private struct Link
    {
        public int NextPlusOne;
        public int PreviousPlusOne;
    }
}
