using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Scenario.Reading;

/// <summary>Deals the machines of a pool to zones or racks: round-robin in written order, skipping those whose share is
/// used up.</summary>
internal sealed class Placement(IReadOnlyList<ZoneSpec> zones, IReadOnlyList<RackSpec> racks, DiagnosticBag bag)
{
    private int _dealt;

    /// <summary>The machines; empty after a finding, or where the pool cannot be read.</summary>
    public IReadOnlyList<MachineSpec> Of(NamedItem pool)
    {
        if (!pool.Value.TryGet(TopologyKeys.Count, out var number) || zones.Count == 0)
        {
            return [];
        }
        int count = (int)number;
        _dealt += count;
        if (_dealt > TopologyKeys.MostMachines)
        {
            // Too many in all, which is told elsewhere.
            return [];
        }
        return pool.Value.Find(TopologyKeys.Place) switch
        {
            BoundScalar { Value: "one-per-zone" } place when count > zones.Count => Impossible(place,
                $"{count} machines of '{pool.Name}' cannot stand one per zone: there {Are(zones.Count, "zone")}",
                $"write 'count: {zones.Count}', or 'place: spread'"),
            BoundScalar { Value: string } => Deal(pool.Name, count, [.. zones.Select(zone => (zone, (RackSpec?)null, count))]),
            BoundMap shares => ByShares(pool.Name, count, shares),
            _ => [],
        };
    }

    private IReadOnlyList<MachineSpec> ByShares(string pool, int count, BoundMap shares)
    {
        var named = shares.Items.Select(share => share.Name).ToHashSet(StringComparer.Ordinal);
        bool byRack = racks.Any(rack => named.Contains(rack.Name)) && !zones.Any(zone => named.Contains(zone.Name));
        string noun = byRack ? "rack" : "zone";
        HashSet<string> known = [.. byRack ? racks.Select(rack => rack.Name) : zones.Select(zone => zone.Name)];
        bool all = true;
        foreach (var share in shares.Items.Where(share => !known.Contains(share.Name)))
        {
            all = false;
            bag.Error(share.Mark, Codes.UnknownName, $"there is no {noun} '{share.Name}'",
                Suggestion.For(share.Name, known, $"define it under 'topology.{noun}s'"));
        }
        if (!all || shares.Items.Any(share => share.Value.Value is null))
        {
            return [];
        }
        decimal sum = shares.Items.Sum(share => (decimal)share.Value.Value!);
        if (sum != count)
        {
            return Impossible(shares, $"'place' of '{pool}' holds {sum} machines and 'count' is {count}",
                $"make the shares sum to {count}");
        }
        var written = shares.Items.ToDictionary(share => share.Name, share => (int)(decimal)share.Value.Value!, StringComparer.Ordinal);
        int ShareOf(string name) => written.GetValueOrDefault(name);
        return byRack
            ? Deal(pool, count, [.. racks.Select(rack =>
                (zones.First(zone => zone.Name == rack.Zone), (RackSpec?)rack, ShareOf(rack.Name)))])
            : Deal(pool, count, [.. zones.Select(zone => (zone, (RackSpec?)null, ShareOf(zone.Name)))]);
    }

    private static List<MachineSpec> Deal(string pool, int count,
        IReadOnlyList<(ZoneSpec Zone, RackSpec? Rack, int Share)> places)
    {
        var machines = new List<MachineSpec>();
        for (int round = 0; machines.Count < count; round++)
        {
            foreach (var (zone, rack, _) in places.Where(place => place.Share > round).Take(count - machines.Count).ToList())
            {
                machines.Add(new MachineSpec(FormattableString.Invariant($"{pool}-{machines.Count + 1}"), zone.Name,
                    rack?.Name, rack?.Power ?? zone.Power));
            }
        }
        return machines;
    }

    private IReadOnlyList<MachineSpec> Impossible(Bound place, string message, string remedy)
    {
        bag.Error(place.Mark, Codes.PlaceImpossible, message, remedy);
        return [];
    }

    private static string Are(int count, string noun) => $"{(count == 1 ? "is" : "are")} {count} {noun}{(count == 1 ? "" : "s")}";
}
