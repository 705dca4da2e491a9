using System.Runtime.CompilerServices;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Kernel.Signals;

/// <summary>
/// The changes of one round: collected while components react, applied together, then shown to the observers of what
/// changed, who form the next round. All in a round read values settled before it.
/// </summary>
internal sealed class SignalChanges
{
    private readonly SignalGraph _signals;
    private readonly Component[] _components;
    private readonly Followers<long> _observersOf;
    private Change[] _pending = new Change[16];
    private int _pendingCount;
    private readonly List<(int Signal, bool Before)> _observed = [];
    private readonly int[] _observedInRound;
    private readonly List<long> _calls = [];
    private readonly List<long> _asked = [];
    private readonly List<int> _recorded = [];
    private int _round;
    private long _now;

    public SignalChanges(
        SignalGraph signals, IReadOnlyList<(Signal Signal, Component Component, int Slot)> observers, Component[] components)
    {
        _signals = signals;
        _components = components;
        _observedInRound = new int[signals.Count];
        _observersOf = new Followers<long>(
            signals.Count, observers.Select(o => (o.Signal.Index, ((long)o.Component.Order << 32) | (uint)o.Slot)));
        foreach ((Signal signal, _, _) in observers)
        {
            signals.Watch(signal, Watch.Observed);
        }
    }

    public ITrace? Trace { get; set; }

    public bool Any => _pendingCount > 0 || _asked.Count > 0;

    /// <summary>Recorded signals whose value, causes or stage may have changed since the list was cleared; may hold one twice.</summary>
    public List<int> Recorded => _recorded;

    public void Reset()
    {
        _pendingCount = 0;
        _observed.Clear();
        _calls.Clear();
        _asked.Clear();
        _recorded.Clear();
    }

    /// <summary>Calls a component in the next round, as if a signal that it observes had changed.</summary>
    public void Ask(Component component, int slot) => _asked.Add(((long)component.Order << 32) | (uint)slot);

    public void Drive(Signal condition, bool value, Cause cause, int stage)
    {
        ref Change change = ref Add(value ? ChangeKind.Rise : ChangeKind.Fall, condition.Index, stage);
        change.Cause = cause;
    }

    public void SetStage(Signal condition, int stage)
    {
        // Whoever fails is often repaired at once: the stage then goes with the fall just asked for.
        int last = _pendingCount - 1;
        if (last >= 0 && _pending[last].Kind == ChangeKind.Fall && _pending[last].Target == condition.Index)
        {
            _pending[last].Argument = stage;
        }
        else
        {
            Add(ChangeKind.Stage, condition.Index, stage);
        }
    }

    public void Relieve(Signal condition) => Add(ChangeKind.Relieve, condition.Index, 0);

    public void Yield(Signal condition) => Add(ChangeKind.Yield, condition.Index, 0);

    public void Replug(Signal gate, int input, Signal source) =>
        Add(ChangeKind.Replug, _signals.InputIndex(gate, input), source.Index);

    /// <summary>Applies what is pending and shows it to the observers, whose reactions are then pending.</summary>
    /// <param name="now">Nanoseconds since the start.</param>
    /// <param name="cause">What is charged now; whatever cause an observer resumes is its own and no other's.</param>
    /// <param name="instant">What the instant is charged to: a fault that an observer raises is from then on.</param>
    public void Apply(long now, ref Cause cause, ref Cause instant)
    {
        _now = now;
        _round = unchecked(_round + 1);
        for (int i = 0; i < _pendingCount; i++)
        {
            ref readonly Change change = ref _pending[i];
            if (change.Kind == ChangeKind.Rise)
            {
                Rise(in change);
            }
            else if (change.Kind == ChangeKind.Fall)
            {
                Fall(in change);
            }
            else
            {
                Adjust(in change);
            }
        }
        _pendingCount = 0;
        if (_observed.Count > 0 || _asked.Count > 0)
        {
            CallObservers(ref cause, ref instant);
        }
    }

    /// <summary>Calls the observers of what changed in the round just applied, and who asked, in the order of components and slots.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void CallObservers(ref Cause cause, ref Cause instant)
    {
        _calls.Clear();
        _calls.AddRange(_asked);
        _asked.Clear();
        foreach ((int signal, bool before) in _observed)
        {
            if (_signals.StateOf(signal).Value != before)
            {
                _calls.AddRange(_observersOf[signal]);
            }
        }
        _observed.Clear();
        _calls.Sort();
        for (int i = 0; i < _calls.Count; i++)
        {
            if (i == 0 || _calls[i] != _calls[i - 1])
            {
                _components[(int)(_calls[i] >> 32)].OnSignal((int)(_calls[i] & int.MaxValue));
                cause = instant;
            }
        }
    }

    /// <summary>A change filled in where it stands: a copy would be read as a whole before its parts have been stored.</summary>
    private ref Change Add(ChangeKind kind, int target, int argument)
    {
        if (_pendingCount == _pending.Length)
        {
            Array.Resize(ref _pending, 2 * _pendingCount);
        }
        ref Change change = ref _pending[_pendingCount++];
        change.Kind = kind;
        change.Target = target;
        change.Argument = argument;
        return ref change;
    }

    private void Rise(in Change change)
    {
        ref SignalState state = ref _signals.StateOf(change.Target);
        if (!state.Value)
        {
            Set(ref state, change.Target, true);
        }
    }

    /// <summary>A condition falls; one that is down already takes over the new cause and stage and keeps when it fell.</summary>
    private void Fall(in Change change)
    {
        ref SignalState state = ref _signals.StateOf(change.Target);
        if (!state.Value && (state.Cause != change.Cause || state.FellAt > _now))
        {
            _signals.DropTalliesOver(change.Target);
        }
        state.Cause = change.Cause;
        state.Stage = (byte)change.Argument;
        if (state.Value)
        {
            Set(ref state, change.Target, false);
        }
        else
        {
            state.FellAt = Math.Min(state.FellAt, _now);
            Touch(change.Target);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Adjust(in Change change)
    {
        switch (change.Kind)
        {
            case ChangeKind.Stage:
                _signals.StateOf(change.Target).Stage = (byte)change.Argument;
                TouchIfDown(change.Target);
                break;
            case ChangeKind.Relieve:
                ref SignalState relieved = ref _signals.StateOf(change.Target);
                relieved.Cause = default;
                relieved.FellAt = long.MaxValue;
                _signals.DropTalliesOver(change.Target);
                TouchIfDown(change.Target);
                break;
            case ChangeKind.Yield:
                _signals.StateOf(change.Target).FellAt = long.MaxValue;
                _signals.DropTalliesOver(change.Target);
                TouchIfDown(change.Target);
                break;
            case ChangeKind.Replug:
                ref readonly SignalGraph.Input input = ref _signals.InputAt(change.Target);
                bool before = _signals.StateOf(input.Source).Value;
                bool after = _signals.StateOf(change.Argument).Value;
                _signals.Replug(change.Target, change.Argument);
                _signals.DropTally(input.Gate);
                Count(input.Gate, (after ? 1 : 0) - (before ? 1 : 0), change.Argument);
                break;
        }
    }

    private void Set(ref SignalState state, int signal, bool value)
    {
        if (state.Watch != Watch.None)
        {
            NoteWatched(signal, in state);
        }
        state.Value = value;
        state.FellAt = value ? long.MaxValue : _now;
        Trace?.OnSignal(new SimTime(_now), new Signal(signal), value);
        if (state.FirstGate < 0)
        {
            return;
        }
        int delta = value ? 1 : -1;
        Count(state.FirstGate, delta, signal);
        if (state.FeedsMore)
        {
            for (int use = _signals.InputAt(_signals.FirstUseOf(signal)).Next; use >= 0; use = _signals.InputAt(use).Next)
            {
                Count(_signals.InputAt(use).Gate, delta, signal);
            }
        }
    }

    private void Count(int gate, int delta, int input)
    {
        ref SignalState state = ref _signals.StateOf(gate);
        state.TrueInputs += delta;
        if ((state.Watch & Watch.Tallied) != 0)
        {
            _signals.Tally(gate, input);
        }
        bool value = state.TrueInputs >= state.Needed;
        if (value != state.Value)
        {
            Set(ref state, gate, value);
        }
        else if (!value)
        {
            Touch(gate);
        }
    }

    private void TouchIfDown(int signal)
    {
        if (!_signals.StateOf(signal).Value)
        {
            Touch(signal);
        }
    }

    /// <summary>Why a signal is down may have changed: so it may have for every gate that it keeps down.</summary>
    private void Touch(int signal)
    {
        ref SignalState state = ref _signals.StateOf(signal);
        if ((state.Watch & Watch.Recorded) != 0)
        {
            _recorded.Add(signal);
        }
        if (state.FirstGate < 0)
        {
            return;
        }
        TouchIfDown(state.FirstGate);
        if (state.FeedsMore)
        {
            for (int use = _signals.InputAt(_signals.FirstUseOf(signal)).Next; use >= 0; use = _signals.InputAt(use).Next)
            {
                TouchIfDown(_signals.InputAt(use).Gate);
            }
        }
    }

    private void NoteWatched(int signal, in SignalState state)
    {
        if ((state.Watch & Watch.Recorded) != 0)
        {
            _recorded.Add(signal);
        }
        if ((state.Watch & Watch.Observed) != 0 && _observedInRound[signal] != _round)
        {
            _observedInRound[signal] = _round;
            _observed.Add((signal, state.Value));
        }
    }

    private enum ChangeKind
    {
        Rise,
        Fall,
        Stage,
        Relieve,
        Yield,
        Replug,
    }

    private struct Change
    {
        public ChangeKind Kind;
        public int Target;

        /// <summary>What made the condition fall.</summary>
        public Cause Cause;

        /// <summary>The stage, or the signal to be plugged in.</summary>
        public int Argument;
    }
}
