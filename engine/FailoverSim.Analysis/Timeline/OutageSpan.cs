using FailoverSim.Kernel.Time;

namespace FailoverSim.Analysis.Timeline;

/// <summary>One outage of a service or a workload, instant by instant.</summary>
public sealed class OutageSpan
{
    /// <param name="name">Of the service or workload.</param>
    /// <param name="isService">Or a workload.</param>
    /// <param name="start">When it went down.</param>
    /// <param name="wasOpen">It was down already when observation began: counted as down time, not as an outage.</param>
    public OutageSpan(string name, bool isService, SimTime start, bool wasOpen) =>
        (Name, IsService, Start, End, WasOpen) = (name, isService, start, start, wasOpen);

    public string Name { get; }

    public bool IsService { get; }

    public SimTime Start { get; }

    /// <summary>When it was up again, or the recording ended.</summary>
    public SimTime End { get; private set; }

    public SimDuration Length => End - Start;

    public bool WasOpen { get; }

    /// <summary>Whether at any time more was broken than the mechanism heals unaided.</summary>
    public bool IsLoss { get; private set; }

    /// <summary>Null where it was not recorded.</summary>
    internal OutageDetail? Detail { get; set; }

    /// <summary>What it waited for, and on whose account, from the first on. Empty where it was not recorded in detail.</summary>
    public IReadOnlyList<OutagePhase> Phases => Detail?.Phases ?? [];

    /// <summary>How many more there were for which there was no room; <see cref="Stages"/> and <see cref="Held"/> know of them.</summary>
    public long MorePhases => Detail?.MorePhases ?? 0;

    /// <summary>How many of these wait for something else than the one before.</summary>
    public long MoreStages => Detail?.MoreStages ?? 0;

    /// <summary>How much of it was recorded in detail.</summary>
    public SimDuration Recorded => Detail?.Length ?? SimDuration.Zero;

    /// <summary>How much of what lay within a window was not: there was too much to read. <see cref="Stages"/> and <see cref="Held"/> do not know of it.</summary>
    public SimDuration Unread => Detail?.Unread ?? SimDuration.Zero;

    /// <summary>Whether its beginning was recorded.</summary>
    public bool IsWhole => Phases.Count > 0 && Phases[0].Start == Start;

    /// <summary>The fault that came last before it began; null: none, or it began before the record does.</summary>
    public Occurrence? Root => IsWhole && Phases[0].Causes.Count > 0 ? Phases[0].Causes[^1] : null;

    /// <summary>The faults that were there already when it began, oldest first, as far as its first phase names them.</summary>
    public IEnumerable<Occurrence> Enablers => IsWhole ? Phases[0].Causes.SkipLast(1) : [];

    /// <summary>The kinds of all faults that were there already when it began, each once, in the order of the oldest.</summary>
    public IReadOnlyList<string> LetThrough => IsWhole ? Detail!.LetThrough : [];

    /// <summary>The faults that held it down at some time, oldest first; of many the first that did.</summary>
    public IEnumerable<Occurrence> Causes => Detail?.Causes.OrderBy(occurrence => occurrence.Number) ?? Enumerable.Empty<Occurrence>();

    /// <summary>How many more came to hold it down; one that let go and came again is counted again.</summary>
    public long MoreCauses => Detail?.MoreCauses ?? 0;

    /// <summary>The conditions that were false and kept it down, the one that did so for longest first.</summary>
    public IReadOnlyList<HeldDown> Held => Detail?.Held ?? [];

    /// <summary>Time in each stage, the longest first.</summary>
    public IEnumerable<(string Stage, SimDuration Length)> Stages => Detail?.Stages ?? [];

    internal void Extend(SimTime to, bool isLoss)
    {
        End = to;
        IsLoss |= isLoss;
    }
}

/// <summary>A part of an outage in which it waits for one thing.</summary>
/// <param name="Start">When it began.</param>
/// <param name="End">When it ended.</param>
/// <param name="Stage">What is waited for.</param>
/// <param name="Condition">The false condition that fell first, whose stage it is.</param>
/// <param name="Causes">The faults that hold the service down, oldest first; of many the oldest and the youngest.</param>
/// <param name="MoreCauses">How many more there are between them.</param>
public sealed record OutagePhase(
    SimTime Start, SimTime End, string Stage, string Condition, IReadOnlyList<Occurrence> Causes, int MoreCauses)
{
    internal bool Continues(OutagePhase next) =>
        Stage == next.Stage && Condition == next.Condition && MoreCauses == next.MoreCauses
        && Causes.SequenceEqual(next.Causes);
}

/// <param name="Condition">Its name in the model, such as <c>etcd.write</c>.</param>
/// <param name="Length">How long it was false while the outage lasted.</param>
/// <param name="Stage">What it waited for last.</param>
/// <param name="Cause">The fault that it is charged to; null: none.</param>
public sealed record HeldDown(string Condition, SimDuration Length, string Stage, Occurrence? Cause);
