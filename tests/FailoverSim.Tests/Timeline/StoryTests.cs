using FailoverSim.Analysis.Timeline;
using FailoverSim.Kernel.Time;
using FailoverSim.Reporting.Text;
using FailoverSim.Scenario.Specification;
using Xunit;

namespace FailoverSim.Tests.Timeline;

public class StoryTests
{
    private const int MostLines = 12;

    /// <summary>Two holders of everything die one after the other: a scripted loss whose story is known.</summary>
    private const string ZoneByZone = """
        failoversim: 1
        name: zone-by-zone
        use:
          - timers: kubernetes/v1.33
        topology: {zones: [a, b, c]}
        nodes:
          cp: {count: 3, place: one-per-zone, runs: [etcd, apiserver, controller-manager, scheduler, vip]}
        components:
          vip: {lease: {duration: 5s, renew-deadline: 3s, retry: 1s}}
        faults:
          first-zone: {of: zones.a, at: 1h, lasts: 3h}
          second-zone: {of: zones.b, at: 2h, lasts: 30m}
        services:
          api-write: {probe: apiserver.write, through: vip, timeout: 2s}
        run: {horizon: 1d, replications: 1, seed: 7}
        """;

    [Fact]
    public void Loss_of_a_second_zone_is_told_from_the_first_on()
    {
        ScenarioSpec spec = ReplayTests.Read("zones", ZoneByZone);
        Replay replay = All(spec, 0);
        OutageSpan worst = replay.Outages.MaxBy(outage => outage.Length.Nanoseconds)!;
        OutageStory story = new Storyteller(replay).Of(worst, MostLines);
        Assert.Equal(("second-zone", true), (story.Root, story.IsLoss));
        Assert.Equal(["first-zone"], story.LetThrough);
        Assert.InRange(story.Length.Seconds, 30 * 60, 35 * 60);
        StoryLine[] faults = [.. story.Lines.Where(line => line.Kind == StoryLineKind.Fault)];
        Assert.Equal([("a", 3600.0), ("b", 7200.0)], faults.Select(line => (line.Entity, line.Instant.Seconds)));
        Assert.Equal(-3600, faults[0].Offset.Seconds, 10.0);
        // An election after the second zone is back, with its term, and the holder of the address.
        Assert.Contains(story.Lines, line => line.Text.Contains("is elected leader, term ", StringComparison.Ordinal) && line.Offset.Seconds > 1800);
        Assert.Contains(StoryText.Of(story, spec.Run.Start), line => line.Contains("held down longest by ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("kubeadm-stacked-3.yaml", "300d", 1)]
    [InlineData("external-etcd-5-haproxy.yaml", "2y", 0)]
    [InlineData("web-tier.yaml", "5y", 1)]
    [InlineData("five-minutes-of-toleration.yaml", "", 3)]
    public void Story_is_in_order_within_its_room_and_names_its_causes(string file, string horizon, long replication)
    {
        ScenarioSpec spec = ReplayTests.Spec(file, horizon);
        Replay replay = All(spec, replication);
        Storyteller teller = new(replay);
        Assert.NotEmpty(replay.Outages);
        foreach (OutageSpan outage in replay.Outages)
        {
            OutageStory story = teller.Of(outage, MostLines);
            Assert.InRange(story.Lines.Count, 2, MostLines);
            Assert.Equal(story.Lines.Select(line => line.Instant).Order(), story.Lines.Select(line => line.Instant));
            Assert.All(story.Lines, line => Assert.Equal(line.Instant - outage.Start, line.Offset));
            Assert.Single(story.Lines, line => line.Kind == StoryLineKind.Down && line.Instant == outage.Start);
            Assert.Single(story.Lines, line => line.Kind == StoryLineKind.Up && line.Instant == outage.End);
            Assert.All(outage.Enablers.Append(outage.Root).OfType<Occurrence>(), cause => Assert.Contains(
                story.Lines, line => line.Kind == StoryLineKind.Fault && line.Instant == cause.Instant));
            string heading = StoryText.Of(story, spec.Run.Start).First();
            Assert.Contains(story.Root, heading, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Hand_over_of_a_lease_names_both_holders()
    {
        Replay replay = All(ReplayTests.Spec("kubeadm-stacked-3.yaml", "300d"), 1);
        Storyteller teller = new(replay);
        OutageSpan[] handOvers = [.. replay.Outages.Where(o => o.Name == "controllers" && o.Stages.Any(s => s.Stage == "expire"))];
        Assert.NotEmpty(handOvers);
        Assert.All(handOvers, outage => Assert.Contains(
            teller.Of(outage, MostLines).Lines,
            line => line.Text.StartsWith("gets the lease", StringComparison.Ordinal) && line.Entity.StartsWith("controller-manager@", StringComparison.Ordinal)));
        Assert.Contains(replay.Events, told => told.Text.StartsWith("gets the lease, which controller-manager@", StringComparison.Ordinal));
    }

    [Fact]
    public void Windows_that_touch_are_one()
    {
        Windows windows = Windows.Of([(At(5), At(7)), (At(1), At(2)), (At(2), At(3)), (At(6), At(9))]);
        Assert.Equal([(At(1), At(3)), (At(5), At(9))], windows.All);
        Assert.Equal([false, true, true, false, true, false], new[] { 0, 1, 3, 4, 5, 10 }.Select(second => windows.Holds(At(second))));
        Assert.True(windows.Overlap(At(4), At(5)));
        Assert.False(windows.Overlap(new SimTime(At(3).Nanoseconds + 1), At(4)));
    }

    internal static Replay All(ScenarioSpec spec, long replication) =>
        Replay.Of(spec, replication, Replay.Around(spec, Replay.OutagesOf(spec, replication)));

    private static SimTime At(int seconds) => new(seconds * SimDuration.NanosecondsPerSecond);
}
