using FailoverSim.Kernel;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Analysis.Timeline;

/// <summary>One replication run again, told by what its entities did and how its services were down.</summary>
public sealed record Replay
{
    /// <summary>Before an outage so much is recorded at least, and after it.</summary>
    private static readonly SimDuration LeastMargin = new(15 * SimDuration.NanosecondsPerSecond);

    /// <summary>And so much at most.</summary>
    private static readonly SimDuration MostMargin = new(600 * SimDuration.NanosecondsPerSecond);

    public required ScenarioSpec Spec { get; init; }

    public required long Replication { get; init; }

    public required ResultNames Names { get; init; }

    /// <summary>What was recorded in detail.</summary>
    public required Windows Windows { get; init; }

    /// <summary>Every outage up to the end of the last window, by start, then services before workloads.</summary>
    public required IReadOnlyList<OutageSpan> Outages { get; init; }

    /// <summary>The faults that struck within the windows, in order.</summary>
    public required IReadOnlyList<Occurrence> Occurrences { get; init; }

    /// <summary>What entities told within the windows, in order.</summary>
    public required IReadOnlyList<TimelineEvent> Events { get; init; }

    /// <summary>What each entity was doing in the windows, in the order of the model.</summary>
    public required IReadOnlyList<StateTrack> Tracks { get; init; }

    /// <summary>Faults, events and states in the windows for which there was no room: those of the list and the tracks are the first.</summary>
    public required long LeftOut { get; init; }

    /// <summary>The end of the observed time.</summary>
    public static SimTime EndOf(ScenarioSpec spec) => BeginOf(spec) + spec.Run.Horizon;

    /// <summary>The end of warm-up.</summary>
    public static SimTime BeginOf(ScenarioSpec spec) => SimTime.Zero + spec.Run.WarmUp;

    /// <summary>The outages of a replication, without detail.</summary>
    /// <param name="spec">The scenario.</param>
    /// <param name="replication">From 0.</param>
    public static IReadOnlyList<OutageSpan> OutagesOf(ScenarioSpec spec, long replication) =>
        Of(spec, replication, Windows.None, EndOf(spec)).Outages;

    /// <summary>Runs a replication up to the end of the last window.</summary>
    /// <param name="spec">The scenario.</param>
    /// <param name="replication">From 0.</param>
    /// <param name="windows">What is recorded in detail.</param>
    /// <param name="told">Outages of which a story is to be told, as an earlier run has found them.</param>
    public static Replay Of(ScenarioSpec spec, long replication, Windows windows, params IReadOnlyList<OutageSpan> told)
    {
        ArgumentNullException.ThrowIfNull(windows);
        return Of(spec, replication, windows, windows.End, told: told);
    }

    /// <summary>The same with other bounds.</summary>
    internal static Replay Of(
        ScenarioSpec spec, long replication, Windows windows, RecordingBounds bounds, params IReadOnlyList<OutageSpan> told) =>
        Of(spec, replication, windows, windows.End, bounds, told);

    /// <summary>The outages with what led to them and what came after, within the observed time.</summary>
    public static Windows Around(ScenarioSpec spec, IEnumerable<OutageSpan> outages) => Windows.Of(outages.Select(outage =>
    {
        SimDuration margin = MarginOf(outage.Length);
        SimTime from = outage.Start - SimTime.Zero > margin ? SimTime.Zero + (outage.Start - (SimTime.Zero + margin)) : SimTime.Zero;
        SimTime to = outage.End + margin;
        return (from, to < EndOf(spec) ? to : EndOf(spec));
    }));

    private static SimDuration MarginOf(SimDuration length) =>
        length < LeastMargin ? LeastMargin : length > MostMargin ? MostMargin : length;

    private static Replay Of(
        ScenarioSpec spec, long replication, Windows windows, SimTime until, RecordingBounds? bounds = null, IReadOnlyList<OutageSpan>? told = null)
    {
        Simulation simulation = new ScenarioModel(spec).Build();
        ResultNames names = simulation.NamesFor(spec.Run.Horizon);
        Recording recording = new(simulation, names, BeginOf(spec), windows, TellsMembers(names), bounds, told);
        Watch(recording, simulation, replication, until);
        Occurrence[] forgotten = [.. recording.Forgotten];
        if (forgotten.Length > 0)
        {
            HashSet<long> numbers = [.. forgotten.Select(occurrence => occurrence.Number)];
            Recording again = new(simulation, names, until, Windows.None, members: false, bounds, remembered: numbers);
            Watch(again, simulation, replication, until);
            Array.ForEach(forgotten, again.Faults.Remind);
        }
        return new Replay
        {
            Spec = spec,
            Replication = replication,
            Names = names,
            Windows = windows,
            Outages = [.. recording.Outages.OrderBy(outage => outage.Start).ThenByDescending(outage => outage.IsService)],
            Occurrences = recording.Occurrences,
            Events = recording.Events,
            Tracks = [.. recording.Tracks],
            LeftOut = recording.LeftOut,
        };
    }

    private static void Watch(Recording recording, Simulation simulation, long replication, SimTime until)
    {
        simulation.Reset(replication);
        simulation.RunUntil(until);
        recording.Finish(until);
    }

    /// <summary>Where no service is more than a figure over workloads, the workloads are what has outages.</summary>
    private static bool TellsMembers(ResultNames names) => names.Views.Count == names.Services.Count;
}
