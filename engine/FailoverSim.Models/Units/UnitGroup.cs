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
/// <remarks>Semantics: scenario language §3 and §6, points 21 to 28 and 34.</remarks>
public sealed class UnitGroup : Component, IJobOwner
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
    private readonly ImmutableArray<double> _detectedShares;
    private readonly ImmutableArray<Signal> _working;
    private readonly ImmutableArray<Signal> _sound;
    private readonly Stages _stages;
    private readonly int _workTimer;
    private readonly State<UnitState> _units;
    private readonly State<Places> _places;

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
        _fails = builder.Law(options.Fails);
        _switch = options.Standby is null ? default : builder.Law(options.Standby.Switch);
        _causes = [.. options.Modes.Select(m => builder.Cause(m.Cause))];
        _takes = [.. options.Modes.Select(m => m.Repair is null ? default : builder.Law(m.Repair.Takes))];
        _shares = [.. options.Modes.Select(m => m.Share)];
        _detectedShares = [.. options.Modes.Select(m => m.Detection == Detection.AtOnce ? m.Share : 0)];
        _stages = new Stages(builder);
        // Without standby a unit never waits for two things at once: its life and its repair share one timer.
        _workTimer = options.Standby is null ? 0 : 1;
        _units = NewState<UnitState>(options.Count);
        _places = NewState<Places>(1);
        _working = signals.Working;
        _sound = signals.Sound;
        workshop.Employ(this, firstJob, Count);
    }

    private int Needed => _options.Standby?.Needed ?? Count;

    public override string EntityName(int slot) => UnitSignals.EntityName(Name, slot);

    /// <summary>An outside event holds the unit down, without renewing it, until it is released.</summary>
    public void Hold(int slot)
    {
        ref UnitState unit = ref _units[slot];
        unit.Holds++;
        unit.HoldCause = Simulation.Cause;
        if (unit.Holds > 1 || unit.Phase > Phase.Switching)
        {
            return;
        }
        if (!unit.Undetected)
        {
            SetSpeed(slot, 0, _options.AgesWhileHeld ? 1 : 0);
            FallSilent(slot, _stages.Held);
        }
        Report(slot, "held");
        if (_options.Standby is not null)
        {
            GiveUpPlace(slot);
            CallNext(slot);
        }
    }

    /// <summary>One of the outside events has ended.</summary>
    public void Release(int slot)
    {
        ref UnitState unit = ref _units[slot];
        unit.Holds--;
        if (unit.Holds > 0 || unit.Phase > Phase.Switching)
        {
            return;
        }
        Simulation.Resume(default);
        if (!unit.Undetected)
        {
            DriveSound(slot);
        }
        if (_options.Standby is not null && _places[0].Running < Needed)
        {
            unit.Phase = Phase.Running;
            _places[0].Running++;
        }
        Settle(slot);
        if (!unit.Undetected)
        {
            SetSpeed(slot, 0, SpeedOf(in unit));
        }
    }

    /// <summary>A common cause breaks the unit, if it is healthy.</summary>
    /// <param name="slot">The unit.</param>
    /// <param name="mode">The mode that the cause brings; −1: one of the unit's own, drawn by share.</param>
    public void Break(int slot, int mode)
    {
        if (_units[slot].IsHealthy)
        {
            Cause cause = Simulation.Cause;
            Disarm(slot, 0);
            Fail(slot, mode < 0 ? DrawMode(slot, _shares) : mode);
            Simulation.Resume(cause);
        }
    }

    /// <summary>An inspection of the unit has ended.</summary>
    public void Inspect(int slot)
    {
        ref UnitState unit = ref _units[slot];
        if (unit.Undetected && _options.Modes[unit.Mode].Detection == Detection.Inspection)
        {
            Simulation.Resume(unit.Cause);
            Detect(slot);
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
        ref UnitState unit = ref _units[slot];
        if (unit.Phase <= Phase.Switching && timer == 0)
        {
            int mode = DrawMode(slot, _shares);
            Simulation.Raise(_causes[mode]);
            Fail(slot, mode);
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

    protected override void Encode(int slot, StateWriter writer)
    {
        ref readonly UnitState unit = ref _units[slot];
        writer.Add((long)unit.Phase);
        writer.Add(unit.IsHealthy ? -1 : unit.Mode);
        writer.Add(unit.Holds);
        writer.Add(unit.Undetected ? 1L : 0L);
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
    private void Fail(int slot, int mode)
    {
        ref UnitState unit = ref _units[slot];
        unit.Failures++;
        unit.Mode = (short)mode;
        unit.FailedAt = Now.Nanoseconds;
        unit.Cause = Simulation.Cause;
        if (_options.Modes[mode].Detection == Detection.AtOnce)
        {
            FallSilent(slot, _stages.Repair);
            Leave(slot);
        }
        else
        {
            unit.Undetected = true;
            FallSilent(slot, _stages.Undetected);
            Report(slot, "undetected");
        }
    }

    /// <summary>A hidden failure comes to light.</summary>
    private void Detect(int slot)
    {
        _units[slot].Undetected = false;
        Leave(slot);
    }

    /// <summary>A failed unit leaves its place: repair is asked for and, with standby, another unit called.</summary>
    private void Leave(int slot)
    {
        if (_options.Standby is null)
        {
            AskForRepair(slot);
            return;
        }
        Cause cause = Simulation.Cause;
        GiveUpPlace(slot);
        AskForRepair(slot);
        Simulation.Resume(cause);
        CallNext(slot);
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
            Draws draws = DrawsFor(slot, Answer, unit.Failures);
            SimTime answered = _workshop.AnsweredAt(repair.JobClass, ref draws);
            if (answered > Now)
            {
                unit.Phase = Phase.Answering;
                SetStage(slot, _stages.Answer);
                Report(slot, "waiting for crew");
                ArmAt(slot, _workTimer, answered);
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
        unit.Phase = Phase.Waiting;
        if (_options.Standby is null)
        {
            unit.Phase = Phase.Running;
        }
        else if (unit.Holds == 0 && _places[0].Running < Needed)
        {
            unit.Phase = Phase.Running;
            _places[0].Running++;
        }
        if (unit.Holds == 0)
        {
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
            Simulation.Resume(unit.HoldCause);
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
            Report(slot, "working");
        }
        else
        {
            Simulation.Relieve(_working[slot]);
            Report(slot, "standby");
        }
    }

    private void FallSilent(int slot, int stage)
    {
        Simulation.Drive(_working[slot], false, stage);
        if (_options.Standby is not null)
        {
            Simulation.Drive(_sound[slot], false, stage);
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

    /// <summary>A unit that ran, or was on its way to, no longer counts as such.</summary>
    private void GiveUpPlace(int slot)
    {
        ref UnitState unit = ref _units[slot];
        if (unit.Phase == Phase.Running)
        {
            _places[0].Running--;
        }
        else if (unit.Phase == Phase.Switching)
        {
            _places[0].Switching--;
            Disarm(slot, _workTimer);
        }
        unit.Phase = Phase.Waiting;
    }

    /// <summary>Calls waiting units, lowest number first, until enough run or are on their way.</summary>
    private void CallNext(int replaced)
    {
        for (int slot = 0; slot < Count && _places[0].Running + _places[0].Switching < Needed; slot++)
        {
            ref UnitState unit = ref _units[slot];
            if (unit.Phase != Phase.Waiting || unit.Holds > 0)
            {
                continue;
            }
            unit.Phase = Phase.Switching;
            _places[0].Switching++;
            // The called unit takes over the failed one's place: from now on the switch is what is being waited for.
            Simulation.Relieve(_working[replaced]);
            Simulation.Drive(_working[slot], false, _stages.Switch);
            Report(slot, "switching");
            Draws draws = DrawsFor(slot, Switch, unit.Calls);
            double seconds = _options.Standby!.Switch.Draw(ref draws);
            if (SimDuration.FromSeconds(seconds) == SimDuration.Zero)
            {
                EndSwitch(slot);
            }
            else
            {
                StartClock(slot, _workTimer, _switch, seconds);
            }
        }
    }

    private void EndSwitch(int slot)
    {
        ref UnitState unit = ref _units[slot];
        double fails = _options.Standby!.SwitchFails;
        bool failed = fails > 0 && Choose(slot, SwitchOutcome, unit.Calls, [fails, 1 - fails]) == 0;
        unit.Calls++;
        if (unit.Undetected)
        {
            Simulation.Resume(unit.Cause);
            Detect(slot);
        }
        else if (failed)
        {
            int mode = DrawMode(slot, _detectedShares);
            Simulation.Raise(_causes[mode]);
            Disarm(slot, 0);
            Fail(slot, mode);
        }
        else
        {
            _places[0].Switching--;
            bool runs = _places[0].Running < Needed;
            unit.Phase = runs ? Phase.Running : Phase.Waiting;
            _places[0].Running += runs ? 1 : 0;
            Simulation.Resume(default);
            Settle(slot);
            SetSpeed(slot, 0, SpeedOf(in unit));
        }
    }

    private struct Places
    {
        public int Running;
        public int Switching;
    }
}
