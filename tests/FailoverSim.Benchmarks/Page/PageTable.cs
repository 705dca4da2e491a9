using System.Globalization;
using System.Text;

namespace FailoverSim.Benchmarks.Page;

/// <summary>Rows of CSV as a table of a page.</summary>
internal static class PageTable
{
    /// <param name="header">Titles of the columns.</param>
    /// <param name="rows">Fields of the rows, as many.</param>
    public static string Of(string[] header, IEnumerable<string[]> rows)
    {
        StringBuilder text = new();
        text.Append('|').AppendJoin('|', header.Select(h => $" {h} ")).Append("|\n");
        text.Append('|').AppendJoin('|', header.Select((_, i) => i == 0 ? "---" : "---:")).Append("|\n");
        foreach (string[] row in rows)
        {
            text.Append('|').AppendJoin('|', row.Select(field => $" {Readable(field)} ")).Append("|\n");
        }
        return text.ToString();
    }

    /// <summary>Large whole numbers get spaces, as on the other pages.</summary>
    private static string Readable(string field) =>
        long.TryParse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) && Math.Abs(whole) >= 10_000
            ? whole.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '\u202f')
            : field;
}
