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

/// <summary>One value that is gone through, or several, each with each.</summary>
/// <param name="Name">Of the sweep.</param>
/// <param name="Paths">What is swept, as written.</param>
/// <param name="Points">In written order; of a grid the last path goes round fastest.</param>
public sealed record SweepSpec(string Name, IReadOnlyList<string> Paths, IReadOnlyList<SweepPoint> Points)
{
    /// <summary>All paths, with commas between them.</summary>
    public string Path => string.Join(',', Paths);
}

/// <param name="Values">One for each path.</param>
/// <param name="Variant">The scenario with them, called <c>NAME=value</c>.</param>
public sealed record SweepPoint(IReadOnlyList<SweptValue> Values, Variant Variant)
{
    /// <summary>As written, with commas between the values of a grid.</summary>
    public string Value => string.Join(',', Values.Select(value => value.Text));
}

/// <param name="Text">As written.</param>
/// <param name="Amount">As a number, durations in seconds, percentages as shares; null for anything else.</param>
public sealed record SweptValue(string Text, double? Amount);

/// <summary>An amount with its currency; it appears in reports only.</summary>
public sealed record Money(decimal Amount, string Currency);
