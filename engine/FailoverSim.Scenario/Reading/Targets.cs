using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Specification;
using FailoverSim.Scenario.Values;

namespace FailoverSim.Scenario.Reading;

/// <summary>What a selector stands for in this cluster.</summary>
internal sealed class Targets(ClusterLayout layout, DiagnosticBag bag)
{
    private static readonly (string Role, string Needs)[] Roles =
    [
        ("etcd.leader", "etcd"), ("controller-manager.leader", "controller-manager"), ("scheduler.leader", "scheduler"),
        ("cloud-controller-manager.leader", "cloud-controller-manager"), ("vip.holder", "vip"),
        ("keepalived.master", "keepalived"),
    ];

    /// <summary>The targets; empty after a finding, or where too little is known.</summary>
    public IReadOnlyList<Target> Of(BoundScalar source)
    {
        if (source.Value is not SelectorText selector)
        {
            return [];
        }
        return selector.Head switch
        {
            "nodes" => Nodes(source, selector),
            "zones" => Named(source, selector, TargetKind.Zone, "zone", [.. layout.Zones.Select(zone => zone.Name)]),
            "racks" => Named(source, selector, TargetKind.Rack, "rack", [.. layout.Racks.Select(rack => rack.Name)]),
            "power" => Named(source, selector, TargetKind.Feed, "power feed", layout.Feeds),
            "zone-links" => Links(source, selector),
            "workloads" or "workload" or "cloud-api" or "kube-proxy" or "cni" or "kubelet" => Later(source, selector),
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
        var machines = layout.MachinesOf(selector.Head);
        if (machines.Count == 0)
        {
            return layout.IsWhole
                ? None(source, 0, $"no machine runs '{selector.Head}'", $"add it to 'runs' of a pool under 'nodes'") : [];
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

    private IReadOnlyList<Target> Later(BoundScalar source, SelectorText selector)
    {
        bag.Error(source.Mark, Codes.NotSimulatedYet,
            $"faults of '{selector}' are part of the language but not simulated by this version yet", "remove it");
        return [];
    }

    private IReadOnlyList<Target> Unknown(BoundScalar source, SelectorText selector) =>
        None(source, 0, $"'{selector.Head}' is nothing that faults can strike",
            Suggestion.For(selector.Head, ["nodes", "zones", "zone-links", "power", "racks", .. ComponentKeys.Running], ""));

    private IReadOnlyList<Target> None(BoundScalar source, int index, string message, string remedy)
    {
        bag.Error(source.Source.At(index), Codes.NothingSelected, message, remedy);
        return [];
    }
}
