using FailoverSim.Kernel.Replications;
using FailoverSim.Kernel.Results;

namespace FailoverSim.Analysis.Tables;

/// <summary>
/// The rows of one variant for 64 consecutive replications (the last block of a fixed count may be shorter): the unit of
/// storage, of sharding and of stopping. Rows are ordered by replication, then by service, and none is missing.
/// </summary>
public sealed class Block
{
    public const int Size = ReplicationBlock.Size;

    private readonly IReadOnlyList<ServiceRow>? _rows;
    private readonly Func<IReadOnlyList<ServiceRow>>? _read;

    public Block(int index, IReadOnlyList<ServiceRow> rows, int serviceCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(serviceCount);
        ArgumentNullException.ThrowIfNull(rows);
        long first = (long)index * Size;
        if (rows.Count == 0 || rows.Count % serviceCount != 0 || rows.Count / serviceCount > Size)
        {
            throw new ArgumentException($"Block {index} has {rows.Count} rows for {serviceCount} services.", nameof(rows));
        }
        for (int i = 0; i < rows.Count; i++)
        {
            if (rows[i].Replication != first + i / serviceCount || rows[i].Service != i % serviceCount)
            {
                throw new ArgumentException(
                    $"Row {i} of block {index} is replication {rows[i].Replication}, service {rows[i].Service}.", nameof(rows));
            }
        }
        Index = index;
        _rows = rows;
        Replications = rows.Count / serviceCount;
    }

    private Block(Block like, Func<IReadOnlyList<ServiceRow>> read) => (Index, Replications, _read) = (like.Index, like.Replications, read);

    /// <summary>Counted from 0: block b holds the replications 64 b … 64 b + 63.</summary>
    public int Index { get; }

    /// <summary>Read again each time where they are not held in memory.</summary>
    public IReadOnlyList<ServiceRow> Rows => _rows ?? _read!();

    public int Replications { get; }

    /// <summary>The same block with its rows not in memory, but wherever they are read from.</summary>
    /// <param name="read">Gives the same rows each time.</param>
    public Block Elsewhere(Func<IReadOnlyList<ServiceRow>> read) => new(this, read);

    public bool IsComplete => Replications == Size;

    /// <summary>Blocks that hold so many replications.</summary>
    public static int CountFor(long replications) => checked((int)((replications + Size - 1) / Size));
}
