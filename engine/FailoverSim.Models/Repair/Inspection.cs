using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Units;

namespace FailoverSim.Models.Repair;

/// <summary>At each multiple of a period every unit becomes one job; when it ends, a hidden failure is found.</summary>
/// <remarks>A unit whose last inspection is still waiting is not queued twice. The last slot is the round itself.</remarks>
public sealed class Inspection : Component, IJobOwner
{
    private static readonly Purpose Takes = Purpose.Named("inspection");
    private static readonly Purpose Answer = Purpose.Named("answer");

    private readonly ImmutableArray<(UnitGroup Group, int Slot)> _units;
    private readonly SimDuration _every;
    private readonly LawId _takes;
    private readonly JobClass? _jobClass;
    private readonly Workshop _workshop;
    private readonly int _firstJob;
    private readonly State<Job> _state;

    /// <param name="builder">The model to join.</param>
    /// <param name="groups">Whose units are inspected.</param>
    /// <param name="every">Period; the first round is after one period.</param>
    /// <param name="takes">Elapsed time per unit.</param>
    /// <param name="jobClass">Who inspects; null: nobody is needed.</param>
    /// <param name="workshop">Where inspections are asked for.</param>
    /// <param name="firstJob">The number of the first unit's job there.</param>
    public Inspection(
        ModelBuilder builder,
        IReadOnlyList<UnitGroup> groups,
        SimDuration every,
        Law takes,
        JobClass? jobClass,
        Workshop workshop,
        int firstJob)
        : base(builder, "inspection/", groups.Sum(g => g.Count) + 1, 1)
    {
        _units = [.. groups.SelectMany(g => Enumerable.Range(0, g.Count).Select(slot => (g, slot)))];
        _every = every;
        _takes = builder.Law(takes);
        _jobClass = jobClass;
        _workshop = workshop;
        _firstJob = firstJob;
        _state = NewState<Job>(Count);
        workshop.Employ(this, firstJob, _units.Length);
    }

    private int Round => _units.Length;

    public override string EntityName(int slot) =>
        slot == Round ? "inspection/round" : $"inspection/{_units[slot].Group.EntityName(_units[slot].Slot)}";

    /// <inheritdoc/>
    public void Begin(int slot, bool resumed)
    {
        _state[slot].Phase = JobPhase.InHand;
        Simulation.Resume(default);
        if (resumed)
        {
            SetSpeed(slot, 0, 1);
        }
        else
        {
            StartClock(slot, 0, _takes, Takes, _state[slot].Inspections);
        }
    }

    /// <inheritdoc/>
    public void Pause(int slot) => SetSpeed(slot, 0, 0);

    /// <inheritdoc/>
    public void EncodeJob(int slot, StateWriter writer) => writer.Add(_firstJob + slot);

    /// <inheritdoc/>
    public void AwaitTurn(int slot, bool partMissing)
    {
    }

    protected override void Start() => ArmAt(Round, 0, SimTime.Zero + _every);

    protected override void OnTimer(int slot, int timer)
    {
        if (slot == Round)
        {
            ArmAfter(Round, 0, _every);
            for (int unit = 0; unit < _units.Length; unit++)
            {
                if (_state[unit].Phase == JobPhase.None)
                {
                    Call(unit);
                }
            }
        }
        else if (_state[slot].Phase == JobPhase.Answering)
        {
            Join(slot);
        }
        else
        {
            _state[slot].Phase = JobPhase.None;
            _state[slot].Inspections++;
            (UnitGroup group, int unit) = _units[slot];
            group.Inspect(unit);
            if (_jobClass is not null)
            {
                _workshop.Done(_firstJob + slot);
            }
        }
    }

    protected override void Encode(int slot, StateWriter writer) => writer.Add((long)_state[slot].Phase);

    /// <summary>A slot belongs to one unit.</summary>
    protected override bool SlotsAreSymmetric => false;

    private void Call(int slot)
    {
        ref Job state = ref _state[slot];
        state.Due = Now.Nanoseconds;
        if (_jobClass is null)
        {
            Begin(slot, resumed: false);
            return;
        }
        (SimTime onDuty, LawId? answer) = _workshop.Call(_jobClass);
        SimTime answered = answer is { } law ? onDuty + SimDuration.FromSeconds(Draw(slot, law, Answer, state.Inspections)) : Now;
        if (answered > Now)
        {
            state.Phase = JobPhase.Answering;
            ArmAt(slot, 0, answered);
        }
        else
        {
            Join(slot);
        }
    }

    private void Join(int slot)
    {
        _state[slot].Phase = JobPhase.Queued;
        _workshop.Join(_firstJob + slot, _jobClass!, _state[slot].Due);
    }

    private enum JobPhase
    {
        None,
        Answering,
        Queued,
        InHand,
    }

    private struct Job
    {
        public long Due;
        public int Inspections;
        public JobPhase Phase;
    }
}
