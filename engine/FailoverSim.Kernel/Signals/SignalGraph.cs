using System.Runtime.InteropServices;
using FailoverSim.Kernel.Components;

namespace FailoverSim.Kernel.Signals;

/// <summary>
/// Conditions and the monotone gates over them. A gate counts its true inputs, so a change costs O(1) per input touched.
/// </summary>
/// <remarks>
/// Inputs are numbered gate by gate; the inputs that one signal feeds form a linked list, so an input can be
/// plugged into another signal in O(1). Gates are declared after their inputs: the graph cannot have cycles.
/// </remarks>
public sealed partial class SignalGraph
{
    private readonly SignalState[] _signals;
    private readonly SignalState[] _initialSignals;
    private readonly Input[] _inputs;
    private readonly Input[] _initialInputs;
    private readonly int[] _firstUse;
    private readonly int[] _initialFirstUse;
    private readonly int[] _firstInput;
    private readonly string[] _names;
    private readonly int[] _visited;
    private readonly int _causeCount;
    private readonly List<int> _distances = [];
    private int _visit;

    /// <param name="declarations">Each after its inputs.</param>
    /// <param name="causeCount">How many kinds of faults there are.</param>
    internal SignalGraph(IReadOnlyList<SignalDeclaration> declarations, int causeCount)
    {
        _causeCount = causeCount;
        _names = [.. declarations.Select(d => d.Name)];
        _signals = new SignalState[declarations.Count];
        _firstInput = new int[declarations.Count + 1];
        _inputs = new Input[declarations.Sum(d => d.Inputs.Length)];
        _firstUse = new int[declarations.Count];
        _visited = new int[declarations.Count];
        int input = 0;
        for (int s = 0; s < declarations.Count; s++)
        {
            SignalDeclaration declaration = declarations[s];
            _firstInput[s] = input;
            _signals[s].FirstGate = -1;
            _firstUse[s] = -1;
            _signals[s].Needed = declaration.Needed;
            foreach (Signal source in declaration.Inputs)
            {
                _inputs[input].Gate = s;
                Plug(input, source.Index);
                _signals[s].TrueInputs += _signals[source.Index].Value ? 1 : 0;
                input++;
            }
            _signals[s].Value = declaration.IsGate ? _signals[s].TrueInputs >= declaration.Needed : declaration.Initial;
            _signals[s].FellAt = long.MaxValue;
        }
        _firstInput[declarations.Count] = input;
        _initialSignals = (SignalState[])_signals.Clone();
        _initialInputs = (Input[])_inputs.Clone();
        _initialFirstUse = (int[])_firstUse.Clone();
    }

    public int Count => _signals.Length;

    public bool this[Signal signal] => _signals[signal.Index].Value;

    public string NameOf(Signal signal) => _names[signal.Index];

    internal ref SignalState StateOf(int signal) => ref _signals[signal];

    internal ReadOnlySpan<Input> InputsOf(int gate) => _inputs.AsSpan(_firstInput[gate].._firstInput[gate + 1]);

    /// <summary>First of the gate inputs that a signal feeds, the next of each being <see cref="Input.Next"/>; −1: none.</summary>
    internal int FirstUseOf(int signal) => _firstUse[signal];

    internal ref readonly Input InputAt(int input) => ref _inputs[input];

    /// <summary>A signal will probably change soon; only a hint, so any number will do.</summary>
    internal void Expect(int signal)
    {
        if ((uint)signal < (uint)_signals.Length)
        {
            Events.Cache.Fetch(in _signals[signal]);
        }
    }

    internal void Watch(Signal signal, Watch watch)
    {
        _signals[signal.Index].Watch |= watch;
        _initialSignals[signal.Index].Watch |= watch;
    }

    internal void Reset()
    {
        _initialSignals.AsSpan().CopyTo(_signals);
        _initialInputs.AsSpan().CopyTo(_inputs);
        _initialFirstUse.AsSpan().CopyTo(_firstUse);
    }

    internal void CopyFrom(SignalGraph other)
    {
        other._signals.AsSpan().CopyTo(_signals);
        DropTallies(other);
        other._inputs.AsSpan().CopyTo(_inputs);
        other._firstUse.AsSpan().CopyTo(_firstUse);
    }

    internal int ByteCount => Memory.ByteCount(_signals) + Memory.ByteCount(_inputs) + Memory.ByteCount(_firstUse);

    internal void Save(ref Span<byte> to)
    {
        DropTallies(this);
        Memory.Save(_signals, ref to);
        Memory.Save(_inputs, ref to);
        Memory.Save(_firstUse, ref to);
    }

    internal void Load(ref ReadOnlySpan<byte> from)
    {
        Memory.Load(_signals, ref from);
        Memory.Load(_inputs, ref from);
        Memory.Load(_firstUse, ref from);
    }

    /// <summary>The position in <see cref="InputsOf"/> order of a gate's k-th input.</summary>
    internal int InputIndex(Signal gate, int position) => _firstInput[gate.Index] + position;

    /// <summary>Feeds an input from another signal; the caller settles the gate's count.</summary>
    internal void Replug(int input, int signal)
    {
        Unplug(input);
        Plug(input, signal);
    }

    /// <summary>
    /// The least number of conditions that must fall to bring a signal down: 0 if it is down. Exact for trees
    /// (min over series, sum over parallel, the smallest n − k + 1 for k of n); an upper bound where branches share conditions.
    /// </summary>
    public int Distance(Signal signal)
    {
        ref SignalState state = ref _signals[signal.Index];
        if (!state.Value)
        {
            return 0;
        }
        if (state.Needed == 0)
        {
            return 1;
        }
        ReadOnlySpan<Input> inputs = InputsOf(signal.Index);
        bool overConditions = true;
        foreach (ref readonly Input input in inputs)
        {
            overConditions &= _signals[input.Source].Needed == 0;
        }
        if (overConditions)
        {
            return state.TrueInputs - state.Needed + 1;
        }
        int bottom = _distances.Count;
        foreach (ref readonly Input input in inputs)
        {
            _distances.Add(Distance(new Signal(input.Source)));
        }
        Span<int> distances = CollectionsMarshal.AsSpan(_distances)[bottom..];
        distances.Sort();
        int sum = 0;
        foreach (int distance in distances[..(inputs.Length - state.Needed + 1)])
        {
            sum += distance;
        }
        _distances.RemoveRange(bottom, inputs.Length);
        return sum;
    }

    /// <summary>What made a condition fall that is down; of one that is up, the last time.</summary>
    public Cause CauseOf(Signal condition) => _signals[condition.Index].Cause;

    /// <summary>Collects the distinct causes of a signal that is down, oldest first: those of its false inputs, through every gate.</summary>
    internal void CausesOf(int signal, List<Cause> causes)
    {
        causes.Clear();
        _visit = unchecked(_visit + 1);
        Collect(signal, causes);
        Span<Cause> sorted = CollectionsMarshal.AsSpan(causes);
        sorted.Sort();
        int distinct = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            if (i == 0 || sorted[i] != sorted[i - 1])
            {
                sorted[distinct++] = sorted[i];
            }
        }
        causes.RemoveRange(distinct, causes.Count - distinct);
    }

    /// <summary>What a signal that is down waits for: the stage of <see cref="DecisiveOf(Signal)"/>.</summary>
    public int StageOf(Signal signal) => StageOf(signal.Index);

    /// <summary>The false condition that fell first of those that hold a signal down; of those that fell at once, the one named first.</summary>
    public Signal DecisiveOf(Signal signal) => new(DecisiveOf(signal.Index));

    /// <summary>Collects the false conditions that hold a signal down, through every gate; each once.</summary>
    /// <param name="signal">One that is down.</param>
    /// <param name="conditions">Cleared first.</param>
    public void FalseConditionsOf(Signal signal, ICollection<Signal> conditions)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        conditions.Clear();
        _visit = unchecked(_visit + 1);
        Collect(signal.Index, conditions);
    }

    internal int StageOf(int signal) => _signals[DecisiveOf(signal)].Stage;

    private int DecisiveOf(int signal)
    {
        while (_signals[signal].Needed != 0)
        {
            signal = IsTallied(signal) ? _tallies[signal].Oldest(_signals) : OldestInput(signal);
        }
        return signal;
    }

    private int OldestInput(int gate)
    {
        int first = -1;
        foreach (ref readonly Input input in InputsOf(gate))
        {
            if (!_signals[input.Source].Value && (first < 0 || _signals[input.Source].FellAt < _signals[first].FellAt))
            {
                first = input.Source;
            }
        }
        return first;
    }

    private void Collect(int signal, ICollection<Signal> conditions)
    {
        if (_visited[signal] == _visit)
        {
            return;
        }
        _visited[signal] = _visit;
        if (_signals[signal].Needed == 0)
        {
            conditions.Add(new Signal(signal));
            return;
        }
        foreach (ref readonly Input input in InputsOf(signal))
        {
            if (!_signals[input.Source].Value)
            {
                Collect(input.Source, conditions);
            }
        }
    }

    private void Collect(int signal, List<Cause> causes)
    {
        if (_visited[signal] == _visit)
        {
            return;
        }
        _visited[signal] = _visit;
        if (_signals[signal].Needed == 0)
        {
            if (!_signals[signal].Cause.IsNone)
            {
                causes.Add(_signals[signal].Cause);
            }
            return;
        }
        foreach (ref readonly Input input in InputsOf(signal))
        {
            if (!_signals[input.Source].Value)
            {
                Collect(input.Source, causes);
            }
        }
    }

    private void Plug(int input, int signal)
    {
        ref Input plugged = ref _inputs[input];
        plugged.Source = signal;
        plugged.Previous = -1;
        plugged.Next = _firstUse[signal];
        if (plugged.Next >= 0)
        {
            _inputs[plugged.Next].Previous = input;
        }
        SetFirstUse(signal, input);
    }

    private void Unplug(int input)
    {
        ref Input plugged = ref _inputs[input];
        if (plugged.Previous >= 0)
        {
            _inputs[plugged.Previous].Next = plugged.Next;
        }
        if (plugged.Next >= 0)
        {
            _inputs[plugged.Next].Previous = plugged.Previous;
        }
        SetFirstUse(plugged.Source, plugged.Previous >= 0 ? _firstUse[plugged.Source] : plugged.Next);
    }

    private void SetFirstUse(int signal, int input)
    {
        ref SignalState state = ref _signals[signal];
        _firstUse[signal] = input;
        state.FirstGate = input < 0 ? -1 : _inputs[input].Gate;
        state.FeedsMore = input >= 0 && _inputs[input].Next >= 0;
    }

    /// <summary>One input of a gate: where it comes from, and its neighbours among the uses of that signal.</summary>
    internal struct Input
    {
        public int Gate;
        public int Source;
        public int Next;
        public int Previous;
    }
}

internal sealed record SignalDeclaration(string Name, bool IsGate, bool Initial, int Needed, Signal[] Inputs);
