using FailoverSim.Models.Cluster;
using Xunit;

namespace FailoverSim.Tests.Cluster.Etcd;

/// <summary>What members do in one fault at a time.</summary>
public class EtcdStories
{
    [Theory]
    [InlineData(Fidelity.Elided)]
    [InlineData(Fidelity.Exhaustive)]
    public void Healthy_cluster_elects_nobody(Fidelity fidelity)
    {
        EtcdLab lab = new EtcdLab(5, fidelity: fidelity).Run(600);
        Assert.Empty(lab.Changes);
        Assert.Empty(lab.States);
        Assert.Equal(0, lab.Cluster.Counters.PreCampaigns);
    }

    [Fact]
    public void Ten_quiet_years_are_no_events()
    {
        EtcdLab lab = new EtcdLab(3).Run(10 * 365 * 86400.0);
        Assert.Equal(0, lab.Simulation.Events);
    }

    [Fact]
    public void Ten_years_with_a_crash_a_month_cost_some_dozens_of_events_each()
    {
        EtcdLab lab = new(3);
        const double month = 30 * 86400.0;
        int victim = -1;
        lab.Bench.Repeatedly(month, (_, _) =>
        {
            if (victim < 0)
            {
                victim = lab.Leader;
                lab.Kill(victim);
                return 60;
            }
            lab.Start(victim);
            victim = -1;
            return month;
        });
        lab.Run(10 * 365 * 86400.0);
        Assert.InRange(lab.Cluster.Elections, 118, 125);
        Assert.InRange(lab.Simulation.Events, 2000, 118 * 200);
    }

    [Fact]
    public void Leader_that_dies_is_replaced()
    {
        EtcdLab lab = new EtcdLab(3).At(10, l => l.Kill(l.Leader)).Run(20);
        Assert.Equal(10, lab.When("write", false));
        Assert.Equal(10, lab.When("leader", false));
        Assert.InRange(lab.When("leader", true), 10.8, 15);
        Assert.InRange(lab.When("write", true) - lab.When("leader", true), 0.005, 0.007);
        Assert.True(double.IsNaN(lab.When("quorum", false)));
        Assert.Equal(1, lab.Cluster.Elections);
    }

    [Fact]
    public void Cut_off_leader_steps_down_while_the_majority_elects_and_follows_again_later()
    {
        int old = -1;
        EtcdLab lab = new EtcdLab(3).At(10, l => l.Isolate(old = l.Leader)).At(40, l => l.Isolate(old, false)).Run(60);
        Assert.Equal(10, lab.When("write", false));
        Assert.InRange(lab.When("write", true), 10.8, 15);
        double steppedDown = lab.States.First(s => s.Slot == old && s.State == "follower").At * 1e-9;
        Assert.InRange(steppedDown, 10.99, 12.0);
        Assert.Equal(1, lab.Cluster.Elections);
        Assert.NotEqual(old, lab.Leader);
        Assert.InRange(lab.When($"serves-{old + 1}", true, 40), 40, 40.2);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public void Lone_member_disturbs_the_others_on_its_return_only_without_pre_vote(bool preVote, int elections)
    {
        int lone = -1;
        EtcdLab lab = new EtcdLab(3, EtcdLab.Defaults with { PreVote = preVote })
            .At(10, l => l.Isolate(lone = (l.Leader + 1) % 3))
            .At(100, l => l.Isolate(lone, false))
            .Run(99);
        Assert.True(lab.CanWrite);
        Assert.InRange(lab.Cluster.TermOf(lone), preVote ? 1 : 45, preVote ? 1 : 90);
        lab.Go(120);
        Assert.True(lab.CanWrite);
        Assert.Equal(elections, lab.Cluster.Elections);
        // Alone, it costs nothing, or one campaign for each term.
        Assert.InRange(lab.Simulation.Events, 1, preVote ? 80 : 500);
    }

    [Fact]
    public void Leader_that_sends_but_hears_nothing_steps_down()
    {
        int old = -1;
        EtcdLab lab = new EtcdLab(3).At(10, l =>
        {
            old = l.Leader;
            l.Cut((old + 1) % 3, old);
            l.Cut((old + 2) % 3, old);
        }).Run(30);
        double steppedDown = lab.States.First(s => s.Slot == old && s.State == "follower").At * 1e-9;
        Assert.InRange(steppedDown, 10.99, 12.0);
        // Until then its heartbeats keep the others from campaigning.
        double campaign = lab.States.First(s => s.Slot != old).At * 1e-9;
        Assert.InRange(campaign - steppedDown, 0.8, 1.9);
        Assert.NotEqual(old, lab.Leader);
        Assert.True(lab.CanWrite);
    }

    [Fact]
    public void Leader_that_hears_but_cannot_send_is_replaced_after_the_normal_timeout()
    {
        int old = -1;
        EtcdLab lab = new EtcdLab(3).At(10, l =>
        {
            old = l.Leader;
            l.Cut(old, (old + 1) % 3);
            l.Cut(old, (old + 2) % 3);
        }).Run(30);
        Assert.InRange(lab.States.First(s => s.State == "pre-candidate").At * 1e-9, 10.8, 11.9);
        Assert.NotEqual(old, lab.Leader);
        Assert.True(lab.CanWrite);
    }

    [Fact]
    public void Member_that_hears_no_leader_cannot_depose_one_whom_others_hear()
    {
        EtcdLab lab = new EtcdLab(3, EtcdLab.Defaults with { PreVote = false })
            .At(10, l => l.Cut(l.Leader, (l.Leader + 1) % 3))
            .Run(300);
        // The follower that both hear ignores it silently, and so does the leader.
        Assert.Equal(0, lab.Cluster.Elections);
        Assert.True(lab.CanWrite);
        Assert.True(lab.Cluster.Counters.Campaigns > 100);
    }

    [Theory]
    [InlineData("stall")]
    [InlineData("hang")]
    public void Leader_that_stands_still_is_replaced_and_follows_when_it_goes_on(string fault)
    {
        int old = -1;
        EtcdLab lab = new EtcdLab(3)
            .At(10, l => Suffer(l, old = l.Leader, true))
            .At(20, l => Suffer(l, old, false))
            .Run(30);
        Assert.InRange(lab.When("write", false), 10, fault == "hang" ? 10 : 10.5);
        Assert.InRange(lab.When("write", true), 10.8, 15);
        Assert.NotEqual(old, lab.Leader);
        Assert.Equal(1, lab.Cluster.Elections);
        Assert.InRange(lab.When($"serves-{old + 1}", true, 20), 20, 20.2);
        Assert.True(double.IsNaN(lab.When("write", false, 20)));

        void Suffer(EtcdLab l, int slot, bool begins)
        {
            if (fault == "hang")
            {
                l.Hang(slot, begins);
            }
            else
            {
                l.Stall(slot, begins);
            }
        }
    }

    [Fact]
    public void Clean_stop_hands_over_in_tens_of_milliseconds()
    {
        int old = -1;
        EtcdLab lab = new EtcdLab(3).At(10, l => l.Cluster.Stop(old = l.Leader)).Run(20);
        Assert.Equal(10, lab.When("write", false));
        Assert.InRange(lab.When("write", true) - 10, 0.010, 0.050);
        (double at, int slot, string what) = Assert.Single(lab.Processes.Told);
        Assert.Equal((old, "stopped"), (slot, what));
        Assert.Equal(10.1, at, 6);
        Assert.Equal(0, lab.Cluster.Counters.PreCampaigns);
    }

    [Fact]
    public void Follower_stops_at_once()
    {
        EtcdLab lab = new EtcdLab(3).At(10, l => l.Cluster.Stop((l.Leader + 1) % 3)).Run(20);
        Assert.Equal(10, Assert.Single(lab.Processes.Told).At);
        Assert.Equal(0, lab.Cluster.Elections);
    }

    [Fact]
    public void Member_that_lost_its_data_does_not_count_until_it_has_a_copy()
    {
        int lost = -1;
        EtcdLab lab = new EtcdLab(3)
            .At(10, l =>
            {
                lost = (l.Leader + 1) % 3;
                l.Kill(lost);
                l.Cluster.LoseData(lost);
            })
            .At(20, l => l.Start(lost))
            // With another one down, there is no quorum while the copy is on its way.
            .At(30, l => l.Kill((lost + 1) % 3))
            .Run(29);
        Assert.True(lab.CanWrite);
        lab.Go(31);
        Assert.False(lab.CanWrite);
        Assert.False(lab.Simulation.Signals[lab.Cluster.Signals.Quorum]);

        lab = new EtcdLab(3)
            .At(10, l =>
            {
                lost = (l.Leader + 1) % 3;
                l.Kill(lost);
                l.Cluster.LoseData(lost);
            })
            .At(20, l => l.Start(lost))
            .At(60, l => l.Kill((lost + 1) % 3))
            .Run(70);
        Assert.InRange(lab.When($"serves-{lost + 1}", true), 50, 50.5);
        Assert.True(lab.CanWrite);
    }

    [Fact]
    public void Lost_majority_is_restored_by_an_operator()
    {
        EtcdLab lab = new EtcdLab(3)
            .At(10, l =>
            {
                l.Kill(0);
                l.Cluster.LoseData(0);
                l.Kill(1);
                l.Cluster.LoseData(1);
            })
            .At(100, l => l.Start(0))
            .At(100, l => l.Start(1))
            .At(3600, l => l.Cluster.Restore(dataLoss: true))
            .Run(3599);
        Assert.Equal(10, lab.When("lost", true));
        Assert.False(lab.CanWrite);
        // Without a leader nobody can copy: nothing has happened in an hour but lone campaigns.
        lab.Go(3700);
        Assert.Equal(3600, lab.When("lost", false));
        Assert.InRange(lab.When("write", true), 3600.8, 3605);
        Assert.Equal(1, lab.Cluster.DataLosses);
        Assert.InRange(lab.Simulation.Events, 1, 40_000);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void Restored_quorum_gives_up_committed_writes_only_if_the_procedure_does(bool dataLoss, int losses)
    {
        int stale = -1;
        EtcdLab lab = new EtcdLab(3);
        lab.At(10, l =>
            {
                stale = (l.Leader + 1) % 3;
                l.Kill(stale);
            })
            // The two that have written without it lose their data; it is the only one left, and behind.
            .At(60, l =>
            {
                for (int i = 0; i < 3; i++)
                {
                    if (i != stale)
                    {
                        l.Kill(i);
                        l.Cluster.LoseData(i);
                    }
                }
            })
            .At(70, l =>
            {
                for (int i = 0; i < 3; i++)
                {
                    l.Start(i);
                }
            })
            .At(3600, l => l.Cluster.Restore(dataLoss))
            .Run(3700);
        Assert.True(lab.CanWrite);
        Assert.Equal(losses, lab.Cluster.DataLosses);
        Assert.True(lab.Cluster.Elections >= 1);
    }

    [Theory]
    [InlineData(Fidelity.Elided)]
    [InlineData(Fidelity.Exhaustive)]
    public void Three_crashes_of_the_leader_are_three_elections(Fidelity fidelity)
    {
        EtcdLab lab = new(3, fidelity: fidelity);
        int dead = -1;
        for (int crash = 1; crash <= 3; crash++)
        {
            lab.At(100 * crash, l => l.Kill(dead = l.Leader)).At((100 * crash) + 50, l => l.Start(dead));
        }
        lab.Run(400);
        Assert.Equal((3L, 0L), (lab.Cluster.Elections, lab.Cluster.DataLosses));
    }

    [Fact]
    public void Member_that_was_away_cannot_lead_those_who_wrote_meanwhile()
    {
        int stale = -1, fresh = -1;
        EtcdLab lab = new EtcdLab(3, EtcdLab.Defaults with { InitialElectionTickAdvance = false });
        lab.At(10, l =>
        {
            stale = (l.Leader + 1) % 3;
            fresh = (l.Leader + 2) % 3;
            l.Kill(stale);
        });
        lab.At(20, l =>
        {
            l.Kill(l.Leader);
            l.Start(stale);
        });
        for (int replication = 0; replication < 50; replication++)
        {
            lab.Run(60, replication);
            Assert.Equal(fresh, lab.Leader);
            Assert.True(lab.CanWrite);
        }
    }

    [Fact]
    public void Member_far_behind_copies_a_snapshot_and_one_a_little_behind_catches_up_at_once()
    {
        int away = -1;
        double Return(double after)
        {
            EtcdLab lab = new EtcdLab(3).At(10, l => l.Kill(away = (l.Leader + 1) % 3)).At(10 + after, l => l.Start(away)).Run(100 + after);
            return lab.When($"serves-{away + 1}", true, 10 + after) - 10 - after;
        }

        Assert.InRange(Return(100), 0, 0.2);
        Assert.InRange(Return(3000), 30, 30.3);
    }

    [Fact]
    public void Lost_quorum_is_cheap()
    {
        EtcdLab lab = new EtcdLab(5).At(10, l =>
        {
            l.Kill(0);
            l.Kill(1);
            l.Kill(2);
        }).Run(10_000);
        Assert.False(lab.CanWrite);
        Assert.InRange(lab.Simulation.Events, 1, 5 * 10_000);
    }
}
