using FailoverSim.Scenario.Specification;

namespace FailoverSim.Scenario.Importing;

/// <summary>Like machines of the scenario to be.</summary>
internal sealed record ImportedPool
{
    public required string Name { get; init; }
    public required int Count { get; init; }

    /// <summary>Machines by zone, in the order of zones; empty: spread.</summary>
    public IReadOnlyList<(string Zone, int Count)> Place { get; init; } = [];
    public IReadOnlyList<string> Runs { get; init; } = [];

    /// <summary>For pods, of one machine; null: it takes none.</summary>
    public decimal? Cpu { get; init; }
    public decimal? Memory { get; init; }
    public int? MaxPods { get; init; }
    public bool IsSpot { get; init; }
    public string? Provider { get; init; }
    public IReadOnlyList<NodeFacts> Nodes { get; init; } = [];

    public bool TakesPods => Cpu is not null || Memory is not null;

    /// <summary>Which node each machine is, in the order of its number: zones are dealt in turn, as <see cref="MachineSpec"/>s are.</summary>
    public IEnumerable<NodeFacts> InOrder(Func<NodeFacts, string> zoneOf)
    {
        List<Queue<NodeFacts>> zones = [.. Place.Count == 0
            ? [new Queue<NodeFacts>(Nodes)]
            : Place.Select(place => new Queue<NodeFacts>(Nodes.Where(node => zoneOf(node) == place.Zone)))];
        while (zones.Any(zone => zone.Count > 0))
        {
            foreach (Queue<NodeFacts> zone in zones.Where(zone => zone.Count > 0))
            {
                yield return zone.Dequeue();
            }
        }
    }
}
