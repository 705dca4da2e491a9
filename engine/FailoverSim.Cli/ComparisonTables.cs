using FailoverSim.Analysis.Comparisons;
using FailoverSim.Analysis.Tables;
using FailoverSim.Reporting.Text;
using Spectre.Console;

namespace FailoverSim.Cli;

/// <summary>Which variant is better, by how much and how surely: a table for <c>compare</c> and one for each sweep.</summary>
internal static class ComparisonTables
{
    public static void Print(TextWriter writer, ResultSet results, IReadOnlyList<ComparedService> compared)
    {
        IAnsiConsole console = Terminal.Of(writer);
        foreach (ComparisonText text in ComparisonText.Of(results, compared))
        {
            console.WriteLine();
            console.WriteLine($"  {text.Title}");
            console.Write(TableOf(text.Rows));
            foreach (string note in text.Notes)
            {
                console.Write(new Padder(new Text(note), new Padding(2, 0, 0, 0)));
            }
        }
    }

    private static Table TableOf(IReadOnlyList<IReadOnlyList<string>> rows)
    {
        Table table = new Table().Border(TableBorder.Simple);
        foreach (string head in ComparisonText.Heads)
        {
            table.AddColumn(new TableColumn(Markup.Escape(head)));
        }
        // The verdict may take several lines; all else is kept whole.
        foreach (TableColumn column in table.Columns.Take(table.Columns.Count - 1))
        {
            column.NoWrap();
        }
        foreach (IReadOnlyList<string> cells in rows)
        {
            table.AddRow([.. cells.Select(Coloured)]);
        }
        return table;
    }

    private static string Coloured(string cell)
    {
        string text = Markup.Escape(cell);
        return cell.StartsWith("better:", StringComparison.Ordinal) ? $"[green]{text}[/]"
            : cell.StartsWith("worse:", StringComparison.Ordinal) ? $"[red]{text}[/]"
            : cell.StartsWith("undecided:", StringComparison.Ordinal) ? $"[yellow]{text}[/]"
            : text;
    }
}
