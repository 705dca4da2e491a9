using FailoverSim.Kernel.Time;
using Xunit;

namespace FailoverSim.Tests.Models;

/// <summary>How far services are from an outage, where it can be told by hand; in hours at 0, 1, 2, 3 further faults and more.</summary>
public class MarginStories
{
    private const string Pair = """
        units:
          a: {fails: 90h, repair: {takes: 10h}}
          b: {fails: 5000h, repair: {takes: 10h}}
        services: {plant: {up-when: a or b}}
        outputs: [margin]

        """;

    [Fact]
    public void Of_two_in_parallel_one_is_left_while_the_other_is_repaired() =>
        Assert.Equal([0, 100, 900, 0, 0], Hours(Pair));

    [Fact]
    public void What_hits_both_is_one_fault() =>
        Assert.Equal([0, 1000, 0, 0, 0], Hours(Pair + "common-cause: {flood: {of: [a, b], every: 4000h, lasts: 5h}}\n"));

    [Fact]
    public void What_never_fails_needs_no_counting() =>
        Assert.Equal([0, 0, 0, 0, 1000], Hours(Pair.Replace("5000h", "never", StringComparison.Ordinal)));

    [Fact]
    public void Down_is_no_fault_away() =>
        Assert.Equal([100, 900, 0, 0, 0], Hours(Pair.Replace("a or b", "a and b", StringComparison.Ordinal)));

    [Fact]
    public void Units_that_stand_by_count_as_long_as_they_are_sound()
    {
        // One of three runs; the running one fails at 300 and is repaired in 100, when the one that took over has run for 100.
        long[] hours = Hours("""
            units: {pump: {count: 3, fails: 300h, repair: {takes: 100h}, standby: {kind: cold, needed: 1}}}
            services: {plant: {up-when: any of pump}}
            outputs: [margin]

            """);
        Assert.Equal([0, 0, 300, 700, 0], hours);
    }

    [Fact]
    public void Of_three_members_two_faults_lose_the_quorum_and_a_zone_that_is_out_leaves_one()
    {
        Story story = Story.Of("""
            use: [timers: kubernetes/v1.33]
            topology: {zones: [a, b, c]}
            nodes: {cp: {count: 3, place: one-per-zone, runs: [etcd, apiserver]}}
            faults:
              crash: {of: nodes.cp, every: 9000h, lasts: 1h}
              zone: {of: zones.a, every: 400h, lasts: 10h}
            services: {leader: {probe: etcd.leader}}
            outputs: [margin]

            """, "500h");
        double[] hours = [.. story.Row().MarginNanoseconds.Select(time => time / 3.6e12)];
        Assert.Equal(500, hours.Sum(), 1e-9);
        // Ten hours and the minutes until the member is back; a failover of seconds if the leader was there.
        Assert.InRange(hours[1], 10, 10.2);
        Assert.InRange(hours[0], 0, 0.01);
        Assert.Equal((0, 0), (hours[3], hours[4]));
    }

    private static long[] Hours(string scenario) =>
        [.. Story.Of(scenario).Row().MarginNanoseconds.Select(time => time / (3600 * SimDuration.NanosecondsPerSecond))];
}
