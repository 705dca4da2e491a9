using FailoverSim.Scenario.Incidents;

namespace FailoverSim.Analysis.Fitting;

/// <summary>What splits a log into classes that get laws of their own.</summary>
public enum Grouping
{
    /// <summary>The column <c>class</c>.</summary>
    Class,

    /// <summary>Class and cause: failures of other causes end a life without being its failure (competing risks).</summary>
    Cause,

    /// <summary>Each component for itself.</summary>
    Component,
}

/// <summary>What a log does not say itself.</summary>
public sealed record FitSettings
{
    /// <summary>Start of the time observed; null for the first instant of the log.</summary>
    public LogInstant? From { get; init; }

    /// <summary>Its end; null for the last instant of the log.</summary>
    public LogInstant? To { get; init; }

    /// <summary>How many there are of a class; those that the log never names had no incident.</summary>
    public IReadOnlyDictionary<string, int> Units { get; init; } = new Dictionary<string, int>();

    public Grouping Grouping { get; init; }

    /// <summary>Failures of a class no further apart, in nanoseconds, are one common event.</summary>
    public long Together { get; init; } = 60_000_000_000;

    /// <summary>Incidents no longer than that never reach the log, in nanoseconds: it is the age at which repairs come into sight.</summary>
    public long UnseenBelow { get; init; }

    /// <summary>Whether all were new at the start of the time observed; else their age is not known.</summary>
    public bool New { get; init; }

    public ulong Seed { get; init; } = 1;

    public int Bootstraps { get; init; } = Goodness.DefaultBootstraps;

    /// <summary>Confidence of the intervals of means and shapes: what is between 5 and 95 %.</summary>
    public double Level { get; init; } = 0.9;
}
