using FailoverSim.Library;
using FailoverSim.Reporting.Report;
using FailoverSim.Reporting.Results;
using FailoverSim.Reporting.Text;
using Spectre.Console;
using Table = Spectre.Console.Table;

namespace FailoverSim.Cli;

/// <summary>Several scenarios of one command: at the end one table of them all, and <c>index.html</c> in the folder of their folders.</summary>
internal sealed class Batch
{
    private readonly List<OverviewRow> _rows = [];
    private int _scenarios;

    public void Add(StudyFindings findings)
    {
        _rows.AddRange(OverviewRow.Of(findings));
        _scenarios++;
    }

    /// <summary>A scenario of which there is nothing to tell.</summary>
    public void AddNothing(string scenario, string why)
    {
        _rows.Add(OverviewRow.OfNothing(scenario, why));
        _scenarios++;
    }

    /// <param name="folder">In which each scenario has its own.</param>
    /// <param name="people">Where people read; null: nowhere.</param>
    public void Finish(string folder, TextWriter? people)
    {
        if (_scenarios < 2)
        {
            return;
        }
        IndexPage.Write(folder, _rows, Study.EngineVersion);
        if (people is null)
        {
            return;
        }
        Table table = new Table().Border(TableBorder.Simple).Title("All scenarios");
        table.AddColumns([.. OverviewRow.Heads.Select(head => new TableColumn(Markup.Escape(head)).NoWrap())]);
        string scenario = "";
        foreach (OverviewRow row in _rows)
        {
            // A name once is enough where its services follow each other.
            table.AddRow([row.Scenario == scenario ? "" : Markup.Escape(row.Scenario), .. row.Cells.Skip(1).Select(Coloured)]);
            scenario = row.Scenario;
        }
        IAnsiConsole console = Terminal.Of(people);
        console.Write(table);
        console.WriteLine($"  All in {Path.GetRelativePath(Environment.CurrentDirectory, Path.Combine(folder, "index.html"))}");
    }

    private static string Coloured(string cell) => cell switch
    {
        "met" => "[green]met[/]",
        "missed" => "[red]missed[/]",
        "undecided" => "[yellow]undecided[/]",
        _ => Markup.Escape(cell),
    };
}
