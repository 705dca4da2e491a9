using FailoverSim.Scenario.Catalogue;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Specification;
using FailoverSim.Scenario.Values;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Reading;

/// <summary>What can be run and is likely not meant: warnings about the shape of the cluster, told only where nothing is
/// wrong.</summary>
internal sealed class ArchitectureChecks(BoundMapping file, ClusterLayout layout, DiagnosticBag bag)
{
    /// <summary>What runs there needs what.</summary>
    private static readonly (string Component, string Needs)[] Dependencies =
    [
        ("apiserver", "etcd"), ("controller-manager", "apiserver"), ("scheduler", "apiserver"),
        ("cloud-controller-manager", "apiserver"), ("vip", "apiserver"), ("haproxy", "apiserver"), ("nginx", "apiserver"),
    ];

    private static readonly string[] PodsNeed = ["apiserver", "controller-manager", "scheduler"];

    private static readonly string[] HasStandbys =
        ["apiserver", "controller-manager", "scheduler", "cloud-controller-manager", "vip", "haproxy", "nginx", "keepalived"];

    /// <summary>Settings that are known and change nothing, and why.</summary>
    private static readonly (Key Component, Key Setting, string Why)[] Idle =
    [
        (ComponentKeys.ControllerManager, NodeKeys.StartupGracePeriod,
            "it is for Node objects without a Ready condition, and kubelets make theirs with one (pkg/kubelet/kubelet_node_status.go, initialNode)"),
    ];

    public void Check()
    {
        CheckEtcd();
        foreach (var (component, needs) in Dependencies.Where(pair => layout.Runs(pair.Component) && !layout.Runs(pair.Needs)))
        {
            bag.Warning(PoolOf(component), Codes.IdealDependency,
                $"'{component}' needs '{needs}', which no machine runs: it counts as always there",
                $"add {needs} to 'runs' of a pool");
        }
        string[] missing = [.. PodsNeed.Where(component => layout.TakesPods && !layout.IsManaged && !layout.Runs(component))];
        if (missing.Length > 0)
        {
            string names = string.Join(", ", missing.Select(component => $"'{component}'"));
            bag.Warning(layout.ForPods.First().Item.Mark, Codes.IdealDependency,
                $"pods need {names}, which no machine runs: {(missing.Length == 1 ? "it counts" : "they count")} as always there",
                "add 'control-plane: {kind: managed, …}', or name them in 'runs' of a pool");
        }
        foreach (string component in HasStandbys.Where(component => layout.MachinesOf(component).Count == 1))
        {
            bag.Warning(PoolOf(component), Codes.SingleInstance, $"there is one '{component}': nothing takes over from it",
                "raise 'count', if that is not meant", layout.Grown(component, layout.Together(component, "etcd") ? 3 : 2));
        }
        CheckUnused();
        CheckIdle();
        CheckRoutes();
        CheckTimers();
    }

    private void CheckEtcd()
    {
        var members = layout.MachinesOf("etcd");
        if (members.Count == 0)
        {
            return;
        }
        var place = PoolOf("etcd");
        int quorum = members.Count / 2 + 1;
        if (members.Count % 2 == 0)
        {
            bag.Warning(place, Codes.EvenMembers,
                $"{members.Count} etcd members survive the loss of {members.Count - quorum}, as {members.Count - 1} do",
                $"use {members.Count - 1} or {members.Count + 1}", layout.Grown("etcd", members.Count + 1));
        }
        if (members.Count == 1)
        {
            bag.Warning(place, Codes.SingleInstance, "there is one etcd member: its loss loses the cluster's state",
                "use 3, if that is not meant", layout.Grown("etcd", 3));
            return;
        }
        WarnOfDomain(place, members, quorum, "zone", machine => machine.Zone, layout.Zones.Count);
        WarnOfDomain(place, members, quorum, "power feed", machine => machine.Power, layout.Feeds.Count);
    }

    private void WarnOfDomain(Mark place, IReadOnlyList<MachineSpec> members, int quorum, string noun,
        Func<MachineSpec, string?> domain, int domains)
    {
        // One zone or feed for everything is a choice of the file, not an oversight in the placement.
        if (domains < 2)
        {
            return;
        }
        foreach (var group in members.Where(machine => domain(machine) is not null).GroupBy(domain)
            .Where(group => members.Count - group.Count() < quorum))
        {
            bag.Warning(place, Codes.OneFailureDomain,
                group.Count() == members.Count
                    ? $"all {members.Count} etcd members are in the {noun} '{group.Key}'"
                    : $"{group.Count()} of {members.Count} etcd members are in the {noun} '{group.Key}': without it there is no majority",
                $"spread them over more {noun}s", noun == "zone" ? Spread() : []);
        }
    }

    /// <summary>The members over all zones, and a third zone where there are two.</summary>
    private string[] Spread()
    {
        if (layout.Grown("etcd", layout.MachinesOf("etcd").Count) is not [var count, ..] || layout.Feeds.Count > 0)
        {
            return [];
        }
        string place = count.Replace(".count=", ".place=", StringComparison.Ordinal).Split('=')[0] + "=spread";
        return layout.Zones.Count > 2 ? [place]
            : [$"topology.zones=[{string.Join(", ", layout.Zones.Select(zone => zone.Name))}, one-more-zone]", place];
    }

    private void CheckUnused()
    {
        var components = file.Child(ScenarioKeys.Components);
        foreach (var (key, value) in components?.Entries ?? [])
        {
            if (!components!.IsWritten(key))
            {
                continue;
            }
            if (ComponentKeys.ForPods.Contains(key) && !layout.TakesPods)
            {
                bag.Warning(components.KeyMark(key), Codes.ComponentUnused, $"no pool takes pods, which '{key.Name}' is for",
                    "add 'cpu' or 'memory' to a pool, or remove its settings");
            }
            else if (key == ComponentKeys.Autoscaler && !layout.Pools.Any(pool => pool.Item.Value.Has(TopologyKeys.Autoscale)))
            {
                bag.Warning(components.KeyMark(key), Codes.ComponentUnused, "no pool has 'autoscale'",
                    "add 'autoscale: {max: N}' to a pool, or remove the settings");
            }
            bool known = !ComponentKeys.Running.Contains(key.Name) || layout.Runs(key.Name)
                || (layout.TakesPods && value is BoundMapping settings && SetsOnlyNodes(key, settings));
            if (!known)
            {
                bag.Warning(components.KeyMark(key), Codes.ComponentUnused, $"no machine runs '{key.Name}'",
                    "add it to 'runs' of a pool, or remove its settings");
            }
        }
    }

    private void CheckIdle()
    {
        foreach (var (component, setting, why) in Idle)
        {
            if (file.Child(ScenarioKeys.Components)?.Child(component) is { } settings && settings.IsWritten(setting))
            {
                bag.Warning(settings.KeyMark(setting), Codes.WithoutEffect, $"'{setting.Name}' changes nothing: {why}", "remove it");
            }
        }
    }

    private void CheckRoutes()
    {
        var components = file.Child(ScenarioKeys.Components);
        if (components?.Child(ComponentKeys.CloudControllerManager) is { } cloud && cloud.IsWritten(NodeKeys.RouteReconciliation)
            && components.Child(ComponentKeys.Cni)?.Optional(NodeKeys.CniKind) != "cloud-routes")
        {
            bag.Warning(cloud.KeyMark(NodeKeys.RouteReconciliation), Codes.WithoutEffect,
                "nobody waits for routes of the cloud: the pod network has none",
                "write 'cni: {kind: cloud-routes}', or remove it");
        }
    }

    /// <summary>Whether all that is written holds with nodes that take pods, whoever runs the component.</summary>
    private static bool SetsOnlyNodes(Key component, BoundMapping settings)
    {
        var ofNodes = TimerCatalogue.Find(component.Name)!.All.Where(setting => setting.ForPods).Select(setting => setting.Key).ToHashSet();
        return settings.Entries.All(entry => !settings.IsWritten(entry.Key) || ofNodes.Contains(entry.Key.Name));
    }

    private void CheckTimers()
    {
        if (file.Child(ScenarioKeys.Components)?.Child(ComponentKeys.Etcd) is not { } etcd || !layout.Runs("etcd"))
        {
            return;
        }
        bool apart = layout.MachinesOf("etcd").Select(machine => machine.Zone).Distinct().Count() > 1;
        var rtt = file.Child(ScenarioKeys.Topology)?.Child(TopologyKeys.Rtt);
        var trip = rtt is not null && rtt.TryGet(apart ? TopologyKeys.BetweenZones : TopologyKeys.InsideZone, out var law)
            ? law.Law.Mean : 0;
        var heartbeat = etcd.Get(ControlPlaneKeys.Heartbeat);
        var timeout = etcd.Get(ControlPlaneKeys.ElectionTimeout);
        if (heartbeat.Seconds < trip || timeout.Seconds < 10 * trip)
        {
            var place = etcd.Scalar(timeout.Seconds < 10 * trip ? ControlPlaneKeys.ElectionTimeout : ControlPlaneKeys.Heartbeat)!;
            bag.Warning(place.Mark.IsDefault ? PoolOf("etcd") : place.Mark, Codes.TightTimers,
                $"etcd's timers ({DurationText.Write(heartbeat)}, {DurationText.Write(timeout)}) are short for the round trips between its members",
                "write a heartbeat of about one round trip and an election-timeout of ten or more",
                FormattableString.Invariant($"components.etcd.heartbeat={Math.Max(100, Math.Ceiling(trip * 1_000)):F0}ms"),
                FormattableString.Invariant($"components.etcd.election-timeout={Math.Max(1_000, Math.Ceiling(trip * 10_000)):F0}ms"));
        }
    }

    private Mark PoolOf(string component) => layout.Pools.First(pool => pool.Runs.Contains(component)).Item.Mark;
}
