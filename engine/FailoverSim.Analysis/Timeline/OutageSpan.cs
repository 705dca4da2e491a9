using FailoverSim.Kernel.Time;

namespace FailoverSim.Analysis.Timeline;

/// <summary>One outage of a service or a workload, instant by instant.</summary>
public sealed class OutageSpan
{
    private readonly List<OutagePhase> _phases = [];
    private readonly Dictionary<string, HeldDown> _held = [];

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

    /// <summary>What it waited for, and on whose account; together they are the outage. Empty where it was not recorded in detail.</summary>
    public IReadOnlyList<OutagePhase> Phases => _phases;

    /// <summary>Whether its beginning was recorded.</summary>
    public bool IsWhole => _phases.Count > 0 && _phases[0].Start == Start;

    /// <summary>The fault that came last before it began; null: none, or it began before the record does.</summary>
    public Occurrence? Root => IsWhole && _phases[0].Causes.Count > 0 ? _phases[0].Causes[^1] : null;

    /// <summary>The faults that were there already when it began, oldest first.</summary>
    public IEnumerable<Occurrence> Enablers => IsWhole ? _phases[0].Causes.SkipLast(1) : [];

    /// <summary>All faults that held it down at some time, oldest first.</summary>
    public IEnumerable<Occurrence> Causes =>
        _phases.SelectMany(phase => phase.Causes).Distinct().OrderBy(occurrence => occurrence.Number);

    /// <summary>The conditions that were false and kept it down, the one that did so for longest first.</summary>
    public IEnumerable<HeldDown> Held => _held.Values.OrderByDescending(held => held.Length).ThenBy(held => held.Condition, StringComparer.Ordinal);

    /// <summary>Time in each stage, the longest first.</summary>
    public IEnumerable<(string Stage, SimDuration Length)> Stages => _phases
        .GroupBy(phase => phase.Stage)
        .Select(group => (group.Key, new SimDuration(group.Sum(phase => (phase.End - phase.Start).Nanoseconds))))
        .OrderByDescending(stage => stage.Item2);

    internal void Extend(SimTime to, bool isLoss)
    {
        End = to;
        IsLoss |= isLoss;
    }

    internal void Add(OutagePhase phase, IEnumerable<(string Condition, string Stage, Occurrence? Cause)> conditions)
    {
        SimDuration length = phase.End - phase.Start;
        if (_phases.Count > 0 && _phases[^1].Continues(phase))
        {
            _phases[^1] = _phases[^1] with { End = phase.End };
        }
        else
        {
            _phases.Add(phase);
        }
        foreach ((string condition, string stage, Occurrence? cause) in conditions)
        {
            SimDuration before = _held.TryGetValue(condition, out HeldDown? held) ? held.Length : SimDuration.Zero;
            _held[condition] = new HeldDown(condition, before + length, stage, cause);
        }
    }
}

/// <summary>A part of an outage in which it waits for one thing.</summary>
/// <param name="Start">When it began.</param>
/// <param name="End">When it ended.</param>
/// <param name="Stage">What is waited for.</param>
/// <param name="Condition">The false condition that fell first, whose stage it is.</param>
/// <param name="Causes">The faults that hold the service down, oldest first.</param>
public sealed record OutagePhase(SimTime Start, SimTime End, string Stage, string Condition, IReadOnlyList<Occurrence> Causes)
{
    internal bool Continues(OutagePhase next) =>
        Stage == next.Stage && Condition == next.Condition && Causes.SequenceEqual(next.Causes);
}

/// <param name="Condition">Its name in the model, such as <c>etcd.write</c>.</param>
/// <param name="Length">How long it was false while the outage lasted.</param>
/// <param name="Stage">What it waited for last.</param>
/// <param name="Cause">The fault that it is charged to; null: none.</param>
public sealed record HeldDown(string Condition, SimDuration Length, string Stage, Occurrence? Cause);
