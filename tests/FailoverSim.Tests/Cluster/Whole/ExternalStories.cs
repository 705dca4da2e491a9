using Xunit;
using static FailoverSim.Tests.Cluster.Whole.Layouts;

namespace FailoverSim.Tests.Cluster.Whole;

/// <summary>What faults do where etcd is on machines of its own, and apiservers are behind HAProxy with a VRRP address.</summary>
public class ExternalStories
{
    [Theory]
    [InlineData(3, 1.250)]
    [InlineData(5, 1.117)]
    public void The_leader_of_etcd_crashes(int members, double mean)
    {
        Outcomes seen = Outcomes.Of(External(Fault("of: etcd.leader, repair: {takes: 20s}"), members));
        foreach (string service in new[] { "api", "anywhere", "etcd-write", "controllers", "scheduling" })
        {
            seen.Of(service).Number(400).Are("failover").Mean(mean, 0.01).Between(0.85, 8).OnlyStages("detect", "elect");
        }
    }

    [Fact]
    public void The_disk_of_the_leader_stalls_and_the_others_elect()
    {
        Outcomes seen = Outcomes.Of(External(Fault("of: etcd.leader, state: stall, lasts: 30s")));
        seen.Of("api").Number(400).Are("failover").Mean(1.25, 0.05).OnlyStages("detect", "elect");
    }

    [Fact]
    public void The_machine_of_the_master_dies()
    {
        IReadOnlyList<Seen> api = Outcomes.Of(External(Fault("of: nodes.lb-1, repair: {takes: 3m}"))).Of("api").Number(800).Are("failover");
        // Three adverts and the skew of priority 100 after the last one, then ARP.
        List<Seen> down = [.. api.Where(o => o.Start < 3601)], back = [.. api.Where(o => o.Start > 3601)];
        down.Number(400).Mean(3.609 - 0.5 + 0.255).Between(2.6, 4.2).OnlyStages("expire", "take over");
        // It comes back and takes the address, which the other gives up at once.
        back.Number(400).Mean(0.255).Between(0, 0.51).OnlyStages("take over");
    }

    [Fact]
    public void A_balancer_that_crashes_is_noticed_by_the_script()
    {
        List<Seen> down = [.. Outcomes.Of(External(Fault("of: haproxy@lb-1, repair: {takes: 3m}"))).Of("api").Are("failover").Where(o => o.Start < 3601)];
        // Two runs of the script, every 2 s; then priority 0, and the skew of priority 100.
        down.Number(400).Mean(3 + 0.609 + 0.255, 0.01).Between(2.6, 5.2).Stage("detect", 3).OnlyStages("detect", "expire", "take over");
    }

    [Theory]
    [InlineData("answers-check-but-drops-traffic")]
    [InlineData("hang")]
    public void A_balancer_whose_process_is_alive_is_not_noticed_and_waits_for_the_crew(string state)
    {
        IReadOnlyList<Seen> api = Outcomes.Of(
            External(
                Fault($"of: haproxy@lb-1, state: {state}, repair: mend")
                + "\nrepair: {crews: {day: {size: 1, answer: 10m}}, mend: {crew: day, takes: 5m}}"),
            replications: 100).Of("api");
        api.Number(100).Are("failover").Between(900, 902).Stage("answer", 600).Stage("repair", 300);
    }

    [Fact]
    public void One_apiserver_of_three_is_not_missed()
    {
        Outcomes seen = Outcomes.Of(External(Fault("of: apiserver@api-1, repair: {takes: 60s}")), replications: 50);
        seen.Of("api").Number(0);
        seen.Of("controllers").Number(0);
    }

    [Fact]
    public void A_planned_restart_of_the_scheduler_releases_its_lease()
    {
        Outcomes seen = Outcomes.Of(
            External("maintenance: {upgrade: {of: nodes.ctl, every: 1h, per-node: 5m}}"), horizon: "62m");
        seen.Of("scheduling").Share(1 / 3.0).Are("failover", "upgrade").Mean(1.10 + 1, 0.05).Between(1, 5.5).Stage("elect+sync", 1.10 + 1, 0.05);
        seen.Of("controllers").Share(1 / 3.0).Are("failover", "upgrade").Mean(16.54 + 3, 0.05).OnlyStages("expire", "elect", "sync");
    }

    [Fact]
    public void A_feed_takes_four_of_five_members()
    {
        Outcomes seen = Outcomes.Of(
            External(Fault("of: power.feed-1, lasts: 25m"), members: 5, zones: "{a: {power: feed-1}, b: {power: feed-1}, c: {power: feed-2}}"),
            replications: 100);
        seen.Of("etcd-write").Number(100).Are("loss").Between(1500, 1700).Stage("outage", 1500).Stage("detect+elect", 0.5, 1);
        seen.Of("anywhere").Number(100).Are("loss").Between(1500, 1730);
    }

    [Fact]
    public void A_member_that_copies_its_data_helps_no_quorum()
    {
        Outcomes seen = Outcomes.Of(
            External(TwoFaults(
                "of: etcd@etcd-1, at: [1h], state: lost-for-good, repair: {takes: 60s}", "of: etcd@etcd-2, at: [65m], repair: {takes: 5m}")),
            replications: 40);
        // Ten minutes of copying cover the five of the other member.
        seen.Of("etcd-write").Where(o => o.Start >= 3900).ToList().Number(40).Are("loss", "g").Between(300, 304);
    }

    [Fact]
    public void One_zone_is_cut_off_from_both_others()
    {
        Outcomes seen = Outcomes.Of(External(Fault("of: [zone-links.a-b, zone-links.b-c], lasts: 5m, state: partition")));
        seen.Of("etcd-write").Share(1 / 3.0).Are("failover").Mean(1.25, 0.02).OnlyStages("detect", "elect");
        seen.Of("api").Share(1 / 3.0).Are("failover").Mean(1.25, 0.02);
    }

    [Fact]
    public void Adverts_that_get_through_one_way_only_move_the_address_without_an_outage()
    {
        Outcomes seen = Outcomes.Of(
            External(Fault("of: zone-links.a-c, lasts: 5m, state: partition, direction: one-way")), replications: 60);
        Assert.All(seen.Of("api"), o => Assert.InRange(o.Length, 0, 2.5));
    }
}
