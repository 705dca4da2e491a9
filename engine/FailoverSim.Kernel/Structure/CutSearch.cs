using FailoverSim.Kernel.Signals;

namespace FailoverSim.Kernel.Structure;

/// <summary>
/// Searches which faults together bring a signal down. Conditions that suffice for it to hold are found, one of them must be
/// struck, and so on with what then suffices: the tree of hitting sets [Reiter 87], to a bounded depth.
/// </summary>
/// <remarks>
/// A zone, a feed, a machine, a process is one fault each, whatever hangs on it. Work is bounded by what is looked at, never by a
/// clock, so that the answer is the same everywhere.
/// </remarks>
public sealed class CutSearch
{
    /// <summary>Above it, comparing each fault with each costs more than it saves.</summary>
    private const int MostCompared = 1000;

    private readonly Cone _cone;
    private readonly int[][] _faults;
    private readonly int[] _numbers;
    private readonly long _work;
    private readonly List<int[]> _found = [];
    private readonly int[] _chosen;
    private readonly bool[][] _onPath;
    private long _lookedAt;

    /// <param name="signals">The graph of a model.</param>
    /// <param name="target">Over static gates.</param>
    /// <param name="faults">What can go wrong; what strikes nothing beneath the signal is ignored.</param>
    /// <param name="depth">The most faults that are combined.</param>
    /// <param name="work">The most gates, conditions and faults that one search may look at.</param>
    /// <param name="strongestOnly">Leave out faults that another one includes: enough to count how many it takes.</param>
    public CutSearch(
        SignalGraph signals, Signal target, IReadOnlyList<FaultDeclaration> faults, int depth, long work, bool strongestOnly = false)
    {
        ArgumentNullException.ThrowIfNull(faults);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(depth);
        _cone = new Cone(signals, target);
        _work = work;
        List<(int Number, int[] Conditions)> relevant = [];
        for (int i = 0; i < faults.Count; i++)
        {
            int[] conditions = [.. faults[i].Conditions.Select(_cone.IndexOf).Where(index => index >= 0).Distinct().Order()];
            if (conditions.Length > 0)
            {
                relevant.Add((i, conditions));
            }
        }
        if (strongestOnly && relevant.Count <= MostCompared)
        {
            relevant = [.. relevant.Where((fault, i) => !relevant.Where((other, k) => Includes(other.Conditions, k, fault.Conditions, i)).Any())];
        }
        _numbers = [.. relevant.Select(fault => fault.Number)];
        _faults = [.. relevant.Select(fault => fault.Conditions)];
        _chosen = new int[depth];
        _onPath = [.. Enumerable.Range(0, depth).Select(_ => new bool[_faults.Length])];
    }

    /// <summary>The most faults that are combined.</summary>
    public int Depth => _chosen.Length;

    /// <summary>The conditions that the signal stands on.</summary>
    internal Cone Cone => _cone;

    /// <summary>Whether the last search was cut short, so that there may be more than it found.</summary>
    public bool IsCutShort => _lookedAt > _work;

    /// <summary>The least number of further faults that bring the signal down, as things are; 0 if it is down, depth + 1 if it takes more.</summary>
    /// <remarks>Where the work does not suffice, one more than is certain not to.</remarks>
    public int Distance()
    {
        _cone.Read();
        _lookedAt = 0;
        if (!Evaluate())
        {
            return 0;
        }
        for (int size = 1; size <= Depth; size++)
        {
            if (CanCut(size, 0) || IsCutShort)
            {
                return size;
            }
        }
        return Depth + 1;
    }

    /// <summary>
    /// The minimal sets of faults, as indices into the list given, that bring the signal down as things are: in the order of their
    /// size, then of their members.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<int>> MinimalCuts()
    {
        _cone.Read();
        _found.Clear();
        _lookedAt = 0;
        for (int size = 0; size <= Depth && (size == 0 || !IsCutShort); size++)
        {
            Collect(size, 0);
        }
        return
        [
            .. _found.Select(cut => cut.Select(fault => _numbers[fault]).ToArray())
                .OrderBy(cut => cut.Length)
                .ThenBy(cut => cut, Comparer<int[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b))),
        ];
    }

    /// <summary>Whether the signal is down, whatever the faults.</summary>
    public bool IsDown()
    {
        _cone.Read();
        return !_cone.Evaluate();
    }

    private bool CanCut(int left, int at)
    {
        if (!Evaluate())
        {
            return true;
        }
        if (left == 0)
        {
            return false;
        }
        bool[] candidates = MarkCandidates(at);
        for (int fault = 0; fault < _faults.Length && !IsCutShort; fault++)
        {
            if (candidates[fault])
            {
                _cone.Strike(_faults[fault]);
                bool cuts = CanCut(left - 1, at + 1);
                _cone.Heal(_faults[fault]);
                if (cuts)
                {
                    return true;
                }
            }
        }
        return false;
    }

    /// <summary>Finds the cuts with exactly so many faults more; smaller ones have been found before.</summary>
    private void Collect(int left, int at)
    {
        if (left == 0)
        {
            if (!Evaluate())
            {
                Keep(_chosen.AsSpan(0, at));
            }
            return;
        }
        if (!Evaluate())
        {
            return;
        }
        bool[] candidates = MarkCandidates(at);
        for (int fault = 0; fault < _faults.Length && !IsCutShort; fault++)
        {
            if (candidates[fault])
            {
                _chosen[at] = fault;
                _cone.Strike(_faults[fault]);
                Collect(left - 1, at + 1);
                _cone.Heal(_faults[fault]);
            }
        }
    }

    private void Keep(ReadOnlySpan<int> chosen)
    {
        int[] cut = chosen.ToArray();
        Array.Sort(cut);
        if (!_found.Any(known => known.All(fault => Array.BinarySearch(cut, fault) >= 0)))
        {
            _found.Add(cut);
        }
    }

    private bool Evaluate()
    {
        _lookedAt += _cone.Count + _faults.Length;
        return _cone.Evaluate();
    }

    /// <summary>The faults that strike what the signal stands on at present.</summary>
    private bool[] MarkCandidates(int at)
    {
        _cone.MarkPath();
        bool[] candidates = _onPath[at];
        for (int fault = 0; fault < _faults.Length; fault++)
        {
            candidates[fault] = false;
            foreach (int condition in _faults[fault])
            {
                candidates[fault] |= _cone.IsMarked(condition);
            }
        }
        return candidates;
    }

    /// <summary>Whether one fault does all that another does; of two alike the first does.</summary>
    private static bool Includes(int[] one, int index, int[] other, int otherIndex) =>
        index != otherIndex
        && other.All(condition => Array.BinarySearch(one, condition) >= 0)
        && (one.Length > other.Length || index < otherIndex);
}
