using FailoverSim.Reporting.Text;

namespace FailoverSim.Reporting.Figures;

/// <summary>The data of a figure for those who read numbers rather than marks.</summary>
/// <param name="Heads">One per column, with the unit where all its cells share one.</param>
/// <param name="Rows">As many cells each as there are heads; empty where there is nothing to say.</param>
public sealed record FigureTable(IReadOnlyList<string> Heads, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>Nobody reads further; the files beside the figures hold all.</summary>
    public const int MostRows = 200;

    /// <summary>All rows, or the first of them and a last one that says how many there are besides.</summary>
    public static FigureTable Of(IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows)
    {
        ArgumentNullException.ThrowIfNull(heads);
        IReadOnlyList<string>[] all = [.. rows];
        return all.Length <= MostRows
            ? new FigureTable(heads, all)
            : new FigureTable(heads,
                [.. all.Take(MostRows), [$"and {HumanUnits.Count(all.Length - MostRows)} more rows", .. Enumerable.Repeat("", heads.Count - 1)]]);
    }
}
