using Xunit;
using static FailoverSim.Tests.Cluster.Whole.Layouts;

namespace FailoverSim.Tests.Cluster.Whole;

/// <summary>
/// What faults do to a stacked control plane behind kube-vip. The expected times are those of its parts: etcd elects in 1.25 s
/// (three members), client-go takes a lease of 15 s over in 16.5 s and one of 5 s in 5.77 s (two standbys).
/// </summary>
public class StackedStories
{
    [Fact]
    public void The_leader_of_etcd_crashes_and_leaves_the_apiserver_on_its_machine_without_etcd()
    {
        Outcomes seen = Outcomes.Of(Stacked(Fault("of: etcd.leader, repair: {takes: 60s}")));
        seen.Of("etcd-write").Number(400).Are("failover").Mean(1.25, 0.01).OnlyStages("detect", "elect");
        seen.Of("anywhere").Number(400).Are("failover").Mean(1.25, 0.01).OnlyStages("detect", "elect");
        // Where the address leads to that apiserver it has to move: given up 3.5 s after the crash on average.
        seen.Of("api").Number(400).Are("failover").Between(0.85, 9.3);
        seen.Of("api", when: "vip-held").Share(1 / 3.0).Between(4, 9.3);
        // The leader on that machine cannot commit anything any more, and somebody else leads after 15 s at the least.
        seen.Of("controllers").Number(400).Where(o => o.Length > 3).ToList().Are("failover").Share(1 / 3.0).Between(13, 27);
        seen.Of("scheduling").Number(400).Where(o => o.Length > 3).ToList().Are("failover").Share(1 / 3.0).Between(13, 25);
    }

    [Fact]
    public void The_address_stays_reachable_when_only_the_process_that_announced_it_crashes()
    {
        Outcomes seen = Outcomes.Of(Stacked(Fault("of: vip.holder, repair: {takes: 60s}")));
        seen.Of("vip-held").Number(400).Are("failover").Mean(5.77, 0.02).Between(3.9, 8.8).OnlyStages("expire", "elect");
        seen.Of("api").Number(0);
    }

    [Fact]
    public void A_machine_dies_with_whatever_it_led()
    {
        Outcomes seen = Outcomes.Of(Stacked(Fault("of: nodes.cp-1, repair: {takes: 3m}")));
        seen.Of("etcd-write").Share(1 / 3.0).Are("failover").Mean(1.25, 0.01);
        seen.Of("vip-held").Share(1 / 3.0).Are("failover").Mean(5.77, 0.25);
        seen.Of("api").Share(5 / 9.0).Are("failover").OnlyStages("detect", "elect", "expire", "take over");
        // An acquisition that falls into the election waits for it.
        seen.Of("api", when: "vip-held").Mean(5.77 + 0.525, 0.25);
        seen.Of("controllers").Share(5 / 9.0).Are("failover");
    }

    [Fact]
    public void The_address_with_the_usual_lease_dies_together_with_the_leader_of_etcd()
    {
        Outcomes seen = Outcomes.Of(Stacked(
            Fault("of: nodes.cp-1, repair: {takes: 5m}"), "{duration: 15s, renew-deadline: 10s, retry: 2s}"));
        List<Seen> both = [.. seen.Of("api", when: "vip-held").IntersectBy(seen.Of("etcd-write").Select(o => o.Replication), o => o.Replication)];
        both.Are("failover").Share(1 / 9.0).Between(13, 25).Stage("detect", 1.2, 0.3).Mean(16.5 + 0.525, 0.3);
    }

    [Theory]
    [InlineData("controller-manager", "controllers", 16.54 + 3)]
    [InlineData("scheduler", "scheduling", 16.54 + 1)]
    public void A_leader_crashes_for_longer_than_its_lease(string component, string service, double mean)
    {
        Outcomes seen = Outcomes.Of(Stacked(Fault($"of: {component}.leader, repair: {{takes: 3m}}")));
        seen.Of(service).Number(400).Are("failover").Mean(mean, 0.03).Between(14, 27).OnlyStages("expire", "elect", "sync");
        seen.Of("api").Number(0);
    }

    [Theory]
    [InlineData("down")]
    [InlineData("hang")]
    public void The_apiserver_behind_the_address_fails_and_kube_vip_gives_the_address_up(string state)
    {
        Outcomes seen = Outcomes.Of(Stacked(Fault($"of: apiserver@cp-1, state: {state}, repair: {{takes: 3m}}")));
        seen.Of("api").Share(1 / 3.0).Are("failover").Mean(5.77 + 0.525, 0.1).Between(4, 10).OnlyStages("detect", "expire", "elect", "take over");
        seen.Of("anywhere").Number(0);
        // Leaders give up after 10 to 12 s; the lease runs on for those who wait.
        seen.Of("controllers").Share(1 / 3.0).Are("failover").Mean(16.54 + 3, 0.2).Between(13, 27);
    }

    [Theory]
    [InlineData("both")]
    [InlineData("one-way")]
    public void A_link_between_two_zones_is_cut_and_the_member_that_hears_no_leader_is_useless(string direction)
    {
        Outcomes seen = Outcomes.Of(Stacked(Fault($"of: zone-links.a-b, lasts: 5m, state: partition, direction: {direction}")));
        // Where c does not lead: the cut-off member is one of three.
        seen.Of("etcd-write").Number(0);
        seen.Of("api").Share(2 / 9.0).Are("failover").Mean(5.77 + 0.525, 0.1).Between(4, 10);
        seen.Of("controllers").Share(2 / 9.0).Are("failover").Mean(16.54 + 3, 0.2).Between(13, 27);
    }

    [Fact]
    public void Two_zones_are_cut_off_from_each_other_and_from_the_third()
    {
        Outcomes seen = Outcomes.Of(Stacked("""
            faults:
              f: {of: [zone-links.a-b, zone-links.b-c, zone-links.a-c], at: [1h], lasts: 5m, state: partition}
            """), replications: 100);
        seen.Of("etcd-write").Number(100).Are("loss").Between(300, 303);
    }

    [Fact]
    public void Etcd_is_away_for_ten_minutes_and_the_back_off_of_killed_apiservers_outlasts_it()
    {
        Outcomes seen = Outcomes.Of(Stacked(Fault("of: etcd, scope: all-replicas, repair: {takes: 10m}")), replications: 60);
        seen.Of("etcd-write").Number(60).Are("loss").Between(600, 604);
        // Killed after 80 to 130 s, then 30 s of life and 10, 20, 40, 80, 160 s of back-off: the sixth start finds etcd.
        seen.Of("anywhere").Number(60).Are("loss").Between(800, 950);
        seen.Of("api").Number(60).Are("loss").Between(800, 970);
        seen.Of("controllers").Number(60).Are("loss").Between(800, 990);
        // The holder of the address gives it up when it could not renew for 3 s.
        Assert.All(seen.Of("vip-held").Number(60).Are("loss"), o => Assert.InRange(o.Start - 3600, 2.9, 9));
    }

    [Fact]
    public void A_majority_is_lost_for_good_and_somebody_restores_it()
    {
        Outcomes seen = Outcomes.Of(
            Stacked("""
                faults: {f: {of: [etcd@cp-1, etcd@cp-2], at: [1h], state: lost-for-good, repair: replace}}
                repair:
                  replace: {takes: 5h}
                  restore-quorum: {when: etcd.majority-lost-for-good, takes: 40m, data-loss: up-to-last-snapshot}
                """),
            replications: 40,
            horizon: "8h");
        seen.Of("etcd-write").Number(40).Are("loss").Between(2400, 2405).Stage("repair", 2400);
        seen.Of("api").Number(40).Are("loss").Between(2400, 2850);
    }

    [Fact]
    public void Nothing_happens_in_a_year_without_faults()
    {
        Outcomes seen = Outcomes.Of(Stacked(""), replications: 5, horizon: "1y");
        foreach (string service in new[] { "api", "vip-held", "controllers", "scheduling", "etcd-write", "anywhere" })
        {
            seen.Of(service).Number(0);
        }
        Assert.InRange(seen.Events, 0, 500);
    }
}
