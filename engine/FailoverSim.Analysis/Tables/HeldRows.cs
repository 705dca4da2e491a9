namespace FailoverSim.Analysis.Tables;

/// <summary>
/// Keeps the rows of the first blocks in memory and leaves those of all others where they are stored: results of any length take as much
/// memory as of so many rows.
/// </summary>
/// <param name="most">So many rows are: some 30 to 100 MB, as reading one again takes microseconds, several times for each service.</param>
public sealed class HeldRows(int most = 1 << 15)
{
    private int _held;

    /// <summary>For rows that are needed once more only: all stay where they are stored.</summary>
    public static HeldRows None() => new(0);

    /// <summary>To be called for each block in order.</summary>
    /// <param name="block">With its rows.</param>
    /// <param name="source">Has them, too; null: nobody else has.</param>
    public Block Place(Block block, IRowSource? source)
    {
        int rows = block.Rows.Count;
        if (source is not null && _held + rows > most)
        {
            return block.Elsewhere(source);
        }
        _held += rows;
        return block;
    }
}
