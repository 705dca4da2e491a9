using FailoverSim.Kernel.Time;

namespace FailoverSim.Analysis.Timeline;

/// <summary>What one entity did: states in order, each until the next, and what it told besides.</summary>
/// <param name="Entity">Such as <c>process/etcd@cp-1</c>.</param>
/// <param name="Spans">Those that overlap a recorded window; what lasts no time leaves none.</param>
/// <param name="Notes">Those told within a window.</param>
public sealed record StateTrack(string Entity, IReadOnlyList<StateSpan> Spans, IReadOnlyList<TimelineEvent> Notes);

/// <param name="Start">When it began; that may be before the window.</param>
/// <param name="End">When it ended, or the recording did.</param>
/// <param name="State">In a word or two.</param>
/// <param name="Cause">The fault that it is charged to; null: none.</param>
public sealed record StateSpan(SimTime Start, SimTime End, string State, Occurrence? Cause);

public enum TimelineEventKind
{
    /// <summary>A new state.</summary>
    State,

    /// <summary>A clause that a state does not tell.</summary>
    Note,
}

/// <summary>Something that an entity told.</summary>
/// <param name="Instant">When.</param>
/// <param name="Entity">Who.</param>
/// <param name="Kind">Of what kind.</param>
/// <param name="Text">The state, or the clause without its subject.</param>
/// <param name="Becomes">Whether the entity is doing something else from then on.</param>
/// <param name="Cause">The fault that it is charged to; null: none.</param>
public sealed record TimelineEvent(
    SimTime Instant, string Entity, TimelineEventKind Kind, string Text, bool Becomes, Occurrence? Cause);
