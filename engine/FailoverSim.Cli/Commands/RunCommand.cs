using System.CommandLine;
using System.Globalization;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Stopping;
using FailoverSim.Analysis.Studies;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Time;
using FailoverSim.Reporting.Results;
using FailoverSim.Reporting.Text;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Cli.Commands;

/// <summary><c>run</c>: simulates scenarios and writes what came of it.</summary>
internal static class RunCommand
{
    private sealed record Request(
        IReadOnlyList<string> Files, DirectoryInfo Out, long? Replications, int Threads, IReadOnlyList<string> Sets, bool BaseOnly,
        string? Markdown, string? JUnit, bool IfRemoved);

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
        Option<bool> baseOnly = new("--base-only") { Description = "Run the scenario as written, without the variants of compare and sweep" };
        Option<string?> markdown = new("--markdown") { Description = "Also write what a pull request is to show: all scenarios in one file; - for standard output" };
        Option<string?> junit = new("--junit") { Description = "Also write verdicts as JUnit XML, a suite per scenario, for a pipeline" };
        Option<bool> ifRemoved = new("--if-removed")
        {
            Description = "Run again without each of the faults that matter most, to tell what its absence saves",
        };
        replications.Validators.Add(r => Require(r, r.GetValueOrDefault<long?>() is null or > 0, "--replications must be at least 1"));
        threads.Validators.Add(r => Require(r, r.GetValueOrDefault<int>() is > 0 and <= 1024, "--threads must be from 1 to 1024"));
        Command command = new("run", "Simulates scenarios and writes tables, plots and a manifest")
        {
            scenarios, output, replications, seed, threads, sets, baseOnly, ifRemoved, markdown, junit,
        };
        command.SetAction(parsed => Run(new Request(
            Inputs.Files(parsed.GetValue(scenarios)!),
            parsed.GetValue(output)!,
            parsed.GetValue(replications),
            parsed.GetValue(threads),
            [.. parsed.GetValue(sets) ?? [], .. SeedAsSet(parsed.GetValue(seed))],
            parsed.GetValue(baseOnly),
            parsed.GetValue(markdown),
            parsed.GetValue(junit),
            parsed.GetValue(ifRemoved))));
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
        PipelineReports reports = new(request.Markdown, request.JUnit);
        List<int> codes = [];
        foreach ((string file, ScenarioReading reading) in request.Files.Zip(readings))
        {
            if (interruption.Token.IsCancellationRequested)
            {
                reports.AddNothing(reading.Spec!.Name, "interrupted before it was begun");
                continue;
            }
            codes.AddRange(RunOne(request, file, reading, reports, interruption.Token));
        }
        reports.Write();
        return ExitCode.Of(codes);
    }

    private static IEnumerable<int> RunOne(
        Request request, string file, ScenarioReading reading, PipelineReports reports, CancellationToken interrupt)
    {
        ScenarioSpec spec = WithReplications(reading.Spec!, request.Replications);
        IReadOnlyList<string> skipped =
            [.. reading.SkippedBlocks, .. spec.Outputs.Where(output => output is not ("plots" or "margin" or "summary.md" or "junit.xml")).Select(output => $"outputs: {output}")];
        if (skipped.Count > 0)
        {
            Console.Error.WriteLine($"{spec.Name}: {string.Join(", ", skipped)}: validated, not carried out by this version");
        }
        using CancellationTokenSource timeUp = new();
        if (spec.Run.GiveUpAfterWallClock is { } limit)
        {
            timeUp.CancelAfter(limit);
        }
        StudyOutcome outcome;
        using (ProgressLine progress = new(spec.Name))
        {
            IEnumerable<Variant> variants = request.BaseOnly ? [] : reading.Study.Variants;
            outcome = VariantsStudy.Run(spec, [.. variants], request.Threads, progress.Show, timeUp.Token, interrupt);
        }
        if (outcome.Base.Table is not { } table)
        {
            const string Nothing = "stopped before the first replication was complete";
            Console.Error.WriteLine($"{spec.Name}: {Nothing}; nothing to keep");
            reports.AddNothing(spec.Name, Nothing);
            return [outcome.Base.Reason == StopReason.Interrupted ? ExitCode.Interrupted : ExitCode.Imprecise];
        }
        string folder = Path.Combine(request.Out.FullName, spec.Name);
        string repeat = Repeat(request, file, table.Replications);
        IReadOnlyList<Saving> savings = request.IfRemoved ? RunWithout(spec, table, request.Threads, interrupt) : [];
        IReadOnlyList<UnseenLosses> unseen = UnseenLosses.Of(spec, table);
        IReadOnlyList<string> warnings =
            UnseenText.Warnings(unseen, table.Names, (double)table.Totals(0).Exposure / SimDuration.NanosecondsPerYear);
        ResultSet results = ResultFolder.Write(folder, reading with { Spec = spec }, outcome, Product.Version, unseen, savings, warnings, repeat);
        reports.Add(RunReport.Of(reading with { Spec = spec }, outcome, results, repeat));
        IReadOnlyList<SloVerdict> verdicts = Summary.Verdicts(table, spec.Slos);
        TextWriter people = reports.TakesStandardOutput ? Console.Error : Console.Out;
        SummaryTable.Print(people, spec.Title ?? spec.Name, results, verdicts, warnings);
        foreach (string line in SavingsText.Lines(savings, table.Names))
        {
            people.WriteLine($"  {line}");
        }
        people.WriteLine($"  {Ending(outcome, table)} Results in {Path.GetRelativePath(Environment.CurrentDirectory, folder)}");
        people.WriteLine();
        return Codes(outcome, verdicts);
    }

    private static IReadOnlyList<Saving> RunWithout(ScenarioSpec spec, ResultTable table, int threads, CancellationToken interrupt)
    {
        using ProgressLine progress = new(spec.Name);
        return IfRemoved.Run(spec, table, threads, progress.Show, interrupt);
    }

    private static IEnumerable<int> Codes(StudyOutcome outcome, IReadOnlyList<SloVerdict> verdicts)
    {
        yield return outcome.Base.Reason switch
        {
            _ when outcome.Unfinished.Count > 0 => ExitCode.Interrupted,
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

    /// <summary>The same run again, from the folder of the scenario, whatever stopped this one.</summary>
    private static string Repeat(Request request, string file, long replications) => string.Join(' ',
    [
        "failoversim", "run", Quoted(Path.GetFileName(file)), "--replications", replications.ToString(CultureInfo.InvariantCulture),
        .. request.Sets.Select(set => $"--set {Quoted(set)}"),
        .. request.BaseOnly ? ["--base-only"] : Array.Empty<string>(),
    ]);

    /// <summary>As a shell takes it for one word.</summary>
    private static string Quoted(string word) => word.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '=' or '/' or ':' or '%')
        ? word
        : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string Ending(StudyOutcome outcome, ResultTable table) => string.Create(
        CultureInfo.InvariantCulture,
        $"{table.Replications:N0} replications{(outcome.Others.Count > 0 ? $" of {outcome.Others.Count + 1} variants" : "")}, {outcome.Events:N0} events: {outcome.Base.Reason switch
        {
            _ when outcome.Unfinished.Count > 0 => $"interrupted; left out: {string.Join(", ", outcome.Unfinished)}.",
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
