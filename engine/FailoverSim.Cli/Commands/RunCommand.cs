using System.CommandLine;
using System.Globalization;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Exact;
using FailoverSim.Analysis.Stopping;
using FailoverSim.Analysis.Studies;
using FailoverSim.Analysis.Tables;
using FailoverSim.Reporting.Results;
using FailoverSim.Reporting.Text;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Cli.Commands;

/// <summary><c>run</c>: simulates scenarios and writes what came of it.</summary>
internal static class RunCommand
{
    private sealed record Request(
        IReadOnlyList<string> Files, DirectoryInfo Out, long? Replications, int Threads, IReadOnlyList<string> Sets);

    public static Command Create()
    {
        Argument<string[]> scenarios = Options.Scenarios();
        Option<DirectoryInfo> output = new("--out")
        {
            Description = "Folder for the results; each scenario gets its own inside",
            DefaultValueFactory = _ => new DirectoryInfo("results"),
        };
        Option<long?> replications = new("--replications") { Description = "Run exactly so many, in place of what the scenario says" };
        Option<ulong?> seed = new("--seed") { Description = "Seed of all randomness, in place of the scenario's" };
        Option<int> threads = new("--threads")
        {
            Description = "Worker threads; the results do not depend on it",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        Option<string[]> sets = Options.Sets();
        replications.Validators.Add(r => Require(r, r.GetValueOrDefault<long?>() is null or > 0, "--replications must be at least 1"));
        threads.Validators.Add(r => Require(r, r.GetValueOrDefault<int>() is > 0 and <= 1024, "--threads must be from 1 to 1024"));
        Command command = new("run", "Simulates scenarios and writes tables, plots and a manifest")
        {
            scenarios, output, replications, seed, threads, sets,
        };
        command.SetAction(parsed => Run(new Request(
            Inputs.Files(parsed.GetValue(scenarios)!),
            parsed.GetValue(output)!,
            parsed.GetValue(replications),
            parsed.GetValue(threads),
            [.. parsed.GetValue(sets) ?? [], .. SeedAsSet(parsed.GetValue(seed))])));
        return command;
    }

    private static int Run(Request request)
    {
        IReadOnlyList<ScenarioReading> readings = Inputs.Read(request.Files, request.Sets);
        if (readings.Count == 0)
        {
            Console.Error.WriteLine("failoversim: no scenario found; name a file, or a folder that holds *.yaml files");
            return ExitCode.Invalid;
        }
        if (readings.Any(r => r.HasErrors))
        {
            return ExitCode.Invalid;
        }
        if (SameName(readings) is { } name)
        {
            Console.Error.WriteLine($"failoversim: two of the scenarios are called '{name}' and would share a result folder; rename one");
            return ExitCode.Invalid;
        }
        using Interruption interruption = new();
        List<int> codes = [];
        foreach (ScenarioReading reading in readings)
        {
            if (interruption.Token.IsCancellationRequested)
            {
                break;
            }
            codes.AddRange(RunOne(request, reading, interruption.Token));
        }
        return ExitCode.Of(codes);
    }

    private static IEnumerable<int> RunOne(Request request, ScenarioReading reading, CancellationToken interrupt)
    {
        ScenarioSpec spec = WithReplications(reading.Spec!, request.Replications);
        IReadOnlyList<string> skipped =
            [.. reading.SkippedBlocks, .. spec.Outputs.Where(output => output != "plots").Select(output => $"outputs: {output}")];
        if (skipped.Count > 0)
        {
            Console.Error.WriteLine($"{spec.Name}: {string.Join(", ", skipped)}: validated, not carried out by this version");
        }
        using CancellationTokenSource timeUp = new();
        if (spec.Run.GiveUpAfterWallClock is { } limit)
        {
            timeUp.CancelAfter(limit);
        }
        RunOutcome outcome;
        using (ProgressLine progress = new(spec.Name))
        {
            outcome = RunStudy.Run(spec, request.Threads, progress.Show, timeUp.Token, interrupt);
        }
        if (outcome.Table is not { } table)
        {
            Console.Error.WriteLine($"{spec.Name}: stopped before the first replication was complete; nothing to keep");
            return [outcome.Reason == StopReason.Interrupted ? ExitCode.Interrupted : ExitCode.Imprecise];
        }
        string folder = Path.Combine(request.Out.FullName, spec.Name);
        ExactSolution? exact = ExactStudy.Beside(spec);
        ResultSet results = ResultFolder.Write(folder, reading with { Spec = spec }, outcome, Product.Version, [], exact);
        IReadOnlyList<SloVerdict> verdicts = Summary.Verdicts(table, spec.Slos);
        SummaryTable.Print(spec.Title ?? spec.Name, results, verdicts);
        foreach (string line in exact is null ? [] : ExactText.Check(exact, table))
        {
            Console.WriteLine($"  {line}");
        }
        Console.WriteLine($"  {Ending(outcome, table)} Results in {Path.GetRelativePath(Environment.CurrentDirectory, folder)}");
        Console.WriteLine();
        return Codes(outcome.Reason, verdicts);
    }

    private static IEnumerable<int> Codes(StopReason reason, IReadOnlyList<SloVerdict> verdicts)
    {
        yield return reason switch
        {
            StopReason.Interrupted => ExitCode.Interrupted,
            StopReason.GaveUpReplications or StopReason.GaveUpWallClock => ExitCode.Imprecise,
            _ => ExitCode.Fine,
        };
        foreach (SloVerdict verdict in verdicts)
        {
            yield return verdict.Verdict switch
            {
                Verdict.Missed => ExitCode.SloMissed,
                Verdict.Undecided => ExitCode.SloUndecided,
                _ => ExitCode.Fine,
            };
        }
    }

    private static string Ending(RunOutcome outcome, ResultTable table) => string.Create(
        CultureInfo.InvariantCulture,
        $"{table.Replications:N0} replications, {outcome.Events:N0} events: {outcome.Reason switch
        {
            StopReason.Precision => "the precision asked for is reached.",
            StopReason.GaveUpReplications => "gave up short of the precision asked for (give-up-after: replications).",
            StopReason.GaveUpWallClock => "gave up short of the precision asked for (give-up-after: wall-clock).",
            StopReason.Interrupted => "interrupted; this is what was finished.",
            _ => "all done.",
        }}");

    private static ScenarioSpec WithReplications(ScenarioSpec spec, long? replications) => replications is null
        ? spec
        : spec with { Run = spec.Run with { Replications = replications, StopWhen = null } };

    private static IEnumerable<string> SeedAsSet(ulong? seed) =>
        seed is null ? [] : [string.Create(CultureInfo.InvariantCulture, $"run.seed={seed}")];

    private static string? SameName(IReadOnlyList<ScenarioReading> readings) =>
        readings.GroupBy(r => r.Spec!.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1)?.Key;

    private static void Require(System.CommandLine.Parsing.OptionResult result, bool holds, string message)
    {
        if (!holds)
        {
            result.AddError(message);
        }
    }
}
