using System.Globalization;

namespace FailoverSim.Kernel.Replications;

/// <summary>One share of a run that is divided among several: block b belongs to shard b mod n, so all are about as long.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Count">How many there are, at least 1.</param>
public readonly record struct Shard(int Index, int Count)
{
    /// <summary>Everything.</summary>
    public static Shard Whole { get; } = new(0, 1);

    /// <summary>How many of the replications 0 … n − 1 belong to it; the last block may be short.</summary>
    public long ReplicationsOf(long replications)
    {
        (long blocks, long rest) = Math.DivRem(replications, ReplicationBlock.Size);
        long full = (blocks + Count - 1 - Index) / Count;
        return (full * ReplicationBlock.Size) + (blocks % Count == Index ? rest : 0);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Index}/{Count}");
}
