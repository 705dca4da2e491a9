using System.Collections.Immutable;
using System.Globalization;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Repair;

namespace FailoverSim.Models.Faults;

/// <summary>
/// One kind of fault: strikes each target by a clock of its own, at given instants, or when it is triggered; then lasts, or
/// is repaired by whoever its procedure names.
/// </summary>
/// <remarks>
/// A clock runs in calendar time from t = 0 and from the end of each occurrence. Slots are targets; with scripted instants a
/// slot is one target at one instant, so that any number of occurrences may overlap. Each <see cref="IVictims.Strike"/> has
/// exactly one <see cref="IVictims.End"/> of the same cause, even where the victim has been restarted for another reason in
/// between: the victim knows by the cause whether it still suffers from that occurrence.
/// </remarks>
public sealed class FaultClocks : Component, IJobOwner
{
    private static readonly Purpose Every = Purpose.Named("every");
    private static readonly Purpose Takes = Purpose.Named("takes");
    private static readonly Purpose Answer = Purpose.Named("answer");
    private static readonly Purpose Way = Purpose.Named("way");
    private static readonly Purpose Hit = Purpose.Named("hit");

    private readonly FaultOptions _options;
    private readonly Workshop _workshop;
    private readonly int _firstJob;
    private readonly LawId _every;
    private readonly LawId _takes;
    private readonly int _cause;
    private readonly ClusterStages _stages;
    private readonly int _spare;
    private readonly bool _hasRoles;
    private readonly ImmutableArray<double> _wayOdds;
    private readonly State<FaultState> _states;

    /// <summary>The victims of all targets, one target's after the other's, and where each target's begin.</summary>
    private readonly ImmutableArray<Victim> _victims;
    private readonly ImmutableArray<int> _firstVictim;

    /// <param name="builder">The model to join.</param>
    /// <param name="options">What can be set.</param>
    /// <param name="workshop">Where repairs are asked for.</param>
    /// <param name="firstJob">The number of its first job there; the others follow (<see cref="FaultOptions.Jobs"/>).</param>
    public FaultClocks(ModelBuilder builder, FaultOptions options, Workshop workshop, int firstJob)
        : base(builder, $"faults/{options.Name}", options.Slots, 1)
    {
        Require(options);
        _options = options;
        _workshop = workshop;
        _firstJob = firstJob;
        _every = options.Every is null ? default : builder.Hazard($"faults.{options.Name}.every", options.Every);
        _takes = builder.Law(options.Ending.Takes);
        _cause = builder.Cause(options.Name);
        _stages = new ClusterStages(builder);
        _spare = builder.Stage("spare");
        _hasRoles = options.Targets.Any(t => t.Role is not null);
        _wayOdds = options.Ways == Ways.OneWay ? [0, 1, 1] : [1, 1, 1];
        _states = NewState<FaultState>(Count);
        _victims = [.. options.Targets.SelectMany(t => t.Victims)];
        int[] first = new int[options.Targets.Length + 1];
        for (int target = 0; target < options.Targets.Length; target++)
        {
            first[target + 1] = first[target] + options.Targets[target].Victims.Length;
        }
        _firstVictim = [.. first];
        if (options.Jobs > 0)
        {
            workshop.Employ(this, firstJob, Count);
        }
    }

    private JobClass? JobClass => _options.Ending.JobClass;

    /// <summary>Of the target; with scripted instants, of the target and the instant in nanoseconds.</summary>
    public override string EntityName(int slot) => _options.At.IsEmpty
        ? $"{Name}/{TargetOf(slot).Name}"
        : string.Create(CultureInfo.InvariantCulture, $"{Name}/{TargetOf(slot).Name}@{InstantOf(slot).Nanoseconds}");

    /// <summary>An occurrence is under way.</summary>
    public bool IsStruck(int slot) => _states[slot].Phase != FaultPhase.Quiet;

    /// <summary>Why a target is struck; none while it is not.</summary>
    public Cause CauseOf(int slot) => IsStruck(slot) ? _states[slot].Cause : default;

    /// <summary>The same for one of the target's victims; none while it is not among those that were struck.</summary>
    public Cause CauseOf(int slot, int victim) =>
        IsStruck(slot) && PickerOf(slot, in _states[slot]).Includes(victim) ? _states[slot].Cause : default;

    /// <summary>The slots of a target: one, or one for each scripted instant.</summary>
    public IEnumerable<int> SlotsOf(int target)
    {
        int slots = Math.Max(1, _options.At.Length);
        return Enumerable.Range(target * slots, slots);
    }

    /// <summary>
    /// Strikes a target now, as a new cause, to which all is charged that follows within the present reaction. While an earlier
    /// occurrence on the target is under way nothing happens.
    /// </summary>
    public void Trigger(int slot)
    {
        if (!IsStruck(slot))
        {
            Strike(slot);
        }
    }

    /// <summary>
    /// Another procedure repairs the target from now on: the fault's own is dropped wherever it stands, and none is begun for
    /// an occurrence to come, until <see cref="Complete"/> or <see cref="HandBack"/>.
    /// </summary>
    /// <param name="slot">The target.</param>
    /// <param name="stage">What is waited for now; to be told again when that changes.</param>
    public void TakeOver(int slot, int stage)
    {
        ref FaultState state = ref _states[slot];
        state.StageOfOther = stage;
        if (state.Phase == FaultPhase.Quiet)
        {
            return;
        }
        if (state.Phase != FaultPhase.TakenOver)
        {
            Disarm(slot, 0);
            if (JobClass is not null)
            {
                _workshop.Withdraw(_firstJob + slot);
            }
            state.Phase = FaultPhase.TakenOver;
        }
        Wait(slot, stage);
    }

    /// <summary>The procedure that had taken over is done: the occurrence ends, if there is one, with its victims restarted.</summary>
    public void Complete(int slot)
    {
        ref FaultState state = ref _states[slot];
        state.StageOfOther = 0;
        if (state.Phase == FaultPhase.TakenOver)
        {
            Finish(slot, restarted: true);
        }
    }

    /// <summary>
    /// The procedure that had taken over is called off: the fault's own begins anew with the call, and takes its place in the
    /// queue by the time of the strike.
    /// </summary>
    public void HandBack(int slot)
    {
        ref FaultState state = ref _states[slot];
        state.StageOfOther = 0;
        if (state.Phase == FaultPhase.TakenOver)
        {
            Simulation.Resume(state.Cause);
            Wait(slot, Proceed(slot));
            JoinIfQueued(slot);
        }
    }

    /// <inheritdoc/>
    public void Begin(int slot, bool resumed)
    {
        ref FaultState state = ref _states[slot];
        Simulation.Resume(state.Cause);
        Wait(slot, _stages.Repair);
        Report(slot, "repair");
        state.Phase = FaultPhase.Ending;
        if (resumed)
        {
            SetSpeed(slot, 0, 1);
        }
        else
        {
            StartEnding(slot);
        }
    }

    /// <inheritdoc/>
    public void Pause(int slot)
    {
        SetSpeed(slot, 0, 0);
        _states[slot].Phase = FaultPhase.Queued;
    }

    /// <inheritdoc/>
    public void EncodeJob(int slot, StateWriter writer) => writer.Add(_firstJob + slot);

    /// <inheritdoc/>
    public void AwaitTurn(int slot, bool partMissing)
    {
        Wait(slot, partMissing ? _spare : _stages.Crew);
        Report(slot, partMissing ? "waiting for part" : "waiting for crew");
    }

    protected override void Start()
    {
        for (int slot = 0; slot < Count; slot++)
        {
            if (!_options.At.IsEmpty)
            {
                ArmAt(slot, 0, InstantOf(slot));
            }
            StartClock(slot);
        }
    }

    protected override void OnTimer(int slot, int timer)
    {
        switch (_states[slot].Phase)
        {
            case FaultPhase.Quiet:
                Strike(slot);
                break;
            case FaultPhase.Answering:
                _states[slot].Phase = FaultPhase.Queued;
                JoinIfQueued(slot);
                break;
            default:
                Finish(slot, _options.Ending.Restarts);
                break;
        }
    }

    protected override void Expect(int slot)
    {
        _states.Expect(slot);
        if (VictimsOf(slot) is [var first, ..])
        {
            first.Of.Expect(first.Slot);
        }
    }

    protected override void Encode(int slot, StateWriter writer)
    {
        ref readonly FaultState state = ref _states[slot];
        writer.Add((long)state.Phase);
        writer.Add(state.StageOfOther > 0 ? 1L : 0L);
        writer.Add(IsStruck(slot) ? state.Choice : 0L);
        if (JobClass is not null)
        {
            writer.Add((long)_workshop.CrewOf(_firstJob + slot));
            writer.Add((long)_workshop.PlaceOf(_firstJob + slot));
            writer.Add(state.Phase == FaultPhase.Answering ? Now.Nanoseconds - state.StruckAt : 0L);
        }
    }

    /// <summary>A slot belongs to one target.</summary>
    protected override bool SlotsAreSymmetric => false;

    private FaultTarget TargetOf(int slot) => _options.Targets[TargetIndexOf(slot)];

    private int TargetIndexOf(int slot) => slot / Math.Max(1, _options.At.Length);

    private ReadOnlySpan<Victim> VictimsOf(int slot)
    {
        int target = TargetIndexOf(slot);
        return _victims.AsSpan()[_firstVictim[target].._firstVictim[target + 1]];
    }

    private SimTime InstantOf(int slot) => _options.At[slot % _options.At.Length];

    private void StartClock(int slot)
    {
        if (_options.Every is not null)
        {
            StartClock(slot, 0, _every, Every, _states[slot].Strikes);
        }
    }

    private void StartEnding(int slot) => StartClock(slot, 0, _takes, Takes, _states[slot].Strikes - 1);

    private void Strike(int slot)
    {
        ref FaultState state = ref _states[slot];
        state.Choice = _hasRoles && TargetOf(slot).Role is { } role ? role.Holder
            : _options.Ways == Ways.Both ? 0
            : Choose(slot, Way, state.Strikes, _wayOdds.AsSpan());
        state.Strikes++;
        if (state.Choice < 0)
        {
            // Nobody holds the role: the strike is lost.
            StartClock(slot);
            return;
        }
        state.Cause = Simulation.Raise(_cause);
        state.StruckAt = Now.Nanoseconds;
        int stage = Proceed(slot);
        ReadOnlySpan<Victim> victims = VictimsOf(slot);
        VictimPicker hits = PickerOf(slot, in state);
        for (int i = 0; i < victims.Length; i++)
        {
            if (hits.Includes(i))
            {
                victims[i].Of.Strike(victims[i].Slot, _options.What, _options.Amount, stage);
            }
        }
        Report(slot, "struck");
        JoinIfQueued(slot);
    }

    /// <summary>Sets about the end of an occurrence, but for joining a queue.</summary>
    /// <returns>What is waited for.</returns>
    private int Proceed(int slot)
    {
        ref FaultState state = ref _states[slot];
        if (state.StageOfOther > 0)
        {
            state.Phase = FaultPhase.TakenOver;
            return state.StageOfOther;
        }
        if (JobClass is null)
        {
            state.Phase = FaultPhase.Ending;
            StartEnding(slot);
            return !_options.Ending.Restarts ? _stages.Outage
                : TargetOf(slot).AreProcesses ? _stages.Restart
                : _stages.Repair;
        }
        (SimTime onDuty, LawId? answer) = _workshop.Call(JobClass);
        SimTime answered = answer is { } law ? onDuty + SimDuration.FromSeconds(Draw(slot, law, Answer, state.Strikes - 1)) : Now;
        if (answered > Now)
        {
            state.Phase = FaultPhase.Answering;
            ArmAt(slot, 0, answered);
            return _stages.Answer;
        }
        state.Phase = FaultPhase.Queued;
        return _stages.Crew;
    }

    private void JoinIfQueued(int slot)
    {
        if (_states[slot].Phase == FaultPhase.Queued)
        {
            _workshop.Join(_firstJob + slot, JobClass!, _states[slot].StruckAt);
        }
    }

    private void Finish(int slot, bool restarted)
    {
        ref FaultState state = ref _states[slot];
        Simulation.Resume(state.Cause);
        ReadOnlySpan<Victim> victims = VictimsOf(slot);
        VictimPicker hits = PickerOf(slot, in state);
        for (int i = 0; i < victims.Length; i++)
        {
            if (hits.Includes(i))
            {
                victims[i].Of.End(victims[i].Slot, _options.What, _options.Amount, restarted);
            }
        }
        state.Phase = FaultPhase.Quiet;
        Report(slot, "over");
        if (JobClass is not null)
        {
            _workshop.Done(_firstJob + slot);
        }
        Simulation.Resume(default);
        StartClock(slot);
        // What the end brings about is still the occurrence's doing.
        Simulation.Resume(state.Cause);
    }

    private void Wait(int slot, int stage)
    {
        ref readonly FaultState state = ref _states[slot];
        Cause present = Simulation.Cause;
        Simulation.Resume(state.Cause);
        ReadOnlySpan<Victim> victims = VictimsOf(slot);
        VictimPicker hits = PickerOf(slot, in state);
        for (int i = 0; i < victims.Length; i++)
        {
            if (hits.Includes(i))
            {
                victims[i].Of.Waiting(victims[i].Slot, _options.What, stage);
            }
        }
        Simulation.Resume(present);
    }

    private VictimPicker PickerOf(int slot, in FaultState state) =>
        _options.Share is { } share
            ? VictimPicker.Sample(DrawsFor(slot, Hit, state.Strikes - 1), share, VictimsOf(slot).Length)
            : new VictimPicker(state.Choice, _hasRoles && TargetOf(slot).Role is not null);

    private void Report(int slot, string what) => Simulation.Trace?.OnState(Now, this, slot, what);

    private static void Require(FaultOptions options)
    {
        if (options.Every is not null && !options.At.IsEmpty)
        {
            throw new ArgumentException($"Fault {options.Name} has both a clock and scripted instants.", nameof(options));
        }
        if (options.At.Distinct().Count() != options.At.Length)
        {
            throw new ArgumentException($"Fault {options.Name} strikes twice at one instant.", nameof(options));
        }
        if (options.Ways != Ways.Both && options.Targets.Any(t => t.Victims.Length % 2 != 0 || t.Role is not null))
        {
            throw new ArgumentException($"Fault {options.Name} cuts one way, but its victims do not come in pairs.", nameof(options));
        }
    }
}
