using FailoverSim.Kernel.Signals;

namespace FailoverSim.Kernel.Structure;

/// <summary>
/// The gates beneath a signal, copied out of the graph as they are wired at t = 0, with values of their own: what would be if some
/// conditions were false.
/// </summary>
internal sealed class Cone
{
    private readonly SignalGraph _signals;
    private readonly int[] _nodes;
    private readonly int[] _firstInput;
    private readonly int[] _inputs;
    private readonly int[] _needed;
    private readonly bool[] _value;
    private readonly bool[] _holds;
    private readonly int[] _struck;
    private readonly bool[] _marked;
    private readonly List<int> _path = [];

    public Cone(SignalGraph signals, Signal target)
    {
        _signals = signals;
        SortedSet<int> reached = [];
        Stack<int> open = new([target.Index]);
        while (open.TryPop(out int signal))
        {
            if (reached.Add(signal))
            {
                foreach (ref readonly SignalGraph.Input input in signals.InputsOf(signal))
                {
                    open.Push(input.Source);
                }
            }
        }
        // Gates are declared after their inputs: the order of numbers is one in which they can be evaluated.
        _nodes = [.. reached];
        _firstInput = new int[_nodes.Length + 1];
        _needed = [.. _nodes.Select(node => signals.StateOf(node).Needed)];
        List<int> inputs = [];
        for (int i = 0; i < _nodes.Length; i++)
        {
            foreach (ref readonly SignalGraph.Input input in signals.InputsOf(_nodes[i]))
            {
                inputs.Add(Array.BinarySearch(_nodes, input.Source));
            }
            _firstInput[i + 1] = inputs.Count;
        }
        _inputs = [.. inputs];
        _value = new bool[_nodes.Length];
        _holds = new bool[_nodes.Length];
        _struck = new int[_nodes.Length];
        _marked = new bool[_nodes.Length];
    }

    /// <summary>The conditions beneath the signal.</summary>
    public IEnumerable<Signal> Conditions => Enumerable.Range(0, _nodes.Length).Where(IsCondition).Select(i => new Signal(_nodes[i]));

    public int Count => _nodes.Length;

    /// <summary>The place of a condition here; negative if it is not beneath the signal.</summary>
    public int IndexOf(Signal condition) => Array.BinarySearch(_nodes, condition.Index);

    public bool IsCondition(int node) => _needed[node] == 0;

    /// <summary>Takes over what holds at present; nothing is struck.</summary>
    public void Read()
    {
        Array.Clear(_struck);
        for (int i = 0; i < _nodes.Length; i++)
        {
            _holds[i] = IsCondition(i) && _signals.StateOf(_nodes[i]).Value;
        }
    }

    /// <summary>All conditions hold; nothing is struck.</summary>
    public void HoldAll()
    {
        Array.Clear(_struck);
        for (int i = 0; i < _nodes.Length; i++)
        {
            _holds[i] = IsCondition(i);
        }
    }

    public void Strike(int condition) => _struck[condition]++;

    public void Heal(int condition) => _struck[condition]--;

    /// <summary>What a gate counts and how many it needs; a condition counts nothing.</summary>
    public (int Needed, ReadOnlyMemory<int> Inputs) GateAt(int node) =>
        (_needed[node], _inputs.AsMemory(_firstInput[node].._firstInput[node + 1]));

    /// <summary>Conditions are false from now on, until as many <see cref="Heal(ReadOnlySpan{int})"/>.</summary>
    public void Strike(ReadOnlySpan<int> conditions)
    {
        foreach (int condition in conditions)
        {
            _struck[condition]++;
        }
    }

    public void Heal(ReadOnlySpan<int> conditions)
    {
        foreach (int condition in conditions)
        {
            _struck[condition]--;
        }
    }

    /// <summary>Whether the signal would hold.</summary>
    public bool Evaluate()
    {
        for (int i = 0; i < _nodes.Length; i++)
        {
            if (IsCondition(i))
            {
                _value[i] = _holds[i] && _struck[i] == 0;
                continue;
            }
            int count = 0;
            for (int k = _firstInput[i]; k < _firstInput[i + 1]; k++)
            {
                count += _value[_inputs[k]] ? 1 : 0;
            }
            _value[i] = count >= _needed[i];
        }
        return _value[^1];
    }

    /// <summary>
    /// Marks conditions that suffice for the signal to hold, as it was evaluated last: whatever brings it down strikes one of them.
    /// </summary>
    public void MarkPath()
    {
        Array.Clear(_marked);
        _path.Clear();
        _path.Add(_nodes.Length - 1);
        _marked[^1] = true;
        for (int next = 0; next < _path.Count; next++)
        {
            int node = _path[next];
            int left = _needed[node];
            for (int k = _firstInput[node]; left > 0 && k < _firstInput[node + 1]; k++)
            {
                int input = _inputs[k];
                if (_value[input])
                {
                    left--;
                    if (!_marked[input])
                    {
                        _marked[input] = true;
                        _path.Add(input);
                    }
                }
            }
        }
    }

    public bool IsMarked(int node) => _marked[node];
}
