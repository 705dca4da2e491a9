using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Infrastructure;

namespace FailoverSim.Models.Operations;

/// <summary>
/// Campaigns of planned work: the machines of a pool are stopped cleanly, kept out and returned, one at a time, and only
/// while all the others are ready.
/// </summary>
/// <remarks>Of two campaigns that meet, the second may take a machine at the instant when the first returns it.
/// A campaign that is due while the last one still runs follows it; more than one is not kept. The last slot is
/// the campaign itself, the others are the machines.</remarks>
public sealed class Maintenance : Component
{
    private const int Due = 0;
    private const int Opening = 1;

    private static readonly Purpose PerNode = Purpose.Named("per-node");

    private readonly MaintenanceOptions _options;
    private readonly Machines _machines;
    private readonly ImmutableArray<int> _pool;
    private readonly ImmutableArray<Signal> _ready;
    private readonly int _cause;
    private readonly LawId _perNode;
    private readonly State<Campaign> _campaign;

    [Wiring]
    private readonly List<IStepListener> _listeners = [];

    /// <param name="builder">The model to join.</param>
    /// <param name="options">What is done when.</param>
    /// <param name="machines">All machines.</param>
    /// <param name="pool">Indices of those to be worked on, in order.</param>
    /// <param name="ready">Per machine of the pool: it is up, and all that runs on it is ready.</param>
    public Maintenance(
        ModelBuilder builder, MaintenanceOptions options, Machines machines, IReadOnlyList<int> pool, IReadOnlyList<Signal> ready)
        : base(builder, $"maintenance/{options.Name}", pool.Count + 1, 2)
    {
        _options = options;
        _machines = machines;
        _pool = [.. pool];
        _ready = [.. ready];
        _cause = builder.Cause(options.Name);
        _perNode = builder.Law(options.PerNode);
        _campaign = NewState<Campaign>(1);
        for (int i = 0; i < _pool.Length; i++)
        {
            builder.Observe(_ready[i], this, _pool.Length);
            builder.Observe(machines.Set.InService[_pool[i]], this, _pool.Length);
        }
    }

    private int Whole => _pool.Length;

    public override string EntityName(int slot) => slot == Whole ? Name : $"{Name}/{_machines.Set.Options[_pool[slot]].Name}";

    /// <summary>Somebody wants to know what has been done; only while the model is built.</summary>
    public void OnStep(IStepListener listener) => _listeners.Add(listener);

    protected override void Start() => ArmAt(Whole, Due, SimTime.Zero + _options.Every);

    protected override void OnTimer(int slot, int timer)
    {
        ref Campaign campaign = ref _campaign[0];
        if (slot != Whole)
        {
            campaign.Step = Step.Returning;
            _machines.Return(_pool[slot]);
            return;
        }
        if (timer == Due)
        {
            ArmAfter(Whole, Due, _options.Every);
            campaign.IsDue = true;
        }
        Advance();
    }

    protected override void OnSignal(int slot) => Advance();

    protected override void Encode(int slot, StateWriter writer)
    {
        ref Campaign campaign = ref _campaign[0];
        writer.Add((long)campaign.Step);
        writer.Add(campaign.Next);
        writer.Add(campaign.IsDue ? 1 : 0);
    }

    protected override bool SlotsAreSymmetric => false;

    private void Advance()
    {
        ref Campaign campaign = ref _campaign[0];
        if (campaign.Step == Step.Idle && campaign.IsDue)
        {
            campaign.IsDue = false;
            campaign.Step = Step.Waiting;
            campaign.Next = 0;
        }
        switch (campaign.Step)
        {
            case Step.Waiting:
                TryStep();
                break;
            case Step.Stopping when !Simulation.Signals[_machines.Set.InService[_pool[campaign.Next]]]:
                campaign.Step = Step.Out;
                Simulation.Resume(campaign.Cause);
                StartClock(campaign.Next, 0, _perNode, PerNode, campaign.Number);
                break;
            case Step.Returning when Simulation.Signals[_ready[campaign.Next]]:
                FinishStep();
                break;
        }
    }

    private void TryStep()
    {
        ref Campaign campaign = ref _campaign[0];
        SimTime open = _options.Window.NextOnDuty(Now);
        if (open > Now)
        {
            Simulation.Resume(default);
            ArmAt(Whole, Opening, open);
        }
        else if (OthersAreReady())
        {
            Disarm(Whole, Opening);
            campaign.Step = Step.Stopping;
            campaign.Cause = Simulation.Raise(_cause);
            Report(campaign.Next, "step");
            _machines.StopCleanly(_pool[campaign.Next]);
        }
    }

    /// <summary>Whether nobody misses the next machine: others may be out for other planned work.</summary>
    private bool OthersAreReady()
    {
        int next = _campaign[0].Next;
        for (int i = 0; i < _pool.Length; i++)
        {
            if (_machines.IsOut(_pool[i]) || (i != next && !Simulation.Signals[_ready[i]]))
            {
                return false;
            }
        }
        return true;
    }

    private void FinishStep()
    {
        ref Campaign campaign = ref _campaign[0];
        int machine = _pool[campaign.Next];
        Report(campaign.Next, "done");
        campaign.Next++;
        bool last = campaign.Next == _pool.Length;
        campaign.Step = last ? Step.Idle : Step.Waiting;
        campaign.Number += last ? 1 : 0;
        foreach (IStepListener listener in _listeners)
        {
            listener.StepDone(machine);
            if (last)
            {
                listener.CampaignDone();
            }
        }
        // What the step has brought with it shows before the next one begins.
        ReactWhenSettled(Whole);
    }

    private void Report(int slot, string state) => Simulation.Trace?.OnState(Now, this, slot, state);

    private enum Step : byte
    {
        /// <summary>No campaign.</summary>
        Idle,

        /// <summary>The next machine waits for the window, or for the others.</summary>
        Waiting,

        /// <summary>It has been asked to stop.</summary>
        Stopping,

        /// <summary>It is worked on.</summary>
        Out,

        /// <summary>It has been powered on, and is not ready.</summary>
        Returning,
    }

    private struct Campaign
    {
        /// <summary>That of the present step.</summary>
        public Cause Cause;

        /// <summary>Finished ones.</summary>
        public int Number;

        /// <summary>Place in the pool of the machine whose turn it is.</summary>
        public int Next;

        public Step Step;
        public bool IsDue;
    }
}
