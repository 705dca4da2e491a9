using FailoverSim.Analysis.Comparisons;
using FailoverSim.Reporting.Results;
using FailoverSim.Reporting.Text;
using Spectre.Console;

namespace FailoverSim.Cli;

/// <summary>Which variant is better, by how much and how surely: a table for <c>compare</c> and one for each sweep.</summary>
internal static class ComparisonTables
{
    public static void Print(TextWriter writer, StudyFindings findings)
    {
        IAnsiConsole console = Terminal.Of(writer);
        IReadOnlyList<string> inDetail = findings.InDetail;
        ComparedService[] shown = [.. findings.Compared.Concat(findings.ComparedRequests).Where(compared => inDetail.Contains(compared.Service))];
        foreach (ComparisonText text in ComparisonText.Of(findings.Results, shown))
        {
            console.WriteLine();
            console.WriteLine($"  {text.Title}");
            console.Write(TableOf(text.Rows));
            foreach (string note in text.Notes)
            {
                console.WriteSentence($"  {note}");
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
