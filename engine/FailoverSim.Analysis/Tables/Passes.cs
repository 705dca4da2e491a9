using FailoverSim.Kernel.Results;

namespace FailoverSim.Analysis.Tables;

/// <summary>Sees one block after the other: of each table the rows of the same replications.</summary>
internal delegate void Look(IReadOnlyList<IReadOnlyList<ServiceRow>> tables);

/// <summary>
/// Figures that follow from all rows, which are too many to be held. A figure is a method that yields what to look at in a pass over
/// all of them, and goes on with what came of it; most need one pass, some several. A pass serves all figures at once.
/// </summary>
internal static class Passes
{
    /// <param name="tables">Of equal length, to be seen side by side.</param>
    /// <param name="figures">Each yields the looks that it needs, one after the other.</param>
    public static void Over(IReadOnlyList<ResultTable> tables, params IEnumerable<IEnumerable<Look>> figures)
    {
        List<IEnumerator<Look>> open = [.. figures.Select(figure => figure.GetEnumerator())];
        var rows = new IReadOnlyList<ServiceRow>[tables.Count];
        while (true)
        {
            open.RemoveAll(figure => !figure.MoveNext());
            if (open.Count == 0)
            {
                return;
            }
            for (int block = 0; block < tables[0].Blocks.Count; block++)
            {
                for (int table = 0; table < rows.Length; table++)
                {
                    rows[table] = tables[table].Blocks[block].Rows;
                }
                open.ForEach(figure => figure.Current(rows));
            }
        }
    }

    /// <summary>Sees the rows of one service of the first table, in the order of replications.</summary>
    public static Look AtRowsOf(int service, Action<ServiceRow> see) => tables =>
    {
        foreach (ServiceRow row in tables[0])
        {
            if (row.Service == service)
            {
                see(row);
            }
        }
    };
}
