using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Stopping;
using FailoverSim.Analysis.Tables;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Reporting.Results;

/// <summary>A run as people and pipelines are told of it: results, verdicts, how it ended and how to repeat it.</summary>
public sealed record RunReport
{
    public required ScenarioSpec Spec { get; init; }
    public required ResultSet Results { get; init; }
    public required StopReason Reason { get; init; }

    /// <summary>Variants that were not finished, because somebody asked to stop.</summary>
    public IReadOnlyList<string> Unfinished { get; init; } = [];

    /// <summary>What the variants other than the base require, by name.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<SloSpec>> Required { get; init; }

    /// <summary>A command that runs the same again.</summary>
    public required string Repeat { get; init; }

    /// <summary>The verdicts of the base, which decide.</summary>
    public IReadOnlyList<SloVerdict> Verdicts => VerdictsOf(Results.Base);

    /// <summary>Whether the run yielded all that was asked for.</summary>
    public bool IsComplete => Reason is StopReason.FixedCount or StopReason.Precision && Unfinished.Count == 0;

    public static RunReport Of(StudyFindings findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        return new RunReport
        {
            Spec = findings.Spec,
            Results = findings.Results,
            Reason = findings.Outcome.Base.Reason,
            Unfinished = findings.Unfinished,
            Required = findings.Reading.Study.Variants.ToDictionary(variant => variant.Name, variant => variant.Spec.Slos),
            Repeat = findings.Repeat,
        };
    }

    public IReadOnlyList<SloSpec> RequiredOf(string variant) => Required.GetValueOrDefault(variant, Spec.Slos);

    public IReadOnlyList<SloVerdict> VerdictsOf(ResultTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Summary.Verdicts(table, RequiredOf(table.Variant));
    }

    /// <summary>How the run ended, as a sentence.</summary>
    public string Ending => Unfinished.Count > 0 ? $"Interrupted; left out: {string.Join(", ", Unfinished)}." : Reason switch
    {
        StopReason.Precision => "The precision asked for was reached.",
        StopReason.GaveUpReplications => "The precision asked for was not reached within the most replications.",
        StopReason.GaveUpWallClock => "The precision asked for was not reached in time.",
        StopReason.Interrupted => "Interrupted; this is what was finished.",
        _ => "All replications asked for were run.",
    };
}
