using System.Collections.Immutable;
using FailoverSim.Models.Nodes;

namespace FailoverSim.Models.Scheduling;

/// <summary>The nodes that a workload may use, by its pools and zones.</summary>
/// <param name="Pools">Numbers of the pools.</param>
/// <param name="Zones">Numbers of the zones; empty: all.</param>
/// <param name="Groups">Numbers of the groups of nodes.</param>
internal sealed record Reach(ImmutableArray<int> Pools, ImmutableArray<int> Zones, ImmutableArray<int> Groups)
{
    public static Reach Of(ImmutableArray<int> pools, ImmutableArray<int> zones, NodeObjects nodes, ImmutableArray<NodeGroup> groups)
    {
        ImmutableArray<int> all = pools.Length > 0 ? [.. pools.Where(p => p < nodes.PoolCount).Distinct().Order()] : [.. Enumerable.Range(0, nodes.PoolCount)];
        return new Reach(
            all, zones, [.. Enumerable.Range(0, groups.Length).Where(g => all.Contains(groups[g].Pool) && (zones.IsEmpty || zones.Contains(groups[g].Zone)))]);
    }

    public bool Covers(int pool, int zone) => Pools.Contains(pool) && CoversZone(zone);

    public bool CoversZone(int zone) => Zones.IsEmpty || Zones.Contains(zone);

    /// <summary>Node objects within reach in a zone.</summary>
    public int RegisteredIn(NodeObjects nodes, int zone)
    {
        if (!CoversZone(zone))
        {
            return 0;
        }
        int count = 0;
        foreach (int pool in Pools)
        {
            count += nodes.RegisteredIn(zone, pool);
        }
        return count;
    }
}
