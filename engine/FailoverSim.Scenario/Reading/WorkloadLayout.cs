using System.Globalization;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Models.Workloads;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Values;

namespace FailoverSim.Scenario.Reading;

/// <summary>One workload with what was drawn for it.</summary>
/// <param name="Name"><c>NAME-3</c>, or <c>NAME</c>.</param>
/// <param name="Replicas">Pods.</param>
/// <param name="Cpu">Request of each, thousandths of a core.</param>
/// <param name="Memory">Request of each, bytes.</param>
internal sealed record WorkloadCopy(string Name, int Replicas, long Cpu, long Memory);

/// <summary>One entry of <c>workloads</c>.</summary>
/// <param name="Item">As written.</param>
/// <param name="Pools">Whose nodes it may use.</param>
/// <param name="Zones">Those that it may use.</param>
/// <param name="Copies">Empty where too little is known.</param>
internal sealed record WorkloadGroup(NamedItem Item, IReadOnlyList<PoolLayout> Pools, IReadOnlySet<string> Zones, IReadOnlyList<WorkloadCopy> Copies)
{
    public string Name => Item.Name;

    /// <summary>Number of the first copy among all workloads.</summary>
    public int First { get; init; }

    /// <summary>Where it may be: pools, zones of each, and how many machines it has there.</summary>
    public IEnumerable<(PoolLayout Pool, string Zone, int Machines)> Places =>
        from pool in Pools from zone in pool.ByZone where Zones.Contains(zone.Key) select (pool, zone.Key, zone.Value);

    /// <summary>Zones in which it may be.</summary>
    public int ZoneCount => Places.Select(place => place.Zone).Distinct().Count();

    /// <summary>Machines on which it may be.</summary>
    public int MachineCount => Places.Sum(place => place.Machines);

    /// <summary>Whether what a pod requests is drawn.</summary>
    public bool DrawsRequests => Draws(WorkloadKeys.Cpu) || Draws(WorkloadKeys.Memory);

    public bool DrawsReplicas => Item.Value.TryGet(WorkloadKeys.Replicas, out var replicas) && replicas.Count > 1;

    public bool Draws(Key<DrawnText> key) => Item.Value.TryGet(key, out var drawn) && !drawn.IsConstant;
}

/// <summary>The workloads of a file; what is drawn once is drawn here, from the seed and the workload's name alone.</summary>
internal sealed class WorkloadLayout
{
    /// <summary>Of one copy, and of all: a law may hardly ever fit.</summary>
    private const int MostRedraws = 1_000;
    private const int MostRedrawsInAll = 1_000_000;

    private readonly DiagnosticBag _bag;
    private readonly ulong _seed;
    private readonly Dictionary<string, WorkloadGroup> _groups = new(StringComparer.Ordinal);
    private List<PoolLayout>? _all;
    private long _pods;
    private int _count;
    private int _drawn;
    private int _redraws;

    public WorkloadLayout(BoundMapping file, ClusterLayout layout, DiagnosticBag bag)
    {
        _bag = bag;
        _seed = file.Child(ScenarioKeys.Run) is { } run && run.TryGet(RunKeys.Seed, out var seed) ? (ulong)seed : 1;
        Groups = [.. file.Named(ScenarioKeys.Workloads).Select(item => Group(item, layout))];
        int first = 0;
        Groups = [.. Groups.Select(group => group with { First = (first += group.Copies.Count) - group.Copies.Count })];
        Count = first;
        IsWhole = !file.IsUnreadable(ScenarioKeys.Workloads) && layout.IsWhole && Groups.All(group => group.Copies.Count > 0);
        foreach (var group in Groups)
        {
            _groups.TryAdd(group.Name, group);
        }
        foreach (var twins in Groups.Select(group => CopyOf(group.Name)).OfType<(WorkloadGroup Group, int Copy)>().GroupBy(twin => twin.Group.Name))
        {
            var (group, copy) = twins.MinBy(twin => twin.Copy);
            bag.Error(group.Item.Mark, Codes.NameTwice, $"'{group.Copies[copy].Name}' is a copy of '{group.Name}' and also another workload",
                "rename one of them");
        }
    }

    public IReadOnlyList<WorkloadGroup> Groups { get; }

    /// <summary>Whether all of them are known; if not, a name without match says nothing.</summary>
    public bool IsWhole { get; }

    /// <summary>Names of entries and of copies, for suggestions.</summary>
    public IEnumerable<string> Names => _groups.Keys.Concat(Copies.Select(copy => copy.Name)).Distinct();

    public int Count { get; }

    /// <summary>Workloads of which something was drawn, and how often their requests were drawn again, as no machine has so much.</summary>
    public long Draws => _drawn + _redraws;

    /// <summary>Affinities and anti-affinities of all of them.</summary>
    public long Affinities => Groups.Sum(group => group.Copies.Count * (long)(new[] { WorkloadKeys.Affinity, WorkloadKeys.AntiAffinity }
        .Sum(key => (group.Item.Value.Find(key) as BoundRecords)?.Items.Count) ?? 0));

    /// <summary>Whether there are more than may be, which is told.</summary>
    public bool AreTooMany => _pods > WorkloadKeys.MostPods || _count > WorkloadKeys.MostWorkloads;

    public IEnumerable<WorkloadCopy> Copies => Groups.SelectMany(group => group.Copies);

    /// <summary>The copies that a name stands for; null if there is no such workload.</summary>
    public IReadOnlyList<WorkloadCopy>? Find(string name) => _groups.TryGetValue(name, out var group) ? group.Copies
        : CopyOf(name) is var (of, copy) ? [of.Copies[copy]] : null;

    /// <summary>The numbers of the workloads that a name stands for, or <c>workloads</c>; null if there is no such workload.</summary>
    public WorkloadRange? RangeOf(string name) => name == WorkloadKeys.All ? new WorkloadRange(0, Count)
        : _groups.TryGetValue(name, out var group) ? new WorkloadRange(group.First, group.Copies.Count)
        : CopyOf(name) is var (of, copy) ? new WorkloadRange(of.First + copy, 1) : null;

    /// <summary>The entry, and which of its copies, that a name such as <c>NAME-3</c> stands for.</summary>
    private (WorkloadGroup Group, int Copy)? CopyOf(string name)
    {
        int dash = name.LastIndexOf('-');
        return dash > 0 && _groups.TryGetValue(name[..dash], out var group)
            && int.TryParse(name.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int copy)
            && copy > 0 && copy <= group.Copies.Count && group.Copies[copy - 1].Name == name ? (group, copy - 1) : null;
    }

    /// <summary>The entry of which a workload is a copy, by its number.</summary>
    public WorkloadGroup GroupOf(int number)
    {
        int low = 0, high = Groups.Count - 1;
        while (low < high)
        {
            // The last one that begins there: those before it have no copies.
            int middle = (low + high + 1) / 2;
            (low, high) = Groups[middle].First <= number ? (middle, high) : (low, middle - 1);
        }
        return Groups[low];
    }

    /// <summary>The numbers of the workloads that one copy of an entry means by a name, and null if there are none.</summary>
    /// <param name="group">The entry.</param>
    /// <param name="copy">Which copy, from 0.</param>
    /// <param name="to">As written; null: itself.</param>
    public WorkloadRange? Meant(WorkloadGroup group, int copy, string? to)
    {
        if (to is null || to == group.Name)
        {
            return new WorkloadRange(group.First + copy, 1);
        }
        if (_groups.TryGetValue(to, out var other))
        {
            return other.Copies.Count == group.Copies.Count ? new WorkloadRange(other.First + copy, 1) : new WorkloadRange(other.First, other.Copies.Count);
        }
        return CopyOf(to) is var (of, number) ? new WorkloadRange(of.First + number, 1) : null;
    }

    private WorkloadGroup Group(NamedItem item, ClusterLayout layout)
    {
        var zones = ZonesOf(item, layout);
        var pools = PoolsOf(item, layout);
        if (zones.Count < layout.Zones.Count && layout.IsWhole && zones.Count > 0 && pools.Count > 0)
        {
            var there = pools.Where(pool => pool.ByZone.Keys.Any(zones.Contains)).ToList();
            if (there.Count == 0)
            {
                _bag.Error(item.Value.KeyMark(WorkloadKeys.Zones), Codes.NeverPlaced,
                    $"no pod of '{item.Name}' can be placed: no pool that it may use has a machine in its zones",
                    "name other zones or pools");
            }
            pools = there;
        }
        var group = new WorkloadGroup(item, pools, zones, []);
        bool isReadable = item.Value.IsKnown && !new Key[] { WorkloadKeys.Count, WorkloadKeys.Cpu, WorkloadKeys.Memory }
            .Any(key => item.Value.Has(key) && item.Value.Scalar(key)?.Value is null);
        if (!isReadable || pools.Count == 0 || _pods > WorkloadKeys.MostPods
            || !item.Value.TryGet(WorkloadKeys.Replicas, out var replicas))
        {
            return group;
        }
        int count = item.Value.TryGet(WorkloadKeys.Count, out var number) ? (int)number : 0;
        int before = _count;
        _count += Math.Max(1, count);
        if (_count > WorkloadKeys.MostWorkloads)
        {
            if (before <= WorkloadKeys.MostWorkloads)
            {
                _bag.Error(count == 0 ? item.Mark : item.Value.Scalar(WorkloadKeys.Count)!.Mark, Codes.TooManyPods,
                    FormattableString.Invariant($"there are more than {WorkloadKeys.MostWorkloads:N0} workloads up to here"), "describe fewer");
            }
            return group;
        }
        var copies = new List<WorkloadCopy>(Math.Max(1, count));
        bool isDrawn = group.DrawsReplicas || group.DrawsRequests;
        bool mayRedraw = group.DrawsRequests;
        for (int copy = 1; copy <= Math.Max(1, count) && _pods <= WorkloadKeys.MostPods; copy++)
        {
            string name = count == 0 ? item.Name : string.Create(CultureInfo.InvariantCulture, $"{item.Name}-{copy}");
            copies.Add(isDrawn || copy == 1 ? Draw(group, name, replicas, ref mayRedraw) : copies[0] with { Name = name });
            _pods += copies[^1].Replicas;
        }
        if (_pods > WorkloadKeys.MostPods)
        {
            _bag.Error(item.Value.Scalar(WorkloadKeys.Replicas)!.Mark.IsDefault ? item.Mark : item.Value.Scalar(WorkloadKeys.Replicas)!.Mark,
                Codes.TooManyPods, "there are more than 1,000,000 pods up to here", "describe fewer");
        }
        _drawn += isDrawn ? copies.Count : 0;
        return group with { Copies = copies };
    }

    private HashSet<string> ZonesOf(NamedItem item, ClusterLayout layout)
    {
        var zones = new HashSet<string>(StringComparer.Ordinal);
        var written = item.Value.Items(WorkloadKeys.Zones);
        foreach (var name in written)
        {
            if (layout.Zones.Count > 0 && !layout.Zones.Any(zone => zone.Name == name.Value))
            {
                _bag.Error(name.Mark, Codes.UnknownName, $"there is no zone '{name.Value}'",
                    Suggestion.For(name.Value, layout.Zones.Select(zone => zone.Name), "define it under 'topology.zones'"));
            }
            else if (!zones.Add(name.Value))
            {
                _bag.Error(name.Mark, Codes.ListedTwice, $"'{name.Value}' is listed twice", "keep one of them");
            }
        }
        return written.Count > 0 ? zones : [.. layout.Zones.Select(zone => zone.Name)];
    }

    private List<PoolLayout> PoolsOf(NamedItem item, ClusterLayout layout)
    {
        var names = item.Value.Items(WorkloadKeys.Nodes);
        if (names.Count == 0)
        {
            return item.Value.IsUnreadable(WorkloadKeys.Nodes) ? [] : _all ??= [.. layout.ForPods];
        }
        var pools = new List<PoolLayout>();
        foreach (var name in names)
        {
            var pool = layout.Pools.FirstOrDefault(known => known.Name == name.Value);
            if (pool is null && layout.Pools.Count > 0)
            {
                _bag.Error(name.Mark, Codes.UnknownName, $"there is no pool '{name.Value}'",
                    Suggestion.For(name.Value, layout.ForPods.Select(known => known.Name), "define it under 'nodes'"));
            }
            else if (pool is { Room: null })
            {
                _bag.Error(name.Mark, Codes.TakesNoPods, $"the pool '{name.Value}' takes no pods",
                    "add 'cpu' or 'memory' to it, or name another");
            }
            else if (pool is not null && pools.Contains(pool))
            {
                _bag.Error(name.Mark, Codes.ListedTwice, $"'{name.Value}' is listed twice", "keep one of them");
            }
            else if (pool is not null)
            {
                pools.Add(pool);
            }
        }
        return pools.Count == names.Count ? pools : [];
    }

    /// <param name="group">Of which the copy is one.</param>
    /// <param name="name">Of the copy.</param>
    /// <param name="replicas">As written.</param>
    /// <param name="mayRedraw">Whether requests that fit no machine may be drawn again; not once that was of no use.</param>
    private WorkloadCopy Draw(WorkloadGroup group, string name, IReadOnlyList<(decimal Value, decimal Share)> replicas, ref bool mayRedraw)
    {
        int pods = (int)Choose(replicas, new Draws(Stream(name, WorkloadKeys.Replicas), 0, 0).NextUniform());
        var (ofCpu, ofMemory) = (Stream(name, WorkloadKeys.Cpu), Stream(name, WorkloadKeys.Memory));
        for (int attempt = 0; ; attempt++)
        {
            long cpu = Request(group.Item.Value, WorkloadKeys.Cpu, ofCpu, attempt, PodRoom.Millicores);
            long memory = Request(group.Item.Value, WorkloadKeys.Memory, ofMemory, attempt, PodRoom.Bytes);
            bool fits = group.Pools.Any(pool => pool.Room!.Fits(cpu, memory));
            // What was not drawn, or fits nowhere however often it is drawn, is told by the checks.
            if (fits || !mayRedraw || attempt >= MostRedraws || _redraws >= MostRedrawsInAll)
            {
                mayRedraw &= fits;
                return new WorkloadCopy(name, pods, cpu, memory);
            }
            _redraws++;
        }
    }

    private static long Request(BoundMapping workload, Key<DrawnText> key, ulong stream, int attempt, Func<decimal, long> whole)
    {
        if (!workload.TryGet(key, out var drawn))
        {
            return 0;
        }
        var draws = new Draws(stream, 0, (ulong)attempt);
        return whole(drawn.Law is { } law ? (decimal)Math.Min(law.Law.Draw(ref draws), 1e20) : Choose(drawn.Choices, draws.NextUniform()));
    }

    private ulong Stream(string name, Key property) => StreamKeys.Of($"{name}.{property.Name}", _seed);

    private static decimal Choose(IReadOnlyList<(decimal Value, decimal Share)> choices, double uniform)
    {
        decimal sum = 0;
        foreach (var (value, share) in choices)
        {
            sum += share;
            if (uniform < (double)sum)
            {
                return value;
            }
        }
        return choices[^1].Value;
    }
}
