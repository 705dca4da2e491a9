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
        EtcdLab lab = new EtcdLab(5, fidelity: fidelity).Run(3600);
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
        Assert.InRange(lab.Cluster.Counters.Elections, 118, 125);
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
        Assert.Equal(1, lab.Cluster.Counters.Elections);
    }
}
