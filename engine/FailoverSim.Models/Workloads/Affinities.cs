using System.Collections.Immutable;

namespace FailoverSim.Models.Workloads;

/// <summary>The (anti-)affinities between the pods of all workloads, seen from either end.</summary>
internal sealed class Affinities
{
    private readonly ImmutableArray<WorkloadOptions> _workloads;
    private readonly List<WorkloadRange> _ranges = [];
    private readonly Dictionary<WorkloadRange, int> _numberOf = [];
    private readonly Lists[] _lists;
    private readonly ImmutableArray<AffinityRules?> _rules;

    private Affinities(ImmutableArray<WorkloadOptions> workloads)
    {
        _workloads = workloads;
        _lists = [.. workloads.Select(_ => new Lists())];
        foreach (WorkloadRange alike in Alike())
        {
            foreach (AffinityOptions term in workloads[alike.First].Affinity)
            {
                Add(alike, term);
            }
            AddRequired(alike);
        }
        _rules = [.. _lists.Select(lists => lists.Rules())];
        Ranges = [.. _ranges];
        List<int>[] rangesOf = [.. workloads.Select(_ => new List<int>())];
        for (int range = 0; range < Ranges.Length; range++)
        {
            foreach (List<int> each in rangesOf.AsSpan(Ranges[range].First, Ranges[range].Count))
            {
                each.Add(range);
            }
        }
        RangesOf = [.. rangesOf.Select(ranges => ranges.ToImmutableArray())];
        HelpedByMore = [.. _lists.Select(lists => lists.Followers.ToImmutableArray())];
        HelpedByFewer = [.. _lists.Select(lists => lists.KeptAway.ToImmutableArray())];
        NamesNodes = workloads.Any(w => w.Affinity.Any(term => term is { IsAnti: false, By: SpreadBy.Node }));
    }

    /// <summary>The different sets of workloads that some term means.</summary>
    public ImmutableArray<WorkloadRange> Ranges { get; }

    /// <summary>By workload, the ranges that it is in.</summary>
    public ImmutableArray<ImmutableArray<int>> RangesOf { get; }

    /// <summary>By workload: who may find a node when one of its pods has been bound.</summary>
    public ImmutableArray<ImmutableArray<WorkloadRange>> HelpedByMore { get; }

    /// <summary>By workload: who may find a node when one of its pods is gone.</summary>
    public ImmutableArray<ImmutableArray<WorkloadRange>> HelpedByFewer { get; }

    /// <summary>Some pods want to be on the nodes of others.</summary>
    public bool NamesNodes { get; }

    /// <summary>Null where no workload has any.</summary>
    public static Affinities? Of(ImmutableArray<WorkloadOptions> workloads) =>
        workloads.Any(w => !w.Affinity.IsEmpty) ? new Affinities(workloads) : null;

    /// <summary>What concerns a workload; null: nothing.</summary>
    public AffinityRules? RulesOf(int workload) => _rules[workload];

    /// <summary>
    /// By workload, its turn when all are placed at once: whoever needs others there comes after them, and after those of the same turn who
    /// wants nobody near.
    /// </summary>
    public ImmutableArray<int> Turns()
    {
        int[] turns = new int[_workloads.Length];
        Array.Fill(turns, -1);
        bool isNews = true;
        for (int turn = 0; isNews; turn++)
        {
            int now = turn;
            int[] ready = [.. Enumerable.Range(0, turns.Length).Where(w => turns[w] < 0 && IsReady(w, turns, now))];
            Array.ForEach(ready, w => turns[w] = now);
            isNews = ready.Length > 0;
        }
        return
        [
            .. turns.Select((turn, w) => turn < 0 ? int.MaxValue
                : (2 * turn) + (_workloads[w].Affinity.Any(term => term is { IsAnti: false, IsHard: false }) ? 1 : 0)),
        ];
    }

    private bool IsReady(int workload, int[] turns, int turn)
    {
        if (_rules[workload] is not { IsAffine: true } rules)
        {
            return true;
        }
        WorkloadRange others = rules.Required < 0 ? default : _ranges[rules.Required];
        return rules.IsAffineToItself || Enumerable.Range(others.First, others.Count).Any(w => turns[w] >= 0 && turns[w] < turn);
    }

    /// <summary>Copies that follow each other and have the same terms.</summary>
    private IEnumerable<WorkloadRange> Alike()
    {
        int first = 0;
        for (int w = 1; w <= _workloads.Length; w++)
        {
            if (w == _workloads.Length || !_workloads[w].Affinity.SequenceEqual(_workloads[first].Affinity))
            {
                yield return new WorkloadRange(first, w - first);
                first = w;
            }
        }
    }

    private void Add(WorkloadRange alike, AffinityOptions term)
    {
        int to = NumberOf(term.To);
        if (term is { IsHard: true, IsAnti: true })
        {
            int from = NumberOf(alike);
            foreach (Lists each in In(alike))
            {
                each.Apart(term.By).Add(to);
                each.KeptAway.Add(term.To);
            }
            foreach (Lists each in In(term.To))
            {
                each.Apart(term.By).Add(from);
                each.KeptAway.Add(alike);
            }
        }
        else if (!term.IsHard)
        {
            foreach (Lists each in In(alike))
            {
                each.Soft(term).Add(to);
            }
        }
    }

    private void AddRequired(WorkloadRange alike)
    {
        ImmutableArray<AffinityOptions> required = [.. _workloads[alike.First].Affinity.Where(term => term is { IsHard: true, IsAnti: false })];
        if (required.IsEmpty)
        {
            return;
        }
        WorkloadRange all = required.Select(term => term.To).Aggregate((one, other) => one.And(other));
        foreach (Lists each in In(all))
        {
            each.Followers.Add(alike);
        }
        for (int w = alike.First; w < alike.First + alike.Count; w++)
        {
            _lists[w].IsAffine = true;
            _lists[w].Required = all.IsEmpty ? -1 : NumberOf(all);
            _lists[w].IsAffineByNode = required.Any(term => term.By == SpreadBy.Node);
            _lists[w].IsAffineToItself = all.Contains(w);
        }
        foreach (Lists each in In(all))
        {
            // When the last one is gone, one of its like may go anywhere.
            WorkloadRange selves = alike.And(all);
            if (!selves.IsEmpty)
            {
                each.KeptAway.Add(selves);
            }
        }
    }

    private ReadOnlySpan<Lists> In(WorkloadRange range) => _lists.AsSpan(range.First, range.Count);

    private int NumberOf(WorkloadRange range)
    {
        if (!_numberOf.TryGetValue(range, out int number))
        {
            _numberOf[range] = number = _ranges.Count;
            _ranges.Add(range);
        }
        return number;
    }

    /// <summary>What is known of one workload while all terms are read.</summary>
    private sealed class Lists
    {
        private readonly SortedSet<int>[] _apart = [[], []];
        private readonly SortedSet<int>[] _near = [[], []];
        private readonly SortedSet<int>[] _far = [[], []];

        public HashSet<WorkloadRange> Followers { get; } = [];

        public HashSet<WorkloadRange> KeptAway { get; } = [];

        public bool IsAffine { get; set; }

        public int Required { get; set; } = -1;

        public bool IsAffineByNode { get; set; }

        public bool IsAffineToItself { get; set; }

        public SortedSet<int> Apart(SpreadBy by) => _apart[(int)by];

        public SortedSet<int> Soft(AffinityOptions term) => (term.IsAnti ? _far : _near)[(int)term.By];

        public AffinityRules? Rules() => !IsAffine && _apart.Concat(_near).Concat(_far).All(set => set.Count == 0) ? null : new AffinityRules
        {
            IsAffine = IsAffine,
            Required = Required,
            IsAffineByNode = IsAffineByNode,
            IsAffineToItself = IsAffineToItself,
            ApartByZone = [.. _apart[(int)SpreadBy.Zone]],
            ApartByNode = [.. _apart[(int)SpreadBy.Node]],
            NearByZone = [.. _near[(int)SpreadBy.Zone]],
            NearByNode = [.. _near[(int)SpreadBy.Node]],
            FarByZone = [.. _far[(int)SpreadBy.Zone]],
            FarByNode = [.. _far[(int)SpreadBy.Node]],
        };
    }
}
