using FailoverSim.Analysis.Importance;
using FailoverSim.Reporting.Text;
using Spectre.Console;

namespace FailoverSim.Cli;

/// <summary>The most important parts of each service.</summary>
internal static class ImportanceTable
{
    /// <summary>Lines for each service.</summary>
    private const int Most = 5;

    public static void Print(TextWriter writer, ImportanceOutcome importance)
    {
        IAnsiConsole console = Terminal.Of(writer);
        console.WriteLine();
        console.WriteLine("  How important one copy is, all else as it is");
        if (importance.Parts.Count > 0)
        {
            Table table = new Table().Border(TableBorder.Simple);
            table.AddColumns(["service", "part", .. importance.Parts[0].Measures.Select(measure => Markup.Escape(measure.Name))]);
            foreach (PartImportance part in importance.Parts.GroupBy(part => part.Service).SelectMany(service => service.Take(Most)))
            {
                table.AddRow([
                    Markup.Escape(part.Service), Markup.Escape(part.Part),
                    .. part.Measures.Select(measure => measure.Estimate.Value is { } value ? HumanUnits.Number(value) : "–")]);
            }
            console.Write(table);
        }
        foreach (string reason in importance.Refused)
        {
            console.WriteSentence($"  {reason}");
        }
    }
}
