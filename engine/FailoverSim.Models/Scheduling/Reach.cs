using System.Collections.Immutable;
using FailoverSim.Models.Nodes;

namespace FailoverSim.Models.Scheduling;

/// <summary>The nodes that a workload may use, by its pools.</summary>
/// <param name="Pools">Numbers of the pools.</param>
/// <param name="Groups">Numbers of the groups of nodes.</param>
internal sealed record Reach(ImmutableArray<int> Pools, ImmutableArray<int> Groups)
{
    public static Reach Of(ImmutableArray<int> pools, NodeObjects nodes, ImmutableArray<NodeGroup> groups)
    {
        ImmutableArray<int> all = pools.Length > 0 ? [.. pools.Where(p => p < nodes.PoolCount).Distinct().Order()] : [.. Enumerable.Range(0, nodes.PoolCount)];
        return new Reach(all, [.. Enumerable.Range(0, groups.Length).Where(g => all.Contains(groups[g].Pool))]);
    }

    /// <summary>Node objects within reach in a zone.</summary>
    public int RegisteredIn(NodeObjects nodes, int zone)
    {
        int count = 0;
        foreach (int pool in Pools)
        {
            count += nodes.RegisteredIn(zone, pool);
        }
        return count;
    }
}
