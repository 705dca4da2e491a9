using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Output;
using FailoverSim.Scenario.Reading;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Scenario;

/// <summary>What reading a file gave: a specification, or the reasons why there is none.</summary>
public sealed record ScenarioReading
{
    /// <summary>The base variant; null if there is any error.</summary>
    public ScenarioSpec? Spec { get; init; }

    /// <summary>All findings by place; only errors prevent a run.</summary>
    public required IReadOnlyList<Diagnostic> Diagnostics { get; init; }

    /// <summary>What the scenario varies; nothing if there is any error.</summary>
    public StudySpec Study { get; init; } = new();

    /// <summary>The resolved scenario in the language itself, each value with its source; null if there is any
    /// error.</summary>
    public string? Expanded { get; init; }

    /// <summary>Every value with its source, in the order of <see cref="Expanded"/>; empty if there is any
    /// error.</summary>
    public IReadOnlyList<ValueSource> Values { get; init; } = [];

    /// <summary>One line per value in normal form: equal for files that say the same; null if there is any
    /// error.</summary>
    public string? NormalText { get; init; }

    /// <summary>What a model of it, or of its largest variant, takes of memory, estimated from counts; 0 if there is any error.</summary>
    public long ModelBytes { get; init; }

    /// <summary>Typed values with their places; null if there is any error.</summary>
    internal BoundMapping? File { get; init; }

    /// <summary>SHA-256 of <see cref="NormalText"/> in small hexadecimal digits.</summary>
    public string? Hash => NormalText is null ? null : Output.NormalText.Hash(NormalText);

    public bool HasErrors => Diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error);
}
