using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cloud;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Nodes;

namespace FailoverSim.Models.Operations;

/// <summary>
/// Campaigns in which every node of a pool is replaced by a new one, a few at a time: new machines are launched, and when
/// they are ready as many old nodes are drained, their machines destroyed and their Node objects deleted.
/// </summary>
/// <remarks>
/// The place of a machine that is gone becomes one for the next new machine. Each new machine comes in the zone of an old node,
/// which it then replaces; a step is as large as free places in those zones allow (so many in each zone as a step has
/// machines are enough). A machine that has not come after 15 min is not waited for any longer, unless
/// it is the only one; it counts in a later step. Nodes that are deleted by somebody else meanwhile have successors that
/// are new already; if that leaves a new machine too many, it goes again at the end.
/// Steps wait for the API and for the provider's.
/// </remarks>
public sealed partial class NodeUpgrades : Component, INodeWatcher, IDrained
{
    private const int Due = 0;

    /// <summary>The window opens, a late machine is not waited for any longer, or it is time to look again.</summary>
    private const int Wake = 1;

    /// <summary>As the autoscaler's max-node-provision-time.</summary>
    private static readonly SimDuration ProvisionTime = SimDuration.FromSeconds(15 * 60);

    /// <summary>Between two looks whether a node has been initialized, of which nobody tells.</summary>
    private static readonly SimDuration LookEvery = SimDuration.FromSeconds(10);

    /// <summary>Until a step that found nothing to do begins again.</summary>
    private static readonly SimDuration RetryEvery = SimDuration.FromSeconds(60);

    private readonly UpgradeOptions _options;
    private readonly NodeObjects _nodes;
    private readonly INodeObjectStore _store;
    private readonly IInstances _instances;
    private readonly Drains _drains;
    private readonly ControlPlane _control;
    private readonly ImmutableArray<int> _pool;

    /// <summary>Place in the pool by node, −1 for nodes of other pools.</summary>
    private readonly ImmutableArray<int> _placeOf;
    private readonly int _drainer;
    private readonly int _cause;
    private readonly Counter _upgraded;
    private readonly State<Campaign> _campaign;

    /// <summary>By place in the pool: it was there when the campaign began, and is to be replaced.</summary>
    private readonly State<bool> _isOld;

    /// <summary>By zone: those of them that are not being drained.</summary>
    private readonly State<int> _oldIn;
    private readonly State<Lane> _lanes;

    [Wiring]
    private readonly List<IStepListener> _listeners = [];

    /// <param name="builder">The model to join.</param>
    /// <param name="options">What is done when.</param>
    /// <param name="pool">All places of the pool, those without a machine included.</param>
    /// <param name="nodes">Node objects.</param>
    /// <param name="store">Deletes those of nodes whose machine is gone.</param>
    /// <param name="instances">Their machines.</param>
    /// <param name="drains">Drains them.</param>
    /// <param name="control">What must work for that.</param>
    public NodeUpgrades(
        ModelBuilder builder, UpgradeOptions options, IReadOnlyList<int> pool, NodeObjects nodes, INodeObjectStore store,
        IInstances instances, Drains drains, ControlPlane control)
        : base(builder, $"maintenance/{options.Name}", 1, 2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Surge, 1);
        _options = options;
        _nodes = nodes;
        _store = store;
        _instances = instances;
        _drains = drains;
        _control = control;
        _pool = [.. pool];
        int[] placeOf = new int[nodes.Set.Count];
        Array.Fill(placeOf, -1);
        for (int place = 0; place < _pool.Length; place++)
        {
            placeOf[_pool[place]] = place;
        }
        _placeOf = [.. placeOf];
        _drainer = drains.For(options.Drain, this);
        _cause = builder.Cause(options.Name);
        _upgraded = builder.Counter("upgrades.nodes");
        _campaign = NewState<Campaign>(1);
        _isOld = NewState<bool>(_pool.Length);
        _oldIn = NewState<int>(nodes.Set.Zones.Length);
        _lanes = NewState<Lane>(options.Surge);
        builder.Observe(control.Api, this, 0);
        builder.Observe(control.CloudApi, this, 0);
    }

    /// <summary>Somebody wants to know what has been done; only while the model is built.</summary>
    public void OnStep(IStepListener listener) => _listeners.Add(listener);

    /// <inheritdoc/>
    public void Drained(int node)
    {
        for (int i = 0; i < _lanes.Count; i++)
        {
            if (_lanes[i].Old == node + 1)
            {
                _lanes[i].IsEmpty = true;
                ReactWhenSettled(0);
            }
        }
    }

    public void Registered(int node) => HasChanged(node);

    public void NotReady(int node)
    {
    }

    public void Ready(int node) => HasChanged(node);

    public void Tainted(int node)
    {
    }

    /// <summary>Somebody else has taken it away.</summary>
    public void Deleted(int node)
    {
        if (_campaign[0].Step == Step.Idle || _placeOf[node] < 0)
        {
            return;
        }
        for (int i = 0; i < _lanes.Count; i++)
        {
            ref Lane lane = ref _lanes[i];
            if (lane.Old == node + 1)
            {
                // The new machine can replace another one.
                lane.Old = 0;
                lane.IsEmpty = false;
                _campaign[0].Draining--;
            }
            if (lane.Fresh == node + 1 && !_instances.Exists(node))
            {
                lane.Fresh = 0;
            }
        }
        ForgetOld(node);
        ReactWhenSettled(0);
    }

    protected override void Start() => ArmAt(0, Due, SimTime.Zero + _options.Every);

    protected override void OnTimer(int slot, int timer)
    {
        if (timer == Due)
        {
            ArmAfter(0, Due, _options.Every);
            _campaign[0].IsDue = true;
        }
        Advance();
    }

    protected override void OnSignal(int slot) => Advance();

    protected override void Encode(int slot, StateWriter writer)
    {
        ref Campaign campaign = ref _campaign[0];
        writer.Add((long)campaign.Step);
        writer.Add(campaign.IsDue ? 1 : 0);
        if (campaign.Step == Step.Idle)
        {
            return;
        }
        writer.Add(campaign.Step == Step.Booting ? (Now - campaign.Launched).Nanoseconds : 0);
        for (int place = 0; place < _pool.Length; place++)
        {
            writer.Add(_isOld[place] ? 1 : 0);
        }
        for (int i = 0; i < _lanes.Count; i++)
        {
            writer.Add((long)_lanes[i].Fresh);
            writer.Add((long)_lanes[i].Old);
            writer.Add(_lanes[i].IsEmpty ? 1 : 0);
        }
    }

    private void HasChanged(int node)
    {
        if (_campaign[0].Step == Step.Booting && _placeOf[node] >= 0)
        {
            ReactWhenSettled(0);
        }
    }

    private bool IsOld(int node) => _placeOf[node] is var place and >= 0 && _isOld[place];

    /// <summary>A node is not to be replaced any more, or is about to be.</summary>
    private void ForgetOld(int node)
    {
        if (IsOld(node))
        {
            _isOld[_placeOf[node]] = false;
            _oldIn[_nodes.Set.Options[node].Zone]--;
            _campaign[0].Left--;
        }
    }

    private void Report(string state) => Simulation.Trace?.OnState(Now, this, 0, state);

    private enum Step : byte
    {
        /// <summary>No campaign.</summary>
        Idle,

        /// <summary>The next step waits for the window, or for the provider.</summary>
        Waiting,

        /// <summary>New machines have been launched.</summary>
        Booting,

        /// <summary>Old nodes are being drained.</summary>
        Draining,
    }

    private struct Campaign
    {
        /// <summary>That of the present step.</summary>
        public Cause Cause;

        /// <summary>When the machines of the present step were launched.</summary>
        public SimTime Launched;

        /// <summary>Nodes to be replaced, without those of the present step.</summary>
        public int Left;

        /// <summary>Nodes that are being drained.</summary>
        public int Draining;

        /// <summary>No place of the pool before this one is to be replaced.</summary>
        public int First;

        public Step Step;
        public bool IsDue;
    }

    /// <summary>A new machine and the old one that it replaces; numbers of nodes plus 1, 0 for none.</summary>
    private struct Lane
    {
        public int Fresh;
        public int Old;

        /// <summary>The old one has been drained.</summary>
        public bool IsEmpty;
    }
}
