using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Scenario.Importing;

/// <summary>The machines of the scenario to be: pools of like nodes, and those that only configurations tell of.</summary>
internal sealed class ImportedPools
{
    private static readonly string[] Core = ["apiserver", "controller-manager", "scheduler"];
    private static readonly string[] Order = ["etcd", .. Core, "cloud-controller-manager", "vip", "haproxy", "keepalived"];

    private const string NoZone = "";

    /// <summary>What makes a node one of the control plane; a balancer may run on workers, too, for their own use.</summary>
    private static readonly string[] Makers = ["etcd", .. Core];

    private readonly Dump _dump;
    private readonly IReadOnlyList<ComponentFacts> _components;
    private readonly List<string> _assumed;
    private readonly bool _isAnonymous;
    private readonly ImportNames _zoneNames;

    public ImportedPools(Dump dump, bool isAnonymous, List<string> assumed)
    {
        (_dump, _assumed, _isAnonymous) = (dump, assumed, isAnonymous);
        bool hasZones = dump.Nodes.Any(node => node.Zone is not null);
        List<string> zones = [.. dump.Nodes.Select(node => node.Zone ?? NoZone).Distinct().Order(StringComparer.Ordinal)];
        _zoneNames = Zoned(zones, isAnonymous);
        Zones = hasZones ? [.. zones.Select(zone => _zoneNames[zone])] : [];
        int without = dump.Nodes.Count(node => node.Zone is null);
        if (hasZones && without > 0)
        {
            assumed.Add($"{without} nodes have no label topology.kubernetes.io/zone: they are in a zone of their own, '{_zoneNames[NoZone]}'");
        }
        else if (!hasZones)
        {
            assumed.Add("no node tells its zone: all machines are in one, which never fails as a whole");
        }
        List<NodeFacts> leaders = [.. dump.Nodes.Where(IsOfControlPlane)];
        HashSet<string> workers = [.. dump.Nodes.Except(leaders).Select(node => node.Name)];
        _components = [.. dump.Components.Where(component => component.Node is null || !workers.Contains(component.Node))];
        IsManaged = dump.Nodes.Count > 0 && leaders.Count == 0 && !dump.IsConfigured
            && !_components.Any(component => Makers.Contains(component.Component));
        Pools = Named([.. IsManaged ? [] : ControlPlane(leaders), .. Workers([.. dump.Nodes.Where(node => !IsOfControlPlane(node))])]);
    }

    /// <summary>Empty where there is one that has no name.</summary>
    public IReadOnlyList<string> Zones { get; }

    public bool IsManaged { get; }

    public IReadOnlyList<ImportedPool> Pools { get; }

    public string? ZoneOf(NodeFacts node) => Zones.Count == 0 ? null : _zoneNames[node.Zone ?? NoZone];

    public bool Runs(string component) => Pools.Any(pool => pool.Runs.Contains(component));

    private bool IsOfControlPlane(NodeFacts node) => node.IsControlPlane || node.IsEtcd
        || _dump.Components.Any(component => component.Node == node.Name && Makers.Contains(component.Component));

    /// <summary>Names of zones between which no two links have the same name.</summary>
    private static ImportNames Zoned(List<string> zones, bool isAnonymous)
    {
        ImportNames names = new("zone", zones.Select(zone => (zone, zone == NoZone ? "no-zone" : zone)), isAnonymous);
        List<string> links = [.. zones.SelectMany((zone, i) => zones.Skip(i + 1).Select(other => $"{names[zone]}-{names[other]}"))];
        return links.Distinct().Count() == links.Count ? names : new ImportNames("zone", zones, isAnonymous: true);
    }

    private IEnumerable<ImportedPool> ControlPlane(List<NodeFacts> leaders)
    {
        HashSet<string> seen = [.. _components.Select(component => component.Component)];
        HashSet<string> everywhere = [.. _components.Where(component => component.Node is null).Select(component => component.Component)];
        bool isExternal = _dump.IsEtcdExternal || (_dump.AsksAllMembers == true && !seen.Contains("etcd"));
        List<string> missing = [.. Core.Append("etcd").Where(component => !seen.Contains(component) && !(component == "etcd" && isExternal))];
        if (missing.Count > 0)
        {
            _assumed.Add($"no pod or manifest of {string.Join(", ", missing)}: each control-plane machine runs them, as kubeadm sets it up");
            everywhere.UnionWith(missing);
        }
        List<NodeFacts> apart = [.. leaders.Where(node => node.IsEtcd && !node.IsControlPlane)];
        List<NodeFacts> masters = [.. leaders.Except(apart)];
        bool keepsLocal = !isExternal && apart.Count == 0;
        HashSet<string> union = [.. seen, .. everywhere];
        IEnumerable<IGrouping<string, NodeFacts>> alike = masters
            .GroupBy(node => string.Join(',', RunsOf(node)) + (node.IsTaintedControlPlane ? "" : RoomKey(node)))
            .OrderBy(group => group.Key, StringComparer.Ordinal);
        foreach (IGrouping<string, NodeFacts> group in alike)
        {
            yield return Pool("control-plane", [.. group], RunsOf(group.First()), !group.First().IsTaintedControlPlane);
        }
        if (masters.Count == 0)
        {
            yield return Unseen(keepsLocal, union);
        }
        if (apart.Count > 0)
        {
            yield return Pool("etcd", apart, ["etcd"], false);
        }
        else if (isExternal)
        {
            _assumed.Add($"external etcd: {Math.Max(1, _dump.EtcdMembers)} machines, one for each endpoint, spread over the zones");
            yield return new ImportedPool { Name = "etcd", Count = Math.Max(1, _dump.EtcdMembers), Runs = ["etcd"] };
        }
        foreach (ImportedPool balancers in Balancers(seen))
        {
            yield return balancers;
        }

        IReadOnlyList<string> RunsOf(NodeFacts node)
        {
            HashSet<string> own = [.. _components.Where(component => component.Node == node.Name).Select(component => component.Component)];
            HashSet<string> runs = [.. own.Count > 0 ? own : union, .. everywhere];
            // Where members have nodes of their own, others run one only if something says so.
            bool keepsEtcd = keepsLocal || (!isExternal && (node.IsEtcd || own.Contains("etcd")));
            return [.. Order.Where(component => runs.Contains(component) && (component != "etcd" || keepsEtcd))];
        }
    }

    /// <summary>Control-plane machines that no Node object tells of.</summary>
    private ImportedPool Unseen(bool keepsLocal, HashSet<string> runs)
    {
        int instances = _components.Where(component => component.Component == "apiserver")
            .Select(component => component.Node ?? component.Instance).OfType<string>().Distinct().Count();
        int told = Math.Max(Math.Max(instances, _dump.Apiservers), keepsLocal ? _dump.EtcdMembers : 0);
        int count = told > 0 ? told : 3;
        _assumed.Add(told > 0
            ? $"no control-plane node in the dump: {count} machines, as many as the configurations name"
            : "nothing tells how many control-plane machines there are: 3");
        return new ImportedPool
        {
            Name = "control-plane",
            Count = count,
            Runs = [.. Order.Where(component => runs.Contains(component) && (component != "etcd" || keepsLocal))],
        };
    }

    /// <summary>Machines for configurations of balancers that no pod runs.</summary>
    private IEnumerable<ImportedPool> Balancers(HashSet<string> seen)
    {
        bool hasAddress = _dump.KeepalivedPriorities.Count > 0 && !seen.Contains("keepalived");
        bool hasBalancer = (_dump.Haproxies > 0 || hasAddress) && !seen.Contains("haproxy");
        if (!hasAddress && !hasBalancer)
        {
            yield break;
        }
        int count = Math.Max(Math.Max(_dump.Haproxies, _dump.KeepalivedPriorities.Count), Math.Max(_dump.KeepalivedPeers, hasAddress ? 2 : 1));
        List<string> runs = [.. Order.Where(component => (component == "haproxy" && hasBalancer) || (component == "keepalived" && hasAddress))];
        _assumed.Add($"{string.Join(" and ", runs)} on {(count == 1 ? "a machine of its own" : $"{count} machines of their own")}, spread over the zones");
        if (hasBalancer && _dump.Haproxies == 0)
        {
            _assumed.Add("no haproxy.cfg: the balancer beside keepalived has its usual checks");
        }
        yield return new ImportedPool
        {
            Name = "lb",
            Count = count,
            Runs = runs,
        };
    }

    private IEnumerable<ImportedPool> Workers(List<NodeFacts> nodes)
    {
        foreach (IGrouping<string, NodeFacts> group in nodes.GroupBy(PoolKey).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            NodeFacts first = group.First();
            bool isOnly = nodes.All(node => node.Pool == first.Pool && node.InstanceType == first.InstanceType);
            string name = first.Pool is null ? isOnly ? "workers" : first.InstanceType ?? "workers"
                : nodes.Any(node => node.Pool == first.Pool && node.InstanceType != first.InstanceType) ? $"{first.Pool}-{first.InstanceType}"
                : first.Pool;
            yield return Pool(_isAnonymous ? isOnly ? "workers" : "pool" : name, [.. group], [], true);
        }
    }

    private ImportedPool Pool(string name, List<NodeFacts> nodes, IReadOnlyList<string> runs, bool takesPods)
    {
        nodes = [.. nodes.OrderBy(node => node.Name, StringComparer.Ordinal)];
        List<WorkloadFacts> everywhere = [.. takesPods ? _dump.DaemonSets.Where(set => nodes.Any(set.Pod.Fits)) : []];
        List<ComponentFacts> own = [.. takesPods ? _components.Where(component => component.Node == nodes[0].Name) : []];
        bool isFull = false;
        decimal cpu = Left(node => node.Cpu, pod => pod.Cpu, component => component.Cpu);
        decimal memory = Left(node => node.Memory, pod => pod.Memory, component => component.Memory);
        int pods = (nodes.Min(node => node.MaxPods) ?? 0) - everywhere.Count - own.Count;
        bool isKnown = nodes.Any(node => node.Cpu > 0);
        if (takesPods && !isKnown)
        {
            _assumed.Add($"the machines of '{name}' do not tell what they have for pods: 4 cores and 16 GiB");
            (cpu, memory) = (4, 16L << 30);
        }
        if (isFull)
        {
            _dump.Bag.Warning(nodes[0].Mark, Codes.ImportAdapted, $"DaemonSets and static pods request all that a machine of '{name}' has",
                "the pool takes no pods of workloads in the scenario; look through the requests");
            // Room that is not written limits nothing: a pool that lacks one kind has none of the other, either.
            takesPods = false;
        }
        return new ImportedPool
        {
            Name = name,
            Count = nodes.Count,
            Place = Zones.Count == 0 ? [] : [.. Zones.Select(zone => (zone, nodes.Count(node => ZoneOf(node) == zone))).Where(place => place.Item2 > 0)],
            Runs = runs,
            Cpu = takesPods && cpu >= 0.001m ? cpu : null,
            Memory = takesPods && memory >= 1 ? memory : null,
            MaxPods = takesPods && pods > 0 ? Math.Min(pods, 10_000) : null,
            IsSpot = nodes[0].IsSpot && takesPods,
            Provider = nodes[0].Provider,
            Nodes = nodes,
        };

        // What the smallest of the machines that tell has.
        decimal Left(Func<NodeFacts, decimal> room, Func<PodFacts, decimal> request, Func<ComponentFacts, decimal> component)
        {
            decimal all = nodes.Select(room).Where(amount => amount > 0).DefaultIfEmpty(0).Min();
            decimal left = all - everywhere.Sum(set => request(set.Pod)) - own.Sum(component);
            isFull |= takesPods && all > 0 && left < 0.001m;
            return left;
        }
    }

    /// <summary>Gives pools names that no machine of another has.</summary>
    private static List<ImportedPool> Named(List<ImportedPool> pools)
    {
        string Key(int i) => FormattableString.Invariant($"{i:D6}");
        ImportNames names = new("pool", pools.Select((pool, i) => (Key(i), pool.Name)), isAnonymous: false, areCounted: true);
        return [.. pools.Select((pool, i) => pool with { Name = names[Key(i)] })];
    }

    private static string PoolKey(NodeFacts node)
    {
        IEnumerable<string> taints = node.Taints.Where(taint => !NodeSource.IsPassing(taint.Key))
            .Select(taint => $"{taint.Key}={taint.Value}:{taint.Effect}").Order(StringComparer.Ordinal);
        return string.Join('\n', node.Pool ?? "", node.InstanceType ?? RoomKey(node), node.IsSpot ? "spot" : "", string.Join(',', taints));
    }

    /// <summary>Nodes of one machine type differ by some megabytes.</summary>
    private static string RoomKey(NodeFacts node) =>
        FormattableString.Invariant($"{decimal.Round(node.Cpu)} {decimal.Round(node.Memory / (1L << 30))}");
}
