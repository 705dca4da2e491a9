using FailoverSim.Analysis.Comparisons;
using FailoverSim.Analysis.Tables;
using FailoverSim.Reporting.Text;
using Spectre.Console;

namespace FailoverSim.Cli;

/// <summary>Which variant is better, by how much and how surely: a table for each service, under <c>compare</c> and under each sweep.</summary>
internal static class ComparisonTables
{
    public static void Print(ResultSet results, IReadOnlyList<ComparedService> compared)
    {
        IAnsiConsole console = Terminal.Of(Console.Out);
        foreach (ComparedService service in compared.Where(service => service.Against.Count > 0))
        {
            Print(console, ComparisonText.Title(service, results.Base.Variant), ComparisonText.Rows(service, results));
            foreach (string note in ComparisonText.Notes(service))
            {
                console.Write(new Padder(new Text(note), new Padding(2, 0, 0, 0)));
            }
        }
    }

    private static void Print(IAnsiConsole console, string title, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        Table table = new Table().Border(TableBorder.Simple).Title(new TableTitle(Markup.Escape(title)));
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
        console.Write(table);
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
