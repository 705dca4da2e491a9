using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Scenario.Importing;

/// <summary>A constraint towards pods of another workload, or of the own (<paramref name="To"/> null).</summary>
internal sealed record ImportedAffinity(bool IsAnti, string? To, string By, bool IsHard);

/// <summary>A workload of the scenario to be.</summary>
internal sealed record ImportedWorkload
{
    public required string Name { get; init; }
    public required WorkloadFacts Facts { get; init; }

    /// <summary>Pools and zones that it may use; empty: all.</summary>
    public IReadOnlyList<string> Pools { get; init; } = [];
    public IReadOnlyList<string> Zones { get; init; } = [];
    public IReadOnlyList<SpreadFacts> Spreads { get; init; } = [];
    public IReadOnlyList<ImportedAffinity> Affinities { get; init; } = [];

    /// <summary>Key and value of its budget; null: none.</summary>
    public (string Key, string Value)? Budget { get; init; }
    public bool HasVolumes { get; init; }

    /// <summary>The same with preferences in place of requirements.</summary>
    public ImportedWorkload Relaxed() => this with
    {
        Spreads = [.. Spreads.Select(spread => spread with { IsHard = false, MinDomains = null })],
        Affinities = [.. Affinities.Select(affinity => affinity with { IsHard = false })],
    };

    public ImportedWorkload WithoutAffinityTo(HashSet<string> names) =>
        this with { Affinities = [.. Affinities.Where(affinity => affinity.To is null || !names.Contains(affinity.To))] };

    /// <summary>Whether a constraint of its own may be why it cannot be placed.</summary>
    public bool IsHard => Spreads.Any(spread => spread.IsHard) || Affinities.Any(affinity => affinity.IsHard);
}

/// <summary>Workloads of a dump: where they may run, what they keep away from, what guards them.</summary>
internal sealed class ImportedWorkloads
{
    private readonly Dump _dump;
    private readonly ImportedPools _pools;
    private readonly ImportNames _names;
    private readonly List<string> _assumed;

    public ImportedWorkloads(Dump dump, ImportedPools pools, bool isAnonymous, List<string> assumed)
    {
        (_dump, _pools, _assumed) = (dump, pools, assumed);
        List<WorkloadFacts> all = [.. dump.Workloads.OrderBy(Id, StringComparer.Ordinal)];
        HashSet<string> twice = [.. all.GroupBy(workload => ImportNames.Cleaned(workload.Name)).Where(same => same.Count() > 1).Select(same => same.Key)];
        _names = new ImportNames("workload", all.Select(workload => (Id(workload),
            twice.Contains(ImportNames.Cleaned(workload.Name)) ? $"{workload.Namespace}-{workload.Name}" : workload.Name)), isAnonymous);
        Dictionary<WorkloadFacts, List<BudgetFacts>> budgets = Budgets(all);
        All = [.. all.Select(workload => Of(workload, budgets.GetValueOrDefault(workload) ?? [])).OfType<ImportedWorkload>()];
        CountPods(all);
    }

    public IReadOnlyList<ImportedWorkload> All { get; }

    private static string Id(WorkloadFacts workload) => $"{workload.Key} {workload.Kind}";

    private ImportedWorkload? Of(WorkloadFacts workload, List<BudgetFacts> budgets)
    {
        List<(ImportedPool Pool, NodeFacts Node)> there = [.. _pools.Pools.Where(pool => pool.TakesPods)
            .SelectMany(pool => pool.Nodes.Select(node => (pool, node)))];
        List<(ImportedPool Pool, NodeFacts Node)> fitting = [.. there.Where(place => workload.Pod.Fits(place.Node))];
        if (fitting.Count == 0)
        {
            _dump.Bag.Warning(workload.Mark, Codes.ImportAdapted,
                $"no node that takes pods fits the selectors and tolerations of the {workload.Kind} '{workload.Key}'",
                "it is left out; dump the nodes that it runs on, too");
            _dump.Unused.Add($"{workload.Kind} that no node of the dump fits");
            return null;
        }
        List<string> pools = [.. fitting.Select(place => place.Pool.Name).Distinct()];
        List<string> zones = [.. _pools.Zones.Where(zone => fitting.Any(place => _pools.ZoneOf(place.Node) == zone))];
        bool isAllPools = there.All(place => pools.Contains(place.Pool.Name));
        bool isAllZones = there.Where(place => pools.Contains(place.Pool.Name)).All(place => _pools.ZoneOf(place.Node) is not { } zone || zones.Contains(zone));
        return new ImportedWorkload
        {
            Name = _names[Id(workload)],
            Facts = workload,
            Pools = isAllPools ? [] : pools,
            Zones = isAllZones ? [] : zones,
            Spreads = workload.Pod.Spreads,
            Affinities = [.. workload.Pod.Affinities.SelectMany(affinity => Resolved(workload, affinity)).Distinct()],
            Budget = budgets.Count == 0 ? null
                : budgets[0].Least is { } least ? ("min-available", least) : ("max-unavailable", budgets[0].Most ?? "0"),
            HasVolumes = HasVolumes(workload),
        };
    }

    private bool HasVolumes(WorkloadFacts workload)
    {
        List<string> claims = [.. workload.Pod.Claims.Where(claim => !_dump.SharedClaims.Contains($"{workload.Namespace}/{claim}"))];
        if (workload.HasVolumes || claims.Count == 0)
        {
            return workload.HasVolumes;
        }
        if (workload.Replicas > 1)
        {
            Assume("claims of workloads with several replicas can be mounted by all of them: such pods have no volume that binds them to a node");
            return false;
        }
        return true;
    }

    private IEnumerable<ImportedAffinity> Resolved(WorkloadFacts workload, AffinityFacts affinity)
    {
        IReadOnlyList<string>? namespaces = affinity.Namespaces is [] ? [workload.Namespace] : affinity.Namespaces;
        List<WorkloadFacts> meant = [.. _dump.Workloads.Where(other => namespaces?.Contains(other.Namespace) != false
            && affinity.Selector.All(condition => condition.Holds(other.Pod.Labels))).OrderBy(Id, StringComparer.Ordinal)];
        if (meant.Count == 0)
        {
            _dump.Unused.Add("pod affinity to pods of no workload");
            return [];
        }
        // The scheduler wants any of the pods meant; the language has one workload per term.
        List<WorkloadFacts> taken = affinity.IsAnti ? meant : meant.Contains(workload) ? [workload] : [meant[0]];
        return taken.Where(other => other == workload || _pools.Pools.Any(pool => pool.TakesPods && pool.Nodes.Any(other.Pod.Fits)))
            .Select(other => new ImportedAffinity(affinity.IsAnti, other == workload ? null : _names[Id(other)], affinity.By, affinity.IsHard));
    }

    private Dictionary<WorkloadFacts, List<BudgetFacts>> Budgets(List<WorkloadFacts> all)
    {
        Dictionary<WorkloadFacts, List<BudgetFacts>> budgets = new(ReferenceEqualityComparer.Instance);
        foreach (BudgetFacts budget in _dump.Budgets.OrderBy(budget => $"{budget.Namespace}/{budget.Name}", StringComparer.Ordinal))
        {
            List<WorkloadFacts> guarded = [.. all.Where(workload => workload.Namespace == budget.Namespace && budget.Selector is { } selector
                && selector.All(condition => condition.Holds(workload.Pod.Labels)))];
            foreach (WorkloadFacts workload in guarded)
            {
                (budgets.TryGetValue(workload, out List<BudgetFacts>? own) ? own : budgets[workload] = []).Add(budget);
            }
            if (guarded.Count == 0)
            {
                _dump.Unused.Add("PodDisruptionBudget for no workload of the dump");
            }
            else if (guarded.Count > 1)
            {
                Assume("budgets over several workloads hold for each of them by itself");
            }
        }
        if (budgets.Values.Any(own => own.Count > 1))
        {
            Assume("where several budgets guard a workload, which Kubernetes refuses to evict at all, the first by name holds");
        }
        return budgets;
    }

    /// <summary>Pods whose controllers were not dumped.</summary>
    private void CountPods(List<WorkloadFacts> all)
    {
        HashSet<string> known = [.. all.Concat(_dump.DaemonSets).Select(workload => $"{workload.Kind} {workload.Key}")];
        foreach ((string space, string kind, string name) in _dump.Owners)
        {
            // A ReplicaSet is named after its Deployment, with a hash behind.
            int dash = name.LastIndexOf('-');
            string owner = kind == "ReplicaSet" && dash > 0 ? $"Deployment {space}/{name[..dash]}" : $"{kind} {space}/{name}";
            if (!known.Contains(owner))
            {
                _dump.Unused.Add(kind is "Job" ? "Pod of a Job" : "Pod of a controller that is not simulated");
            }
        }
    }

    private void Assume(string text)
    {
        if (!_assumed.Contains(text))
        {
            _assumed.Add(text);
        }
    }
}
