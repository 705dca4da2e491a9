using System.Collections.Immutable;
using FailoverSim.Models.Nodes;

namespace FailoverSim.Models.Scheduling;

/// <summary>Nodes that differ in what is free on them at most.</summary>
/// <param name="Zone">Number of their zone.</param>
/// <param name="Pool">Number of their pool.</param>
/// <param name="Cpu">Of each for pods, thousandths of a core.</param>
/// <param name="Memory">Of each for pods, bytes.</param>
/// <param name="Members">Numbers of the nodes, ascending.</param>
internal sealed record NodeGroup(int Zone, int Pool, long Cpu, long Memory, ImmutableArray<int> Members)
{
    /// <summary>All nodes, by zone first.</summary>
    public static ImmutableArray<NodeGroup> Of(NodeSet nodes) =>
    [
        .. Enumerable.Range(0, nodes.Count)
            .GroupBy(n => (nodes.Options[n].Zone, nodes.Options[n].Pool, nodes.Options[n].Cpu, nodes.Options[n].Memory))
            .Select(g => new NodeGroup(g.Key.Zone, g.Key.Pool, g.Key.Cpu, g.Key.Memory, [.. g]))
            .OrderBy(g => g.Zone).ThenBy(g => g.Pool).ThenBy(g => g.Members[0]),
    ];

    /// <summary>Shares of cpu and memory together, from 0 to 2: twice what NodeResourcesFit's LeastAllocated scores by.</summary>
    public double ShareOf(long cpu, long memory) => Share(cpu, Cpu) + Share(memory, Memory);

    private static double Share(long part, long whole) => whole > 0 ? (double)part / whole : 0;
}
