using System.Collections.Immutable;

namespace FailoverSim.Models.Nodes;

/// <summary>The worker nodes of a model; what is numbered by node is numbered so.</summary>
/// <param name="Options">Ordered as declared.</param>
/// <param name="Signals">Of each.</param>
/// <param name="Zones">Names, by number.</param>
public sealed record NodeSet(ImmutableArray<NodeOptions> Options, ImmutableArray<NodeSignals> Signals, ImmutableArray<string> Zones)
{
    public int Count => Options.Length;

    /// <summary>Node of a machine, −1 for a machine that takes no pods.</summary>
    public int OfMachine(int machine)
    {
        for (int node = 0; node < Count; node++)
        {
            if (Options[node].Machine == machine)
            {
                return node;
            }
        }
        return -1;
    }
}
