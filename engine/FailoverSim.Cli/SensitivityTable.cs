using FailoverSim.Analysis.Sensitivity;
using FailoverSim.Reporting.Text;
using FailoverSim.Scenario.Specification;
using Spectre.Console;

namespace FailoverSim.Cli;

/// <summary>What matters most to each service.</summary>
internal static class SensitivityTable
{
    public static void Print(TextWriter writer, SensitivitySpec sensitivity, IReadOnlyList<Tornado> tornados)
    {
        SensitivityText text = SensitivityText.Of(sensitivity, tornados);
        IAnsiConsole console = Terminal.Of(writer);
        console.WriteLine();
        console.WriteLine("  What matters most: one value varied at a time, with the luck of the base");
        Table table = new Table().Border(TableBorder.Simple);
        foreach (string head in text.Heads)
        {
            table.AddColumn(new TableColumn(Markup.Escape(head)));
        }
        foreach (IReadOnlyList<string> cells in text.Rows)
        {
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }
        console.Write(table);
        foreach (string note in text.Notes)
        {
            console.WriteSentence($"  {note}");
        }
    }
}
