using FailoverSim.Kernel.Randomness;

namespace FailoverSim.Kernel.Structure;

/// <summary>
/// Which parts cannot be told apart by where they stand in the structure: colours of conditions and gates are refined by those of
/// their neighbours until no more differ [Weisfeiler &amp; Leman 68]. A symmetry that maps one part to another never gives them two colours.
/// </summary>
internal static class Likeness
{
    private const ulong Upwards = 0x9E3779B97F4A7C15;

    /// <param name="cone">The structure.</param>
    /// <param name="parts">For each what is to be told apart from the start, and its faults: their kind and the conditions that they strike.</param>
    /// <returns>A colour for each part.</returns>
    public static ulong[] ColoursOf(Cone cone, IReadOnlyList<(string Group, IReadOnlyList<(int Kind, int[] Conditions)> Faults)> parts)
    {
        ulong[] nodes = [.. Enumerable.Range(0, cone.Count).Select(node => Hashing.Mix((ulong)cone.GateAt(node).Needed + 1))];
        ulong[] colours = [.. parts.Select(part => Hashing.OfText(part.Group))];
        int distinct = 0;
        while (true)
        {
            colours = [.. parts.Select((part, i) => Hashing.Mix(colours[i] ^ Mixed(part.Faults.Select(fault => OfFault(fault, nodes)))))];
            nodes = Refined(cone, nodes, parts, colours);
            int now = nodes.Distinct().Count() + colours.Distinct().Count();
            if (now == distinct)
            {
                return colours;
            }
            distinct = now;
        }
    }

    private static ulong[] Refined(
        Cone cone, ulong[] before, IReadOnlyList<(string Group, IReadOnlyList<(int Kind, int[] Conditions)> Faults)> parts, ulong[] colours)
    {
        ulong[] around = new ulong[before.Length];
        unchecked
        {
            for (int gate = 0; gate < before.Length; gate++)
            {
                foreach (int input in cone.GateAt(gate).Inputs.Span)
                {
                    around[gate] += Hashing.Mix(before[input]);
                    around[input] += Hashing.Mix(before[gate] ^ Upwards);
                }
            }
            for (int part = 0; part < colours.Length; part++)
            {
                foreach ((int kind, int[] conditions) in parts[part].Faults)
                {
                    foreach (int condition in conditions)
                    {
                        around[condition] += Hashing.Mix(colours[part] ^ Hashing.Mix((ulong)kind + 1));
                    }
                }
            }
        }
        return [.. before.Select((colour, node) => Hashing.Mix(colour ^ Hashing.Mix(around[node])))];
    }

    private static ulong OfFault((int Kind, int[] Conditions) fault, ulong[] nodes) =>
        Hashing.Mix((ulong)fault.Kind + 1) ^ Mixed(fault.Conditions.Select(condition => nodes[condition]));

    /// <summary>A hash of a set of hashes, in whatever order.</summary>
    private static ulong Mixed(IEnumerable<ulong> hashes) => Hashing.Mix(hashes.Aggregate(0UL, (sum, hash) => unchecked(sum + Hashing.Mix(hash))));
}
