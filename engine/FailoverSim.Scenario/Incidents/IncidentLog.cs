using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Incidents;

/// <summary>One incident, or (without a start) the mere fact that a component was there and had none.</summary>
/// <param name="Mark">Where it is written.</param>
/// <param name="Component">What was down.</param>
/// <param name="Class">What it is one of.</param>
/// <param name="Cause">Why; empty if not said.</param>
/// <param name="Event">What it shares with other incidents; empty if not said.</param>
/// <param name="Start">When it went down.</param>
/// <param name="End">When it was up again; null if it still was down.</param>
/// <param name="From">Since when the component was watched, if not from the start of the window.</param>
/// <param name="To">Until when, if not to its end.</param>
public sealed record IncidentRow(
    Mark Mark, string Component, string Class, string Cause, string Event, LogInstant? Start, LogInstant? End,
    LogInstant? From, LogInstant? To);

/// <summary>One duration as the explicit form gives it, in nanoseconds.</summary>
/// <param name="Mark">Where it is written.</param>
/// <param name="Class">What it is of.</param>
/// <param name="IsRepair">A repair, not a life.</param>
/// <param name="Entry">Age when watching began.</param>
/// <param name="Low">Least duration.</param>
/// <param name="High">Greatest; null if it was still running.</param>
public sealed record SpellRow(Mark Mark, string Class, bool IsRepair, long Entry, long Low, long? High);

/// <summary>What reading a log gave; with an error among the findings the rows are not complete.</summary>
public sealed record IncidentLog(
    IReadOnlyList<IncidentRow> Incidents, IReadOnlyList<SpellRow> Spells, IReadOnlyList<Diagnostic> Diagnostics)
{
    public bool HasErrors => Diagnostics.Any(d => d.Severity == Severity.Error);
}
