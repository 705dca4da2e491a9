using System.Globalization;
using FailoverSim.Analysis.Comparisons;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Importance;
using FailoverSim.Analysis.Sensitivity;
using FailoverSim.Analysis.Stopping;
using FailoverSim.Analysis.Studies;
using FailoverSim.Analysis.Tables;
using FailoverSim.Cli.Commands;
using FailoverSim.Reporting.Results;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Cli;

/// <summary>A scenario to be simulated with its variants, written down and printed.</summary>
/// <param name="Reading">The scenario; its study says which variants.</param>
/// <param name="Folder">Name of its folder under <c>--out</c>.</param>
/// <param name="BaseName">What the scenario as written is called among its variants.</param>
/// <param name="Others">Scenarios of other files among the variants, under their names.</param>
internal sealed record StudyRun(
    ScenarioReading Reading, string Folder, string BaseName, IReadOnlyList<(string Variant, ScenarioReading Reading)> Others)
{
    private const string ImportanceOutput = "importance";

    /// <summary>Exit codes of what came of it.</summary>
    public static IEnumerable<int> Run(StudyRun study, StudyOptions options, CancellationToken interrupt)
    {
        ScenarioReading reading = study.Reading;
        ScenarioSpec spec = WithReplications(reading.Spec!, options.Replications);
        IReadOnlyList<string> skipped = [.. spec.Outputs.Where(output => output is not ("plots" or ImportanceOutput)).Select(output => $"outputs: {output}")];
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
        TornadoOutcome? tornado = null;
        using (ProgressLine progress = new(spec.Name))
        {
            outcome = VariantsStudy.Run(
                spec, [.. reading.Study.Variants], options.Threads, progress.Show, timeUp.Token, interrupt, study.BaseName,
                reading.Study.Sensitivity is not null);
            if (reading.Study.Sensitivity is { Factors.Count: > 0 } sensitivity
                && outcome.Base is { Table: { } baseline, Reason: not StopReason.Interrupted })
            {
                tornado = TornadoStudy.Run(baseline, spec.Run.Seed, sensitivity, options.Threads, progress.Show, interrupt);
            }
        }
        if (outcome.Base.Table is not { } table)
        {
            Console.Error.WriteLine($"{spec.Name}: stopped before the first replication was complete; nothing to keep");
            return [outcome.Base.Reason == StopReason.Interrupted ? ExitCode.Interrupted : ExitCode.Imprecise];
        }
        ImportanceOutcome? importance = spec.Outputs.Contains(ImportanceOutput) && !interrupt.IsCancellationRequested
            ? ImportanceStudy.Run(spec, table.Replications, options.Threads, interrupt) : null;
        string folder = Path.Combine(options.Out.FullName, study.Folder);
        (ResultSet results, IReadOnlyList<ComparedService> compared) = ResultFolder.Write(
            folder, reading with { Spec = spec }, outcome, Product.Version, [], study.Others, tornado?.Tornados,
            importance?.Parts);
        IReadOnlyList<SloVerdict> verdicts = Summary.Verdicts(table, spec.Slos);
        SummaryTable.Print(spec.Title ?? spec.Name, results, verdicts);
        ComparisonTables.Print(results, compared);
        if (tornado is not null)
        {
            SensitivityTable.Print(reading.Study.Sensitivity!, tornado.Tornados);
        }
        if (importance is not null)
        {
            ImportanceTable.Print(importance);
        }
        Console.WriteLine($"  {Ending(outcome, tornado, table)} Results in {Path.GetRelativePath(Environment.CurrentDirectory, folder)}");
        Console.WriteLine();
        return Codes(outcome, tornado, verdicts);
    }

    private static IReadOnlyList<string> Unfinished(StudyOutcome outcome, TornadoOutcome? tornado) =>
        [.. outcome.Unfinished, .. tornado?.Unfinished ?? []];

    private static IEnumerable<int> Codes(StudyOutcome outcome, TornadoOutcome? tornado, IReadOnlyList<SloVerdict> verdicts)
    {
        yield return outcome.Base.Reason switch
        {
            _ when Unfinished(outcome, tornado).Count > 0 => ExitCode.Interrupted,
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

    private static string Ending(StudyOutcome outcome, TornadoOutcome? tornado, ResultTable table) => string.Create(
        CultureInfo.InvariantCulture,
        $"{table.Replications:N0} replications{(outcome.Others.Count > 0 ? $" of {outcome.Others.Count + 1} variants" : "")}{(tornado is null ? "" : $", {tornado.Varied} values varied")}, {outcome.Events + (tornado?.Events ?? 0):N0} events: {outcome.Base.Reason switch
        {
            _ when Unfinished(outcome, tornado) is { Count: > 0 } unfinished => $"interrupted; left out: {string.Join(", ", unfinished)}.",
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
