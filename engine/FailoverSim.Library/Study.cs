using System.Reflection;
using FailoverSim.Analysis.Importance;
using FailoverSim.Analysis.Sensitivity;
using FailoverSim.Analysis.Stopping;
using FailoverSim.Analysis.Studies;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Replications;
using FailoverSim.Reporting.Results;
using FailoverSim.Reporting.Tables;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Library;

/// <summary>Runs all that a scenario asks for: itself, its variants, its sensitivity, its measures of importance.</summary>
public static class Study
{
    private const string ImportanceOutput = "importance";

    /// <summary>Version of the engine, as in results and manifests.</summary>
    public static string EngineVersion { get; } =
        typeof(Study).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <param name="plan">What to run.</param>
    /// <param name="progress">Told after each block.</param>
    /// <param name="interrupt">Stop now: what is finished is kept.</param>
    /// <returns>What it came to; null if it was stopped before the first replication was complete.</returns>
    public static StudyFindings? Run(StudyPlan plan, Action<RunProgress>? progress = null, CancellationToken interrupt = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ScenarioSpec spec = WithReplications(plan.Reading.Spec!, plan.Replications);
        ScenarioReading reading = plan.Reading with { Spec = spec };
        StudyOutcome outcome = Simulate(plan, spec, progress, interrupt);
        if (outcome.Base.Table is not { } table)
        {
            return null;
        }
        StudyFindings findings = StudyFindings.Of(reading, outcome, EngineVersion, plan.Repeat(table.Replications)) with
        {
            Others = plan.Others,
            Tornado = Vary(reading, outcome, plan, progress, interrupt),
            Importance = spec.Outputs.Contains(ImportanceOutput) && !interrupt.IsCancellationRequested
                ? ImportanceStudy.Run(spec, table.Replications, plan.Threads, interrupt, store: plan.Store) : null,
            Savings = plan.IfRemoved ? IfRemoved.Run(spec, table, plan.Threads, progress, interrupt, plan.Store) : [],
        };
        return findings with { CutShort = [.. CutShort(findings, plan.IfRemoved)] };
    }

    /// <summary>Runs one share of a study: its rows, of which no figure follows before all shares are there.</summary>
    /// <param name="plan">What to run; without an <see cref="ObstacleToShards"/>.</param>
    /// <param name="shard">Which share.</param>
    /// <param name="progress">Told after each block.</param>
    /// <param name="interrupt">Stop now: what is finished is kept in the store of the plan.</param>
    /// <returns>Null if it was stopped before all of it was finished.</returns>
    public static ResultShard? RunShard(
        StudyPlan plan, Shard shard, Action<RunProgress>? progress = null, CancellationToken interrupt = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ScenarioSpec spec = WithReplications(plan.Reading.Spec!, plan.Replications);
        return ShardStudy.Run(
            spec, [.. plan.Reading.Study.Variants], shard, plan.Threads, progress, interrupt, plan.BaseName, plan.Store) is { } tables
            ? new ResultShard(new Origin(spec.Name, plan.Reading.Hash!, EngineVersion, spec.Run.Seed), spec.Run.Replications!.Value, tables)
            : null;
    }

    /// <summary>Why a study cannot be run in shares, all of it, and what to do; null if it can.</summary>
    public static string? ObstacleToShards(StudyPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ScenarioSpec spec = WithReplications(plan.Reading.Spec!, plan.Replications);
        if (spec.Run.Replications is null)
        {
            return "--shard needs a fixed number of replications, which all shards share; say how many with --replications N ('failoversim plan' tells how many)";
        }
        string?[] obstacles =
        [
            plan.Reading.Study.Sensitivity is null ? null
                : plan.Reading.Study.Variants.Any() ? "sensitivity is not run in shards; 'failoversim compare FILE --shard i/n' runs the variants without it, --base-only leaves out both"
                : "sensitivity is not run in shards; --base-only leaves it out",
            spec.Outputs.Contains(ImportanceOutput) ? "importance is not run in shards; leave it out of 'outputs', as --set outputs=[report.html] does" : null,
            plan.IfRemoved ? "--if-removed is not run in shards; merge without it, then give it with --extend in place of --shard" : null,
        ];
        return obstacles.Any(obstacle => obstacle is not null) ? string.Join("; ", obstacles.OfType<string>()) : null;
    }

    /// <summary>Why the rows of a study, or of a share of it, do not fit into their file, and what to do; null if they do.</summary>
    public static string? ObstacleToRows(StudyPlan plan, Shard? shard = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ScenarioSpec spec = WithReplications(plan.Reading.Spec!, plan.Replications);
        if (spec.Run.Replications is not { } replications)
        {
            return null; // How many there will be nobody knows.
        }
        int variants = 1 + plan.Reading.Study.Variants.Count(), services = new ScenarioModel(spec).Build().NamesFor(spec.Run.Horizon).Services.Count;
        return ReplicationsFile.WhyTooMany((shard ?? Shard.Whole).ReplicationsOf(replications), services, variants) is { } why
            ? $"{why}; run fewer replications, or fewer variants"
            : null;
    }

    private static StudyOutcome Simulate(StudyPlan plan, ScenarioSpec spec, Action<RunProgress>? progress, CancellationToken interrupt)
    {
        using CancellationTokenSource timeUp = new();
        if (spec.Run.GiveUpAfterWallClock is { } limit)
        {
            timeUp.CancelAfter(limit);
        }
        StudySpec study = plan.Reading.Study;
        return VariantsStudy.Run(
            spec, [.. study.Variants], plan.Threads, progress, timeUp.Token, interrupt, plan.BaseName, study.Sensitivity is not null,
            plan.Store);
    }

    private static TornadoOutcome? Vary(
        ScenarioReading reading, StudyOutcome outcome, StudyPlan plan, Action<RunProgress>? progress, CancellationToken interrupt) =>
        reading.Study.Sensitivity is { Factors.Count: > 0 } sensitivity
            && outcome.Base is { Table: { } baseline, Reason: not StopReason.Interrupted }
            ? TornadoStudy.Run(baseline, reading.Spec!.Run.Seed, sensitivity, plan.Threads, progress, interrupt, store: plan.Store)
            : null;

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

    private static ScenarioSpec WithReplications(ScenarioSpec spec, long? replications) => replications is null
        ? spec
        : spec with { Run = spec.Run with { Replications = replications, StopWhen = null, GiveUpAfterWallClock = null } };
}
