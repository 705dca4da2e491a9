namespace FailoverSim.Analysis.Exact;

/// <summary>Where a chain spends its time in the long run.</summary>
/// <param name="Probabilities">By state.</param>
/// <param name="Method"><c>gth</c> or <c>gauss-seidel</c>.</param>
internal sealed record LongRun(double[] Probabilities, string Method)
{
    public const string ByElimination = "gth";
    public const string BySweeps = "gauss-seidel";

    /// <param name="chain">Any finite chain.</param>
    /// <param name="start">Where it begins, which matters only if it can end up in more than one place.</param>
    /// <param name="sets">Sets of states whose probabilities are wanted.</param>
    /// <param name="budget">What it may cost.</param>
    /// <returns>Null if it costs more.</returns>
    public static LongRun? Of(
        Generator chain, IReadOnlyList<(int State, double Probability)> start, IReadOnlyList<bool[]> sets, WorkBudget budget)
    {
        IReadOnlyList<int[]> classes = RecurrentClasses.Of(chain);
        if (classes[0].Length == chain.Count)
        {
            return Irreducible(chain, sets, budget);
        }
        if (Shares(chain, start, classes, budget) is not { } shares)
        {
            return null;
        }
        double[] probabilities = new double[chain.Count];
        string method = ByElimination;
        for (int c = 0; c < classes.Count; c++)
        {
            int[] states = classes[c];
            bool[][] parts = [.. sets.Select(set => states.Select(state => set[state]).ToArray())];
            if (Irreducible(Part(chain, states), parts, budget) is not { } part)
            {
                return null;
            }
            method = part.Method == BySweeps ? BySweeps : method;
            for (int i = 0; i < states.Length; i++)
            {
                probabilities[states[i]] = shares[c] * part.Probabilities[i];
            }
        }
        return new LongRun(probabilities, method);
    }

    /// <summary>One class.</summary>
    public static LongRun? Irreducible(Generator chain, IReadOnlyList<bool[]> sets, WorkBudget budget)
    {
        double n = chain.Count;
        if (n <= Elimination.MostStates && budget.Take(n * n * n / 3))
        {
            return new LongRun(Elimination.Stationary(chain), ByElimination);
        }
        return GaussSeidel.Stationary(chain, sets, budget) is { } swept ? new LongRun(swept, BySweeps) : null;
    }

    /// <summary>
    /// In which class it ends, with which probability: one state stands for each class, and is left for the start. Nothing is
    /// subtracted here either.
    /// </summary>
    private static double[]? Shares(
        Generator chain, IReadOnlyList<(int State, double Probability)> start, IReadOnlyList<int[]> classes, WorkBudget budget)
    {
        if (classes.Count == 1)
        {
            return [1];
        }
        int[] node = new int[chain.Count];
        Array.Fill(node, -1);
        for (int c = 0; c < classes.Count; c++)
        {
            foreach (int state in classes[c])
            {
                node[state] = c;
            }
        }
        int nodes = classes.Count;
        for (int state = 0; state < chain.Count; state++)
        {
            node[state] = node[state] < 0 ? nodes++ : node[state];
        }
        Generator ends = Generator.Of(nodes, add =>
        {
            for (int to = 0; to < chain.Count; to++)
            {
                ReadOnlySpan<int> sources = chain.SourcesOf(to);
                for (int i = 0; i < sources.Length; i++)
                {
                    if (node[sources[i]] >= classes.Count)
                    {
                        add(node[sources[i]], node[to], chain.RatesInto(to)[i]);
                    }
                }
            }
            foreach ((int state, double probability) in start)
            {
                for (int c = 0; c < classes.Count; c++)
                {
                    if (node[state] != c)
                    {
                        add(c, node[state], probability);
                    }
                }
            }
        });
        bool[][] sets = [.. classes.Select((_, c) => Enumerable.Range(0, nodes).Select(i => i == c).ToArray())];
        double[]? visits = Irreducible(ends, sets, budget)?.Probabilities[..classes.Count];
        double sum = visits?.Sum() ?? 0;
        return visits is null ? null : [.. visits.Select(v => v / sum)];
    }

    private static Generator Part(Generator chain, int[] states)
    {
        Dictionary<int, int> number = states.Select((state, i) => (state, i)).ToDictionary(pair => pair.state, pair => pair.i);
        return Generator.Of(states.Length, add =>
        {
            foreach (int to in states)
            {
                ReadOnlySpan<int> sources = chain.SourcesOf(to);
                for (int i = 0; i < sources.Length; i++)
                {
                    if (number.TryGetValue(sources[i], out int from))
                    {
                        add(from, number[to], chain.RatesInto(to)[i]);
                    }
                }
            }
        });
    }
}
