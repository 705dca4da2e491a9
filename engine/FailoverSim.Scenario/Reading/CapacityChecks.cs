using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Language;

namespace FailoverSim.Scenario.Reading;

/// <summary>Warnings about room: pods that do not fit into the nodes, or not while a zone is down, and budgets that hold every drain up.</summary>
internal sealed class CapacityChecks(BoundMapping file, ClusterLayout layout, WorkloadLayout workloads, DiagnosticBag bag)
{
    private sealed record Resource(string Noun, Func<PodRoom, long> Room, Func<WorkloadCopy, long> Request, Func<long, string> Text);

    /// <summary>With more kinds of places than these, who competes with whom is no longer looked at.</summary>
    private const int MostPlaces = 50;

    private static readonly Resource[] Resources =
    [
        new("CPU", room => room.Cpu, copy => copy.Cpu, NumbersText.Cores),
        new("memory", room => room.Memory, copy => copy.Memory, NumbersText.Size),
        new("room", room => room.MaxPods, _ => 1, pods => $"{NumbersText.Plain(pods)} pods"),
    ];

    public void Check()
    {
        foreach (var group in workloads.Groups)
        {
            CheckBudget(group);
        }
        var alike = workloads.Groups.GroupBy(group => string.Join(' ', group.Pools.Select(pool => pool.Name).Append("/").Concat(group.Zones.Order(StringComparer.Ordinal)))).ToList();
        if (alike.Count > MostPlaces)
        {
            return;
        }
        var used = alike.Select(groups => (Places: Places(groups.First()), Groups: groups.ToList())).ToList();
        // Workloads that share nodes compete with all whose nodes are among them.
        foreach (var places in used.Select(some => some.Places).Distinct(HashSet<(string Pool, string Zone)>.CreateSetComparer()))
        {
            CheckRoom([.. layout.ForPods.Where(pool => places.Any(place => place.Pool == pool.Name))], places,
                [.. used.Where(some => some.Places.IsSubsetOf(places)).SelectMany(some => some.Groups)]);
        }
    }

    /// <summary>The pools, and zones of each, in which a workload may have pods.</summary>
    private static HashSet<(string Pool, string Zone)> Places(WorkloadGroup group) => [.. group.Places.Select(place => (place.Pool.Name, place.Zone))];

    private void CheckBudget(WorkloadGroup group)
    {
        int stuck = group.Copies.Count(copy => MinHealthy(group, copy) >= copy.Replicas);
        if (stuck > 0)
        {
            bag.Warning(group.Item.Value.KeyMark(WorkloadKeys.Budget), Codes.BudgetForbidsDrains,
                stuck == group.Copies.Count ? $"the budget of '{group.Name}' lets no pod be evicted: drains of its nodes wait"
                    : FormattableString.Invariant($"the budget of '{group.Name}' lets no pod of {stuck} of its {group.Copies.Count} workloads be evicted: drains of their nodes wait"),
                "let one replica be missing, or raise 'replicas'",
                group.Copies.All(copy => copy.Replicas > 1) ? [$"workloads.{group.Name}.budget={{max-unavailable: 1}}"] : []);
        }
    }

    /// <summary>Pods that must stay healthy while others are evicted; shares are rounded up both ways, as the disruption controller does.</summary>
    public static int MinHealthy(WorkloadGroup group, WorkloadCopy copy)
    {
        if (group.Item.Value.Child(WorkloadKeys.Budget) is not { } budget)
        {
            return 0;
        }
        return budget.TryGet(WorkloadKeys.MinAvailable, out var least) ? least.Of(copy.Replicas)
            : budget.TryGet(WorkloadKeys.MaxUnavailable, out var most) ? Math.Max(0, copy.Replicas - most.Of(copy.Replicas))
            : 0;
    }

    private void CheckRoom(IReadOnlyList<PoolLayout> pools, HashSet<(string Pool, string Zone)> places, IReadOnlyList<WorkloadGroup> groups)
    {
        var mark = file.KeyMark(file.IsWritten(ScenarioKeys.Workloads) ? ScenarioKeys.Workloads : ScenarioKeys.Nodes);
        var used = places.Select(place => place.Zone).ToHashSet();
        var all = pools.SelectMany(pool => pool.ByZone.Keys).ToHashSet();
        foreach (var resource in Resources)
        {
            long asked = Sum(groups.SelectMany(group => group.Copies), resource.Request);
            var byZone = layout.Zones.ToDictionary(zone => zone.Name, _ => 0L, StringComparer.Ordinal);
            foreach (var pool in pools)
            {
                foreach (var (zone, machines) in pool.ByZone.Where(zone => places.Contains((pool.Name, zone.Key))))
                {
                    byZone[zone] += machines * resource.Room(pool.Room!);
                }
            }
            long there = byZone.Values.Sum();
            string where = pools.Count == layout.ForPods.Count() ? "the nodes" : $"the nodes of {string.Join(", ", pools.Select(pool => $"'{pool.Name}'"))}";
            where += used.Count < all.Count ? $" in {string.Join(", ", layout.Zones.Where(zone => used.Contains(zone.Name)).Select(zone => $"'{zone.Name}'"))}" : "";
            if (asked > there)
            {
                bag.Warning(mark, Codes.NoRoom,
                    $"the pods request {resource.Text(asked)}, and {where} have {resource.Text(there)}: some never find {resource.Noun}",
                    "add machines, or lower requests or replicas", More(pools, asked, 1, resource));
                continue;
            }
            var zones = byZone.Where(zone => zone.Value > 0).ToList();
            var (worst, lost) = zones.Count == 0 ? default : zones.MaxBy(zone => zone.Value);
            if (zones.Count > 1 && asked > there - lost)
            {
                bag.Warning(mark, Codes.NoRoomWithoutZone,
                    $"{Words(zones.Count - 1)} cannot carry the pods of {Words(zones.Count)}: without '{worst}' {where} have {resource.Text(there - lost)}, and the pods request {resource.Text(asked)}",
                    "add machines, if that is not meant", More(pools, asked, zones.Count / (zones.Count - 1.0), resource));
            }
        }
    }

    /// <summary>So many machines that the pods fit, with a factor in reserve, as a replacement; none where there are several pools to choose from.</summary>
    private string[] More(IReadOnlyList<PoolLayout> pools, long asked, double factor, Resource resource)
    {
        if (pools is not [var pool] || pool.Item.Value.Find(TopologyKeys.Place) is BoundMap || resource.Room(pool.Room!) == 0)
        {
            return [];
        }
        int zones = layout.Zones.Count;
        double perZone = Math.Ceiling(Math.Ceiling((double)asked / resource.Room(pool.Room!)) * factor / zones);
        return perZone * zones > TopologyKeys.MostMachines ? [] : [FormattableString.Invariant($"nodes.{pool.Name}.count={perZone * zones:F0}")];
    }

    /// <summary>Of all pods; absurd requests on machines without limit may add up to more than a <c>long</c>.</summary>
    private static long Sum(IEnumerable<WorkloadCopy> copies, Func<WorkloadCopy, long> request)
    {
        Int128 sum = 0;
        foreach (var copy in copies)
        {
            sum += (Int128)copy.Replicas * request(copy);
        }
        return (long)Int128.Min(sum, long.MaxValue);
    }

    private static string Words(int zones) => zones switch
    {
        1 => "one zone",
        2 => "two zones",
        3 => "three zones",
        4 => "four zones",
        _ => FormattableString.Invariant($"{zones} zones"),
    };
}
