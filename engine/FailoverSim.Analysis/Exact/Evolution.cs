namespace FailoverSim.Analysis.Exact;

/// <summary>
/// The distribution of a chain as time goes on, and how long it has been in each state, by uniformisation (Jensen 1953; Grassmann,
/// Computers and Operations Research 4 (1977) 47): jumps at a constant rate, some of which lead nowhere.
/// </summary>
internal sealed class Evolution
{
    private readonly Generator _chain;
    private readonly WorkBudget _budget;
    private readonly double _rate;
    private readonly double[] _share;
    private double[] _now;
    private double[] _next;

    public Evolution(Generator chain, double[] start, WorkBudget budget)
    {
        _chain = chain;
        _budget = budget;
        double most = 0;
        foreach (double leaving in chain.Leaving)
        {
            most = Math.Max(most, leaving);
        }
        _rate = 1.02 * most;
        _share = new double[chain.Count];
        for (int state = 0; state < chain.Count; state++)
        {
            _share[state] = _rate > 0 ? chain.Leaving[state] / _rate : 0;
        }
        _now = [.. start];
        _next = new double[chain.Count];
        Spent = new double[chain.Count];
    }

    public double[] Now => _now;

    /// <summary>Expected seconds in each state so far.</summary>
    public double[] Spent { get; }

    /// <summary>Seconds so far.</summary>
    public double Time { get; private set; }

    /// <summary>
    /// Goes on to an instant, in steps that double, or less far if a test says that it has settled.
    /// </summary>
    /// <param name="until">Seconds.</param>
    /// <param name="settled">Asked after each step, with the distribution before it.</param>
    /// <returns>False if the budget does not suffice.</returns>
    public bool Advance(double until, Func<double[], bool> settled)
    {
        double step = 64 / _rate;
        double[] before = new double[_now.Length];
        while (Time < until && _rate > 0)
        {
            _now.CopyTo(before, 0);
            bool isLast = until - Time <= step * 1.5;
            if (!Step(isLast ? until - Time : step))
            {
                return false;
            }
            Time = isLast ? until : Time + step;
            if (!isLast && settled(before))
            {
                return true;
            }
            step *= 2;
        }
        if (_rate == 0)
        {
            Add(Spent, _now, until - Time);
            Time = until;
        }
        return true;
    }

    /// <summary>From here on it stays as told for some seconds.</summary>
    public void Stay(double[] distribution, double seconds)
    {
        Add(Spent, distribution, seconds);
        distribution.CopyTo(_now, 0);
        Time += seconds;
    }

    private bool Step(double seconds)
    {
        if (_rate * seconds > 1e9)
        {
            return false;
        }
        PoissonWeights jumps = new(_rate * seconds);
        if (!_budget.Take((double)jumps.Last * (_chain.Transitions + _chain.Count)))
        {
            return false;
        }
        double[] after = new double[_now.Length];
        for (int k = 0; k <= jumps.Last; k++)
        {
            Add(Spent, _now, jumps.Above(k) / _rate);
            if (k >= jumps.First)
            {
                Add(after, _now, jumps.At(k));
            }
            if (k < jumps.Last)
            {
                Jump();
            }
        }
        // What rounding has added or lost, everywhere in proportion.
        double sum = after.Sum();
        for (int state = 0; state < after.Length; state++)
        {
            _now[state] = after[state] / sum;
        }
        return true;
    }

    private void Jump()
    {
        for (int state = 0; state < _now.Length; state++)
        {
            ReadOnlySpan<int> sources = _chain.SourcesOf(state);
            ReadOnlySpan<double> rates = _chain.RatesInto(state);
            double inflow = 0;
            for (int i = 0; i < sources.Length; i++)
            {
                inflow += _now[sources[i]] * rates[i];
            }
            double stays = _now[state];
            // Either way nothing cancels: 1 − share would be rounded the same way at every jump where the share is small.
            _next[state] = _share[state] > 0.5
                ? (stays * (1 - _share[state])) + (inflow / _rate)
                : stays + ((inflow / _rate) - (stays * _share[state]));
        }
        (_now, _next) = (_next, _now);
    }

    private static void Add(double[] to, double[] values, double factor)
    {
        for (int state = 0; state < to.Length; state++)
        {
            to[state] += factor * values[state];
        }
    }
}
