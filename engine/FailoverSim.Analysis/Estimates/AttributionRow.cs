namespace FailoverSim.Analysis.Estimates;

/// <summary>By what the down time of a service is divided.</summary>
public enum AttributionKind
{
    /// <summary>The fault that came last before the outage: all of it.</summary>
    Root,

    /// <summary>The faults that were there already when it began, in equal parts; <c>none</c> where there were none.</summary>
    Enabler,

    /// <summary>The faults present, instant by instant, in equal parts.</summary>
    Cause,

    /// <summary>What was waited for.</summary>
    Stage,

    /// <summary>All faults that it began with, taken together.</summary>
    Combination,
}

/// <summary>One part of the down time of a service; the parts of a kind sum to the whole.</summary>
/// <param name="Kind">By what it is divided.</param>
/// <param name="Name">Of the cause, stage or combination.</param>
/// <param name="DownTime">In nanoseconds, over all replications.</param>
/// <param name="MinutesPerYear">The same per year, with its interval; without one for what is many parts in one.</param>
/// <param name="OutagesPerYear">Null where they are not counted by such a part.</param>
public sealed record AttributionRow(
    AttributionKind Kind, string Name, Int128 DownTime, Estimate MinutesPerYear, Estimate? OutagesPerYear);
