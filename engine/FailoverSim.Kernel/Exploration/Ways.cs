using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Laws;

namespace FailoverSim.Kernel.Exploration;

/// <summary>
/// Everything that a reaction may choose, one way after the other: it is run again and again, and each time the last choice that
/// still can be is made otherwise.
/// </summary>
/// <remarks>A life is not drawn but told by the branch of its law, as what is left of any stage has no memory.</remarks>
internal sealed class Ways(IReadOnlyList<IReadOnlyList<LawBranch>> branches, IReadOnlyList<Law> laws, Action<Obstacle> report)
{
    /// <summary>The life in seconds that stands for branch 0, and so on: longer than any that could end while states are explored.</summary>
    private const double FirstBranch = 9.0e9;

    private const long NanosecondsPerSecond = 1_000_000_000;

    private readonly List<int> _chosen = [];
    private readonly List<int> _next = [];
    private int _at;

    /// <summary>Of the way just run.</summary>
    public double Probability { get; private set; }

    /// <summary>Which branch of its law a clock with this life follows.</summary>
    public static int BranchOf(long life) => (int)(((life + (NanosecondsPerSecond / 2)) / NanosecondsPerSecond) - (long)FirstBranch);

    /// <summary>To be called before the first way.</summary>
    public void Begin()
    {
        _chosen.Clear();
        _next.Clear();
        Restart();
    }

    /// <summary>Sets out for the next way; false when all have been run.</summary>
    public bool Advance()
    {
        while (_chosen.Count > 0)
        {
            int last = _chosen.Count - 1;
            if (_next[last] >= 0)
            {
                _chosen[last] = _next[last];
                Restart();
                return true;
            }
            _chosen.RemoveAt(last);
            _next.RemoveAt(last);
        }
        return false;
    }

    public int Choose(ReadOnlySpan<double> weights)
    {
        double total = 0;
        foreach (double weight in weights)
        {
            total += weight;
        }
        if (_at == _chosen.Count)
        {
            _chosen.Add(Possible(weights, 0));
            _next.Add(-1);
        }
        int index = _chosen[_at];
        _next[_at] = Possible(weights, index + 1);
        Probability *= weights[index] / total;
        _at++;
        return index;
    }

    /// <summary>All sets of a size, each in the order of the items; equally likely.</summary>
    /// <remarks>Selection sampling: Knuth, The Art of Computer Programming, vol. 2, 3.4.2, algorithm S.</remarks>
    public void ChooseSet(Span<int> items, int size)
    {
        int taken = 0;
        for (int i = 0; i < items.Length && taken < size; i++)
        {
            if (Choose([size - taken, items.Length - i - (size - taken)]) == 0)
            {
                (items[taken], items[i]) = (items[i], items[taken]);
                taken++;
            }
        }
    }

    /// <summary>A duration in seconds that stands for the law's; one that cannot be told by stages is found where its clock runs.</summary>
    public double Draw(int law)
    {
        IReadOnlyList<LawBranch> of = branches[law];
        if (of.Count == 0)
        {
            return laws[law].Mean;
        }
        int branch = of.Count == 1 ? 0 : Choose([.. of.Select(b => b.Weight)]);
        return of[branch].Stages == 0 ? 0 : FirstBranch + branch;
    }

    /// <summary>A component has drawn a number that might mean anything.</summary>
    public void NoteDraw(Component component, int slot) => report(new Obstacle(ObstacleKind.Draw, component.Name, component.EntityName(slot)));

    private void Restart()
    {
        _at = 0;
        Probability = 1;
    }

    private static int Possible(ReadOnlySpan<double> weights, int from)
    {
        while (from < weights.Length && weights[from] <= 0)
        {
            from++;
        }
        return from < weights.Length ? from : -1;
    }
}
