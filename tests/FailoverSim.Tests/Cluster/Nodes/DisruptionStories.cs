using FailoverSim.Kernel.Signals;
using Xunit;

namespace FailoverSim.Tests.Cluster.Nodes;

/// <summary>How fast nodes are tainted when many are down, by zone.</summary>
public class DisruptionStories
{
    private const double DownAt = 1000;

    /// <summary>T12: one of three zones goes; its nodes are tainted one every 10 s, the last of 20 loses its pods after about 543 s.</summary>
    [Fact]
    public void A_zone_that_is_lost_is_evicted_node_by_node()
    {
        NodeBench bench = new([20, 20, 20]);
        Lose(bench, 0, 20);
        List<double> last = [];
        for (int r = 0; r < 300; r++)
        {
            bench.Play(DownAt + 620, r);
            double[] noticed = bench.Times("not-ready");
            double[] tainted = bench.Times("tainted");
            double[] evicted = bench.Times("evicted-0");
            Assert.Equal(20, evicted.Length);
            Assert.InRange(noticed[^1] - DownAt, 44, 55.55);
            Assert.InRange(tainted[0] - noticed[0], 5, 20.3);
            for (int k = 2; k < 20; k++)
            {
                Assert.Equal(10, tainted[k] - tainted[k - 1], 6);
            }
            for (int k = 0; k < 20; k++)
            {
                Assert.Equal(300, evicted[k] - tainted[k], 6);
            }
            last.Add(evicted[^1] - DownAt);
        }
        Assert.InRange(last.Average(), 540, 556);
        Assert.InRange(last.Min(), 530, 550);
        Assert.InRange(last.Max(), 545, 566);
    }

    /// <summary>In a small zone most of which is down nobody is tainted any more; those that the first passes have seen may have been.</summary>
    [Fact]
    public void A_small_zone_that_is_mostly_down_is_left_alone()
    {
        NodeBench bench = new([40, 4]);
        Lose(bench, 0, 30);
        bench.Play(DownAt + 20_000);
        Assert.Equal(30, bench.Times("not-ready").Length);
        Assert.InRange(bench.Times("tainted").Length, 0, 1);
        Assert.All(bench.Times("tainted"), t => Assert.InRange(t - DownAt, 40, 66));
    }

    [Fact]
    public void A_large_zone_that_is_mostly_down_is_tainted_slowly()
    {
        NodeBench bench = new([60, 4]);
        Lose(bench, 0, 40);
        bench.Play(DownAt + 10_000);
        double[] tainted = bench.Times("tainted");
        Assert.Equal(40, tainted.Length);
        for (int k = 2; k < tainted.Length; k++)
        {
            Assert.Equal(100, tainted[k] - tainted[k - 1], 6);
        }
    }

    /// <summary>Two nodes down never make a zone partially disrupted, however small it is; three may.</summary>
    [Theory]
    [InlineData(3, 2, 2)]
    [InlineData(5, 3, 0)]
    [InlineData(6, 3, 3)]
    public void It_takes_more_than_two(int nodes, int down, int tainted)
    {
        NodeBench bench = new([nodes, 2]);
        Lose(bench, 0, down);
        for (int r = 0; r < 50; r++)
        {
            bench.Play(DownAt + 3_000, r);
            Assert.Equal(down, bench.Times("not-ready").Length);
            Assert.InRange(bench.Times("tainted").Length, tainted, tainted == 0 ? 1 : tainted);
        }
    }

    /// <summary>T13: the API server is fine, but no kubelet reaches it for 10 min: all are marked, none is evicted.</summary>
    [Fact]
    public void When_all_fall_silent_nothing_is_evicted()
    {
        NodeBench bench = new([5, 5, 5]);
        bench.Drop(DownAt, DownAt + 600, bench.KubeletsReachApi);
        double mean = 0;
        for (int r = 0; r < 200; r++)
        {
            bench.Play(DownAt + 2_000, r);
            double[] noticed = bench.Times("not-ready");
            Assert.Equal(15, noticed.Length);
            Assert.InRange(noticed[0] - DownAt, 39.6, 55.55);
            Assert.InRange(noticed[^1] - DownAt, 39.6, 55.55);
            mean += noticed.Average() - DownAt;
            Assert.DoesNotContain(bench.Told, t => t.What.StartsWith("evicted", StringComparison.Ordinal));
            // A node may be tainted for a pass before all are silent, and one per zone when the first are heard again.
            Assert.InRange(bench.Times("tainted").Length, 0, 6);
            Assert.DoesNotContain(bench.Told, t => t.What == "tainted" && t.At * 1e-9 > DownAt + 61 && t.At * 1e-9 < DownAt + 600);
            double[] ready = bench.Times("ready");
            Assert.Equal(15, ready.Length);
            Assert.InRange(ready[0] - DownAt - 600, 0, 10);
            Assert.InRange(ready[^1] - DownAt - 600, 0, 10.5);
            Assert.Equal(15, bench.Count("nodes.not-ready-false"));
            Assert.All(bench.Lifecycle.Ready, ready => Assert.True(bench.Simulation.Signals[ready]));
        }
        Assert.InRange(mean / 200, 47.9 - 0.6, 47.9 + 0.6);
    }

    /// <summary>Taints of all nodes are taken off when the last zone goes, and put back at the normal rate when one node is heard.</summary>
    [Fact]
    public void The_last_zone_to_go_frees_the_others()
    {
        NodeBench bench = new([2, 2]);
        Lose(bench, 0, 2);
        bench.Drop(DownAt + 200, DownAt + 400, bench.Powered(2), bench.Powered(3));
        bench.Play(DownAt + 1_000);
        // One of the last zone may be tainted for a pass before the other is silent too.
        Assert.Equal(2, bench.Times("untainted", 0).Length + bench.Times("untainted", 1).Length);
        Assert.Matches(@"^10\d\d not-ready 10\d\d tainted 12[3-5]\d untainted", bench.Story(0));
        double[] tainted = [.. bench.Times("tainted", 0), .. bench.Times("tainted", 1)];
        Assert.Equal(4, tainted.Length);
        Array.Sort(tainted);
        // The bucket of a zone in which nobody may be tainted is empty.
        Assert.InRange(tainted[2] - DownAt - 400, 10, 15.2);
        Assert.Equal(10, tainted[3] - tainted[2], 6);
        Assert.Equal(2, bench.Told.Count(t => t.What == "evicted-0"));
    }

    private static void Lose(NodeBench bench, int first, int count)
    {
        Signal[] lost = [.. Enumerable.Range(first, count).Select(bench.Powered)];
        bench.Drop(DownAt, double.PositiveInfinity, lost);
    }
}
