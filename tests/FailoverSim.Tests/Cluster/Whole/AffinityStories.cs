using Xunit;
using static FailoverSim.Tests.Cluster.Whole.DataPlaneLayouts;

namespace FailoverSim.Tests.Cluster.Whole;

/// <summary>A zone is lost with pods that want to be together; zone a has the machine that comes first.</summary>
public class AffinityStories
{
    private const string Lost = "faults: {f: {at: [1h], of: zones.a, lasts: 1h}}";
    private const string OneEach = "{count: 3, place: spread, cpu: 16, memory: 64GiB}";

    [Fact]
    public void An_app_moves_with_the_database_that_it_must_be_near()
    {
        Outcomes seen = Outcomes.Of(Workers(
            "db: {replicas: 1, cpu: 2}\napp: {replicas: 1, cpu: 4, affinity: {to: db, by: zone}}", Service("db", "app") + Lost, OneEach));
        // Though it is larger, the app is placed after the database from the start.
        Assert.All(seen.Counts("pods.without-room-at-start"), count => Assert.Equal(0, count));
        seen.Of("db").Number(400).Are("failover").Mean(Detect + Pass + 300 + Ready, 0.1).Stage("tolerate", 300, 0.001);
        // It is tried first, when there is none, and again at the first tick of a second after its back-off of one second.
        seen.Of("app").Number(400).Are("failover").Mean(Detect + Pass + 300 + 1.5 + Ready, 0.1).Stage("tolerate", 300, 0.001);
    }

    /// <summary>The database has a volume in its zone and waits there; whoever must be near it waits too, though two zones have room.</summary>
    [Fact]
    public void An_app_that_must_be_near_a_database_that_cannot_move_waits_for_the_zone()
    {
        string Text(string how) => Workers(
            $"db: {{replicas: 1, cpu: 2, volume: {{}}}}\napp: {{replicas: 1, cpu: 4, affinity: {{to: db, by: zone, when-impossible: {how}}}}}", Service("app") + Lost, OneEach);
        Outcomes.Of(Text("do-not-schedule"), replications: 50).Of("app").Number(50).Are("failover").Between(3600, 3600 + 400);
        Outcomes.Of(Text("schedule-anyway"), replications: 50).Of("app").Number(50).Are("failover").Between(39.6 + 300, 55.5 + 10 + 300 + 10.1);
    }

    /// <summary>The kubelets of the lost zone confirm no deletion, and until they do that is where the group is.</summary>
    [Fact]
    public void A_group_that_stays_in_one_zone_is_stuck_there()
    {
        string Text(string affinity) => Workers($"ring: {{replicas: 3, cpu: 2{affinity}}}", Service("ring") + Lost, "{count: 6, place: spread, cpu: 16, memory: 64GiB}");
        Outcomes.Of(Text(", affinity: {by: zone}"), replications: 50).Of("ring").Number(50).Are("failover").Between(3600, 3600 + 400);
        Outcomes.Of(Text(""), replications: 50).Of("ring").Number(0);
    }

    [Fact]
    public void What_may_not_share_a_node_finds_none_while_the_other_zones_are_taken()
    {
        Outcomes seen = Outcomes.Of(
            Workers("noisy: {replicas: 2, cpu: 2, zones: [b, c], spread: {by: zone}}\nquiet: {replicas: 1, cpu: 2, anti-affinity: {to: noisy}}",
                Service("noisy", "quiet") + Lost, OneEach),
            replications: 50);
        seen.Of("noisy").Number(0);
        seen.Of("quiet").Number(50).Are("failover").Between(3600, 3600 + 400);
    }
}
