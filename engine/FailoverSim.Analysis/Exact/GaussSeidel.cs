namespace FailoverSim.Analysis.Exact;

/// <summary>
/// The stationary distribution of a large chain by sweeps over the balance equations, there and back: each state's probability is set
/// to what flows in over the rate at which it is left. Nothing is subtracted, so rare states keep their digits.
/// </summary>
/// <remarks>
/// It stops when what matters has settled: the logarithm of the probability of each set given, which converges last as it is the
/// rarest. The error left is estimated from how fast the changes shrink (Stewart, Introduction to the Numerical Solution of Markov
/// Chains, 1994, §3.3).
/// </remarks>
internal static class GaussSeidel
{
    /// <summary>Relative error of each set's probability.</summary>
    public const double Tolerance = 1e-11;

    private const int MostSweeps = 100_000;

    /// <param name="chain">Irreducible.</param>
    /// <param name="sets">Sets of states whose probabilities are wanted.</param>
    /// <param name="budget">What it may cost.</param>
    /// <returns>Null if it did not settle.</returns>
    public static double[]? Stationary(Generator chain, IReadOnlyList<bool[]> sets, WorkBudget budget)
    {
        double[] x = new double[chain.Count];
        Array.Fill(x, 1.0 / chain.Count);
        double[] logs = new double[sets.Count];
        double before = double.PositiveInfinity;
        int calm = 0;
        for (int sweep = 0; sweep < MostSweeps && budget.Take(2.0 * (chain.Transitions + chain.Count)); sweep++)
        {
            for (int state = 0; state < x.Length; state++)
            {
                Balance(chain, x, state);
            }
            for (int state = x.Length - 1; state >= 0; state--)
            {
                Balance(chain, x, state);
            }
            Normalise(x);
            double change = Change(x, sets, logs);
            double ratio = Math.Min(change / before, 0.9999);
            before = change;
            calm = change == 0 || change * ratio / (1 - ratio) < Tolerance ? calm + 1 : 0;
            if (calm == 3)
            {
                return x;
            }
        }
        return null;
    }

    private static void Balance(Generator chain, double[] x, int state)
    {
        ReadOnlySpan<int> sources = chain.SourcesOf(state);
        ReadOnlySpan<double> rates = chain.RatesInto(state);
        double inflow = 0;
        for (int i = 0; i < sources.Length; i++)
        {
            inflow += x[sources[i]] * rates[i];
        }
        x[state] = inflow / chain.Leaving[state];
    }

    private static void Normalise(double[] x)
    {
        double sum = 0;
        foreach (double p in x)
        {
            sum += p;
        }
        for (int state = 0; state < x.Length; state++)
        {
            x[state] /= sum;
        }
    }

    private static double Change(double[] x, IReadOnlyList<bool[]> sets, double[] logs)
    {
        double most = 0;
        for (int s = 0; s < sets.Count; s++)
        {
            double sum = 0;
            for (int state = 0; state < x.Length; state++)
            {
                sum += sets[s][state] ? x[state] : 0;
            }
            double log = sum > 0 ? Math.Log(sum) : 0;
            most = Math.Max(most, Math.Abs(log - logs[s]));
            logs[s] = log;
        }
        return most;
    }
}
