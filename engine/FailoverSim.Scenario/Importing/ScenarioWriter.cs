using FailoverSim.Scenario.Catalogue;

namespace FailoverSim.Scenario.Importing;

/// <summary>The parts of the scenario to be.</summary>
internal sealed record ImportedScenario
{
    public required ImportedPools Cluster { get; init; }
    public required IReadOnlyList<ImportedWorkload> Workloads { get; init; }
    public required IReadOnlyDictionary<string, FoundSetting> Settings { get; init; }
    public required FoundVersions Versions { get; init; }

    /// <summary>Whether apiservers ask all members of etcd, even where one is on their own machine.</summary>
    public bool AsksAllMembers { get; init; }

    /// <summary>Priorities of keepalived, the highest first.</summary>
    public required IReadOnlyList<int> Priorities { get; init; }

    /// <summary>The workload that answers lookups; null if none was seen.</summary>
    public string? Dns { get; init; }

    /// <summary>Names of nodes and namespaces, for remarks.</summary>
    public required Func<string, string> NodeName { get; init; }
    public required Func<string, string> NamespaceName { get; init; }
    public bool IsAnonymous { get; init; }
    public required IReadOnlyList<string> Assumed { get; init; }
    public required IReadOnlyList<(string Kind, int Count)> Unused { get; init; }
}

/// <summary>Writes a scenario in the order in which people think of a cluster.</summary>
internal static class ScenarioWriter
{
    private static readonly string[] Components =
        ["etcd", "apiserver", "controller-manager", "scheduler", "cloud-controller-manager", "vip", "haproxy", "keepalived", "kubelet", "cni"];

    private static readonly Product[] Products = [Catalogue.Products.Kubernetes, Catalogue.Products.Etcd, Catalogue.Products.KubeVip,
        Catalogue.Products.Haproxy, Catalogue.Products.Keepalived, Catalogue.Products.Calico];

    public static ScenarioText Write(ImportedScenario scenario)
    {
        ScenarioText text = new();
        Head(scenario, text);
        Topology(scenario, text);
        Nodes(scenario, text);
        Settings(scenario, text);
        WorkloadText.Write(scenario, text);
        FaultText.Write(scenario, text);
        ServiceText.Write(scenario, text);
        text.Blank();
        text.Add(0, "run", "{horizon: 1y, replications: 200, seed: 1}");
        return text;
    }

    public static string Plural(int count, string noun) => FormattableString.Invariant($"{count} {noun}{(count == 1 ? "" : "s")}");

    private static void Head(ImportedScenario scenario, ScenarioText text)
    {
        text.Comment("Imported. What no dump said was assumed; look through the list and put right what differs:");
        foreach (string assumption in scenario.Assumed)
        {
            text.Comment($"  - {assumption}");
        }
        if (scenario.Unused.Count > 0)
        {
            text.Comment("Seen and not used:");
            foreach ((string kind, int count) in scenario.Unused)
            {
                text.Comment(FormattableString.Invariant($"  - {count} × {kind}"));
            }
        }
        int machines = scenario.Cluster.Pools.Sum(pool => pool.Count);
        int zones = Math.Max(1, scenario.Cluster.Zones.Count);
        text.Add(0, "failoversim", "1");
        text.Add(0, "name", "imported-cluster");
        text.Add(0, "title", $"Imported, {Plural(machines, "machine")} in {Plural(zones, "zone")}, {Plural(scenario.Workloads.Count, "workload")}");
        text.Blank();
        text.Add(0, "use");
        foreach (Product product in Products.Where(product => IsUsed(product, scenario)))
        {
            if (scenario.Versions.Of(product) is { } version)
            {
                text.Add(1, "- timers", $"{product.Name}/{version.Known}", remark: version.Seen is { } seen ? $"{seen} was seen" : null);
            }
        }
        text.Add(1, "- rates", RatesCatalogue.PublicCloudVm);
    }

    private static bool IsUsed(Product product, ImportedScenario scenario) => product.Name switch
    {
        "kubernetes" => true,
        "kube-vip" => scenario.Cluster.Runs("vip"),
        "calico" => scenario.Settings.TryGetValue("cni.kind", out FoundSetting? kind) && kind.Value == "calico",
        _ => scenario.Cluster.Runs(product.Name),
    };

    private static void Topology(ImportedScenario scenario, ScenarioText text)
    {
        if (scenario.Cluster.IsManaged)
        {
            text.Blank();
            text.Add(0, "control-plane", "{kind: managed, availability: 99.95%, outage: lognormal(median=6m p95=50m)}", remark: "assumed");
        }
        if (scenario.Cluster.Zones.Count > 0)
        {
            text.Blank();
            text.Add(0, "topology");
            text.Add(1, "zones", $"[{string.Join(", ", scenario.Cluster.Zones)}]", remark: scenario.IsAnonymous ? null : "topology.kubernetes.io/zone");
        }
    }

    private static void Nodes(ImportedScenario scenario, ScenarioText text)
    {
        text.Blank();
        text.Add(0, "nodes");
        foreach (ImportedPool pool in scenario.Cluster.Pools)
        {
            text.Add(1, pool.Name, source: pool.Nodes is [var first, ..] ? first.Mark : null);
            if (pool.Nodes.Count is > 0 and <= ImportLimits.NamedMachines)
            {
                IEnumerable<string> machines = pool.InOrder(node => scenario.Cluster.ZoneOf(node) ?? "")
                    .Select((node, i) => FormattableString.Invariant($"{pool.Name}-{i + 1} is {scenario.NodeName(node.Name)}"));
                text.Comment(string.Join(", ", machines), 2);
            }
            text.Add(2, "count", FormattableString.Invariant($"{pool.Count}"));
            if (pool.Place.Count > 0)
            {
                text.Add(2, "place", $"{{{string.Join(", ", pool.Place.Select(place => FormattableString.Invariant($"{place.Zone}: {place.Count}")))}}}");
            }
            Optional("runs", pool.Runs.Count > 0 ? $"[{string.Join(", ", pool.Runs)}]" : null);
            Optional("cpu", pool.Cpu is { } cpu ? ForeignValues.Cores(cpu) : null, "allocatable, less what DaemonSets request");
            Optional("memory", pool.Memory is { } memory ? ForeignValues.Size(memory) : null);
            Optional("max-pods", pool.MaxPods is { } pods ? FormattableString.Invariant($"{pods}") : null);
            Optional("reclaim", pool.IsSpot ? $"{{every: exp(20d), notice: {(pool.Provider == "aws" ? "2m" : "30s")}}}" : null, "assumed for spot machines");

            void Optional(string key, string? value, string? remark = null)
            {
                if (value is not null)
                {
                    text.Add(2, key, value, remark: remark);
                }
            }
        }
    }

    private static void Settings(ImportedScenario scenario, ScenarioText text)
    {
        List<FoundSetting> settings = [.. scenario.Settings.Values.Where(setting => IsMeaningful(setting, scenario))];
        bool hasDns = scenario.Dns is not null;
        bool isLocal = !scenario.AsksAllMembers && scenario.Cluster.Pools.Any(pool => pool.Runs.Contains("apiserver"))
            && scenario.Cluster.Pools.All(pool => pool.Runs.Contains("etcd") || !pool.Runs.Contains("apiserver"));
        bool hasEndpoints = scenario.Cluster.Runs("apiserver");
        bool hasPriorities = scenario.Priorities.Count > 0 && scenario.Cluster.Runs("keepalived");
        if (settings.Count == 0 && !hasDns && !hasEndpoints)
        {
            return;
        }
        text.Blank();
        text.Add(0, "components");
        foreach (string component in Components)
        {
            List<FoundSetting> own = [.. settings.Where(setting => setting.Path.Split('.')[0] == component)];
            bool asks = component == "apiserver" && hasEndpoints, ranks = component == "keepalived" && hasPriorities;
            if (own.Count == 0 && !asks && !ranks)
            {
                continue;
            }
            text.Add(1, component);
            if (asks)
            {
                text.Add(2, "etcd", isLocal ? "local-member" : "all-members");
            }
            if (ranks)
            {
                ImportedPool pool = scenario.Cluster.Pools.First(pool => pool.Runs.Contains("keepalived"));
                IEnumerable<string> priorities = scenario.Priorities.Take(pool.Count)
                    .Select((priority, i) => FormattableString.Invariant($"{pool.Name}-{i + 1}: {priority}"));
                text.Add(2, "priority", $"{{{string.Join(", ", priorities)}}}");
            }
            string below = "";
            foreach (FoundSetting setting in own.OrderBy(setting => setting.Path.Count(c => c == '.')).ThenBy(setting => setting.Path, StringComparer.Ordinal))
            {
                string[] path = setting.Path.Split('.');
                if (path.Length == 3 && path[1] != below)
                {
                    below = path[1];
                    text.Add(2, below);
                }
                text.Add(path.Length, path[^1], setting.Value, setting.Mark, setting.Source == path[^1] ? null : setting.Source);
            }
        }
        if (scenario.Dns is { } dns)
        {
            text.Add(1, "dns", $"{{workload: {dns}}}");
        }
    }

    /// <summary>Settings of what nothing runs say nothing; with a managed control plane, only those that concern nodes do.</summary>
    private static bool IsMeaningful(FoundSetting setting, ImportedScenario scenario)
    {
        string component = setting.Path.Split('.')[0];
        bool takesPods = scenario.Cluster.Pools.Any(pool => pool.TakesPods);
        return setting.Path switch
        {
            "keepalived.preempt.delay" when scenario.Settings.ContainsKey("keepalived.preempt") => false,
            "kubelet.crash-loop-back-off.max" => scenario.Cluster.Pools.Count > 0,
            _ when component is "kubelet" or "cni" => takesPods,
            _ => scenario.Cluster.Runs(component),
        };
    }
}
