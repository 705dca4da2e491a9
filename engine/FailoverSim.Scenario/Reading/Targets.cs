using System.Globalization;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Specification;
using FailoverSim.Scenario.Values;

namespace FailoverSim.Scenario.Reading;

/// <summary>What a selector stands for in this cluster.</summary>
internal sealed class Targets(ClusterLayout layout, WorkloadLayout workloads, DiagnosticBag bag)
{
    private readonly Dictionary<(BoundScalar, bool), IReadOnlyList<Target>> _found = [];

    private static readonly (string Role, string Needs)[] Roles =
    [
        ("etcd.leader", "etcd"), ("controller-manager.leader", "controller-manager"), ("scheduler.leader", "scheduler"),
        ("cloud-controller-manager.leader", "cloud-controller-manager"), ("vip.holder", "vip"),
        ("keepalived.master", "keepalived"),
    ];

    /// <summary>All that were found, for each selector.</summary>
    public long Count { get; private set; }

    /// <summary>Whether a fault strikes workloads as wholes rather than pod by pod.</summary>
    public static bool IsWhole(BoundMapping fault) => fault.Has(FaultKeys.Share) || fault.Has(FaultKeys.Scope);

    /// <summary>The targets; empty after a finding, or where too little is known.</summary>
    /// <param name="source">A selector.</param>
    /// <param name="whole">Whether workloads are struck as wholes.</param>
    public IReadOnlyList<Target> Of(BoundScalar source, bool whole)
    {
        if (source.Value is not SelectorText selector)
        {
            return [];
        }
        if (!_found.TryGetValue((source, whole), out var targets))
        {
            targets = Find(source, selector, whole);
            _found.Add((source, whole), targets);
            Count += targets.Count;
        }
        return targets;
    }

    private IReadOnlyList<Target> Find(BoundScalar source, SelectorText selector, bool whole)
    {
        return selector.Head switch
        {
            "nodes" => Nodes(source, selector),
            "zones" => Named(source, selector, TargetKind.Zone, "zone", [.. layout.Zones.Select(zone => zone.Name)]),
            "racks" => Named(source, selector, TargetKind.Rack, "rack", [.. layout.Racks.Select(rack => rack.Name)]),
            "power" => Named(source, selector, TargetKind.Feed, "power feed", layout.Feeds),
            "zone-links" => Links(source, selector),
            "workloads" or "workload" => Pods(source, selector, whole),
            "cloud-api" => Single(source, selector, TargetKind.CloudApi),
            "registry" => Single(source, selector, TargetKind.Registry),
            _ when ComponentKeys.Agents.Contains(selector.Head) => Processes(source, selector, [.. layout.ForPods.SelectMany(pool => pool.Machines)]),
            _ when ComponentKeys.Running.Contains(selector.Head) => Component(source, selector),
            _ => Unknown(source, selector),
        };
    }

    private IReadOnlyList<Target> Nodes(BoundScalar source, SelectorText selector)
    {
        if (selector.Machine is not null || selector.Name is not { } name)
        {
            return None(source, 0, $"'{selector}' does not say which nodes",
                $"write nodes.*{string.Concat(layout.Pools.Select(pool => $", nodes.{pool.Name}").Take(3))}");
        }
        var machines = name == "*" ? layout.Machines
            : layout.Pools.FirstOrDefault(pool => pool.Name == name)?.Machines
            ?? layout.Machines.Where(machine => machine.Name == name);
        IReadOnlyList<Target> targets = [.. machines.Select(machine => new Target(TargetKind.Machine, machine.Name))];
        return targets.Count > 0 || !layout.IsWhole ? targets
            : None(source, selector.NameIndex, $"there is no pool or machine '{name}'",
                Suggestion.For(name, layout.Pools.Select(pool => pool.Name).Concat(layout.Machines.Select(machine => machine.Name)),
                    "define it under 'nodes'"));
    }

    private IReadOnlyList<Target> Named(BoundScalar source, SelectorText selector, TargetKind kind, string noun,
        IReadOnlyList<string> names)
    {
        bool all = selector is { Machine: null, Name: null or "*" };
        if (all && names.Count > 0)
        {
            return [.. names.Select(name => new Target(kind, name))];
        }
        if (!layout.IsWhole && names.Count == 0)
        {
            return [];
        }
        if (all)
        {
            return None(source, 0, $"there is no {noun}",
                kind == TargetKind.Feed ? "name one, as in 'topology: {zones: {a: {power: feed-1}}}'" : "define one under 'topology'");
        }
        return selector.Name is { } single && names.Contains(single) ? [new Target(kind, single)]
            : None(source, selector.NameIndex, $"there is no {noun} '{selector.Name ?? selector.Machine}'",
                Suggestion.For(selector.Name ?? selector.Machine!, names, "define it under 'topology'"));
    }

    private IReadOnlyList<Target> Links(BoundScalar source, SelectorText selector)
    {
        var links = layout.Links.Select(link => link.Name).ToList();
        if (selector is { Machine: null, Name: null or "*" })
        {
            return links.Count > 0 || layout.Zones.Count == 0 ? [.. links.Select(link => new Target(TargetKind.ZoneLink, link))]
                : None(source, 0, "there are no links between zones: there is one zone", "define zones under 'topology'");
        }
        return selector.Name is { } pair && layout.LinkOf(pair) is { } found ? [new Target(TargetKind.ZoneLink, found)]
            : None(source, selector.NameIndex, $"there is no pair of zones '{selector.Name ?? selector.Machine}'",
                Suggestion.For(selector.Name ?? selector.Machine!, links, "define the zones under 'topology'"));
    }

    private IReadOnlyList<Target> Component(BoundScalar source, SelectorText selector)
    {
        return Processes(source, selector, layout.MachinesOf(selector.Head));
    }

    private IReadOnlyList<Target> Processes(BoundScalar source, SelectorText selector, IReadOnlyList<MachineSpec> machines)
    {
        if (machines.Count == 0)
        {
            bool isAgent = ComponentKeys.Agents.Contains(selector.Head);
            return layout.IsWhole
                ? None(source, 0, $"no machine runs '{selector.Head}'",
                    isAgent ? "add 'cpu' or 'memory' to a pool under 'nodes', so that it takes pods" : "add it to 'runs' of a pool under 'nodes'")
                : [];
        }
        if (selector.Name is not null && selector.Name != "*")
        {
            string role = selector.ToString();
            return Roles.Any(known => known.Role == role) ? [new Target(TargetKind.Role, role)]
                : None(source, selector.NameIndex, $"'{selector.Head}' has no role '{selector.Name}'",
                    Roles.FirstOrDefault(known => known.Needs == selector.Head) is { Role: { } meant }
                        ? $"write {meant}, or {selector.Head}@{machines[0].Name} for one of them"
                        : $"write {selector.Head}@{machines[0].Name} for one of them");
        }
        if (selector.Machine is not { } name)
        {
            return [.. machines.Select(machine => new Target(TargetKind.Process, selector.Head, machine.Name))];
        }
        return machines.Any(machine => machine.Name == name) ? [new Target(TargetKind.Process, selector.Head, name)]
            : None(source, selector.NameIndex, $"no machine '{name}' runs '{selector.Head}'",
                Suggestion.For(name, machines.Select(machine => machine.Name), ""));
    }

    /// <summary><c>workloads.*</c>, <c>workloads.NAME</c>, <c>workload.NAME</c>, <c>workload.NAME.host</c>.</summary>
    private IReadOnlyList<Target> Pods(BoundScalar source, SelectorText selector, bool whole)
    {
        string[] parts = (selector.Name ?? (selector is { Head: WorkloadKeys.All, Machine: null } ? "*" : "")).Split('.');
        bool ofHost = parts is [_, "host"];
        if (selector.Machine is not null || parts[0].Length == 0 || !(parts.Length == 1 || ofHost))
        {
            return None(source, 0, $"'{selector}' does not say which pods", "write workloads.*, workloads.NAME or workload.NAME.host");
        }
        var copies = parts[0] == "*" ? [.. workloads.Copies] : workloads.Find(parts[0]);
        if (copies is null or [])
        {
            return !workloads.IsWhole ? []
                : parts[0] == "*" ? None(source, 0, "there are no workloads", "define some under 'workloads'")
                : None(source, selector.NameIndex, $"there is no workload '{parts[0]}'",
                    Suggestion.For(parts[0], workloads.Names, "define it under 'workloads'"));
        }
        return ofHost ? [.. copies.Select(copy => new Target(TargetKind.WorkloadHost, copy.Name))]
            : whole ? [.. copies.Select(copy => new Target(TargetKind.Workload, copy.Name))]
            : [.. copies.SelectMany(copy => Enumerable.Range(1, copy.Replicas).Select(ordinal =>
                new Target(TargetKind.Pod, copy.Name, ordinal.ToString(CultureInfo.InvariantCulture))))];
    }

    private IReadOnlyList<Target> Single(BoundScalar source, SelectorText selector, TargetKind kind)
    {
        if (selector.Name is not null || selector.Machine is not null)
        {
            return None(source, 0, $"there is one '{selector.Head}'", $"write {selector.Head}");
        }
        return layout.TakesPods || !layout.IsWhole ? [new Target(kind, selector.Head)]
            : None(source, 0, $"no pool takes pods, which are all that needs '{selector.Head}'", "add 'cpu' or 'memory' to a pool under 'nodes'");
    }

    private IReadOnlyList<Target> Unknown(BoundScalar source, SelectorText selector) =>
        None(source, 0, $"'{selector.Head}' is nothing that faults can strike",
            Suggestion.For(selector.Head, ["nodes", "zones", "zone-links", "power", "racks", "workloads", "cloud-api", "registry", .. ComponentKeys.Running, .. ComponentKeys.Agents], ""));

    private IReadOnlyList<Target> None(BoundScalar source, int index, string message, Remedy remedy)
    {
        bag.Error(source.Source.At(index), Codes.NothingSelected, message, remedy);
        return [];
    }
}
