using FailoverSim.Analysis.Timeline;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Time;
using FailoverSim.Reporting.Text;
using FailoverSim.Reporting.Traces;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Specification;
using Xunit;

namespace FailoverSim.Tests.Timeline;

/// <summary>However much happens, what is written down stays within bounds; what is shown is then less, and never anything else.</summary>
public class RecordingBoundsTests
{
    /// <summary>Some wear out at once and stay down, others come and go: an outage of an hour with hundreds of causes at a time.</summary>
    private const string Crowd = """
        failoversim: 1
        name: crowd
        units:
          dead: {count: 200, fails: exp(1s), repair: {takes: exp(1000h)}}
          busy: {count: 100, fails: exp(30s), repair: {takes: exp(30s)}}
        services:
          s: {up-when: 1 of dead and 90 of busy}
        run: {horizon: 1h, replications: 1, seed: 3}
        """;

    /// <summary>Half of many are down at a time, and a service is up or down every other second.</summary>
    private const string Flicker = """
        failoversim: 1
        name: flicker
        units:
          u: {count: 60, fails: exp(60s), repair: {takes: exp(60s)}}
        services:
          s: {up-when: 30 of u}
        run: {horizon: 6h, replications: 1, seed: 3}
        """;

    private static readonly RecordingBounds Boundless = new()
    {
        Faults = int.MaxValue,
        Told = int.MaxValue,
        Phases = int.MaxValue,
        Causes = int.MaxValue,
        CausesOfPhase = int.MaxValue,
        Detail = long.MaxValue,
        Reads = long.MaxValue,
    };

    private static readonly RecordingBounds Narrow = new() { Faults = 50, Told = 1_000, Phases = 20, Causes = 400, CausesOfPhase = 10 };

    [Fact]
    public void Totals_of_an_outage_are_exact_whatever_is_left_out()
    {
        (OutageSpan all, OutageSpan few) = (Longest(Watched(Crowd, Boundless)), Longest(Watched(Crowd, Narrow)));
        Assert.Equal((all.Start, all.End, all.IsLoss, all.Recorded), (few.Start, few.End, few.IsLoss, few.Recorded));
        Assert.Equal(all.Stages, few.Stages);
        Assert.Equal(all.Held, few.Held);
        Assert.Equal(Told(all.Root), Told(few.Root));
        Assert.Equal(all.LetThrough, few.LetThrough);
        Assert.Equal(20, few.Phases.Count);
        Assert.Equal(all.Phases.Count, few.Phases.Count + few.MorePhases);
        Assert.Equal(all.Causes.Count(), 400 + few.MoreCauses);
        Assert.True(few.MorePhases > 1_000, "too little happens for a test");
    }

    [Fact]
    public void Phases_name_the_oldest_and_the_youngest_of_their_causes_and_count_the_others()
    {
        (OutageSpan all, OutageSpan few) = (Longest(Watched(Crowd, Boundless)), Longest(Watched(Crowd, Narrow)));
        foreach ((OutagePhase whole, OutagePhase part) in all.Phases.Skip(1).Zip(few.Phases.Skip(1)))
        {
            Assert.Equal((whole.Start, whole.Stage, whole.Condition), (part.Start, part.Stage, part.Condition));
            Assert.Equal(whole.Causes.Take(5).Concat(whole.Causes.TakeLast(5)).Select(Told), part.Causes.Select(Told));
            Assert.Equal(whole.Causes.Count, part.Causes.Count + part.MoreCauses);
        }
    }

    [Fact]
    public void Forgotten_faults_that_are_named_are_looked_up()
    {
        (Replay all, Replay few) = (Watched(Crowd, Boundless), Watched(Crowd, Boundless with { Faults = 1 }));
        Assert.Equal(Longest(all).Causes.Select(Told), Longest(few).Causes.Select(Told));
        Assert.Equal(Text(all), Text(few));
        Assert.Equal(Trace(all), Trace(few));
    }

    [Fact]
    public void What_is_told_within_the_windows_is_the_first_of_it_and_the_rest_is_counted()
    {
        (Replay all, Replay few) = (Watched(Crowd, Boundless), Watched(Crowd, Narrow));
        int Things(Replay replay) =>
            replay.Occurrences.Count + replay.Events.Count + replay.Tracks.Sum(track => track.Spans.Count);
        Assert.Equal(1_000, Things(few));
        Assert.Equal(Things(all), 1_000 + few.LeftOut);
        Assert.Equal(all.Events.Take(few.Events.Count).Select(told => (told.Instant, told.Entity, told.Text)),
            few.Events.Select(told => (told.Instant, told.Entity, told.Text)));
        Assert.Contains(Text(few), line => line.Contains("things more", StringComparison.Ordinal));
        Assert.Contains("\"phases-left-out\":", Trace(few), StringComparison.Ordinal);
    }

    [Fact]
    public void Longest_outages_keep_their_detail()
    {
        (Replay all, Replay few) = (Watched(Flicker, Boundless), Watched(Flicker, Boundless with { Detail = 40_000 }));
        Assert.Equal(all.Outages.Select(outage => (outage.Start, outage.End)), few.Outages.Select(outage => (outage.Start, outage.End)));
        Assert.InRange(few.Outages.Sum(outage => outage.Detail?.Size ?? 0), 20_000, 40_000);
        Assert.True(all.Outages.Sum(outage => outage.Detail!.Size) > 80_000, "too little happens for a test");
        Assert.Equal(Longest(all).Phases.Count, Longest(few).Phases.Count);
        Assert.Equal(Text(all), Text(few));
    }

    [Fact]
    public void Where_there_is_too_much_to_read_it_is_told_up_to_when_an_outage_was_followed()
    {
        (OutageSpan all, Replay few) = (Longest(Watched(Crowd, Boundless)), Watched(Crowd, Boundless with { Reads = 20_000 }));
        OutageSpan part = Longest(few);
        Assert.Equal((all.Length, Told(all.Root)), (part.Length, Told(part.Root)));
        Assert.Equal(part.Length, part.Recorded + part.Unread);
        Assert.InRange(part.Recorded.Seconds, 1, 1_000);
        OutageStory story = new Storyteller(few).Of(part, 12);
        Assert.Contains(
            StoryText.Of(story, few.Spec.Run.Start), line => line.Contains("(no more was followed)", StringComparison.Ordinal));
    }

    [Fact]
    public void Outages_that_are_told_lose_nothing_to_others()
    {
        ScenarioSpec spec = ReplayTests.Read("flicker", Flicker);
        IReadOnlyList<OutageSpan> outages = Replay.OutagesOf(spec, 0);
        OutageSpan late = outages.Where(outage => outage.Start.Nanoseconds > Replay.EndOf(spec).Nanoseconds / 2)
            .MaxBy(outage => outage.Length.Nanoseconds)!;
        RecordingBounds bounds = Boundless with { Reads = 10_000, Detail = 100 };
        OutageSpan all = Same(Replay.Of(spec, 0, Replay.Around(spec, outages), Boundless));
        OutageSpan told = Same(Replay.Of(spec, 0, Replay.Around(spec, outages), bounds, late));
        Assert.Equal(all.Phases.Count, told.Phases.Count);
        Assert.Equal(all.Held, told.Held);
        Assert.InRange(Same(Replay.Of(spec, 0, Replay.Around(spec, outages), bounds)).Phases.Count, 0, 1);
        OutageSpan Same(Replay replay) => replay.Outages.Single(outage => outage.Start == late.Start);
    }

    [Fact]
    public void Faults_outside_the_windows_are_forgotten()
    {
        ScenarioSpec spec = ReplayTests.Read("rare", """
            failoversim: 1
            name: rare
            units:
              u: {count: 100, fails: exp(1s), repair: {takes: exp(1s)}}
            services:
              s: {up-when: 1 of u}
            run: {horizon: 2h, replications: 1}
            """);
        // 360,000 faults, of which a hundred are told.
        SimTime end = Replay.EndOf(spec);
        Simulation simulation = new ScenarioModel(spec).Build();
        Recording recording = new(
            simulation, simulation.NamesFor(spec.Run.Horizon), SimTime.Zero, Windows.Of(new SimTime(7_198 * SimDuration.NanosecondsPerSecond), end), members: false);
        simulation.Reset(0);
        simulation.RunUntil(end);
        recording.Finish(end);
        Assert.True(recording.Occurrences[^1].Number > 300_000);
        Assert.InRange(recording.Occurrences.Count, 10, 1_000);
        Assert.Equal(RecordingBounds.Default.Faults, recording.Faults.Count);
    }

    private static Replay Watched(string yaml, RecordingBounds bounds)
    {
        ScenarioSpec spec = ReplayTests.Read("crowd", yaml);
        return Replay.Of(spec, 0, Replay.Around(spec, Replay.OutagesOf(spec, 0)), bounds);
    }

    private static OutageSpan Longest(Replay replay) => replay.Outages.MaxBy(outage => outage.Length.Nanoseconds)!;

    private static (long, string, SimTime, string)? Told(Occurrence? fault) =>
        fault is null ? null : (fault.Number, fault.Cause, fault.Instant, fault.Entity);

    private static string[] Text(Replay replay) => [.. ReplayText.OfOutages(replay, "base")];

    private static string Trace(Replay replay)
    {
        using MemoryStream stream = new();
        ChromeTrace.Write(stream, replay);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
