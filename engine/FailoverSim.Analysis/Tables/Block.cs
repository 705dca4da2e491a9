using FailoverSim.Kernel.Replications;
using FailoverSim.Kernel.Results;

namespace FailoverSim.Analysis.Tables;

/// <summary>
/// The rows of one variant for 64 consecutive replications (the last block of a fixed count may be shorter): the unit of
/// storage, of sharding and of stopping. Rows are ordered by replication, then by service, and none is missing.
/// </summary>
public readonly struct Block
{
    public const int Size = ReplicationBlock.Size;

    /// <summary>The rows, or the <see cref="IRowSource"/> that has them: of a long run there are very many blocks.</summary>
    private readonly object _rows;

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

    /// <summary>A block whose rows are not in memory, but wherever they are read from.</summary>
    public Block(int index, IRowSource source, int replications) => (Index, _rows, Replications) = (index, source, replications);

    /// <summary>Counted from 0: block b holds the replications 64 b … 64 b + 63.</summary>
    public int Index { get; }

    /// <summary>Read again each time where they are not held in memory.</summary>
    public IReadOnlyList<ServiceRow> Rows => _rows as IReadOnlyList<ServiceRow> ?? ((IRowSource)_rows).RowsOf(Index);

    /// <summary>Whether the rows are in memory.</summary>
    public bool IsHeld => _rows is not IRowSource;

    public int Replications { get; }

    public bool IsComplete => Replications == Size;

    /// <summary>The same block with its rows not in memory, but wherever they are read from.</summary>
    public Block Elsewhere(IRowSource source) => new(Index, source, Replications);

    /// <summary>Whether the rows of both are not in memory, but in the same place.</summary>
    internal bool IsWhere(Block other) => !IsHeld && ReferenceEquals(_rows, other._rows);

    /// <summary>A full block whose rows are where those of this one are, which is not held.</summary>
    internal Block Another(int index) => new(index, (IRowSource)_rows, Size);

    /// <summary>Blocks that hold so many replications.</summary>
    public static int CountFor(long replications) => checked((int)((replications + Size - 1) / Size));
}
