namespace FailoverSim.Scenario.Specification;

/// <summary>What a scenario varies, in the order of the file.</summary>
public sealed record StudySpec
{
    /// <summary><c>compare</c>.</summary>
    public IReadOnlyList<Alternative> Compare { get; init; } = [];

    /// <summary><c>sweep</c>.</summary>
    public IReadOnlyList<SweepSpec> Sweeps { get; init; } = [];

    /// <summary>All that is to be run beside the base variant.</summary>
    public IEnumerable<Variant> Variants =>
        Compare.Select(alternative => alternative.Variant).Concat(Sweeps.SelectMany(sweep => sweep.Points, (_, point) => point.Variant));
}

/// <summary>A scenario that differs from the base in a few values.</summary>
/// <param name="Name">Unique among the variants of a scenario.</param>
/// <param name="Spec">The whole of it; it has the base's name.</param>
public sealed record Variant(string Name, ScenarioSpec Spec)
{
    /// <summary>The paths that it sets, as written, or the file that it takes the place of the base.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];
}

/// <summary>A variant to be compared with the base, and what it costs beyond it.</summary>
public sealed record Alternative(Variant Variant, Money? PerYear, Money? Once);

/// <summary>One value that is gone through.</summary>
/// <param name="Name">Of the sweep.</param>
/// <param name="Path">What is swept, as written.</param>
/// <param name="Points">In written order.</param>
public sealed record SweepSpec(string Name, string Path, IReadOnlyList<SweepPoint> Points);

/// <param name="Value">As written.</param>
/// <param name="Variant">The scenario with it, called <c>NAME=value</c>.</param>
public sealed record SweepPoint(string Value, Variant Variant);

/// <summary>An amount with its currency; it appears in reports only.</summary>
public sealed record Money(decimal Amount, string Currency);
