using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Importance;
using FailoverSim.Reporting.Text;
using Spectre.Console;

namespace FailoverSim.Cli;

/// <summary>The most important parts of each service.</summary>
internal static class ImportanceTable
{
    /// <summary>Lines for each service.</summary>
    private const int Most = 5;

    /// <summary>Of these groups a name says enough, and there are no failovers.</summary>
    private const string Unit = "unit";

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
                    Markup.Escape(part.Service), Markup.Escape(part.Kind == Unit ? part.Part : $"{part.Kind} {part.Part}"),
                    .. part.Measures.Select(measure => measure.Estimate.Value is { } value ? HumanUnits.Number(value) : "–")]);
            }
            console.Write(table);
        }
        foreach (StructuralShare service in importance.Services.Where(service => importance.Parts.Any(part => part.Service == service.Service && part.Kind != Unit)))
        {
            // A table of measures says nothing of failovers: how much that leaves out must stand beside it.
            console.Write(new Padder(
                new Text($"{service.Service}: of an unavailability of {Number(service.Total)} the measures are about {Number(service.Structural)}, "
                    + "in which what it stands on is missing; failovers are not in them"),
                new Padding(2, 0, 0, 0)));
        }
        foreach (string reason in importance.Refused)
        {
            console.WriteSentence($"  {reason}");
        }
    }

    private static string Number(Estimate estimate) => HumanUnits.Number(estimate.Value ?? 0);
}
