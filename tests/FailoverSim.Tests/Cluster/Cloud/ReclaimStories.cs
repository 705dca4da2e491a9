using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cloud;
using FailoverSim.Models.Laws;
using FailoverSim.Models.Nodes;
using Xunit;

namespace FailoverSim.Tests.Cluster.Cloud;

public class ReclaimStories
{
    [Fact]
    public void At_the_notice_pods_are_deleted_and_at_its_end_the_machine_is_gone()
    {
        CloudBench bench = new();
        PlainPods pods = Reclaimed(bench, new Constant(1000), new Constant(60));
        bench.Measure("machine", bench.Set.Signals[0].Powered);
        pods.Fill(0, 3);
        List<(bool Schedulable, int Pods)> seen = [];
        foreach (double at in new[] { 999, 1001, 1119, 1121, 1209, 1211 })
        {
            bench.Lab.At(at, _ => seen.Add((bench.Objects.IsSchedulable(0), pods.CountOn(0))));
        }
        bench.Play(2000);
        Assert.Equal("1120- 1210+", bench.Of("cp-1.powered"));
        Assert.Equal([0, 1, 2], pods.Deleted);
        Assert.Equal([(true, 3), (false, 0), (false, 0), (false, 0), (false, 0), (true, 0)], seen);
        Assert.Equal("spot.reclaim 90", bench.Causes());
        Assert.Equal("boot 30, repair 60", bench.StagesOf());
    }

    [Fact]
    public void A_successor_that_boots_before_anybody_notices_ends_the_cordon()
    {
        CloudBench bench = new();
        Reclaimed(bench, new Constant(1000), null);
        List<bool> cordoned = [];
        bench.Lab.At(1149, _ => cordoned.Add(bench.Objects.Is(0, NodeMarks.Cordoned)));
        bench.Lab.At(1151, _ => cordoned.Add(bench.Objects.Is(0, NodeMarks.Cordoned)));
        bench.Play(2000);
        Assert.Equal("1120- 1150+", bench.Of("cp-1.powered"));
        Assert.Equal("", bench.Of("node-lifecycle/cp-1"));
        Assert.Equal([true, false], cordoned);
    }

    [Theory]
    [InlineData(50, true)] // The API server is back within the notice.
    [InlineData(500, false)]
    public void Without_the_api_server_nobody_deletes_the_pods_but_the_machine_goes(double outage, bool deleted)
    {
        CloudBench bench = new();
        PlainPods pods = Reclaimed(bench, new Constant(1000), null);
        pods.Fill(0, 2);
        bench.Out(990, outage, bench.Control.Api);
        bench.Play(1200);
        Assert.Equal("1120- 1150+", bench.Of("cp-1.powered"));
        Assert.Equal(deleted ? [0, 1] : [], pods.Deleted);
    }

    [Fact]
    public void A_successor_waits_for_the_provider_and_has_a_clock_of_its_own()
    {
        CloudBench bench = new();
        Reclaimed(bench, new Constant(1000), null);
        bench.Out(1100, 400, bench.Control.CloudApi);
        bench.Play(5000);
        // Launched at 1500, noticed at 2500, launched again at 2620.
        Assert.Equal("1120- 1530+ 2620- 2650+ 3740- 3770+ 4860- 4890+", bench.Of("cp-1.powered"));
    }

    [Fact]
    public void A_machine_that_somebody_else_has_replaced_has_a_new_clock()
    {
        CloudBench bench = new();
        Reclaimed(bench, new Constant(1000), null);
        bench.Lab.At(600, _ => bench.Instances.Launch(0));
        bench.Lab.At(1050, _ => bench.Instances.Terminate(1));
        bench.Play(1700);
        Assert.Equal("600- 630+", bench.Of("cp-1.powered"));
        Assert.Equal("600 launched", bench.Of("machine/cp-1").Split(" 600 booting")[0].Replace("600 removed ", "", StringComparison.Ordinal));
        // Terminated within the notice, by somebody who wants no other.
        Assert.Equal("1050-", bench.Of("cp-2.powered"));
        Assert.Equal("1120- 1150+", bench.Of("cp-3.powered"));
    }

    [Fact]
    public void Machines_are_reclaimed_at_the_rate_of_their_clocks()
    {
        const int Machines = 40;
        const double Day = 86400;
        CloudBench bench = new(Machines, zones: 4);
        Reclaimed(bench, new Exponential(2 * Day), new Constant(600));
        int notices = 0;
        const int Replications = 20;
        for (int replication = 0; replication < Replications; replication++)
        {
            bench.Play(100 * Day, replication);
            notices += Enumerable.Range(1, Machines).Sum(m => bench.Instants($"reclaim/cp-{m}", "notice").Length);
        }
        // A renewal process: the cycle is life, notice and wait for the successor; only the life varies.
        double cycle = (2 * Day) + 120 + 600;
        double expected = (100 * Day / cycle) + (((2 * Day * 2 * Day) - (cycle * cycle)) / (2 * cycle * cycle)) + (720 / cycle);
        double mean = (double)notices / (Machines * Replications);
        double variance = 100 * Day * 4 * Day * Day / (cycle * cycle * cycle);
        Assert.InRange(mean, expected - CloudNodeStories.Tolerance(variance, Machines * Replications),
            expected + CloudNodeStories.Tolerance(variance, Machines * Replications));
    }

    private static PlainPods Reclaimed(CloudBench bench, Law every, Law? after)
    {
        PlainPods pods = new(bench.Nodes.Count);
        ReclaimOptions options = new("spot.reclaim", every, SimDuration.FromSeconds(120), after);
        _ = new Reclaim(bench.Builder, bench.Objects, [options], bench.Instances, pods, bench.Control);
        return pods;
    }
}
