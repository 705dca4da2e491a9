using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Replications;

namespace FailoverSim.Analysis.Studies;

/// <summary>
/// Keeps the rows of the first blocks of a run in memory and leaves those of all others where they are stored: a run of any length takes as
/// much memory as one of so many rows.
/// </summary>
/// <param name="store">Null: everything is held.</param>
/// <param name="most">So many rows are: some 30 to 100 MB, as reading one again takes microseconds, several times for each service.</param>
internal sealed class HeldRows(IBlockStore? store, int most = 1 << 15)
{
    private int _held;

    /// <summary>To be called for each block in order.</summary>
    public Block Place(Block block)
    {
        if (store is null || _held + block.Rows.Count <= most || !store.Holds(block.Index))
        {
            _held += block.Rows.Count;
            return block;
        }
        int index = block.Index;
        return block.Elsewhere(() => store.Find(index)?.Rows ?? throw new IOException($"block {index} of the replications is no longer where it was kept"));
    }
}
