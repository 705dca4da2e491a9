namespace FailoverSim.Tests.Validation;

/// <summary>
/// A finite Markov chain, found by following its transitions from a first state and solved by elimination without
/// subtractions (Grassmann, Taksar and Heyman 1985), which loses no digit to rare states.
/// </summary>
/// <typeparam name="TState">Compared by value.</typeparam>
internal sealed class MarkovChain<TState>
    where TState : notnull
{
    private readonly List<TState> _states = [];
    private readonly Dictionary<TState, int> _indices = [];
    private readonly List<(int From, int To, double Rate)> _transitions = [];
    private readonly double[] _stationary;

    public MarkovChain(TState first, Func<TState, IEnumerable<(TState To, double Rate)>> transitions)
    {
        IndexOf(first);
        for (int from = 0; from < _states.Count; from++)
        {
            _transitions.AddRange(transitions(_states[from])
                .Where(t => t.Rate > 0)
                .Select(t => (from, IndexOf(t.To), t.Rate)));
        }
        _stationary = Solve();
    }

    public int States => _states.Count;

    /// <summary>Stationary probability of the states in which a predicate fails, and how often it comes to fail.</summary>
    public (double Unavailability, double Frequency) Outages(Func<TState, bool> isUp)
    {
        bool[] up = [.. _states.Select(isUp)];
        return (
            _stationary.Where((_, state) => !up[state]).Sum(),
            _transitions.Where(t => up[t.From] && !up[t.To]).Sum(t => _stationary[t.From] * t.Rate));
    }

    private int IndexOf(TState state)
    {
        if (_indices.TryAdd(state, _states.Count))
        {
            _states.Add(state);
        }
        return _indices[state];
    }

    private double[] Solve()
    {
        int n = _states.Count;
        var rates = new double[n, n];
        foreach (var (from, to, rate) in _transitions)
        {
            rates[from, to] += from == to ? 0 : rate;
        }
        for (int last = n - 1; last > 0; last--)
        {
            double leaving = 0;
            for (int to = 0; to < last; to++)
            {
                leaving += rates[last, to];
            }
            for (int from = 0; from < last; from++)
            {
                rates[from, last] /= leaving;
                for (int to = 0; rates[from, last] > 0 && to < last; to++)
                {
                    rates[from, to] += rates[from, last] * rates[last, to];
                }
            }
        }
        var stationary = new double[n];
        stationary[0] = 1;
        for (int state = 1; state < n; state++)
        {
            for (int from = 0; from < state; from++)
            {
                stationary[state] += stationary[from] * rates[from, state];
            }
        }
        double sum = stationary.Sum();
        return [.. stationary.Select(p => p / sum)];
    }
}
