using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Importance;
using FailoverSim.Analysis.Sensitivity;
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
    private const string ImportanceOutput = "importance";

    private static readonly string[] Carried = ["plots", "worst-outage-trace", "margin", ImportanceOutput, "summary.md", "junit.xml"];

    /// <summary>Exit codes of what came of it.</summary>
    public static IEnumerable<int> Run(StudyRun study, StudyOptions options, PipelineReports reports, CancellationToken interrupt)
    {
        ScenarioSpec spec = WithReplications(study.Reading.Spec!, options.Replications);
        ScenarioReading reading = study.Reading with { Spec = spec };
        IReadOnlyList<string> skipped = [.. spec.Outputs.Except(Carried)];
        if (skipped.Count > 0)
        {
            Console.Error.WriteLine($"{spec.Name}: this version does not write {string.Join(", ", skipped)} (outputs)");
        }
        string folder = Path.Combine(options.Out.FullName, study.Folder);
        ResultFolder.Require(folder);
        StudyOutcome outcome = Simulate(study, spec, options, interrupt);
        if (outcome.Base.Table is not { } table)
        {
            const string Nothing = "stopped before the first replication was complete";
            Console.Error.WriteLine($"{spec.Name}: {Nothing}; nothing to keep");
            reports.AddNothing(spec.Name, Nothing);
            return [outcome.Base.Reason == StopReason.Interrupted ? ExitCode.Interrupted : ExitCode.Imprecise];
        }
        StudyFindings findings = StudyFindings.Of(reading, outcome, Product.Version, options.Repeat(study.Command, table.Replications)) with
        {
            Others = study.Others,
            Tornado = Vary(study, spec, outcome, options.Threads, interrupt),
            Importance = spec.Outputs.Contains(ImportanceOutput) && !interrupt.IsCancellationRequested
                ? ImportanceStudy.Run(spec, table.Replications, options.Threads, interrupt) : null,
            Savings = options.IfRemoved ? RunWithout(spec, table, options.Threads, interrupt) : [],
        };
        findings = findings with { CutShort = [.. CutShort(findings, options.IfRemoved)] };
        ResultFolder.Write(folder, findings);
        reports.Add(RunReport.Of(findings));
        Print(reports.TakesStandardOutput ? Console.Error : Console.Out, findings, folder);
        return Codes(findings);
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
            spec, [.. study.Reading.Study.Variants], options.Threads, progress.Show, timeUp.Token, interrupt, study.BaseName,
            study.Reading.Study.Sensitivity is not null);
    }

    private static TornadoOutcome? Vary(StudyRun study, ScenarioSpec spec, StudyOutcome outcome, int threads, CancellationToken interrupt)
    {
        if (study.Reading.Study.Sensitivity is not { Factors.Count: > 0 } sensitivity
            || outcome.Base is not { Table: { } baseline, Reason: not StopReason.Interrupted })
        {
            return null;
        }
        using ProgressLine progress = new(spec.Name);
        return TornadoStudy.Run(baseline, spec.Run.Seed, sensitivity, threads, progress.Show, interrupt);
    }

    private static IReadOnlyList<Saving> RunWithout(ScenarioSpec spec, ResultTable table, int threads, CancellationToken interrupt)
    {
        using ProgressLine progress = new(spec.Name);
        return IfRemoved.Run(spec, table, threads, progress.Show, interrupt);
    }

    /// <summary>What was asked for beside the variants and did not come to an end.</summary>
    private static IEnumerable<string> CutShort(StudyFindings findings, bool ifRemoved)
    {
        IReadOnlyList<string> wanted = ifRemoved ? IfRemoved.CausesOf(findings.Spec, findings.Results.Base) : [];
        foreach (string cause in wanted.Except(findings.Savings.Select(saving => saving.Cause)))
        {
            yield return IfRemoved.NameOf(cause);
        }
        if (findings.Spec.Outputs.Contains(ImportanceOutput) && findings.Importance is null or { IsCutShort: true })
        {
            yield return ImportanceOutput;
        }
    }

    private static void Print(TextWriter people, StudyFindings findings, string folder)
    {
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
        string[] others = [.. findings.Results.Base.Names.Services.Except(findings.InDetail)];
        string more = others.Length == 0 ? "" : $", there also {string.Join(", ", others)} in detail";
        people.WriteLine($"  {Ending(findings)} Results in {Path.GetRelativePath(Environment.CurrentDirectory, folder)}{more}");
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

    private static string Ending(StudyFindings findings)
    {
        string variants = findings.Outcome.Others.Count > 0 ? $" of {findings.Outcome.Others.Count + 1} variants" : "";
        string varied = findings.Tornado is { } tornado ? $", {tornado.Varied} values varied" : "";
        string how = findings.Outcome.Base.Reason switch
        {
            _ when findings.Unfinished.Count > 0 => $"interrupted; left out: {string.Join(", ", findings.Unfinished)}.",
            StopReason.Precision => "the precision asked for is reached.",
            StopReason.GaveUpReplications => "gave up short of the precision asked for (give-up-after: replications).",
            StopReason.GaveUpWallClock => "gave up short of the precision asked for (give-up-after: wall-clock).",
            StopReason.Interrupted => "interrupted; this is what was finished.",
            _ => "all done.",
        };
        return $"{HumanUnits.Count(findings.Results.Replications)} replications{variants}{varied}, "
            + $"{HumanUnits.Count(findings.Outcome.Events + (findings.Tornado?.Events ?? 0))} events: {how}";
    }

    private static ScenarioSpec WithReplications(ScenarioSpec spec, long? replications) => replications is null
        ? spec
        : spec with { Run = spec.Run with { Replications = replications, StopWhen = null } };
}
