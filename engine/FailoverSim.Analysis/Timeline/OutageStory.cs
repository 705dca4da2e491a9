using FailoverSim.Kernel.Time;

namespace FailoverSim.Analysis.Timeline;

/// <summary>One outage told: what led to it, what it waited for, and how it ended.</summary>
public sealed record OutageStory
{
    public required long Replication { get; init; }

    /// <summary>The service, or the workload where services are figures over workloads.</summary>
    public required string Service { get; init; }

    public required SimTime Start { get; init; }

    public required SimDuration Length { get; init; }

    /// <summary>More was broken than the mechanism heals unaided.</summary>
    public required bool IsLoss { get; init; }

    /// <summary>The cause that came last before it began, as attribution names it; <c>none</c> if there was no fault, <c>not followed</c> where longer ones took the room.</summary>
    public required string Root { get; init; }

    /// <summary>The causes that were there already, each once.</summary>
    public required IReadOnlyList<string> LetThrough { get; init; }

    /// <summary>Time in each stage, the longest first.</summary>
    public required IReadOnlyList<(string Stage, SimDuration Length)> Stages { get; init; }

    /// <summary>The false conditions that kept it down, the longest first.</summary>
    public required IReadOnlyList<HeldDown> Held { get; init; }

    /// <summary>What else was down meanwhile, and for how long in all, the longest first.</summary>
    public required IReadOnlyList<(string Service, SimDuration Length)> Others { get; init; }

    /// <summary>In order of time.</summary>
    public required IReadOnlyList<StoryLine> Lines { get; init; }

    /// <summary>How long it was followed, from its start on: stages and what held it down are of this time.</summary>
    public required SimDuration Recorded { get; init; }

    /// <summary>How long it was not, as there was too much to read.</summary>
    public required SimDuration Unread { get; init; }

    /// <summary>Things that were told of the outage, or around it, and found no room.</summary>
    public required long LeftOut { get; init; }
}

/// <summary>One thing that happened.</summary>
/// <param name="Instant">When.</param>
/// <param name="Offset">The same from the start of the outage; negative before it.</param>
/// <param name="Entity">Who or what, as people call it.</param>
/// <param name="Text">What happened.</param>
/// <param name="Kind">What sort of thing it is.</param>
public sealed record StoryLine(SimTime Instant, SimDuration Offset, string Entity, string Text, StoryLineKind Kind);

public enum StoryLineKind
{
    /// <summary>A fault strikes, or planned work begins.</summary>
    Fault,

    /// <summary>The service goes down.</summary>
    Down,

    /// <summary>It waits for something else.</summary>
    Stage,

    /// <summary>Something on the way.</summary>
    Event,

    /// <summary>The service is up again.</summary>
    Up,
}
