namespace FailoverSim.Kernel.Exploration;

/// <summary>Collects the transitions of a chain, state by state; those to the same state are one.</summary>
internal sealed class ChainWriter
{
    private readonly List<int> _first = [0];
    private readonly List<int> _targets = [];
    private readonly List<double> _rates = [];
    private readonly SortedDictionary<int, double> _row = [];

    public long Transitions => _targets.Count;

    /// <summary>States whose transitions are complete.</summary>
    public int Rows => _first.Count - 1;

    public void Add(int target, double rate) => _row[target] = _row.GetValueOrDefault(target) + rate;

    /// <summary>That was all of a state; to stay where one is is no transition.</summary>
    public void EndRow(int state)
    {
        if (state != Rows)
        {
            throw new InvalidOperationException($"State {state} is explored before state {Rows}.");
        }
        foreach ((int target, double rate) in _row)
        {
            if (target != state)
            {
                _targets.Add(target);
                _rates.Add(rate);
            }
        }
        _row.Clear();
        _first.Add(_targets.Count);
    }

    public StateSpace ToSpace(IReadOnlyList<string> services, IReadOnlyList<(int, double)> start, ulong[] flags) =>
        new(services, start, [.. _first], [.. _targets], [.. _rates], flags);
}
