using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Infrastructure;
using FailoverSim.Models.Nodes;

namespace FailoverSim.Models.Operations;

/// <summary>
/// Campaigns of reboots as kured does them: a node takes the lock, is drained, stopped cleanly, kept out and returned; when
/// it is ready it is uncordoned, and the next one may take the lock.
/// </summary>
/// <remarks>
/// The lock is not given while a node of the pool that nobody works on is not ready, and it is never taken from its holder: a drain that
/// no budget lets through, or a node that does not come back, blocks all others. Nodes that are deleted meanwhile have
/// nothing left to be rebooted. The last slot is the campaign itself, the others are the nodes.
/// </remarks>
public sealed class NodeReboots : Component, INodeWatcher, IDrained
{
    private const int Due = 0;

    /// <summary>The window opens, or it is time to look whether somebody else has let go of a node.</summary>
    private const int Wake = 1;

    private static readonly SimDuration LookEvery = SimDuration.FromSeconds(60);
    private static readonly Purpose PerNode = Purpose.Named("per-node");

    private readonly RebootOptions _options;
    private readonly NodeObjects _nodes;
    private readonly Machines _machines;
    private readonly Drains _drains;
    private readonly ImmutableArray<int> _pool;

    /// <summary>Slot by node, −1 for nodes of other pools.</summary>
    private readonly ImmutableArray<int> _slotOf;
    private readonly int _drainer;
    private readonly int _cause;
    private readonly LawId _perNode;
    private readonly State<Campaign> _campaign;
    private readonly State<Turn> _turns;

    [Wiring]
    private readonly List<IStepListener> _listeners = [];

    /// <param name="builder">The model to join.</param>
    /// <param name="options">What is done when.</param>
    /// <param name="pool">Nodes to be worked on, in order; places without a Node object are passed over.</param>
    /// <param name="nodes">Node objects.</param>
    /// <param name="machines">All machines.</param>
    /// <param name="drains">Drains the nodes.</param>
    public NodeReboots(
        ModelBuilder builder, RebootOptions options, IReadOnlyList<int> pool, NodeObjects nodes, Machines machines, Drains drains)
        : base(builder, $"maintenance/{options.Name}", pool.Count + 1, 2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Concurrency, 1);
        _options = options;
        _nodes = nodes;
        _machines = machines;
        _drains = drains;
        _pool = [.. pool];
        int[] slotOf = new int[nodes.Set.Count];
        Array.Fill(slotOf, -1);
        _drainer = drains.For(options.Drain, this);
        _cause = builder.Cause(options.Name);
        _perNode = builder.Law(options.PerNode);
        _campaign = NewState<Campaign>(1);
        _turns = NewState<Turn>(_pool.Length);
        for (int slot = 0; slot < _pool.Length; slot++)
        {
            int node = _pool[slot];
            slotOf[node] = slot;
            builder.Observe(machines.Set.InService[MachineOf(slot)], this, slot);
            builder.Observe(nodes.Set.Signals[node].Heartbeats, this, slot);
        }
        _slotOf = [.. slotOf];
    }

    private int Whole => _pool.Length;

    public override string EntityName(int slot) => slot == Whole ? Name : $"{Name}/{_nodes.Set.Options[_pool[slot]].Name}";

    /// <summary>Somebody wants to know what has been done; only while the model is built.</summary>
    public void OnStep(IStepListener listener) => _listeners.Add(listener);

    /// <inheritdoc/>
    public void Drained(int node)
    {
        int slot = _slotOf[node];
        _turns[slot].Step = Step.Stopping;
        _machines.StopCleanly(MachineOf(slot));
        ReactWhenSettled(slot);
    }

    public void Registered(int node)
    {
    }

    public void NotReady(int node) => SetMissing(node, true);

    public void Ready(int node)
    {
        SetMissing(node, false);
        if (_slotOf[node] is var slot and >= 0 && _turns[slot].Step == Step.Returning)
        {
            ReactWhenSettled(slot);
        }
    }

    public void Tainted(int node)
    {
    }

    public void Deleted(int node)
    {
        SetMissing(node, false);
        int slot = _slotOf[node];
        if (slot >= 0 && _turns[slot].Step != Step.Idle)
        {
            Disarm(slot, 0);
            Release(slot);
        }
    }

    protected override void Start() => ArmAt(Whole, Due, SimTime.Zero + _options.Every);

    protected override void OnTimer(int slot, int timer)
    {
        if (slot != Whole)
        {
            _turns[slot].Step = Step.Returning;
            if (_machines.IsOut(MachineOf(slot)))
            {
                _machines.Return(MachineOf(slot));
            }
            ReactWhenSettled(slot);
            return;
        }
        if (timer == Due)
        {
            ArmAfter(Whole, Due, _options.Every);
            _campaign[0].IsDue = true;
        }
        Advance();
    }

    protected override void OnSignal(int slot)
    {
        if (slot == Whole)
        {
            Advance();
            return;
        }
        ref Turn turn = ref _turns[slot];
        if (turn.Step == Step.Stopping && !Simulation.Signals[_machines.Set.InService[MachineOf(slot)]])
        {
            turn.Step = Step.Out;
            Simulation.Resume(turn.Cause);
            StartClock(slot, 0, _perNode, PerNode, turn.Reboots++);
        }
        else if (turn.Step == Step.Returning && IsReady(_pool[slot]))
        {
            Simulation.Resume(turn.Cause);
            Finish(slot);
        }
    }

    protected override void Encode(int slot, StateWriter writer)
    {
        if (slot == Whole)
        {
            writer.Add(_campaign[0].IsRunning ? _campaign[0].Next : -1);
            writer.Add(_campaign[0].IsDue ? 1 : 0);
        }
        else
        {
            writer.Add((long)_turns[slot].Step);
            writer.Add(_turns[slot].IsMissing ? 1 : 0);
        }
    }

    protected override bool SlotsAreSymmetric => false;

    private void Advance()
    {
        ref Campaign campaign = ref _campaign[0];
        if (!campaign.IsRunning && campaign.IsDue)
        {
            campaign.IsDue = false;
            campaign.IsRunning = true;
            campaign.Next = 0;
        }
        while (campaign.IsRunning && campaign.Next < _pool.Length && campaign.InHand < _options.Concurrency)
        {
            if (!_nodes.Is(_pool[campaign.Next], NodeMarks.Registered))
            {
                campaign.Next++;
            }
            else if (!TryBegin(campaign.Next))
            {
                return;
            }
        }
        if (campaign.IsRunning && campaign.Next == _pool.Length && campaign.InHand == 0)
        {
            campaign.IsRunning = false;
            foreach (IStepListener listener in _listeners)
            {
                listener.CampaignDone();
            }
            ReactWhenSettled(Whole);
        }
    }

    private bool TryBegin(int slot)
    {
        ref Campaign campaign = ref _campaign[0];
        SimTime open = _options.Window.NextOnDuty(Now);
        if (open > Now)
        {
            Simulation.Resume(default);
            ArmAt(Whole, Wake, open);
            return false;
        }
        if (campaign.Missing > 0)
        {
            return false;
        }
        if (_drains.IsTaken(_pool[slot]) || _machines.IsOut(MachineOf(slot)))
        {
            Simulation.Resume(default);
            ArmAfter(Whole, Wake, LookEvery);
            return false;
        }
        campaign.Next++;
        campaign.InHand++;
        _turns[slot].Cause = Simulation.Raise(_cause);
        _turns[slot].Step = Step.Draining;
        Report(slot, "step");
        _drains.Begin(_pool[slot], _drainer);
        return true;
    }

    /// <summary>Its kubelet works, and the API server has noticed if it had noticed the contrary.</summary>
    private bool IsReady(int node) =>
        Simulation.Signals[_nodes.Set.Signals[node].Heartbeats] && !_nodes.Is(node, NodeMarks.NotReady);

    private void Finish(int slot)
    {
        _drains.Uncordon(_pool[slot]);
        Release(slot);
        Report(slot, "done");
        foreach (IStepListener listener in _listeners)
        {
            listener.StepDone(MachineOf(slot));
        }
    }

    private void Release(int slot)
    {
        _turns[slot].Step = Step.Idle;
        _campaign[0].InHand--;
        _campaign[0].Missing += _turns[slot].IsMissing ? 1 : 0;
        // What the step has brought with it shows before the next one begins.
        ReactWhenSettled(Whole);
    }

    /// <summary>A node is not ready, which keeps the others from the lock unless it holds it itself.</summary>
    private void SetMissing(int node, bool isMissing)
    {
        int slot = _slotOf[node];
        if (slot < 0 || _turns[slot].IsMissing == isMissing)
        {
            return;
        }
        _turns[slot].IsMissing = isMissing;
        if (_turns[slot].Step == Step.Idle)
        {
            _campaign[0].Missing += isMissing ? 1 : -1;
            if (_campaign[0].Missing == 0)
            {
                ReactWhenSettled(Whole);
            }
        }
    }

    private int MachineOf(int slot) => _nodes.Set.Options[_pool[slot]].Machine;

    private void Report(int slot, string state) => Simulation.Trace?.OnState(Now, this, slot, state);

    private enum Step : byte
    {
        /// <summary>Nobody works on it.</summary>
        Idle,

        /// <summary>It has the lock, and is being drained.</summary>
        Draining,

        /// <summary>Its machine has been asked to stop.</summary>
        Stopping,

        /// <summary>It is off.</summary>
        Out,

        /// <summary>It has been powered on, and is not ready.</summary>
        Returning,
    }

    private struct Turn
    {
        public Cause Cause;
        public long Reboots;
        public Step Step;

        /// <summary>The API server calls it not ready.</summary>
        public bool IsMissing;
    }

    private struct Campaign
    {
        /// <summary>Slot of the node whose turn it is.</summary>
        public int Next;

        /// <summary>Nodes that hold the lock.</summary>
        public int InHand;

        /// <summary>Nodes that do not, and are not ready.</summary>
        public int Missing;

        public bool IsDue;
        public bool IsRunning;
    }
}
