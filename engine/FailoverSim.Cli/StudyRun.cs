using System.Globalization;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Stopping;
using FailoverSim.Analysis.Studies;
using FailoverSim.Analysis.Tables;
using FailoverSim.Cli.Commands;
using FailoverSim.Reporting.Results;
using FailoverSim.Reporting.Text;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Cli;

/// <summary>A scenario to be simulated with its variants, written down and printed.</summary>
/// <param name="Reading">The scenario; its study says which variants.</param>
/// <param name="Folder">Name of its folder under <c>--out</c>.</param>
/// <param name="BaseName">What the scenario as written is called among its variants.</param>
/// <param name="Others">Scenarios of other files among the variants, under their names.</param>
/// <param name="Command">The command that runs it, as it would be typed in the folder of the scenario.</param>
internal sealed record StudyRun(
    ScenarioReading Reading, string Folder, string BaseName, IReadOnlyList<(string Variant, ScenarioReading Reading)> Others, string Command)
{
    private static readonly string[] Carried = ["plots", "margin", "summary.md", "junit.xml"];

    /// <summary>Exit codes of what came of it.</summary>
    public static IEnumerable<int> Run(StudyRun study, StudyOptions options, PipelineReports reports, CancellationToken interrupt)
    {
        ScenarioSpec spec = WithReplications(study.Reading.Spec!, options.Replications);
        ScenarioReading reading = study.Reading with { Spec = spec };
        IReadOnlyList<string> skipped =
            [.. reading.SkippedBlocks, .. spec.Outputs.Except(Carried).Select(output => $"outputs: {output}")];
        if (skipped.Count > 0)
        {
            Console.Error.WriteLine($"{spec.Name}: {string.Join(", ", skipped)}: validated, not carried out by this version");
        }
        StudyOutcome outcome = Simulate(study, spec, options, interrupt);
        if (outcome.Base.Table is not { } table)
        {
            const string Nothing = "stopped before the first replication was complete";
            Console.Error.WriteLine($"{spec.Name}: {Nothing}; nothing to keep");
            reports.AddNothing(spec.Name, Nothing);
            return [outcome.Base.Reason == StopReason.Interrupted ? ExitCode.Interrupted : ExitCode.Imprecise];
        }
        string folder = Path.Combine(options.Out.FullName, study.Folder);
        StudyFindings findings = StudyFindings.Of(reading, outcome, Product.Version, options.Repeat(study.Command, table.Replications)) with
        {
            Others = study.Others,
            Savings = options.IfRemoved ? RunWithout(spec, table, options.Threads, interrupt) : [],
        };
        ResultFolder.Write(folder, findings);
        reports.Add(RunReport.Of(findings));
        Print(reports.TakesStandardOutput ? Console.Error : Console.Out, findings, folder);
        return Codes(outcome, findings.Verdicts);
    }

    private static StudyOutcome Simulate(StudyRun study, ScenarioSpec spec, StudyOptions options, CancellationToken interrupt)
    {
        using CancellationTokenSource timeUp = new();
        if (spec.Run.GiveUpAfterWallClock is { } limit)
        {
            timeUp.CancelAfter(limit);
        }
        using ProgressLine progress = new(spec.Name);
        return VariantsStudy.Run(
            spec, [.. study.Reading.Study.Variants], options.Threads, progress.Show, timeUp.Token, interrupt, study.BaseName);
    }

    private static IReadOnlyList<Saving> RunWithout(ScenarioSpec spec, ResultTable table, int threads, CancellationToken interrupt)
    {
        using ProgressLine progress = new(spec.Name);
        return IfRemoved.Run(spec, table, threads, progress.Show, interrupt);
    }

    private static void Print(TextWriter people, StudyFindings findings, string folder)
    {
        SummaryTable.Print(people, findings.Spec.Title ?? findings.Spec.Name, findings.Results, findings.Verdicts, findings.Warnings);
        foreach (string line in findings.Exact is { } exact ? ExactText.Check(exact, findings.Results.Base) : [])
        {
            people.WriteLine($"  {line}");
        }
        foreach (string line in SavingsText.Lines(findings.Savings, findings.Results.Base.Names))
        {
            people.WriteLine($"  {line}");
        }
        ComparisonTables.Print(people, findings.Results, findings.Compared);
        people.WriteLine($"  {Ending(findings.Outcome, findings.Results.Base)} Results in {Path.GetRelativePath(Environment.CurrentDirectory, folder)}");
        people.WriteLine();
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
}
