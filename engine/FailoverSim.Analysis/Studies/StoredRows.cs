using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Replications;
using FailoverSim.Kernel.Results;

namespace FailoverSim.Analysis.Studies;

/// <summary>The rows of blocks that a store has kept.</summary>
internal sealed class StoredRows(IBlockStore store) : IRowSource
{
    /// <summary>Itself, if the block is there.</summary>
    public StoredRows? From(int block) => store.Holds(block) ? this : null;

    public IReadOnlyList<ServiceRow> RowsOf(int block) =>
        store.Find(block)?.Rows ?? throw new IOException($"block {block} of the replications is no longer where it was kept");
}
