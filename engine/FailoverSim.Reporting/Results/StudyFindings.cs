using FailoverSim.Analysis.Comparisons;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Exact;
using FailoverSim.Analysis.Importance;
using FailoverSim.Analysis.Sensitivity;
using FailoverSim.Analysis.Studies;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Time;
using FailoverSim.Reporting.Tables;
using FailoverSim.Reporting.Text;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Reporting.Results;

/// <summary>All that a study came to, ready to be written and told.</summary>
public sealed record StudyFindings
{
    /// <summary>Up to so many services all are told in detail.</summary>
    private const int FewServices = 3;

    /// <summary>The scenario as it was run.</summary>
    public required ScenarioReading Reading { get; init; }

    public required StudyOutcome Outcome { get; init; }

    /// <summary>The build of the engine that ran it; null if nobody noted it.</summary>
    public string? Build { get; init; } = EngineBuild.Id;

    /// <summary>The rows of the base and of the variants that were finished.</summary>
    public required ResultSet Results { get; init; }

    /// <summary>A command that runs the same again.</summary>
    public required string Repeat { get; init; }

    /// <summary>What the variants come to beside the base.</summary>
    public required IReadOnlyList<ComparedService> Compared { get; init; }

    /// <summary>The same of lost requests, for the services where they tell something of their own.</summary>
    public IReadOnlyList<ComparedService> ComparedRequests { get; init; } = [];

    /// <summary>Losses of the base variant that were not seen.</summary>
    public required IReadOnlyList<UnseenLosses> Unseen { get; init; }

    /// <summary>The exact figures of the base beside the estimated ones; null where it is no small Markov chain.</summary>
    public ExactSolution? Exact { get; init; }

    /// <summary>What the base saves without some causes; empty where that was not asked for.</summary>
    public IReadOnlyList<Saving> Savings { get; init; } = [];

    /// <summary>What <c>sensitivity</c> came to; null where nothing was varied.</summary>
    public TornadoOutcome? Tornado { get; init; }

    /// <summary>How the down time of each service answers to each hazard; empty where <c>sensitivity</c> was not asked for.</summary>
    public IReadOnlyList<Elasticity> Elasticities { get; init; } = [];

    /// <summary>Measures of importance; null where they were not asked for.</summary>
    public ImportanceOutcome? Importance { get; init; }

    /// <summary>What else was asked for and not finished.</summary>
    public IReadOnlyList<string> CutShort { get; init; } = [];

    /// <summary>Variants, values and whatever else was not finished, because somebody asked to stop.</summary>
    public IReadOnlyList<string> Unfinished => [.. Outcome.Unfinished, .. Tornado?.Unfinished ?? [], .. CutShort];

    /// <summary>Scenarios of other files that were run as variants, under the names of their variants.</summary>
    public IReadOnlyList<(string Variant, ScenarioReading Reading)> Others { get; init; } = [];

    public ScenarioSpec Spec => Reading.Spec!;

    /// <summary>The verdicts of the base, which decide.</summary>
    public IReadOnlyList<SloVerdict> Verdicts => Summary.Verdicts(Results.Base, Spec.Slos);

    /// <summary>
    /// The services that are told in detail where people read: all of a few; of many those that an objective names, else those
    /// that the stopping rule names, else the first. Files hold them all.
    /// </summary>
    public IReadOnlyList<string> InDetail
    {
        get
        {
            IReadOnlyList<string> all = Results.Base.Names.Services;
            string[] judged = [.. all.Where(service => Spec.Slos.Any(slo => slo.Service == service))];
            return all.Count <= FewServices ? all
                : judged.Length > 0 ? judged
                : [.. all.Where(service => Spec.Run.StopWhen is not { } rule || rule.Services.Contains(service)).Take(FewServices)];
        }
    }

    /// <summary>What to bear in mind, in sentences.</summary>
    public IReadOnlyList<string> Warnings => UnseenText.Warnings(
        Unseen, Results.Base.Names, (double)Results.Base.Totals(0).Exposure / SimDuration.NanosecondsPerYear);

    /// <param name="reading">The scenario as it was run.</param>
    /// <param name="outcome">What it yielded, with at least one replication.</param>
    /// <param name="engineVersion">Version to be recorded.</param>
    /// <param name="repeat">A command that runs the same again.</param>
    public static StudyFindings Of(ScenarioReading reading, StudyOutcome outcome, string engineVersion, string repeat)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(outcome);
        ScenarioSpec spec = reading.Spec!;
        ResultSet results = new(new Origin(spec.Name, reading.Hash!, engineVersion, spec.Run.Seed), outcome.Tables);
        IReadOnlyList<UnseenLosses> unseen = [];
        ExactSolution? exact = null;
        SideBySide.Do(
            () => unseen = UnseenLosses.Of(spec, results.Base),
            () => exact = ExactStudy.Beside(spec));
        return new StudyFindings
        {
            Reading = reading,
            Outcome = outcome,
            Results = results,
            Repeat = repeat,
            Compared = ComparedService.Of(results, reading.Study),
            ComparedRequests = ComparedService.Of(results, reading.Study, Loss.Requests),
            Unseen = unseen,
            Exact = exact,
            Elasticities = outcome.Base.Scores is { } scores ? Elasticity.Of(results.Base, scores) : [],
        };
    }
}
