using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Tables;
using FailoverSim.Reporting.Results;
using FailoverSim.Reporting.Text;
using Spectre.Console;

namespace FailoverSim.Cli;

/// <summary>
/// What an engineer reads first, of the base variant: a row per service and the verdicts, then how sure that is and what to
/// mind, then where the down time goes.
/// </summary>
internal static class SummaryTable
{
    /// <summary>The same in all rows, so it says nothing.</summary>
    private const string VariantColumn = "variant";

    /// <summary>What a narrow terminal does without, the first of them first.</summary>
    private static readonly string[] Dispensable = ["nines", "p95", "typical", "to blame", "longest"];

    public static void Print(TextWriter writer, StudyFindings findings)
    {
        IAnsiConsole console = Terminal.Of(writer);
        ResultTable table = findings.Results.Base;
        IReadOnlyList<ServiceGlance> glances = [.. ConsoleSummary.Of(findings.Results).Where(glance => glance.Variant == table.Variant)];
        PrintTable(console, findings.Spec.Title ?? findings.Spec.Name, glances);
        foreach (SloVerdict verdict in findings.Verdicts)
        {
            string colour = verdict.Verdict switch { Verdict.Met => "green", Verdict.Missed => "red", _ => "yellow" };
            console.WriteSentence($"  SLO {verdict.Slo.Name}: {VerdictText.Word(verdict.Verdict)} ({VerdictText.Of(verdict)})", colour);
            foreach (string line in SloText.Brief(table, verdict))
            {
                console.WriteSentence($"    {line}");
            }
        }
        foreach (ServiceGlance glance in glances)
        {
            PrintBasis(console, glance, findings.InDetail.Contains(glance.Service));
        }
        foreach (string warning in findings.Warnings)
        {
            console.WriteSentence($"  {warning}", "yellow");
        }
        PrintBreakdown(console, table, findings.InDetail);
    }

    private static void PrintBasis(IAnsiConsole console, ServiceGlance glance, bool inDetail)
    {
        if (inDetail || glance.Warnings.Count > 0)
        {
            console.WriteSentence($"  {glance.Service}: {glance.Basis}");
        }
        foreach (string warning in glance.Warnings)
        {
            console.WriteSentence($"    note: {warning}", "yellow");
        }
    }

    private static void PrintBreakdown(IAnsiConsole console, ResultTable table, IReadOnlyList<string> inDetail)
    {
        IReadOnlyList<string> services = table.Names.Services;
        foreach (int service in Enumerable.Range(0, services.Count).Where(service => inDetail.Contains(services[service])))
        {
            ServiceTotals totals = table.Totals(service);
            foreach (string line in RequestsText.Lines(totals).Concat(DowntimeText.Lines(totals)).Concat(AttributionText.Lines(totals)).Concat(MarginText.Lines(totals)))
            {
                console.WriteSentence($"  {line}");
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
        int[] columns = ColumnsWithin(console.Profile.Width, glances);
        Table table = new Table().Border(TableBorder.Simple).Title(Markup.Escape(title));
        foreach (int column in columns)
        {
            table.AddColumn(new TableColumn(Markup.Escape(ConsoleSummary.Heads[column])).NoWrap());
        }
        foreach (ServiceGlance glance in glances)
        {
            IReadOnlyList<string> cells = ConsoleSummary.Cells(glance);
            table.AddRow([.. columns.Select(column => Markup.Escape(cells[column]))]);
        }
        console.Write(table);
    }

    /// <summary>As many columns as the width takes without wrapping: a wrapped table is harder to read than a narrow one.</summary>
    private static int[] ColumnsWithin(int width, IReadOnlyList<ServiceGlance> glances)
    {
        List<int> columns = [.. Enumerable.Range(0, ConsoleSummary.Heads.Count).Where(i => ConsoleSummary.Heads[i] != VariantColumn)];
        foreach (string head in Dispensable.TakeWhile(_ => 2 + columns.Sum(WidthOf) > width))
        {
            columns.RemoveAll(column => ConsoleSummary.Heads[column] == head);
        }
        return [.. columns];

        // A column is as wide as its longest cell, with a blank or two around it.
        int WidthOf(int column) =>
            3 + Math.Max(ConsoleSummary.Heads[column].Length, glances.Max(glance => ConsoleSummary.Cells(glance)[column].Length));
    }
}
