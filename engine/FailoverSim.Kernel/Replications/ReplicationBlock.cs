using FailoverSim.Kernel.Results;

namespace FailoverSim.Kernel.Replications;

/// <summary>Consecutive replications: the unit of work, of storage and of stopping.</summary>
/// <param name="Index">Block b holds the replications from 64·b.</param>
/// <param name="Rows">One row per replication and service, in that order.</param>
/// <param name="Replications">How many of its replications are complete: all of them, unless the run was interrupted.</param>
/// <param name="Fingerprint">Hash of the histories of its replications, in order.</param>
/// <param name="Events">Timers fired.</param>
public sealed record ReplicationBlock(
    long Index, IReadOnlyList<ServiceRow> Rows, int Replications, ulong Fingerprint, long Events)
{
    /// <summary>What was asked of each replication beside its rows; empty if nothing was.</summary>
    public IReadOnlyList<double[]> Measures { get; init; } = [];

    /// <summary>Replications in a full block; part of the file format.</summary>
    public const int Size = 64;
}
