using System.Text;
using FailoverSim.Analysis.Exact;
using FailoverSim.Analysis.Studies;
using FailoverSim.Reporting.Results;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Output;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Library;

/// <summary>A scenario that was read without errors; it never changes. What is said of it here is in engine/docs/library.md.</summary>
public sealed class Scenario
{
    private readonly Func<IReadOnlyList<string>, ScenarioReading> _read;
    private readonly IReadOnlyList<string> _sets;

    private Scenario(Func<IReadOnlyList<string>, ScenarioReading> read, IReadOnlyList<string> sets)
    {
        (_read, _sets) = (read, sets);
        Reading = read(sets);
        if (Reading.HasErrors)
        {
            throw new ScenarioException(Reading.Diagnostics);
        }
        Label = Name;
    }

    public string Name => Reading.Spec!.Name;

    /// <summary>What it goes by where several are compared: its name, or what <see cref="With"/> has changed, unless <see cref="As"/> says otherwise.</summary>
    public string Label { get; private init; }

    /// <summary>What is worth knowing before it is run: warnings and notes.</summary>
    public IReadOnlyList<Diagnostic> Findings => Reading.Diagnostics;

    public IReadOnlyList<string> Services => [.. Reading.Spec!.Services.Select(service => service.Name)];

    /// <summary>The whole of it in the language itself, each value with its source.</summary>
    public string Text => Reading.Expanded!;

    /// <summary>All that reading it gave.</summary>
    public ScenarioReading Reading { get; }

    /// <param name="path">Of a YAML file.</param>
    /// <param name="sets">Replacements <c>path=value</c>, in order.</param>
    /// <exception cref="ScenarioException">The file has errors; all are in it.</exception>
    public static Scenario Load(string path, params IReadOnlyList<string> sets) => new(all => ScenarioFile.Read(path, all), sets);

    /// <param name="yaml">The text itself; it cannot name files beside it.</param>
    /// <param name="sets">Replacements <c>path=value</c>, in order.</param>
    /// <exception cref="ScenarioException">The text has errors; all are in it.</exception>
    public static Scenario Parse(string yaml, params IReadOnlyList<string> sets)
    {
        byte[] text = Encoding.UTF8.GetBytes(yaml);
        return new(all => ScenarioFile.Read("scenario", text, all), sets);
    }

    /// <summary>Another one that differs in one value.</summary>
    /// <param name="path">Such as <c>units.web.count</c>.</param>
    /// <param name="value">As it would be written in the file.</param>
    /// <exception cref="ScenarioException">There is no such path, or no such value.</exception>
    public Scenario With(string path, string value)
    {
        string change = $"{path}={value}";
        return new Scenario(_read, [.. _sets, change]) { Label = Label == Name ? change : $"{Label}, {change}" };
    }

    /// <summary>The same under a label of its own, for comparisons.</summary>
    public Scenario As(string label) => new(_read, _sets) { Label = label };

    /// <summary>Simulates it, its variants, its sensitivity, and whatever else it asks for.</summary>
    /// <param name="replications">Exactly so many, at least 1; null: as the scenario says.</param>
    /// <param name="threads">At least 1; null: as many as there are processors. The results do not depend on it.</param>
    /// <param name="baseOnly">Without what it varies.</param>
    /// <param name="ifRemoved">Also without each of the faults that matter most, to tell what its absence saves.</param>
    /// <param name="progress">Told after each block.</param>
    /// <param name="interrupt">Stop now and keep what is finished.</param>
    /// <exception cref="OperationCanceledException">It was stopped before the first replication was complete.</exception>
    public Results Run(
        long? replications = null, int? threads = null, bool baseOnly = false, bool ifRemoved = false,
        Action<RunProgress>? progress = null, CancellationToken interrupt = default)
    {
        ScenarioReading reading = baseOnly ? Reading with { Study = new StudySpec() } : Reading;
        StudyPlan plan = new(reading, count => $"failoversim run {Name}.yaml --replications {count}") { IfRemoved = ifRemoved };
        return Run(plan, replications, threads, progress, interrupt);
    }

    /// <summary>Simulates it and the variants that its file compares or sweeps, and nothing else.</summary>
    /// <inheritdoc cref="Run(long?, int?, bool, bool, Action{RunProgress}?, CancellationToken)"/>
    /// <exception cref="ScenarioException">It has no variants.</exception>
    public Results Compare(
        long? replications = null, int? threads = null, Action<RunProgress>? progress = null, CancellationToken interrupt = default)
    {
        if (!Reading.Study.Variants.Any())
        {
            throw new ScenarioException([AcrossFiles.NothingIn(Reading)]);
        }
        ScenarioReading reading = Reading with { Study = Reading.Study with { Sensitivity = null } };
        StudyPlan plan = new(reading, count => $"failoversim compare {Name}.yaml --replications {count}");
        return Run(plan, replications, threads, progress, interrupt);
    }

    /// <summary>Simulates several with the same luck, over the replications that the first one asks for.</summary>
    /// <param name="scenarios">The first is the baseline.</param>
    /// <exception cref="ScenarioException">They cannot be compared; all reasons are in it.</exception>
    public static Results Compare(params IReadOnlyList<Scenario> scenarios) => Compare(null, scenarios);

    /// <param name="replications">Exactly so many, at least 1; null: as the first scenario says.</param>
    /// <param name="scenarios">The first is the baseline.</param>
    /// <inheritdoc cref="Compare(IReadOnlyList{Scenario})"/>
    public static Results Compare(long? replications, params IReadOnlyList<Scenario> scenarios)
    {
        ArgumentNullException.ThrowIfNull(scenarios);
        ArgumentOutOfRangeException.ThrowIfLessThan(scenarios.Count, 2, nameof(scenarios));
        string[] labels = [.. scenarios.Select(scenario => scenario.Label)];
        if (labels.Distinct(StringComparer.Ordinal).Count() < labels.Length)
        {
            throw new ScenarioException($"two of the scenarios go by the same label ({string.Join(", ", labels)}); give them labels with As(\"…\")");
        }
        Scenario first = scenarios[0];
        // With the seed of the first, so that what is drawn once for all is drawn alike.
        string seed = $"run.seed={first.Reading.Spec!.Run.Seed}";
        IReadOnlyList<(string, ScenarioReading)> named =
        [
            (first.Label, first.Reading),
            .. scenarios.Skip(1).Select(other => (other.Label, new Scenario(other._read, [.. other._sets, seed]).Reading)),
        ];
        (StudySpec study, IReadOnlyList<Diagnostic> findings) = AcrossFiles.Compare(named);
        if (findings.Count > 0)
        {
            throw new ScenarioException(findings);
        }
        StudyPlan plan = new(
            first.Reading with { Study = study },
            count => $"failoversim compare {string.Join(' ', scenarios.Select(scenario => $"{scenario.Name}.yaml"))} --replications {count}")
        {
            BaseName = first.Label,
            Others = [.. named.Skip(1)],
        };
        return Run(plan, replications, null, null, default);
    }

    /// <summary>Solves it in place of simulating it.</summary>
    /// <exception cref="ScenarioException">It is no Markov chain, or too large a one; all that is in the way is in the message.</exception>
    public ExactSolution Solve()
    {
        ExactOutcome outcome = ExactStudy.Solve(Reading.Spec!, ExactLimits.Thorough);
        return outcome.Solution ?? throw new ScenarioException(outcome.LimitReached
            ?? string.Join('\n', ObstacleText.Lines(Reading, outcome.Obstacles).Prepend($"'{Name}' is no Markov chain:")));
    }

    public override string ToString() => Label;

    private static Results Run(
        StudyPlan plan, long? replications, int? threads, Action<RunProgress>? progress, CancellationToken interrupt)
    {
        ScenarioSpec spec = plan.Reading.Spec!;
        if (spec.Services.Count == 0)
        {
            throw new ScenarioException($"'{spec.Name}' has no services, so nothing would be measured; say under 'services' what is to be up");
        }
        StudyFindings? findings = Study.Run(
            plan with { Replications = replications, Threads = threads ?? plan.Threads }, progress, interrupt);
        return new Results(findings ?? throw new OperationCanceledException(
            $"'{spec.Name}' was stopped before the first replication was complete; there are no results", interrupt));
    }
}
