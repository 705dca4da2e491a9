namespace FailoverSim.Scenario.Specification;

/// <summary>What a scenario varies, in the order of the file.</summary>
public sealed record StudySpec
{
    /// <summary><c>compare</c>.</summary>
    public IReadOnlyList<Alternative> Compare { get; init; } = [];

    /// <summary><c>sweep</c>.</summary>
    public IReadOnlyList<SweepSpec> Sweeps { get; init; } = [];

    /// <summary><c>sensitivity</c>; null if there is none.</summary>
    public SensitivitySpec? Sensitivity { get; init; }

    /// <summary>All that is to be compared with the base, and so run beside the base variant.</summary>
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

/// <summary>Values that are varied one at a time, down and up, to see what matters.</summary>
/// <param name="Low">The lower factor, such as 0.5.</param>
/// <param name="High">The upper factor, such as 2.</param>
/// <param name="Factors">What is varied, in the order of the file.</param>
/// <param name="LeftOut">Rates that cannot be scaled, each with the reason.</param>
public sealed record SensitivitySpec(
    decimal Low, decimal High, IReadOnlyList<SensitivityFactor> Factors, IReadOnlyList<(string Path, string Reason)> LeftOut);

/// <summary>One value that is varied.</summary>
/// <param name="Path">Where it stands.</param>
/// <param name="Label">For people: the path without what goes without saying.</param>
/// <param name="Written">What stands there.</param>
/// <param name="Low">With the lower factor.</param>
/// <param name="High">With the upper factor.</param>
public sealed record SensitivityFactor(string Path, string Label, string Written, FactorEnd Low, FactorEnd High);

/// <param name="Text">What is written in place of the value.</param>
/// <param name="Variant">The scenario with it, called <c>PATH=text</c>.</param>
public sealed record FactorEnd(string Text, Variant Variant);

/// <summary>An amount with its currency; it appears in reports only.</summary>
public sealed record Money(decimal Amount, string Currency);
