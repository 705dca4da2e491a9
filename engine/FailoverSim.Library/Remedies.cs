using FailoverSim.Analysis.Comparisons;
using FailoverSim.Analysis.Studies;
using FailoverSim.Reporting.Results;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Library;

/// <summary>Findings about a scenario that one change settles, and what that change is worth.</summary>
/// <param name="Findings">At least one.</param>
/// <param name="WhyNoPrice">Why nothing can be said of it; null: it is a variant.</param>
public sealed record Remedy(IReadOnlyList<Diagnostic> Findings, string? WhyNoPrice)
{
    /// <summary>Name of its variant.</summary>
    public string Name { get; init; } = "";

    /// <summary>The change as <c>--set</c> takes it.</summary>
    public IReadOnlyList<string> Sets => Findings[0].Sets;

    /// <summary>By service: the scenario without its remedy is the baseline; empty without a price.</summary>
    public IReadOnlyList<Comparison> Against { get; init; } = [];
}

/// <summary>
/// Prices what <c>check</c> finds: each remedy is applied to the scenario as a variant, and all run over the same replications with the
/// same luck.
/// </summary>
public static class Remedies
{
    /// <summary>Why a finding without replacements has no price, by its code.</summary>
    private static readonly (DiagnosticCode[] Codes, string Why)[] Reasons =
    [
        ([Codes.UnitUnused, Codes.CrewUnused, Codes.SpareUnused, Codes.ProcedureUnused, Codes.ComponentUnused, Codes.WithoutEffect], "it changes no result"),
        ([Codes.NeverFound, Codes.NoRepair], "how such failures are found and repaired is not in the file"),
        ([Codes.IdealDependency], "what stands there in truth is not in the file: add it, and compare the two files"),
        ([Codes.SingleReplica], "whether its data can have a second copy is not in the file"),
        ([Codes.BudgetForbidsDrains], "some of its workloads have one replica, which no budget lets go"),
        ([Codes.NothingMeasured], "nothing is measured"),
    ];

    /// <param name="reading">The scenario, without errors.</param>
    /// <param name="with">The same file read with further replacements.</param>
    /// <returns>By place of the first finding; with a variant where there can be one.</returns>
    public static IReadOnlyList<Remedy> Of(ScenarioReading reading, Func<IReadOnlyList<string>, ScenarioReading> with)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(with);
        // Findings with the same remedy have one price between them.
        return
        [
            .. reading.Diagnostics
                .GroupBy(finding => finding.Sets.Count == 0 ? $"{finding}" : string.Join('\n', finding.Sets), StringComparer.Ordinal)
                .Select((group, i) => new Remedy([.. group], WhyNot(group.First(), with)) { Name = FormattableString.Invariant($"remedy-{i + 1}") }),
        ];
    }

    /// <param name="remedies">Of the scenario of the plan.</param>
    /// <param name="plan">The scenario, and how to run it; its own variants are left out.</param>
    /// <param name="with">The file read with further replacements.</param>
    /// <param name="progress">Told after each block.</param>
    /// <param name="interrupt">Stop now: the variants that are finished are kept.</param>
    /// <returns>The remedies with what was found of them, and what all came to; null if there was nothing to run or it was stopped too soon.</returns>
    public static (IReadOnlyList<Remedy> Priced, StudyFindings Findings)? Price(
        IReadOnlyList<Remedy> remedies, StudyPlan plan, Func<IReadOnlyList<string>, ScenarioReading> with,
        Action<RunProgress>? progress = null, CancellationToken interrupt = default)
    {
        ArgumentNullException.ThrowIfNull(remedies);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(with);
        Alternative[] variants =
        [
            .. remedies.Where(remedy => remedy.WhyNoPrice is null).Select(remedy => new Alternative(
                new Variant(remedy.Name, with(remedy.Sets).Spec!) { Changes = [.. remedy.Sets.Select(set => set.Split('=')[0])] }, null, null)),
        ];
        if (variants.Length == 0)
        {
            return null;
        }
        StudyPlan all = plan with { Reading = plan.Reading with { Study = new StudySpec { Compare = variants } } };
        if (Study.Run(all, progress, interrupt) is not { } findings)
        {
            return null;
        }
        ILookup<string, Comparison> found = findings.Compared.SelectMany(service => service.Against).ToLookup(comparison => comparison.Variant);
        return ([.. remedies.Select(remedy => remedy with { Against = [.. found[remedy.Name]] })], findings);
    }

    private static string? WhyNot(Diagnostic finding, Func<IReadOnlyList<string>, ScenarioReading> with)
    {
        if (finding.Sets.Count == 0)
        {
            return Reasons.FirstOrDefault(reason => reason.Codes.Contains(finding.Code)).Why ?? "which machines should be added, or where, is not in the file";
        }
        return with(finding.Sets).Diagnostics.FirstOrDefault(other => other.Severity == Severity.Error) is { } error
            ? $"its remedy ({string.Join(", ", finding.Sets)}) does not fit the rest of the file: {error.Message}"
            : null;
    }
}
