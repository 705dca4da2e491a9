using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Events;
using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Levels;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Structure;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Kernel;

/// <summary>A built model that can be run again and again, one replication at a time; used by one thread at a time.</summary>
public sealed partial class Simulation
{
    private const int MaxRounds = 1000;

    /// <summary>Timers that may fire at one instant: so many, and of each timer some.</summary>
    private const long MaxAtOnce = 1_000_000;
    private const long MaxPerTimer = 100;

    private static readonly Purpose Residual = Purpose.Named("residual");

    /// <summary>Up to here all that a model keeps of its timers stays in the near caches, and asking for it early costs more than it gains.</summary>
    private const int ManyTimers = 4096;

    /// <summary>One entry of <see cref="_firstOwner"/> for so many timers, as a power of two.</summary>
    private const int TimersPerEntry = 3;

    private readonly Component[] _components;
    private readonly IState[] _states;
    private readonly Law[] _laws;
    private readonly (string Name, int Law)[] _hazards;
    private readonly double[] _exponentialMeans;
    private readonly int[] _firstOwner;
    private readonly int[] _endOfOwner;
    private readonly TimerTable _timers;
    private readonly SignalGraph _signals;
    private readonly SignalChanges _changes;
    private readonly LevelTable _levels;
    private readonly CounterTable _counters;
    private readonly Recorders _recorders;
    private readonly ServiceDeclaration[] _services;
    private readonly Lazy<IReadOnlyList<FaultDeclaration>> _faults;
    private readonly Fleet? _fleet;
    private Fingerprint _fingerprint;
    private long _now;
    private long _until;
    private long _firings;
    private long _crowd;
    private long _crowded;
    private ulong _replication;
    private ulong _clonePath;
    private ulong _causesRaised;
    private Cause _cause;
    private Cause _instantCause;
    private int _turn;
    private Component? _lastOwner;
    private ITrace? _trace;

    internal Simulation(ModelBuilder builder, ulong seed)
    {
        // Components are ordered by name, whatever the order of declaration: so are simultaneous events.
        _components = [.. builder.Components.OrderBy(c => c.Name, StringComparer.Ordinal)];
        _states = [.. builder.States];
        _laws = [.. builder.Laws];
        _hazards = [.. builder.Hazards];
        // A memoryless law with a mean is exponential; 0 marks the others.
        _exponentialMeans = [.. _laws.Select(law => law.IsMemoryless && double.IsFinite(law.Mean) ? law.Mean : 0)];
        ulong[] keys = StreamKeys.For(
            [.. _components.SelectMany(c => Enumerable.Range(0, c.Count).Select(c.EntityName))], seed);
        _endOfOwner = new int[_components.Length];
        int timers = 0;
        int firstKey = 0;
        for (int c = 0; c < _components.Length; c++)
        {
            Component component = _components[c];
            component.Bind(this, c, timers, keys[firstKey..(firstKey + component.Count)]);
            timers += component.Count * component.TimersPerSlot;
            _endOfOwner[c] = timers;
            firstKey += component.Count;
        }
        _firstOwner = new int[(timers >> TimersPerEntry) + 1];
        for (int entry = 1; entry < _firstOwner.Length; entry++)
        {
            _firstOwner[entry] = OwnerOf(entry << TimersPerEntry, _firstOwner[entry - 1]);
        }
        _timers = new TimerTable(timers, builder.Laws);
        _signals = new SignalGraph(builder.Signals, builder.Causes.Count);
        _changes = new SignalChanges(_signals, builder.Observers, _components);
        _levels = new LevelTable(builder.LevelCount);
        _counters = new CounterTable(builder.Counters.Count);
        _recorders = new Recorders(builder, _signals, _levels, _counters);
        _services = [.. builder.Services];
        _faults = builder.Faults;
        _fleet = builder.TheFleet;
    }

    /// <summary>The names behind the rows of a run over a horizon.</summary>
    public ResultNames NamesFor(SimDuration horizon) => _recorders.NamesFor(horizon.Nanoseconds);

    /// <summary>Names of the hazards that can be scored, in the order of <see cref="Scores"/>.</summary>
    public IReadOnlyList<string> Hazards => [.. _hazards.Select(hazard => hazard.Name)];

    /// <summary>Lets the replications that follow be scored; without, scores cost nothing.</summary>
    public void KeepScores() => _timers.Score(new HazardScores(_laws, [.. _hazards.Select(hazard => hazard.Law)]));

    /// <summary>
    /// N − H of each hazard from t = 0 until now: how often its clocks have fired, minus the hazard that they have used up. Only after
    /// <see cref="KeepScores"/>.
    /// </summary>
    public double[] Scores() => _timers.ScoresAt(_now);

    /// <summary>Watches the run; null costs nothing.</summary>
    public ITrace? Trace
    {
        get => _trace;
        set => _trace = _changes.Trace = value;
    }

    public SimTime Now => new(_now);

    /// <summary>Timers fired in this replication, and what has happened without one (<see cref="StandsFor"/>).</summary>
    public long Events => unchecked(_firings + _beside);

    /// <summary>Hash of what has fired when in this replication.</summary>
    public ulong FingerprintValue => _fingerprint.Value;

    public SignalGraph Signals => _signals;

    /// <summary>What the event being handled was caused by; timers armed meanwhile inherit it.</summary>
    public Cause Cause => _cause;

    /// <summary>Runs one replication from t = 0; what happens before the end of warm-up is not observed.</summary>
    /// <returns>One row per service, in the order of declaration.</returns>
    /// <exception cref="ClockExceededException">Times add up to more than an instant can hold.</exception>
    public ServiceRow[] Run(long replication, SimDuration warmUp, SimDuration horizon)
    {
        try
        {
            Reset(replication, mayElide: true);
            long begin = warmUp.Nanoseconds;
            long end = begin + horizon.Nanoseconds;
            RunUntil(new SimTime(begin));
            _recorders.Begin(_now, end);
            RunUntil(new SimTime(end));
            return _recorders.Finish(_now, replication);
        }
        catch (OverflowException overflow)
        {
            throw new ClockExceededException(Now, replication, overflow);
        }
    }

    /// <summary>Back to t = 0 of a replication; nothing is recorded until <see cref="Run"/> says so.</summary>
    public void Reset(long replication) => Reset(replication, mayElide: false);

    internal void Reset(long replication, bool mayElide)
    {
        _now = 0;
        MayElide = mayElide && Trace is null && Ways is null && !_timers.AreScored;
        (_crowd, _crowded) = (-1, 0);
        _replication = (ulong)replication;
        _clonePath = 0;
        _causesRaised = 0;
        _cause = default;
        _turn = -1;
        _fingerprint = default;
        _firings = 0;
        _beside = 0;
        _timers.Reset();
        _signals.Reset();
        _levels.Reset();
        _counters.Reset();
        _changes.Reset();
        _recorders.Stop();
        foreach (IState state in _states)
        {
            state.Reset();
        }
        foreach (Component component in _components)
        {
            component.Start();
            _cause = default;
        }
        Settle();
        _counters.Started();
    }

    /// <summary>The loop: everything that is due before the given instant happens, in order.</summary>
    public void RunUntil(SimTime until)
    {
        bool expects = _timers.Count > ManyTimers;
        _until = until.Nanoseconds;
        while (_timers.EarliestDue < until.Nanoseconds)
        {
            Advance(_timers.EarliestDue);
            Fire(_timers.EarliestTimer);
            Settle();
            if (expects)
            {
                Expect();
            }
        }
        Advance(until.Nanoseconds);
    }

    /// <summary>Takes over the state of another instance of the same model, which then behaves identically.</summary>
    public void CopyStateFrom(Simulation other)
    {
        _now = other._now;
        _replication = other._replication;
        _clonePath = other._clonePath;
        _turn = other._turn;
        _causesRaised = other._causesRaised;
        _fingerprint = other._fingerprint;
        _firings = other._firings;
        _beside = other._beside;
        _timers.CopyFrom(other._timers);
        _signals.CopyFrom(other._signals);
        _levels.CopyFrom(other._levels);
        _counters.CopyFrom(other._counters);
        _recorders.Stop();
        for (int i = 0; i < _states.Length; i++)
        {
            _states[i].CopyFrom(other._states[i]);
        }
    }

    /// <summary>Everything that determines the future law of the model, with like entities in sorted order.</summary>
    public byte[] Encode()
    {
        List<byte> bytes = [];
        StateWriter writer = new();
        foreach (Component component in _components)
        {
            List<byte[]> slots = [];
            for (int slot = 0; slot < component.Count; slot++)
            {
                writer.Clear();
                Encode(component, slot, writer);
                slots.Add(writer.ToArray());
            }
            if (component.SlotsAreSymmetric)
            {
                slots.Sort((a, b) => a.AsSpan().SequenceCompareTo(b));
            }
            slots.ForEach(bytes.AddRange);
        }
        return [.. bytes];
    }

    /// <summary>The clocks that are running or standing still, in the order of timers.</summary>
    public IEnumerable<int> ArmedClocks() => Enumerable.Range(0, _timers.Count).Where(_timers.IsClock);

    /// <summary>H(age) of an armed clock.</summary>
    public double HazardUsed(int clock) => _timers.HazardUsed(clock, _now);

    /// <summary>Gives every armed clock fresh luck, conditioned on its age; later draws follow the new clone path.</summary>
    public void RedrawResiduals(ulong clonePath)
    {
        _clonePath = Hashing.Mix(_clonePath ^ clonePath ^ 0xD6E8FEB86659FD93);
        foreach (int clock in ArmedClocks())
        {
            Component component = OwnerOf(clock);
            (int slot, int timer) = component.SlotOf(clock);
            Draws draws = component.DrawsFor(slot, Residual, timer);
            _timers.RedrawResidual(clock, draws.NextExponential(), _now);
        }
    }

    /// <summary>Lets an armed clock fire at the present instant.</summary>
    public void FireNow(int clock)
    {
        Fire(clock);
        Settle();
    }

    /// <summary>A new fault has occurred: what follows from the present event is charged to it.</summary>
    public Cause Raise(int kind)
    {
        unchecked
        {
            _causesRaised++;
        }
        _instantCause = _cause = new Cause(kind, _causesRaised);
        Trace?.OnFault(Now, _cause);
        return _cause;
    }

    /// <summary>What follows is charged to another cause, or to none.</summary>
    public void Resume(Cause cause) => _cause = cause;

    /// <summary>Sets a condition, charged to the present cause if it is now false; effective when the round settles.</summary>
    public void Drive(Signal condition, bool value, int stage = 0) => _changes.Drive(condition, value, _cause, stage);

    /// <summary>A condition will probably be driven soon: the processor may fetch it from memory meanwhile.</summary>
    public void Expect(Signal condition) => _signals.Expect(condition.Index);

    /// <summary>A condition that is down now waits for something else.</summary>
    public void SetStage(Signal condition, int stage) => _changes.SetStage(condition, stage);

    /// <summary>A condition that is down is nobody's fault: nothing needs it at present.</summary>
    public void Relieve(Signal condition) => _changes.Relieve(condition);

    /// <summary>A condition that is down is still to blame, but another one has taken its place: that one's stage counts.</summary>
    public void Yield(Signal condition) => _changes.Yield(condition);

    /// <summary>Sets a share; only recorders read it.</summary>
    /// <param name="level">Which one.</param>
    /// <param name="parts">0 to <see cref="Level.Whole"/>.</param>
    public void SetLevel(Level level, int parts) => _levels.Set(level, parts);

    /// <summary>It has happened once more; the rows tell how often within the observed horizon.</summary>
    public void Count(Counter counter) => _counters.Count(counter);

    /// <summary>How often it has happened in this replication, from t = 0.</summary>
    public long CountOf(Counter counter) => _counters[counter];

    /// <summary>Plugs another signal into the k-th input of a gate, at the end of the round.</summary>
    public void Replug(Signal gate, int input, Signal source) => _changes.Replug(gate, input, source);

    /// <summary>Whether a timer that was due at this instant when it began has fired: the present event, or one before it, comes after.</summary>
    internal bool HasHadItsTurn(int timer) => timer <= _turn;

    internal bool IsArmed(int timer) => _timers.IsArmed(timer);

    internal void ArmDeadline(int timer, SimTime due)
    {
        if (due.Nanoseconds < _now)
        {
            throw Violation($"{NameOf(timer)} was armed for the past ({due.Nanoseconds} ns)");
        }
        _timers.Leave(timer, _now);
        _timers.ArmDeadline(timer, due.Nanoseconds, _cause);
    }

    internal void StartClock(int timer, LawId law, double lifeSeconds, double speed)
    {
        _timers.Leave(timer, _now);
        _timers.StartClock(timer, law.Index, SimDuration.FromSeconds(lifeSeconds).Nanoseconds, speed, _now, _cause);
    }

    internal void AskForRound(Component component, int slot) => _changes.Ask(component, slot);

    internal void SetSpeed(int timer, double speed) => _timers.SetSpeed(timer, speed, _now);

    internal void Disarm(int timer)
    {
        _timers.Leave(timer, _now);
        _timers.Disarm(timer);
    }

    /// <summary>All that the future of one entity depends on, its timers included.</summary>
    public void Encode(Component component, int slot, StateWriter writer)
    {
        component.Encode(slot, writer);
        for (int timer = 0; timer < component.TimersPerSlot; timer++)
        {
            _timers.Encode(component.TimerOf(slot, timer), _now, writer);
        }
    }

    private void Advance(long to)
    {
        if (to > _now)
        {
            if (_recorders.AnyNoted)
            {
                _recorders.Update(_now);
            }
            _now = to;
            _turn = -1;
        }
        else
        {
            RequireProgress();
        }
    }

    /// <summary>What arms itself for now, again and again, never ends. Called only where events are simultaneous, so that it costs nothing elsewhere.</summary>
    private void RequireProgress()
    {
        if (_crowd != _now)
        {
            // The second.
            (_crowd, _crowded) = (_now, 2);
        }
        else if (_crowded++ == MaxAtOnce + (MaxPerTimer * (long)_timers.Count))
        {
            throw Violation($"more than {_crowded - 1} timers fired at one instant: time does not go on");
        }
    }

    private void Fire(int timer)
    {
        Component component = OwnerOf(timer);
        (int slot, int own) = component.SlotOf(timer);
        _fingerprint.Add(_now, timer);
        unchecked
        {
            _firings++;
        }
        Trace?.OnTimer(Now, component, slot, own);
        _turn = Math.Max(_turn, timer);
        _cause = _timers.BeginFire(timer);
        component.OnTimer(slot, own);
        _timers.EndFire(timer);
    }

    private void Settle()
    {
        _instantCause = _cause;
        for (int round = 0; _changes.Any; round++)
        {
            if (round == MaxRounds)
            {
                throw Violation($"an instant did not settle within {MaxRounds} rounds");
            }
            _changes.Apply(_now, ref _cause, ref _instantCause);
        }
        if (_changes.Recorded.Count > 0)
        {
            _recorders.Note(_changes);
        }
        if (_levels.Changed.Count > 0)
        {
            _recorders.Note(_levels);
        }
    }

    /// <summary>
    /// Asks for the memory of a timer that will probably fire within some sixteen events. With 100,000 units an event waits for
    /// six lines of memory otherwise.
    /// </summary>
    private void Expect()
    {
        int soon = _timers.FetchSoon();
        if (soon < _timers.Count)
        {
            OwnerOf(soon).ExpectTimer(soon);
        }
    }

    private Component OwnerOf(int timer)
    {
        // A guess that the processor makes ahead of time, where a look-up would have to wait for the timer's number.
        if (_lastOwner is { } last && last.Owns(timer))
        {
            return last;
        }
        return _lastOwner = _components[OwnerOf(timer, _firstOwner[timer >> TimersPerEntry])];
    }

    private int OwnerOf(int timer, int owner)
    {
        while (owner < _endOfOwner.Length && timer >= _endOfOwner[owner])
        {
            owner++;
        }
        return owner;
    }

    private string NameOf(int timer)
    {
        Component component = OwnerOf(timer);
        return component.EntityName(component.SlotOf(timer).Slot);
    }

    /// <summary>To be thrown when a rule that holds by construction is broken at this instant.</summary>
    public InvariantViolationException Violation(string message) => new(message, Now, (long)_replication);
}
