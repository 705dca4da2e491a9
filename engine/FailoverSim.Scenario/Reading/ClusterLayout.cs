using FailoverSim.Models.Etcd;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Scenario.Reading;

/// <summary>A pool with its machines where they stand.</summary>
/// <param name="Item">As written.</param>
/// <param name="Runs">Components on each machine.</param>
/// <param name="Machines">Empty where they could not be placed.</param>
internal sealed record PoolLayout(NamedItem Item, IReadOnlyList<string> Runs, IReadOnlyList<MachineSpec> Machines)
{
    public string Name => Item.Name;

    /// <summary>What each machine has for pods; null: it takes none.</summary>
    public PodRoom? Room { get; } = PodRoom.Of(Item.Value);

    /// <summary>How many of them stand in each zone in which any does.</summary>
    public IReadOnlyDictionary<string, int> ByZone { get; } = Machines.CountBy(machine => machine.Zone).ToDictionary(StringComparer.Ordinal);
}

/// <summary>Where everything is: zones, racks, feeds and machines, checked while they are laid out.</summary>
internal sealed class ClusterLayout
{
    /// <summary>The only zone of a file without zones.</summary>
    public const string OnlyZone = "zone";

    private readonly DiagnosticBag _bag;

    public ClusterLayout(BoundMapping file, DiagnosticBag bag)
    {
        _bag = bag;
        var topology = file.Child(ScenarioKeys.Topology);
        Exists = file.Has(ScenarioKeys.Nodes);
        IsManaged = file.Has(ScenarioKeys.ControlPlane);
        bool hasZones = topology?.Has(TopologyKeys.Zones) ?? file.IsUnreadable(ScenarioKeys.Topology);
        Zones = hasZones
            ? [.. topology?.Named(TopologyKeys.Zones).Select(zone => new ZoneSpec(zone.Name, zone.Value.Optional(TopologyKeys.ZonePower))) ?? []]
            : [new ZoneSpec(OnlyZone, null)];
        Racks = [.. (topology?.Named(TopologyKeys.Racks) ?? []).Select(RackOf).OfType<RackSpec>()];
        var placement = new Placement(Zones, Racks, bag);
        Pools = [.. file.Named(ScenarioKeys.Nodes).Select(pool => new PoolLayout(pool,
            [.. pool.Value.Items(TopologyKeys.Runs).Select(component => component.Value).Distinct()], placement.Of(pool)))];
        IsWhole = !file.IsUnreadable(ScenarioKeys.Nodes) && !file.IsUnreadable(ScenarioKeys.Topology) && Zones.Count > 0 && Pools.Count > 0
            && Pools.All(pool => pool.Machines.Count > 0 && !pool.Item.Value.IsUnreadable(TopologyKeys.Runs)
                && (pool.Item.Value.Find(TopologyKeys.Runs) as BoundList)?.Items.All(item => item.Value is not null) != false);
        CheckNames(file);
    }

    /// <summary>Whether the file has machines at all.</summary>
    public bool Exists { get; }

    /// <summary>Whether somebody else runs the control plane.</summary>
    public bool IsManaged { get; }

    /// <summary>Pools that take pods.</summary>
    public IEnumerable<PoolLayout> ForPods => Pools.Where(pool => pool.Room is not null);

    public bool TakesPods => ForPods.Any();

    /// <summary>Whether all machines are known; if not, a selector without match says nothing.</summary>
    public bool IsWhole { get; }

    public IReadOnlyList<ZoneSpec> Zones { get; }
    public IReadOnlyList<RackSpec> Racks { get; }
    public IReadOnlyList<PoolLayout> Pools { get; }
    public IEnumerable<MachineSpec> Machines => Pools.SelectMany(pool => pool.Machines);

    /// <summary>Power feeds in the order in which they are named.</summary>
    public IReadOnlyList<string> Feeds =>
        [.. Zones.Select(zone => zone.Power).Concat(Racks.Select(rack => rack.Power)).OfType<string>().Distinct()];

    /// <summary>Unordered pairs of zones, as <c>a-b</c>.</summary>
    public IEnumerable<(string Name, string A, string B)> Links => Zones.SelectMany((zone, i) =>
        Zones.Skip(i + 1).Select(other => ($"{zone.Name}-{other.Name}", zone.Name, other.Name)));

    /// <summary>The link between two zones in either order; null if a name is no pair of zones.</summary>
    public string? LinkOf(string pair) =>
        Links.FirstOrDefault(link => link.Name == pair || $"{link.B}-{link.A}" == pair).Name;

    /// <summary>So many instances of a component are connected with each other, or with all of another.</summary>
    private const int MostInstances = 100;

    private void CheckInstances(PoolLayout pool, Dictionary<string, int> instances)
    {
        foreach (var component in pool.Item.Value.Items(TopologyKeys.Runs).DistinctBy(component => component.Value))
        {
            int before = instances.GetValueOrDefault(component.Value);
            int most = component.Value == ComponentKeys.Etcd.Name ? EtcdOptions.MostMembers : MostInstances;
            instances[component.Value] = before + pool.Machines.Count;
            if (before <= most && before + pool.Machines.Count > most)
            {
                _bag.Error(component.Mark, Codes.TooManyInstances,
                    FormattableString.Invariant($"{before + pool.Machines.Count:N0} machines run '{component.Value}' up to here, and at most {most} may"),
                    "run it on fewer machines, in a pool of their own");
            }
        }
    }

    public bool Runs(string component) => Pools.Any(pool => pool.Runs.Contains(component));

    /// <summary>Machines that run a component, pool by pool.</summary>
    public IReadOnlyList<MachineSpec> MachinesOf(string component) =>
        [.. Pools.Where(pool => pool.Runs.Contains(component)).SelectMany(pool => pool.Machines)];

    /// <summary>Whether two components share a machine.</summary>
    public bool Together(string one, string other) => Pools.Any(pool => pool.Runs.Contains(one) && pool.Runs.Contains(other));

    /// <summary>As replacements: so many machines in the pool that runs a component, dealt to the zones; none where several pools do.</summary>
    public string[] Grown(string component, int count)
    {
        if (Pools.Where(pool => pool.Runs.Contains(component)).ToList() is not [var pool])
        {
            return [];
        }
        string[] larger = [FormattableString.Invariant($"nodes.{pool.Name}.count={count}")];
        return pool.Item.Value.IsWritten(TopologyKeys.Place) ? [.. larger, $"nodes.{pool.Name}.place=spread"] : larger;
    }

    private RackSpec? RackOf(NamedItem rack)
    {
        if (!rack.Value.TryGet(TopologyKeys.RackZone, out var zone))
        {
            return null;
        }
        if (Zones.Any(known => known.Name == zone))
        {
            return new RackSpec(rack.Name, zone, rack.Value.Optional(TopologyKeys.RackPower));
        }
        _bag.Error(rack.Value.Scalar(TopologyKeys.RackZone)!.Mark, Codes.UnknownName, $"there is no zone '{zone}'",
            Suggestion.For(zone, Zones.Select(known => known.Name), "define it under 'topology.zones'"));
        return null;
    }

    private void CheckAutoscale(PoolLayout pool)
    {
        if (pool.Item.Value.Child(TopologyKeys.Autoscale) is { } autoscale && autoscale.TryGet(TopologyKeys.AutoscaleMax, out var max)
            && max < pool.Machines.Count)
        {
            _bag.Error(autoscale.Scalar(TopologyKeys.AutoscaleMax)!.Mark, Codes.NumberOutOfRange,
                $"'{pool.Name}' has {pool.Machines.Count} machines and may grow to {max}", $"write at least {pool.Machines.Count}");
        }
    }

    private void CheckNames(BoundMapping file)
    {
        var machines = new HashSet<string>(Machines.Select(machine => machine.Name), StringComparer.Ordinal);
        foreach (var pool in Pools.Where(pool => machines.Contains(pool.Name)))
        {
            _bag.Error(pool.Item.Mark, Codes.NameTwice, $"'{pool.Name}' is a pool and also a machine of another pool",
                "rename one of the pools");
        }
        foreach (var pool in Pools.Where(pool => pool.Room is null && pool.Item.Value.IsKnown))
        {
            foreach (var key in TopologyKeys.ForPods.Where(pool.Item.Value.IsWritten))
            {
                _bag.Error(pool.Item.Value.KeyMark(key), Codes.TakesNoPods, $"'{key.Name}' concerns pods, and '{pool.Name}' takes none",
                    "add 'cpu' or 'memory' if its machines take pods, or remove it");
            }
        }
        foreach (var twin in Links.GroupBy(link => link.Name).Where(links => links.Count() > 1).Select(links => links.Last()))
        {
            _bag.Error(file.Child(ScenarioKeys.Topology)!.KeyMark(TopologyKeys.Zones), Codes.NameTwice,
                $"'{twin.Name}' is the way between '{twin.A}' and '{twin.B}' and also one between two other zones", "rename one of the zones");
        }
        long total = 0;
        Dictionary<string, int> instances = new(StringComparer.Ordinal);
        foreach (var pool in Pools)
        {
            CheckAutoscale(pool);
            long before = total;
            total += pool.Item.Value.TryGet(TopologyKeys.Count, out var count) ? (long)count : 0;
            if (before <= TopologyKeys.MostMachines && total > TopologyKeys.MostMachines)
            {
                _bag.Error(pool.Item.Value.Scalar(TopologyKeys.Count)!.Mark, Codes.TooManyMachines,
                    "there are more than 10,000 machines up to here", "describe fewer");
            }
            CheckInstances(pool, instances);
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var twin in pool.Item.Value.Items(TopologyKeys.Runs).Where(component => !seen.Add(component.Value)))
            {
                _bag.Error(twin.Mark, Codes.ListedTwice, $"'{twin.Value}' is listed twice", "keep one of them");
            }
        }
    }
}
