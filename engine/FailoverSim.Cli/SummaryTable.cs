using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Tables;
using FailoverSim.Reporting.Text;
using Spectre.Console;

namespace FailoverSim.Cli;

/// <summary>What an engineer reads first: one row per service, then how sure it is and what to mind.</summary>
internal static class SummaryTable
{
    /// <summary>The base variant is the only one shown so far, so its name says nothing.</summary>
    private const string VariantColumn = "variant";

    private static readonly int[] Columns =
        [.. Enumerable.Range(0, ConsoleSummary.Heads.Count).Where(i => ConsoleSummary.Heads[i] != VariantColumn)];

    public static void Print(string title, ResultSet results, IReadOnlyList<SloVerdict> verdicts)
    {
        IAnsiConsole console = ConsoleOf(Console.Out);
        IReadOnlyList<ServiceGlance> glances = ConsoleSummary.Of(results);
        if (Width(glances) <= console.Profile.Width)
        {
            PrintTable(console, title, glances);
        }
        else
        {
            // A wrapped table is harder to read than paragraphs.
            console.WriteLine(title);
            console.Write(new Text(ConsoleSummary.ToText(glances)));
        }
        PrintBreakdown(console, results.Base);
        foreach (SloVerdict verdict in verdicts)
        {
            string colour = verdict.Verdict switch { Verdict.Met => "green", Verdict.Missed => "red", _ => "yellow" };
            console.MarkupLine(
                $"  SLO {Markup.Escape(verdict.Slo.Name)}: [{colour}]{verdict.Verdict.ToString().ToLowerInvariant()}[/] ({Markup.Escape(VerdictText.Of(verdict))})");
        }
    }

    private static void PrintBreakdown(IAnsiConsole console, ResultTable table)
    {
        foreach (int service in Enumerable.Range(0, table.Names.Services.Count))
        {
            foreach (string line in DowntimeText.Lines(table.Totals(service)))
            {
                console.WriteLine($"  {line}");
            }
        }
        foreach (string line in WorkloadsText.Lines(table))
        {
            console.WriteLine($"  {line}");
        }
        foreach (string line in CountsText.Lines(table, console.Profile.Width - 2))
        {
            console.WriteLine($"  {line}");
        }
    }

    private static void PrintTable(IAnsiConsole console, string title, IReadOnlyList<ServiceGlance> glances)
    {
        Table table = new Table().Border(TableBorder.Simple).Title(Markup.Escape(title));
        foreach (int column in Columns)
        {
            table.AddColumn(new TableColumn(Markup.Escape(ConsoleSummary.Heads[column])).NoWrap());
        }
        foreach (ServiceGlance glance in glances)
        {
            IReadOnlyList<string> cells = ConsoleSummary.Cells(glance);
            table.AddRow([.. Columns.Select(column => Markup.Escape(cells[column]))]);
        }
        console.Write(table);
        foreach (ServiceGlance glance in glances)
        {
            console.MarkupLineInterpolated($"  {glance.Service}: {glance.Basis}");
            foreach (string warning in glance.Warnings)
            {
                console.MarkupLineInterpolated($"    [yellow]note:[/] {warning}");
            }
        }
    }

    /// <summary>How wide the table is if nothing wraps: each column as its longest cell, with a blank or two around it.</summary>
    private static int Width(IReadOnlyList<ServiceGlance> glances) => 2 + Columns.Sum(column =>
        3 + Math.Max(ConsoleSummary.Heads[column].Length, glances.Max(glance => ConsoleSummary.Cells(glance)[column].Length)));

    internal static IAnsiConsole ConsoleOf(TextWriter writer)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        if (Console.IsOutputRedirected)
        {
            // A log has no width of its own; wrapped tables are harder to read than long lines.
            console.Profile.Width = 220;
        }
        return console;
    }
}
