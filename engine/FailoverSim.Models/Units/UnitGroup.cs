using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Repair;

namespace FailoverSim.Models.Units;

/// <summary>
/// A population of repairable units: they run or stand by, use up their lives, fail in a mode, wait for people and
/// parts, are repaired to as good as new, and are held down or broken by common causes.
/// </summary>
/// <remarks>What it means to its users: engine/docs/language.md, units.</remarks>
public sealed partial class UnitGroup : Component, IJobOwner
{
    private static readonly Purpose Life = Purpose.Named("life");
    private static readonly Purpose Mode = Purpose.Named("mode");
    private static readonly Purpose Repair = Purpose.Named("repair");
    private static readonly Purpose Answer = Purpose.Named("answer");
    private static readonly Purpose Switch = Purpose.Named("switch");
    private static readonly Purpose SwitchOutcome = Purpose.Named("switch-outcome");

    private readonly UnitOptions _options;
    private readonly Workshop _workshop;
    private readonly int _firstJob;
    private readonly LawId _fails;
    private readonly LawId _switch;
    private readonly ImmutableArray<int> _causes;
    private readonly ImmutableArray<LawId> _takes;
    private readonly ImmutableArray<double> _shares;
    private readonly ImmutableArray<double> _switchShares;
    private readonly ImmutableArray<Signal> _working;
    private readonly ImmutableArray<Signal> _coming;
    private readonly ImmutableArray<Signal> _sound;
    private readonly Stages _stages;
    private readonly int _workTimer;
    private readonly bool _isPlain;
    private readonly ImmutableArray<LawId> _plainLaws;
    private readonly State<UnitState> _units;
    private readonly State<Cause> _holds;
    private readonly State<Places> _places;
    private readonly State<long> _dues;
    private readonly State<PlainUnit> _plainUnits;
    private readonly State<Window> _window;
    private readonly UnitChanges _changes = new();
    private readonly UnitChanges _fallen = new();
    private readonly Lazy<int?> _mostNeeded;

    /// <param name="builder">The model to join.</param>
    /// <param name="options">What can be set.</param>
    /// <param name="signals">What the units drive.</param>
    /// <param name="workshop">Where repairs are asked for.</param>
    /// <param name="firstJob">The number of the first unit's job there; the others follow.</param>
    public UnitGroup(ModelBuilder builder, UnitOptions options, UnitSignals signals, Workshop workshop, int firstJob)
        : base(builder, options.Name, options.Count, options.Standby is null ? 1 : 2)
    {
        _options = options;
        _workshop = workshop;
        _firstJob = firstJob;
        _fails = builder.Hazard($"units.{options.Name}.fails", options.Fails);
        _switch = options.Standby is null ? default : builder.Law(options.Standby.Switch);
        _causes = [.. options.Modes.Select(m => builder.Cause(m.Cause))];
        _takes = [.. options.Modes.Select(m => m.Repair is null ? default : builder.Law(m.Repair.Takes))];
        _shares = [.. options.Modes.Select(m => m.Share)];
        // A failed switch is seen: its mode is one that is not hidden, if there is any.
        _switchShares = options.Modes.Any(m => m.Detection == Detection.AtOnce && m.Share > 0)
            ? [.. options.Modes.Select(m => m.Detection == Detection.AtOnce ? m.Share : 0)]
            : _shares;
        _stages = new Stages(builder);
        // Without standby a unit never waits for two things at once: its life and its repair share one timer.
        _workTimer = options.Standby is null ? 0 : 1;
        _isPlain = options is { Standby: null, Modes: [{ Detection: Detection.AtOnce, Repair: { JobClass: null } }] };
        _plainLaws = [_fails, _takes[0]];
        _units = NewState<UnitState>(options.Count);
        _holds = NewState<Cause>(options.Count * options.Holders);
        _places = NewState<Places>(1);
        int elided = CanElide(options) ? options.Count : 0;
        _dues = NewState<long>((elided + Block - 1) & -Block);
        _plainUnits = NewState<PlainUnit>(elided);
        _window = NewState<Window>(1);
        _mostNeeded = new Lazy<int?>(() => Simulation.MostNeededOf(_working));
        _working = signals.Working;
        _coming = signals.Coming;
        _sound = signals.Sound;
        workshop.Employ(this, firstJob, Count);
    }

    private int Needed => _options.Standby?.Needed ?? Count;

    public override string EntityName(int slot) => UnitSignals.EntityName(Name, slot);

    /// <summary>An inspection of the unit has ended.</summary>
    public void Inspect(int slot)
    {
        ref UnitState unit = ref _units[slot];
        if (unit.Undetected && _options.Modes[unit.Mode].Detection == Detection.Inspection)
        {
            Detect(slot);
            CallNext(slot);
        }
    }

    /// <inheritdoc/>
    public void Begin(int slot, bool resumed)
    {
        ref UnitState unit = ref _units[slot];
        unit.Phase = Phase.Repairing;
        Simulation.Resume(unit.Cause);
        SetStage(slot, _stages.Repair);
        Report(slot, "repair");
        if (resumed)
        {
            SetSpeed(slot, _workTimer, 1);
        }
        else
        {
            StartClock(slot, _workTimer, _takes[unit.Mode], Repair, unit.Failures);
        }
    }

    /// <inheritdoc/>
    public void Pause(int slot)
    {
        SetSpeed(slot, _workTimer, 0);
        _units[slot].Phase = Phase.Queued;
    }

    /// <inheritdoc/>
    public void AwaitTurn(int slot, bool partMissing)
    {
        SetStage(slot, partMissing ? _stages.Spare : _stages.Crew);
        Report(slot, partMissing ? "waiting for part" : "waiting for crew");
    }

    protected override void Start()
    {
        if (MayLiveInWindows)
        {
            OpenWindows();
            return;
        }
        _places[0].Running = Needed;
        for (int slot = 0; slot < Count; slot++)
        {
            _units[slot].Phase = slot < Needed ? Phase.Running : Phase.Waiting;
            Report(slot, slot < Needed ? "working" : "standby");
            StartLife(slot);
        }
    }

    protected override void OnTimer(int slot, int timer)
    {
        if (_isPlain)
        {
            if (LivesInWindows)
            {
                OnWindowTimer();
            }
            else
            {
                OnPlainTimer(slot);
            }
            return;
        }
        ref UnitState unit = ref _units[slot];
        if (unit.Phase <= Phase.Switching && timer == 0)
        {
            int mode = DrawMode(slot, _shares);
            Cause cause = Simulation.Raise(_causes[mode]);
            Fail(slot, mode, _options.Modes[mode].Detection == Detection.AtOnce);
            Simulation.Resume(cause);
            CallNext(slot);
        }
        else if (unit.Phase == Phase.Switching)
        {
            EndSwitch(slot);
        }
        else if (unit.Phase == Phase.Answering)
        {
            Join(slot);
        }
        else
        {
            Restore(slot);
        }
    }

    protected override void Expect(int slot)
    {
        _units.Expect(slot);
        // Declared one after the other; where they are not, the hint is wasted, no more.
        Simulation.Expect(new Signal(_working[0].Index + slot));
    }

    private void StartLife(int slot)
    {
        ref UnitState unit = ref _units[slot];
        StartClock(slot, 0, _fails, Life, unit.Failures, SpeedOf(in unit));
    }

    private double SpeedOf(in UnitState unit)
    {
        if (unit.Holds > 0)
        {
            return _options.AgesWhileHeld ? 1 : 0;
        }
        return unit.Phase == Phase.Running ? 1 : _options.Standby!.HazardSpeed;
    }

    private int DrawMode(int slot, ImmutableArray<double> shares) =>
        shares.Length == 1 ? 0 : Choose(slot, Mode, _units[slot].Failures, shares.AsSpan());

    /// <summary>A healthy unit fails, for the simulation's present cause.</summary>
    private void Fail(int slot, int mode, bool noticed)
    {
        ref UnitState unit = ref _units[slot];
        unit.Failures++;
        unit.Mode = (short)mode;
        unit.FailedAt = Now.Nanoseconds;
        unit.Cause = Simulation.Cause;
        if (noticed)
        {
            FallSilent(slot, _stages.Repair);
            GiveUpPlace(slot);
            AskForRepair(slot);
        }
        else
        {
            unit.Undetected = true;
            if (_options.Modes[mode].Repair?.JobClass is { } job)
            {
                _workshop.Foresee(_firstJob + slot, job, unit.FailedAt);
            }
            FallSilent(slot, _stages.Undetected);
            Report(slot, "undetected");
        }
    }

    /// <summary>A hidden failure comes to light, and is what is waited for from now on.</summary>
    private void Detect(int slot)
    {
        _units[slot].Undetected = false;
        Simulation.Resume(_units[slot].Cause);
        FallSilent(slot, _stages.Repair);
        GiveUpPlace(slot);
        AskForRepair(slot);
        Simulation.Resume(_units[slot].Cause);
    }

    private void AskForRepair(int slot)
    {
        ref UnitState unit = ref _units[slot];
        RepairOptions? repair = _options.Modes[unit.Mode].Repair;
        if (repair is null)
        {
            unit.Phase = Phase.Unrepaired;
            SetStage(slot, _stages.Unrepaired);
            Report(slot, "unrepaired");
        }
        else if (repair.JobClass is null)
        {
            Begin(slot, resumed: false);
        }
        else
        {
            (SimTime onDuty, LawId? answer) = _workshop.Call(repair.JobClass);
            double seconds = answer is { } law ? Draw(slot, law, Answer, unit.Failures) : 0;
            SimTime answered = onDuty + SimDuration.FromSeconds(seconds);
            if (answered > Now)
            {
                unit.Phase = Phase.Answering;
                SetStage(slot, _stages.Answer);
                Report(slot, "waiting for crew");
                _workshop.Foresee(_firstJob + slot, repair.JobClass, unit.FailedAt);
                if (onDuty == Now)
                {
                    StartClock(slot, _workTimer, answer!.Value, seconds);
                }
                else
                {
                    ArmAt(slot, _workTimer, answered);
                }
            }
            else
            {
                Join(slot);
            }
        }
    }

    private void Join(int slot)
    {
        ref UnitState unit = ref _units[slot];
        unit.Phase = Phase.Queued;
        _workshop.Join(_firstJob + slot, _options.Modes[unit.Mode].Repair!.JobClass!, unit.FailedAt);
    }

    /// <summary>The repair has ended: the unit is as good as new.</summary>
    private void Restore(int slot)
    {
        ref UnitState unit = ref _units[slot];
        JobClass? job = _options.Modes[unit.Mode].Repair!.JobClass;
        Simulation.Resume(default);
        unit.Phase = _options.Standby is null ? Phase.Running : Phase.Waiting;
        if (unit.Holds == 0)
        {
            TakeFreePlace(slot);
            DriveSound(slot);
        }
        StartLife(slot);
        Settle(slot);
        if (job is not null)
        {
            _workshop.Done(_firstJob + slot);
        }
    }

    /// <summary>Shows what a unit that is not (known to be) failed is doing: running, held, or standing by.</summary>
    private void Settle(int slot)
    {
        ref UnitState unit = ref _units[slot];
        if (unit.Holds > 0)
        {
            Simulation.Resume(HoldCause(slot));
            FallSilent(slot, _stages.Held);
            Simulation.Resume(default);
            Report(slot, "held");
        }
        else if (unit.Undetected)
        {
            Report(slot, "undetected");
        }
        else if (unit.Phase == Phase.Running)
        {
            Simulation.Drive(_working[slot], true);
            ShowComing(slot, true);
            Report(slot, "working");
        }
        else
        {
            Simulation.Relieve(_working[slot]);
            ShowComing(slot, false);
            Report(slot, "standby");
        }
    }

    private void FallSilent(int slot, int stage)
    {
        _units[slot].IsReplaced = false;
        Simulation.Drive(_working[slot], false, stage);
        if (_options.Standby is not null)
        {
            Simulation.Drive(_coming[slot], false, stage);
            Simulation.Drive(_sound[slot], false, stage);
        }
    }

    private void ShowComing(int slot, bool value)
    {
        if (_options.Standby is not null)
        {
            Simulation.Drive(_coming[slot], value);
        }
    }

    private void DriveSound(int slot)
    {
        if (_options.Standby is not null)
        {
            Simulation.Drive(_sound[slot], true);
        }
    }

    private void SetStage(int slot, int stage) => Simulation.SetStage(_working[slot], stage);

    private void Report(int slot, string state) => Simulation.Trace?.OnState(Now, this, slot, state);
}
