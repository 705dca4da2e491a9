namespace FailoverSim.Analysis.Exact;

/// <summary>The sets of states that are never left: where a chain ends up.</summary>
internal static class RecurrentClasses
{
    /// <summary>Each class in order of number; strongly connected components (Tarjan, SIAM J. Computing 1 (1972) 146) that nothing leaves.</summary>
    public static IReadOnlyList<int[]> Of(Generator chain)
    {
        int[] component = Components(chain, out int count);
        bool[] isLeft = new bool[count];
        for (int state = 0; state < chain.Count; state++)
        {
            foreach (int source in chain.SourcesOf(state))
            {
                isLeft[component[source]] |= component[source] != component[state];
            }
        }
        return
        [
            .. Enumerable.Range(0, chain.Count)
                .Where(state => !isLeft[component[state]])
                .GroupBy(state => component[state])
                .Select(states => states.ToArray()),
        ];
    }

    /// <summary>Followed against the arrows, which finds the same components; without recursion, as chains are long.</summary>
    private static int[] Components(Generator chain, out int count)
    {
        int[] component = new int[chain.Count];
        int[] index = new int[chain.Count];
        int[] low = new int[chain.Count];
        Array.Fill(component, -1);
        Stack<(int State, int Next)> path = new();
        Stack<int> open = new();
        int visited = 0;
        count = 0;
        for (int root = 0; root < chain.Count; root++)
        {
            if (index[root] == 0)
            {
                Enter(root);
            }
            while (path.TryPop(out (int State, int Next) at))
            {
                ReadOnlySpan<int> sources = chain.SourcesOf(at.State);
                int next = at.Next;
                while (next < sources.Length && index[sources[next]] != 0)
                {
                    if (component[sources[next]] < 0)
                    {
                        low[at.State] = Math.Min(low[at.State], low[sources[next]]);
                    }
                    next++;
                }
                if (next < sources.Length)
                {
                    // Looked at again when it is done, for its low number.
                    path.Push((at.State, next));
                    Enter(sources[next]);
                }
                else if (low[at.State] == index[at.State])
                {
                    int state;
                    do
                    {
                        state = open.Pop();
                        component[state] = count;
                    }
                    while (state != at.State);
                    count++;
                }
            }
        }
        return component;

        void Enter(int state)
        {
            index[state] = low[state] = ++visited;
            open.Push(state);
            path.Push((state, 0));
        }
    }
}
