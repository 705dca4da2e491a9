using System.Globalization;

namespace FailoverSim.Tests.Cluster.Whole;

/// <summary>Worker nodes and workloads drawn from a seed, with faults of every kind, planned work, and a control plane or none.</summary>
internal sealed class RandomDataPlane
{
    public const string Horizon = "3d";

    private readonly Random _random;
    private readonly Random _neighbours;
    private readonly string[] _zones;
    private readonly List<string> _pools = [];
    private readonly List<string> _workloads = [];
    private readonly List<string> _services = [];
    private readonly List<string> _faults = [];
    private readonly List<string> _components = [];
    private readonly string _control = "";
    private readonly string _work = "";
    private string _provider = "aws-nlb";

    /// <param name="seed">Which one.</param>
    /// <param name="inOneZone">Whether all is in one zone, the control plane with its etcd too, and that zone is lost now and then.</param>
    public RandomDataPlane(int seed, bool inOneZone = false)
    {
        _random = new Random(seed);
        _neighbours = new Random(1_000 + seed);
        _zones = [.. new[] { "a", "b", "c" }.Take(_random.Next(1, inOneZone ? 2 : 4))];
        int control = inOneZone ? 2 : _random.Next(3);
        if (control == 1)
        {
            _control = "control-plane: {kind: managed, availability: 98%, outage: 5m..2h}";
            _services.Add("plane: {probe: apiserver.write}");
        }
        else if (control == 2)
        {
            _pools.Add("cp: {count: 3, place: spread, runs: [etcd, apiserver, controller-manager, scheduler, cloud-controller-manager]}");
            _services.Add("plane: {probe: apiserver.write}");
            _faults.Add("cps: {of: nodes.cp, every: exp(1d), repair: {takes: 2m..1h}}");
        }
        int nodes = _random.Next(6, 30);
        string keeps = Maybe(", replace-after: 10m", ", out-of-service-after: 6m", $", autoscale: {{max: {nodes + 4}}}", "");
        _pools.Add($"w: {{count: {nodes}, place: spread, cpu: 8, memory: 32GiB, max-pods: 12{keeps}}}");
        if (_random.Next(2) == 0)
        {
            _pools.Add("s: {count: 6, place: spread, cpu: 8, reclaim: {every: exp(1d), notice: " + Maybe("0s", "20s", "2m") + "}}");
        }
        if (_random.Next(2) == 0)
        {
            _components.Add("cni: {kind: calico, mode: bgp}");
            _faults.Add("agents: {of: cni, every: exp(3d), repair: {takes: 10s..10m}}");
        }
        if (_random.Next(3) == 0)
        {
            _components.Add("descheduler: {every: 10m}");
        }
        for (int group = _random.Next(2, 5); group > 0; group--)
        {
            AddWorkloads(group);
        }
        if (_neighbours.Next(3) == 0)
        {
            _components.Add($"dns: {{ttl: {(_neighbours.Next(2) == 0 ? 0 : 30)}s}}");
            _workloads.Add("coredns: {replicas: 2, cpu: 100m, nodes: [w], anti-affinity: {when-impossible: schedule-anyway}}");
            _services.Add("names: {probe: dns}");
            _services.Add("by-name: {probe: workload coredns, through: dns}");
        }
        _services.Add("fleet: {aggregate: mean-over(workloads)}");
        _services.Add("worst: {aggregate: quantile(workloads 10%)}");
        AddFaults(inOneZone);
        if (_random.Next(2) == 0)
        {
            string how = Maybe("surge: 2", "surge: 2, drain-timeout: 20m", "per-node: 3m..8m", "per-node: 3m..8m, concurrency: 3, drain-timeout: 20m");
            _work = $"maintenance: {{work: {{of: nodes.w, every: 1d, {how}}}}}";
        }
        if (seed % 3 != 1)
        {
            string ends = seed % 3 == 0 ? "repair: {takes: 5s..40m}" : "state: hang, lasts: 5s..3h";
            _faults.Add($"runtimes: {{of: container-runtime, every: exp(2d), {ends}}}");
        }
        // With luck of its own, which leaves the rest of each plane as it is.
        AddCloud(new Random(seed + 1000));
    }

    public override string ToString() => Text(_pools, _workloads);

    /// <summary>The same with another pool that nobody else uses, and a workload on it.</summary>
    public string WithStrangers() => Text(
        ["aa: {count: 2, cpu: 4, place: {a: 2}}", .. _pools.Select(p => p)], ["aa: {replicas: 2, cpu: 1, nodes: [aa]}", .. _workloads]);

    private string Text(IEnumerable<string> pools, IEnumerable<string> workloads) => string.Join(
        '\n',
        $"use: [{{timers: [kubernetes/v1.33, cloud-lb/{_provider}]}}]",
        _control,
        $"topology: {{zones: [{string.Join(", ", _zones)}]}}",
        Section("nodes", pools),
        _components.Count == 0 ? "" : Section("components", _components),
        Section("workloads", workloads),
        Section("services", _services),
        Section("faults", _faults),
        _work) + "\n";

    private static string Section(string name, IEnumerable<string> lines) => $"{name}:\n{string.Join('\n', lines.Select(l => $"  {l}"))}";

    private void AddWorkloads(int group)
    {
        bool isSet = _random.Next(3) == 0;
        int replicas = _random.Next(1, 6);
        int count = _random.Next(1, 5);
        string name = $"g{group}";
        string keys = isSet ? "kind: stateful-set, " : "";
        keys += $"count: {count}, replicas: {replicas}, cpu: {Maybe("0.5", "1", "2", "3")}, nodes: [w{(_pools.Any(p => p[0] == 's') ? ", s" : "")}]";
        keys += Maybe("", ", spread: {by: zone, when-impossible: schedule-anyway}", ", spread: {by: node, max-skew: 2}", ", anti-affinity: {by: node}");
        keys += replicas > 1 ? Maybe("", ", budget: {max-unavailable: 1}", $", budget: {{min-available: {replicas - 1}}}") : "";
        keys += isSet || _random.Next(4) == 0 ? Maybe("", ", volume: {bound-to: zone}", ", volume: {bound-to: none, force-detach-after: 2m}") : "";
        keys += Maybe("", ", tolerations: {not-ready: 20s, unreachable: 2m}");
        keys += Maybe("", ", pull: 5s..40s");
        keys += Maybe("", ", liveness: {}");
        if (_workloads.Count > 0)
        {
            string earlier = _workloads[_neighbours.Next(_workloads.Count)].Split(':')[0];
            keys += _neighbours.Next(4) switch
            {
                0 => $", affinity: {{to: {earlier}, by: zone}}",
                1 => $", affinity: {{to: {earlier}, by: node, when-impossible: schedule-anyway}}",
                2 => $", affinity: [{{by: zone, when-impossible: schedule-anyway}}, {{to: {earlier}, by: zone, when-impossible: schedule-anyway}}]",
                _ => "",
            };
        }
        keys += $", up-when: ready >= {Math.Max(1, replicas - 1)}";
        _workloads.Add($"{name}: {{{keys}}}");
        string first = count == 1 ? name : $"{name}-1";
        _services.Add($"{name}: {{aggregate: all-of({name})}}");
        _services.Add($"{name}-one: {{probe: workload {first}, timeout: 2s}}");
        _faults.Add(Maybe(
            $"pods-{name}: {{of: workloads.{name}, every: exp(1d), repair: {{takes: 1s..10s}}}}",
            $"pods-{name}: {{of: workloads.{name}, every: exp(1d), state: hang, lasts: 1m..1h}}",
            $"pods-{name}: {{of: workloads.{name}, every: exp(1d), share: 50% of replicas, lasts: 1m..20m}}",
            $"pods-{name}: {{of: workload.{first}.host, every: exp(1d), state: hang, lasts: 1m..3h}}"));
    }

    private void AddFaults(bool inOneZone)
    {
        _faults.Add("crash: {of: nodes.w, every: exp(3d), repair: {takes: 2m..6m}}");
        _faults.Add("silence: {of: nodes.w, every: exp(4d), state: hang, lasts: 1m..4h}");
        if (inOneZone || _random.Next(2) == 0)
        {
            _faults.Add("zone: {of: zones, every: exp(4d), lasts: 5m..3h}");
        }
        if (_random.Next(2) == 0)
        {
            _faults.Add("kubelets: {of: kubelet, every: exp(3d), repair: {takes: 5s..20m}}");
        }
        if (_random.Next(2) == 0)
        {
            _faults.Add("proxies: {of: kube-proxy, every: exp(3d), repair: {takes: 5s..20m}}");
        }
        if (_random.Next(2) == 0)
        {
            _faults.Add("cloud: {of: cloud-api, every: exp(1d), lasts: 5m..2h}");
        }
        if (_random.Next(2) == 0)
        {
            _faults.Add("registry: {of: registry, every: exp(1d), lasts: 5m..2h}");
        }
        if (_zones.Length > 1 && _random.Next(2) == 0)
        {
            _faults.Add("links: {of: zone-links, every: exp(2d), state: partition, direction: " + Maybe("both", "one-way") + ", lasts: 1m..1h}");
        }
        _faults.Add($"once: {{of: nodes.w-{_random.Next(1, 6).ToString(CultureInfo.InvariantCulture)}, at: [10h], lasts: 40m}}");
    }

    private void AddCloud(Random random)
    {
        if (random.Next(2) == 0)
        {
            _services.Add("balanced: {probe: workload " + _services.First(s => s.Contains("probe: workload", StringComparison.Ordinal)).Split(' ')[3].TrimEnd(',') + ", through: cloud-lb, timeout: 2s}");
            _provider = random.Next(2) == 0 ? "aws-nlb" : "gcp";
        }
        if (random.Next(2) == 0 && !_components.Any(c => c.StartsWith("cni", StringComparison.Ordinal)))
        {
            _components.Add("cni: {kind: cloud-routes}");
        }
    }

    private string Maybe(params string[] choices) => choices[_random.Next(choices.Length)];
}
