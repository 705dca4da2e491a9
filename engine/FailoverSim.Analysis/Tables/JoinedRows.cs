using FailoverSim.Kernel.Results;

namespace FailoverSim.Analysis.Tables;

/// <summary>The rows of blocks that are shared out among several tables.</summary>
internal sealed class JoinedRows : IRowSource
{
    private readonly IReadOnlyList<ShardTable> _parts;

    private JoinedRows(IReadOnlyList<ShardTable> parts) => _parts = parts;

    /// <summary>All blocks of the parts, in order.</summary>
    /// <exception cref="ArgumentException">One is there twice, or short and not the last.</exception>
    public static BlockList Of(IReadOnlyList<ShardTable> parts)
    {
        JoinedRows joined = new([.. parts.Select(part => part with { Blocks = BlockList.Of(part.Blocks) })]);
        PriorityQueue<IEnumerator<Block>, int> next = new();
        foreach (ShardTable part in joined._parts)
        {
            Await(part.Blocks.GetEnumerator());
        }
        BlockList all = new();
        while (next.TryDequeue(out IEnumerator<Block>? part, out _))
        {
            all.Add(part.Current.IsHeld ? part.Current : part.Current.Elsewhere(joined));
            Await(part);
        }
        return all;

        void Await(IEnumerator<Block> part)
        {
            if (part.MoveNext())
            {
                next.Enqueue(part, part.Current.Index);
            }
        }
    }

    /// <remarks>Shards in their order are asked at once who has it.</remarks>
    public IReadOnlyList<ServiceRow> RowsOf(int block)
    {
        for (int i = 0; i < _parts.Count; i++)
        {
            if (_parts[(int)(((long)block + i) % _parts.Count)].Find(block) is { } found)
            {
                return found.Rows;
            }
        }
        throw new ArgumentOutOfRangeException(nameof(block), block, "no part has it");
    }
}
