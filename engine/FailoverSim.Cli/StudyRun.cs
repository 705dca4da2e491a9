using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Stopping;
using FailoverSim.Cli.Commands;
using FailoverSim.Library;
using FailoverSim.Reporting.Checkpoints;
using FailoverSim.Reporting.Results;
using FailoverSim.Reporting.Tables;
using FailoverSim.Reporting.Text;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Cli;

/// <summary>A study of the command line: run under a progress line, written down, printed.</summary>
internal static class StudyRun
{
    /// <param name="plan">What to run.</param>
    /// <param name="name">Name of its folder under <c>--out</c>.</param>
    /// <param name="options">Where results go.</param>
    /// <param name="reports">What a pipeline reads, of all studies of the command.</param>
    /// <param name="batch">What is told of all of them at the end.</param>
    /// <param name="interrupt">Stop now and keep what is finished.</param>
    /// <returns>Exit code of what came of it.</returns>
    public static int Run(
        StudyPlan plan, string name, StudyOptions options, PipelineReports reports, Batch batch, CancellationToken interrupt)
    {
        if (MemoryFit.Threads(plan.Reading, plan.Threads) is var threads && threads < plan.Threads)
        {
            Console.Error.WriteLine($"{plan.Reading.Spec!.Name}: {HumanUnits.Plural(threads, "thread", "threads")} and not {plan.Threads}, as more models do not fit into memory");
            plan = plan with { Threads = threads };
        }
        if (Study.ObstacleToRows(plan, options.Shard) is { } obstacle)
        {
            Console.Error.WriteLine($"failoversim: {plan.Reading.Spec!.Name}: {obstacle}");
            return ExitCode.Invalid;
        }
        if (options.Shard is { } shard)
        {
            return ShardRun.Run(plan, name, shard, options, interrupt);
        }
        ScenarioSpec spec = plan.Reading.Spec!;
        string folder = Path.Combine(options.Out.FullName, name);
        StudyFolder kept;
        try
        {
            kept = StudyFolder.Open(folder, plan, options.Extend, options.Restart);
        }
        catch (CheckpointException other)
        {
            Console.Error.WriteLine($"failoversim: {other.Message}");
            return ExitCode.Invalid;
        }
        using StudyFolder held = kept;
        TellContinued(held, spec.Name, options.Quiet);
        if (Simulate(plan with { Store = held.Store }, options.Quiet, interrupt) is not { } findings)
        {
            return Nothing(spec.Name, interrupt.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Imprecise, options, reports, batch);
        }
        int code = CodeOf(findings);
        SideBySide.Do(
            () => held.Write(findings),
            () =>
            {
                reports.Add(RunReport.Of(findings));
                batch.Add(findings);
                PrintFindings(options.People, findings);
            });
        PrintEnding(options.People, findings, folder, held);
        if (options.Json)
        {
            using Stream output = Console.OpenStandardOutput();
            StudyJson.Write(output, findings, folder, code);
        }
        // Not before: what is told may be read from what was kept.
        if (!Codes(findings).Contains(ExitCode.Interrupted) && held.Keeps(findings) is null)
        {
            held.Finish();
        }
        return code;
    }

    /// <summary>Says where an earlier run has left off, if one has.</summary>
    internal static void TellContinued(StudyFolder folder, string scenario, bool quietly)
    {
        if (folder.Continued > 0 && !quietly)
        {
            Console.Error.WriteLine($"{scenario}: goes on where a run was stopped, with {HumanUnits.Plural(folder.Continued, "block", "blocks")} of up to 64 replications");
        }
    }

    /// <summary>What the process is to say of it.</summary>
    internal static int CodeOf(StudyFindings findings) => ExitCode.Of([.. Codes(findings)]);

    private static int Nothing(string scenario, int code, StudyOptions options, PipelineReports reports, Batch batch)
    {
        const string Why = "stopped before the first replication was complete";
        Console.Error.WriteLine($"{scenario}: {Why}; nothing to keep");
        reports.AddNothing(scenario, Why);
        batch.AddNothing(scenario, Why);
        if (options.Json)
        {
            using Stream output = Console.OpenStandardOutput();
            StudyJson.WriteNothing(output, scenario, Why, code);
        }
        return code;
    }

    private static StudyFindings? Simulate(StudyPlan plan, bool quietly, CancellationToken interrupt)
    {
        if (quietly)
        {
            return Study.Run(plan, null, interrupt);
        }
        using ProgressLine progress = new(plan.Reading.Spec!.Name);
        return Study.Run(plan, progress.Show, interrupt);
    }

    internal static void Print(TextWriter people, StudyFindings findings, string folder)
    {
        PrintFindings(people, findings);
        PrintEnding(people, findings, folder);
    }

    private static void PrintFindings(TextWriter? people, StudyFindings findings)
    {
        if (people is null)
        {
            return;
        }
        SummaryTable.Print(people, findings);
        foreach (string line in findings.Exact is { } exact ? ExactText.Check(exact, findings.Results.Base) : [])
        {
            people.WriteLine($"  {line}");
        }
        foreach (string line in SavingsText.Lines(findings.Savings, findings.Results.Base.Names))
        {
            people.WriteLine($"  {line}");
        }
        ComparisonTables.Print(people, findings);
        if (findings.Tornado is { } tornado)
        {
            SensitivityTable.Print(people, findings.Reading.Study.Sensitivity!, tornado.Tornados);
        }
        if (findings.Importance is { } importance)
        {
            ImportanceTable.Print(people, importance);
        }
    }

    /// <summary>How it ended, and where the results are, which is true once they are written.</summary>
    private static void PrintEnding(TextWriter? people, StudyFindings findings, string folder, StudyFolder? held = null)
    {
        if (people is null)
        {
            return;
        }
        string[] others = [.. findings.Results.Base.Names.Services.Except(findings.InDetail)];
        string more = others.Length == 0 ? "" : $", there also {string.Join(", ", others)} in detail";
        string ending = Ending(findings, countsEvents: held is not { Extends: true });
        if (held?.Keeps(findings) is { } replications)
        {
            people.WriteLine($"  {ending} They are kept in {Path.GetRelativePath(Environment.CurrentDirectory, Path.Combine(folder, Checkpoint.FileName))}, beside the results of {HumanUnits.Count(replications)} replications that were there and stay; the same command goes on");
            people.WriteLine();
            return;
        }
        people.WriteLine($"  {ending} Results in {Path.GetRelativePath(Environment.CurrentDirectory, folder)}{more}");
        people.WriteLine($"  Read first: {Path.GetRelativePath(Environment.CurrentDirectory, Path.Combine(folder, ResultFolder.ReportFile))}");
        people.WriteLine();
    }

    private static IEnumerable<int> Codes(StudyFindings findings)
    {
        yield return findings.Outcome.Base.Reason switch
        {
            _ when findings.Unfinished.Count > 0 => ExitCode.Interrupted,
            StopReason.Interrupted => ExitCode.Interrupted,
            StopReason.GaveUpReplications or StopReason.GaveUpWallClock => ExitCode.Imprecise,
            _ => ExitCode.Fine,
        };
        foreach (SloVerdict verdict in findings.Verdicts)
        {
            yield return verdict.Verdict switch
            {
                Verdict.Missed => ExitCode.SloMissed,
                Verdict.Undecided => ExitCode.SloUndecided,
                _ => ExitCode.Fine,
            };
        }
    }

    private static string Ending(StudyFindings findings, bool countsEvents)
    {
        string variants = findings.Outcome.Others.Count > 0 ? $" of {findings.Outcome.Others.Count + 1} variants" : "";
        string varied = findings.Tornado is { } tornado ? $", {tornado.Varied} values varied" : "";
        string how = findings.Outcome.Base.Reason switch
        {
            _ when findings.Unfinished.Count > 0 => $"interrupted; left out: {string.Join(", ", findings.Unfinished)}.",
            StopReason.Precision => "the precision asked for is reached.",
            StopReason.GaveUpReplications => "gave up short of the precision asked for (give-up-after: replications).",
            StopReason.GaveUpWallClock when findings.Spec.Run.StopWhen is null => "gave up short of the replications asked for (give-up-after: wall-clock).",
            StopReason.GaveUpWallClock => "gave up short of the precision asked for (give-up-after: wall-clock).",
            StopReason.Interrupted => "interrupted; this is what was finished.",
            _ => "all done.",
        };
        long counted = findings.Outcome.Events + (findings.Tornado?.Events ?? 0);
        string events = counted == 0 || !countsEvents ? "" : $", {HumanUnits.Count(counted)} events"; // Merged rows do not know of theirs.
        return $"{HumanUnits.Count(findings.Results.Replications)} replications{variants}{varied}{events}: {how}";
    }
}
