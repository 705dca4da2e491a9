using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Tables;
using FailoverSim.Reporting.Text;
using Spectre.Console;

namespace FailoverSim.Cli;

/// <summary>What an engineer reads first, of the base variant: one row per service, then how sure it is and what to mind.</summary>
internal static class SummaryTable
{
    /// <summary>The same in all rows, so it says nothing.</summary>
    private const string VariantColumn = "variant";

    private static readonly int[] Columns =
        [.. Enumerable.Range(0, ConsoleSummary.Heads.Count).Where(i => ConsoleSummary.Heads[i] != VariantColumn)];

    public static void Print(
        TextWriter writer, string title, ResultSet results, IReadOnlyList<SloVerdict> verdicts, IReadOnlyList<string> warnings)
    {
        IAnsiConsole console = Terminal.Of(writer);
        IReadOnlyList<ServiceGlance> glances =
            [.. ConsoleSummary.Of(results).Where(glance => glance.Variant == results.Base.Variant)];
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
        foreach (string warning in warnings)
        {
            console.MarkupLineInterpolated($"  [yellow]{warning}[/]");
        }
        PrintBreakdown(console, results.Base);
        foreach (SloVerdict verdict in verdicts)
        {
            string colour = verdict.Verdict switch { Verdict.Met => "green", Verdict.Missed => "red", _ => "yellow" };
            console.MarkupLine(
                $"  SLO {Markup.Escape(verdict.Slo.Name)}: [{colour}]{verdict.Verdict.ToString().ToLowerInvariant()}[/] ({Markup.Escape(VerdictText.Of(verdict))})");
            foreach (string line in SloText.Lines(results.Base, verdict))
            {
                console.WriteLine($"    {line}");
            }
        }
    }

    private static void PrintBreakdown(IAnsiConsole console, ResultTable table)
    {
        foreach (int service in Enumerable.Range(0, table.Names.Services.Count))
        {
            ServiceTotals totals = table.Totals(service);
            foreach (string line in DowntimeText.Lines(totals).Concat(AttributionText.Lines(totals)).Concat(MarginText.Lines(totals)))
            {
                console.WriteLine($"  {line}");
            }
        }
        foreach (string line in WorkloadsText.Lines(table))
        {
            console.WriteLine($"  {line}");
        }
        foreach (string line in CountsText.Lines(table, console.Profile.Width - 2).Concat(DetectionText.Lines(table, console.Profile.Width - 2)))
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
}
