using System.CommandLine;
using FailoverSim.Library;
using FailoverSim.Reporting.Text;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Cli.Commands;

/// <summary><c>run</c>: simulates scenarios and writes what came of it.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        Argument<string[]> scenarios = Options.Scenarios();
        StudyOptions.Set options = new();
        Option<bool> baseOnly = new("--base-only") { Description = "Run the scenario as written, without the variants of compare, sweep and sensitivity" };
        Command command = new("run", "Simulates scenarios and writes tables, plots and a manifest") { scenarios };
        foreach (Option option in options.All.Append(baseOnly))
        {
            command.Add(option);
        }
        command.SetAction(parsed => Run(Inputs.Files(parsed.GetValue(scenarios)!), options.Of(parsed), parsed.GetValue(baseOnly)));
        return command;
    }

    private static int Run(IReadOnlyList<string> files, StudyOptions options, bool baseOnly)
    {
        IReadOnlyList<ScenarioReading> readings = Inputs.Read(files, options.Sets);
        if (readings.Count == 0)
        {
            Console.Error.WriteLine(Inputs.NothingFound);
            return ExitCode.Invalid;
        }
        if (readings.Any(r => r.HasErrors) || !Inputs.CanRun(readings))
        {
            return ExitCode.Invalid;
        }
        if (SameName(readings) is { } name)
        {
            Console.Error.WriteLine($"failoversim: two of the scenarios are called '{name}' and would share a result folder; rename one");
            return ExitCode.Invalid;
        }
        using Interruption interruption = new();
        PipelineReports reports = new(options.Markdown, options.JUnit);
        Batch batch = new();
        List<int> codes = [];
        foreach ((string file, ScenarioReading reading) in files.Zip(readings))
        {
            if (interruption.Token.IsCancellationRequested)
            {
                reports.AddNothing(reading.Spec!.Name, "interrupted before it was begun");
                batch.AddNothing(reading.Spec.Name, "interrupted before it was begun");
                codes.Add(ExitCode.Interrupted);
                continue;
            }
            StudyPlan plan = options.Plan(baseOnly ? reading with { Study = new StudySpec() } : reading, CommandFor(file, baseOnly));
            codes.Add(StudyRun.Run(plan, reading.Spec!.Name, options, reports, batch, interruption.Token));
        }
        reports.Write();
        batch.Finish(options.Out.FullName, options.People);
        return ExitCode.Of(codes);
    }

    private static string CommandFor(string file, bool baseOnly) =>
        $"run {ShellWord.Quoted(Path.GetFileName(file))}{(baseOnly ? " --base-only" : "")}";

    private static string? SameName(IReadOnlyList<ScenarioReading> readings) =>
        readings.GroupBy(r => r.Spec!.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1)?.Key;
}
