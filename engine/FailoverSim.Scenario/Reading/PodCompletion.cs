using FailoverSim.Scenario.Catalogue;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Reading;

/// <summary>Writes into the tree what holds of pools that take pods, of workloads, and of maintenance, where the file leaves it out.</summary>
/// <param name="versions">Whose defaults apply.</param>
/// <param name="pools">Pools that take pods.</param>
/// <param name="apiserver">Its settings, filled in.</param>
internal sealed class PodCompletion(VersionsInUse versions, IReadOnlyList<string> pools, YamlMapping? apiserver)
{
    private const string MaxPods = "110";
    private const string Notice = "2m";

    private static readonly ComponentSettings Settings = TimerCatalogue.Workloads;

    private readonly IReadOnlyList<(string[] Path, string Value, Mark Mark, bool WithParent)> _ofWorkload = Of(versions.Of(Settings.Product));

    /// <summary>A pool takes pods if it says how much of anything it has for them.</summary>
    public static bool TakesPods(YamlMapping pool) =>
        pool.Find(TopologyKeys.Cpu.Name) is not null || pool.Find(TopologyKeys.Memory.Name) is not null;

    public void Pods(Action<string, Func<YamlMapping, YamlMapping>> eachBelow)
    {
        eachBelow(ScenarioKeys.Nodes.Name, Pool);
        eachBelow(ScenarioKeys.Workloads.Name, Workload);
        eachBelow(ScenarioKeys.Maintenance.Name, Maintenance);
    }

    private YamlMapping Pool(YamlMapping pool)
    {
        if (!TakesPods(pool))
        {
            return pool;
        }
        pool = Completion.With(pool, TopologyKeys.MaxPods.Name, MaxPods, Kubernetes("maxPods, kubelet config/v1beta1/types.go"));
        return Completion.Filled(pool, [TopologyKeys.Reclaim.Name, TopologyKeys.ReclaimNotice.Name], Notice,
            Mark.Catalogue("the notice of AWS for spot instances, unverified"), withParent: true);
    }

    private YamlMapping Workload(YamlMapping workload)
    {
        bool hasVolume = workload.Find(WorkloadKeys.Volume.Name) is not null;
        workload = Completion.With(workload, WorkloadKeys.Kind.Name, hasVolume ? "stateful-set" : "deployment",
            Mark.Derived(hasVolume ? "it has a volume" : "it has no volume"));
        foreach (var (path, value, mark, withParent) in _ofWorkload)
        {
            workload = Completion.Filled(workload, path, value, mark, withParent);
        }
        workload = Tolerated(workload, WorkloadKeys.NotReady, NodeKeys.NotReadySeconds);
        return Tolerated(workload, WorkloadKeys.Unreachable, NodeKeys.UnreachableSeconds);
    }

    private static IReadOnlyList<(string[] Path, string Value, Mark Mark, bool WithParent)> Of(string version) =>
        [.. Settings.For(version).Select(setting => (setting.Key.Split('.'), setting.Value, Mark.Catalogue(Settings.SourceOf(setting, version)), setting.WithParent))];

    /// <summary>The API server gives it to pods that say nothing.</summary>
    private YamlMapping Tolerated(YamlMapping workload, Key toleration, Key ofApiserver) =>
        apiserver?.Find(ofApiserver.Name)?.Value is not YamlScalar given ? workload
            : Completion.Filled(workload, [WorkloadKeys.Tolerations.Name, toleration.Name], given.Text,
                Mark.Derived($"the apiserver's {ofApiserver.Name}"), withParent: false);

    private YamlMapping Maintenance(YamlMapping entry)
    {
        if (entry.Find(FaultKeys.MaintenanceOf.Name)?.Value is not YamlScalar { Text: { } of }
            || !pools.Contains(of.StartsWith("nodes.", StringComparison.Ordinal) ? of["nodes.".Length..] : ""))
        {
            return entry;
        }
        entry = Completion.With(entry, FaultKeys.Drains.Name, "true", Mark.Catalogue("nodes that take pods are drained first"));
        if (entry.Find(FaultKeys.Drains.Name)?.Value is YamlScalar { Text: "true" })
        {
            entry = Completion.With(entry, FaultKeys.RespectBudgets.Name, "true",
                Mark.Catalogue("the eviction API respects them, kubectl pkg/drain/drain.go"));
        }
        return entry.Find(FaultKeys.Surge.Name) is not null ? entry
            : Completion.With(entry, FaultKeys.Concurrency.Name, "1", Mark.Catalogue("one machine after the other"));
    }

    private Mark Kubernetes(string source)
    {
        var product = Products.Kubernetes;
        return Mark.Catalogue(new ComponentSettings("", product, []).SourceOf(new Setting("", "", source), versions.Of(product)));
    }
}
