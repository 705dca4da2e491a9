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

    public static void Print(string title, ResultSet results, IReadOnlyList<SloVerdict> verdicts)
    {
        IAnsiConsole console = ConsoleOf(Console.Out);
        IReadOnlyList<ServiceGlance> glances = ConsoleSummary.Of(results);
        Table table = new Table().Border(TableBorder.Simple).Title(Markup.Escape(title));
        int[] columns = [.. Enumerable.Range(0, ConsoleSummary.Heads.Count).Where(i => ConsoleSummary.Heads[i] != VariantColumn)];
        foreach (int column in columns)
        {
            table.AddColumn(Markup.Escape(ConsoleSummary.Heads[column]));
        }
        foreach (ServiceGlance glance in glances)
        {
            IReadOnlyList<string> cells = ConsoleSummary.Cells(glance);
            table.AddRow([.. columns.Select(column => Markup.Escape(cells[column]))]);
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
        foreach (SloVerdict verdict in verdicts)
        {
            string colour = verdict.Verdict switch { Verdict.Met => "green", Verdict.Missed => "red", _ => "yellow" };
            console.MarkupLine(
                $"  SLO {Markup.Escape(verdict.Slo.Name)}: [{colour}]{verdict.Verdict.ToString().ToLowerInvariant()}[/] ({Markup.Escape(VerdictText.Of(verdict))})");
        }
    }

    private static IAnsiConsole ConsoleOf(TextWriter writer)
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
