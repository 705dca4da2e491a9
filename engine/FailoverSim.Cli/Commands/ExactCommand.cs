using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using FailoverSim.Analysis.Exact;
using FailoverSim.Reporting.Tables;
using FailoverSim.Reporting.Text;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Output;
using Spectre.Console;

namespace FailoverSim.Cli.Commands;

/// <summary><c>exact</c>: solves a scenario as a Markov chain, or says what keeps it from being one.</summary>
internal static class ExactCommand
{
    public static Command Create()
    {
        Argument<string> scenario = new("scenario") { Description = "A scenario file" };
        Option<string[]> sets = Options.Sets();
        Option<int> most = new("--max-states")
        {
            Description = "Give up above so many states",
            DefaultValueFactory = _ => ExactLimits.Thorough.Exploration.States,
            CustomParser = result => (int?)Options.Whole(result, 1, 50_000_000) ?? 1,
        };
        Option<bool> steady = new("--steady") { Description = "The long run only, not the observed horizon" };
        Option<DirectoryInfo?> output = new("--out") { Description = "Folder for exact.csv and exact.json; the scenario gets its own inside" };
        Command command = new("exact", "Solves a scenario as a Markov chain, or says which clocks are in the way")
        {
            scenario, sets, most, steady, output,
        };
        command.SetAction(parsed => Solve(
            parsed.GetValue(scenario)!, parsed.GetValue(sets) ?? [], parsed.GetValue(most), parsed.GetValue(steady), parsed.GetValue(output)));
        return command;
    }

    private static int Solve(string file, IReadOnlyList<string> sets, int most, bool steady, DirectoryInfo? output)
    {
        ScenarioReading reading = Inputs.Read([file], sets)[0];
        if (reading.HasErrors || !MemoryFit.Allows(reading))
        {
            return ExitCode.Invalid;
        }
        ExactLimits limits = ExactLimits.Thorough with
        {
            Exploration = ExactLimits.Thorough.Exploration with
            {
                States = most,
                // What there is must also hold the model, and the chain once more when it is solved.
                Bytes = Math.Min(ExactLimits.Thorough.Exploration.Bytes, MemoryFit.Available / 4),
            },
            HorizonToo = !steady,
        };
        Stopwatch watch = Stopwatch.StartNew();
        ExactOutcome outcome = ExactStudy.Solve(reading.Spec!, limits);
        if (outcome.Solution is not { } solution)
        {
            Explain(file, reading, outcome);
            return ExitCode.Invalid;
        }
        Print(reading.Spec!.Title ?? reading.Spec.Name, solution);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {ExactText.Basis(solution)}, in {watch.Elapsed.TotalSeconds:F1} s."));
        if (!steady && solution.Services.Any(s => s.Horizon is null))
        {
            Console.WriteLine("  The horizon is too long for the fastest rates of this chain to be followed through it; these are the figures of the long run.");
        }
        if (output is not null)
        {
            string folder = Directory.CreateDirectory(Path.Combine(output.FullName, reading.Spec.Name)).FullName;
            SummaryFiles.WriteCsv(Path.Combine(folder, "exact.csv"), ExactRows.Of(reading.Spec.Name, solution));
            SummaryFiles.WriteJson(Path.Combine(folder, "exact.json"), ExactRows.Of(reading.Spec.Name, solution));
        }
        return ExitCode.Fine;
    }

    private static void Explain(string file, ScenarioReading reading, ExactOutcome outcome)
    {
        if (outcome.LimitReached is { } limit)
        {
            Console.Error.WriteLine($"failoversim: {file} cannot be solved: {limit}; simulate it, or raise --max-states");
            return;
        }
        Console.Error.WriteLine($"failoversim: {file} cannot be solved exactly, as it is no Markov chain:");
        const int Most = 20;
        List<string> lines = [.. ObstacleText.Lines(reading, outcome.Obstacles)];
        foreach (string line in lines.Take(Most))
        {
            Console.Error.WriteLine($"  {line}");
        }
        if (lines.Count > Most)
        {
            Console.Error.WriteLine($"  and {lines.Count - Most} more");
        }
    }

    private static void Print(string title, ExactSolution solution)
    {
        IAnsiConsole console = Terminal.Of(Console.Out);
        Table table = new Table().Border(TableBorder.Simple).Title(Markup.Escape(title));
        foreach (string head in ExactText.Heads)
        {
            table.AddColumn(new TableColumn(Markup.Escape(head)).NoWrap());
        }
        foreach (IReadOnlyList<string> row in ExactText.Cells(solution))
        {
            table.AddRow([.. row.Select(Markup.Escape)]);
        }
        console.Write(table);
    }
}
