using System.Collections;

namespace FailoverSim.Analysis.Tables;

/// <summary>
/// Blocks of one variant, in order; only the last may be short. Of those whose rows are not in memory nothing is held: their numbers follow from each other.
/// </summary>
public sealed class BlockList : IReadOnlyList<Block>
{
    private readonly AscendingNumbers _numbers = new();

    /// <summary>What is unlike others, by number: rows in memory, mostly.</summary>
    private readonly Dictionary<int, Block> _unlike = [];

    private Block _last;
    private Block? _like;

    /// <summary>The blocks in order, whatever order they come in.</summary>
    public static BlockList Of(IEnumerable<Block> blocks)
    {
        if (blocks is BlockList list)
        {
            return list;
        }
        list = new BlockList();
        foreach (Block block in blocks.OrderBy(block => block.Index))
        {
            list.Add(block);
        }
        return list;
    }

    public int Count => _numbers.Count;

    public long Replications => Count == 0 ? 0 : ((Count - 1L) * Block.Size) + _last.Replications;

    public Block this[int position] => At(_numbers[position]);

    /// <summary>Which of them has this number; null if none has.</summary>
    public int? PositionOf(int index) => _numbers.PositionOf(index);

    /// <summary>The next one.</summary>
    /// <exception cref="ArgumentException">It does not follow.</exception>
    public void Add(Block block)
    {
        if (Count > 0 && !_last.IsComplete && block.Index > _last.Index)
        {
            throw new ArgumentException($"Block {_last.Index} is short, but not the last.", nameof(block));
        }
        _numbers.Add(block.Index);
        _last = block;
        if (block.IsHeld)
        {
            _unlike.Add(block.Index, block);
        }
        else if (_like is null)
        {
            _like = block;
        }
        else if (!block.IsWhere(_like.Value))
        {
            _unlike.Add(block.Index, block);
        }
    }

    public IEnumerator<Block> GetEnumerator()
    {
        for (int position = 0; position < Count; position++)
        {
            yield return this[position];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Block At(int index) =>
        index == _last.Index ? _last
        : _unlike.TryGetValue(index, out Block unlike) ? unlike
        : _like!.Value.Another(index);
}
