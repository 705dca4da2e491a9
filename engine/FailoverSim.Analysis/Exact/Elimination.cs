namespace FailoverSim.Analysis.Exact;

/// <summary>
/// The stationary distribution by elimination without subtractions: every entry, however small, is good to a few units of the last
/// digits (Grassmann, Taksar and Heyman, Operations Research 33 (1985) 1107; O'Cinneide, Numerische Mathematik 65 (1993) 109).
/// </summary>
internal static class Elimination
{
    /// <summary>Above this the cube of the number of states takes longer than sweeps.</summary>
    public const int MostStates = 800;

    /// <param name="chain">Irreducible.</param>
    public static double[] Stationary(Generator chain)
    {
        int n = chain.Count;
        double[][] rates = [.. Enumerable.Range(0, n).Select(_ => new double[n])];
        for (int to = 0; to < n; to++)
        {
            ReadOnlySpan<int> sources = chain.SourcesOf(to);
            for (int i = 0; i < sources.Length; i++)
            {
                rates[sources[i]][to] += chain.RatesInto(to)[i];
            }
        }
        for (int last = n - 1; last > 0; last--)
        {
            ReadOnlySpan<double> row = rates[last].AsSpan(0, last);
            double leaving = 0;
            foreach (double rate in row)
            {
                leaving += rate;
            }
            for (int from = 0; from < last; from++)
            {
                if (rates[from][last] > 0)
                {
                    AddTimes(rates[from].AsSpan(0, last), rates[from][last] /= leaving, row);
                }
            }
        }
        double[] stationary = new double[n];
        stationary[0] = 1;
        double sum = 1;
        for (int state = 1; state < n; state++)
        {
            for (int from = 0; from < state; from++)
            {
                stationary[state] += stationary[from] * rates[from][state];
            }
            sum += stationary[state];
        }
        for (int state = 0; state < n; state++)
        {
            stationary[state] /= sum;
        }
        return stationary;
    }

    private static void AddTimes(Span<double> to, double factor, ReadOnlySpan<double> row)
    {
        for (int i = 0; i < row.Length; i++)
        {
            to[i] += factor * row[i];
        }
    }
}
