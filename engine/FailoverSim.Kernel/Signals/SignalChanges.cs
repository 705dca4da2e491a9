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
    private readonly Dictionary<int, long[]> _observersOf = [];
    private readonly List<Change> _pending = [];
    private readonly List<(int Signal, bool Before)> _observed = [];
    private readonly int[] _observedInRound;
    private readonly List<long> _calls = [];
    private readonly List<long> _asked = [];
    private readonly List<int> _recorded = [];
    private int _round;
    private long _now;
    private ITrace? _trace;

    public SignalChanges(
        SignalGraph signals, IReadOnlyList<(Signal Signal, Component Component, int Slot)> observers, Component[] components)
    {
        _signals = signals;
        _components = components;
        _observedInRound = new int[signals.Count];
        foreach (var group in observers.GroupBy(o => o.Signal.Index))
        {
            _observersOf[group.Key] = [.. group.Select(o => ((long)o.Component.Order << 32) | (uint)o.Slot)];
            signals.Watch(new Signal(group.Key), Watch.Observed);
        }
    }

    public bool Any => _pending.Count > 0 || _asked.Count > 0;

    /// <summary>Recorded signals whose value, causes or stage may have changed since the list was cleared; may hold one twice.</summary>
    public List<int> Recorded => _recorded;

    public void Reset()
    {
        _pending.Clear();
        _observed.Clear();
        _calls.Clear();
        _asked.Clear();
        _recorded.Clear();
    }

    /// <summary>Calls a component in the next round, as if a signal that it observes had changed.</summary>
    public void Ask(Component component, int slot) => _asked.Add(((long)component.Order << 32) | (uint)slot);

    public void Drive(Signal condition, bool value, Cause cause, int stage) =>
        _pending.Add(new Change(value ? ChangeKind.Rise : ChangeKind.Fall, condition.Index, cause, stage));

    public void SetStage(Signal condition, int stage) =>
        _pending.Add(new Change(ChangeKind.Stage, condition.Index, default, stage));

    public void Relieve(Signal condition) => _pending.Add(new Change(ChangeKind.Relieve, condition.Index, default, 0));

    public void Replug(Signal gate, int input, Signal source) =>
        _pending.Add(new Change(ChangeKind.Replug, _signals.InputIndex(gate, input), default, source.Index));

    /// <summary>Applies what is pending; false once nothing was.</summary>
    public bool Apply(long now, ITrace? trace)
    {
        if (!Any)
        {
            return false;
        }
        _now = now;
        _trace = trace;
        _round = unchecked(_round + 1);
        foreach (Change change in _pending)
        {
            Apply(change);
        }
        _pending.Clear();
        return true;
    }

    /// <summary>Calls the observers of what changed in the round just applied, and who asked, in the order of components and slots.</summary>
    public void CallObservers()
    {
        if (_observed.Count == 0 && _asked.Count == 0)
        {
            return;
        }
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
            }
        }
    }

    private void Apply(Change change)
    {
        switch (change.Kind)
        {
            case ChangeKind.Rise:
                if (!_signals.StateOf(change.Target).Value)
                {
                    Set(change.Target, true);
                }
                break;
            case ChangeKind.Fall:
                Fall(change);
                break;
            case ChangeKind.Stage:
                ref SignalState staged = ref _signals.StateOf(change.Target);
                staged.Stage = (byte)change.Argument;
                TouchIfDown(change.Target);
                break;
            case ChangeKind.Relieve:
                ref SignalState relieved = ref _signals.StateOf(change.Target);
                relieved.Cause = default;
                relieved.FellAt = long.MaxValue;
                TouchIfDown(change.Target);
                break;
            case ChangeKind.Replug:
                ref readonly SignalGraph.Input input = ref _signals.InputAt(change.Target);
                bool before = _signals.StateOf(input.Source).Value;
                bool after = _signals.StateOf(change.Argument).Value;
                _signals.Replug(change.Target, change.Argument);
                Count(input.Gate, (after ? 1 : 0) - (before ? 1 : 0));
                break;
        }
    }

    /// <summary>A condition falls; one that is down already takes over the new cause and stage and keeps when it fell.</summary>
    private void Fall(Change change)
    {
        ref SignalState state = ref _signals.StateOf(change.Target);
        state.Cause = change.Cause;
        state.Stage = (byte)change.Argument;
        if (state.Value)
        {
            Set(change.Target, false);
        }
        else
        {
            state.FellAt = Math.Min(state.FellAt, _now);
            Touch(change.Target);
        }
    }

    private void Set(int signal, bool value)
    {
        ref SignalState state = ref _signals.StateOf(signal);
        if (state.Watch != Watch.None)
        {
            NoteWatched(signal, in state);
        }
        state.Value = value;
        state.FellAt = value ? long.MaxValue : _now;
        _trace?.OnSignal(new SimTime(_now), new Signal(signal), value);
        int delta = value ? 1 : -1;
        for (int use = state.FirstUse; use >= 0; use = _signals.InputAt(use).Next)
        {
            Count(_signals.InputAt(use).Gate, delta);
        }
    }

    private void Count(int gate, int delta)
    {
        ref SignalState state = ref _signals.StateOf(gate);
        state.TrueInputs += delta;
        bool value = state.TrueInputs >= state.Needed;
        if (value != state.Value)
        {
            Set(gate, value);
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
        for (int use = state.FirstUse; use >= 0; use = _signals.InputAt(use).Next)
        {
            if (!_signals.StateOf(_signals.InputAt(use).Gate).Value)
            {
                Touch(_signals.InputAt(use).Gate);
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
        Replug,
    }

    private readonly record struct Change(ChangeKind Kind, int Target, Cause Cause, int Argument);
}
