using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Laws;
using FailoverSim.Models.Nodes;
using Xunit;

namespace FailoverSim.Tests.Cluster.Nodes;

public class NodeStories
{
    private const double DownAt = 1000;

    /// <summary>T11: whoever takes over gives every node a new grace period.</summary>
    [Theory]
    [InlineData(50)]
    [InlineData(40)]
    public void A_new_controller_manager_waits_anew(double grace)
    {
        NodeBench bench = new([4], new NodeHealthOptions { GracePeriod = SimDuration.FromSeconds(grace) });
        bench.Drop(DownAt, double.PositiveInfinity, bench.Powered(0));
        bench.Drop(DownAt, DownAt + 16.5, bench.ControllersAlive);
        for (int r = 0; r < 100; r++)
        {
            bench.Play(DownAt + 400, r);
            Assert.InRange(Assert.Single(bench.Times("not-ready")) - DownAt - 16.5, grace, grace + 5.05);
            Assert.InRange(Assert.Single(bench.Times("evicted-0")) - DownAt, 16.5 + grace + 305, 16.5 + grace + 310.3);
        }
    }

    [Fact]
    public void An_outage_of_the_whole_control_plane_marks_nobody()
    {
        NodeBench bench = new([20, 20]);
        bench.Drop(DownAt, DownAt + 3600, bench.Api);
        bench.Play(DownAt + 10_000);
        Assert.Empty(bench.Told);
        Assert.Equal(0, bench.Count("nodes.not-ready"));
    }

    /// <summary>Its first pass frees all nodes; each that is still down is tainted again in its turn and tolerated for the full time.</summary>
    [Fact]
    public void A_new_controller_manager_tolerates_anew()
    {
        NodeBench bench = new([8]);
        bench.Drop(DownAt, double.PositiveInfinity, bench.Powered(0), bench.Powered(1));
        bench.Drop(DownAt + 250, DownAt + 270, bench.ControllersAlive);
        bench.Play(DownAt + 700);
        Assert.Equal(4, bench.Times("tainted").Length);
        Assert.Equal([DownAt + 270, DownAt + 270], bench.Times("untainted"));
        Assert.Equal([DownAt + 270, DownAt + 280], bench.Times("tainted")[2..]);
        Assert.Equal([DownAt + 570, DownAt + 580], bench.Times("evicted-0"));
        Assert.Equal(2, bench.Times("not-ready").Length);
    }

    [Theory]
    [InlineData(35, "")]
    [InlineData(120, "not-ready tainted ready untainted")]
    [InlineData(500, "not-ready tainted evicted-1 evicted-0 ready untainted")]
    public void A_node_that_returns_is_spared_what_has_not_happened(double lasts, string story)
    {
        NodeBench bench = new([4], tolerations: [300, 150, null]);
        bench.Drop(DownAt, DownAt + lasts, bench.Powered(2));
        for (int r = 0; r < 100; r++)
        {
            bench.Play(DownAt + 1_000, r);
            Assert.Equal(story, string.Join(' ', bench.Told.Where(t => t.Node == 2).Select(t => t.What)));
            if (story.Length > 0)
            {
                // Its kubelet starts and says so; the next pass frees the node.
                double ready = Assert.Single(bench.Times("ready"));
                Assert.Equal(DownAt + lasts + 0.01, ready, 6);
                Assert.InRange(Assert.Single(bench.Times("untainted")) - ready, 0, 5.05);
            }
        }
    }

    /// <summary>A kubelet that was cut off tries its lease every 7 s at most and says that it is ready within 10.4 s.</summary>
    [Fact]
    public void A_node_that_was_cut_off_is_ready_at_its_next_status()
    {
        NodeBench bench = new([4]);
        bench.Drop(DownAt, DownAt + 100, bench.Set.Signals[3].Machine.Network);
        double[] waits = new double[500];
        for (int r = 0; r < waits.Length; r++)
        {
            waits[r] = Assert.Single(bench.Play(DownAt + 200, r).Times("ready")) - DownAt - 100;
            Assert.InRange(waits[r], 0, 10.42);
        }
        Assert.InRange(waits.Average(), 5.11 - 0.7, 5.11 + 0.7);
    }

    [Fact]
    public void A_kubelet_that_is_restarted_says_at_once_that_the_node_is_ready()
    {
        NodeBench bench = new([4]);
        bench.Drop(DownAt, DownAt + 100, bench.Kubelet(3));
        bench.Drop(DownAt + 300, DownAt + 310, bench.Kubelet(3));
        bench.Play(DownAt + 400);
        Assert.Equal(DownAt + 100.01, Assert.Single(bench.Times("ready")), 6);
        Assert.Single(bench.Times("not-ready"));
    }

    /// <summary>A silence that ends in time is not noticed; one that ends too late for the next try is.</summary>
    [Fact]
    public void Heartbeats_that_return_just_before_the_pass_count()
    {
        NodeBench bench = new([4]);
        bench.Drop(DownAt, DownAt + 42, bench.Set.Signals[3].Machine.Network);
        int noticed = 0;
        for (int r = 0; r < 500; r++)
        {
            double[] marks = bench.Play(DownAt + 200, r).Times("not-ready");
            Assert.InRange(marks.Length, 0, 1);
            Assert.All(marks, at => Assert.InRange(at - DownAt, 39.6, 49.1));
            noticed += marks.Length;
            Assert.Equal(marks.Length, bench.Times("ready").Length);
        }
        Assert.InRange(noticed, 60, 250);
    }

    [Fact]
    public void Justified_and_false_marks_are_counted_apart()
    {
        NodeBench bench = new([6]);
        bench.Drop(DownAt, DownAt + 100, bench.Kubelet(0), bench.Powered(1), bench.Set.Signals[2].Machine.Network);
        bench.Play(DownAt + 400);
        Assert.Equal(3, bench.Count("nodes.not-ready"));
        Assert.Equal(1, bench.Count("nodes.not-ready-false"));
        Assert.Equal(3, bench.Count("nodes.tainted"));
    }

    [Fact]
    public void A_node_registers_when_its_kubelet_is_heard_and_can_be_deleted()
    {
        NodeBench bench = new([2], new NodeHealthOptions { HasCloudController = true }, spares: 1);
        Signal ready = bench.Lifecycle.Ready[2];
        bench.Lab.At(100, s => s.Drive(bench.Kubelet(2), true));
        bench.Lab.At(200, _ => bench.Lifecycle.Delete(2));
        bench.Lab.At(300, s => s.Drive(bench.Powered(2), false));
        bench.Lab.At(400, s => s.Drive(bench.Powered(2), true));
        bench.Play(90);
        Assert.False(bench.Objects.Is(2, NodeMarks.Registered));
        Assert.False(bench.Simulation.Signals[ready]);
        bench.Play(150);
        Assert.True(bench.Objects.Is(2, NodeMarks.Registered));
        Assert.True(bench.Objects.Is(2, NodeMarks.Uninitialized));
        Assert.True(bench.Simulation.Signals[ready]);
        bench.Play(350);
        Assert.False(bench.Objects.Is(2, NodeMarks.Registered | NodeMarks.Uninitialized));
        Assert.False(bench.Simulation.Signals[ready]);
        bench.Play(5_000);
        Assert.Equal("registered deleted collected registered", string.Join(' ', bench.Told.Select(t => t.What)));
        Assert.Equal(400.01, bench.Times("registered")[1], 6);
    }

    [Fact]
    public void Pods_of_a_deleted_node_are_collected_after_40_to_60_seconds()
    {
        NodeBench bench = new([3]);
        bench.Lab.At(DownAt, _ => bench.Lifecycle.Delete(1));
        double[] waits = new double[2000];
        for (int r = 0; r < waits.Length; r++)
        {
            waits[r] = Assert.Single(bench.Play(DownAt + 200, r).Times("collected")) - DownAt;
        }
        Assert.InRange(waits.Min(), 40.1, 40.4);
        Assert.InRange(waits.Max(), 59.8, 60.15);
        Assert.InRange(waits.Average(), 50.12 - 0.64, 50.12 + 0.64);
    }

    [Fact]
    public void Orphans_wait_for_a_controller_manager()
    {
        NodeBench bench = new([3]);
        bench.Lab.At(DownAt, _ => bench.Lifecycle.Delete(1));
        bench.Drop(DownAt + 20, DownAt + 500, bench.ControllersAlive);
        Assert.Equal(DownAt + 540.1, Assert.Single(bench.Play(DownAt + 1_000).Times("collected")), 6);
    }

    /// <summary>T14: the mark deletes the node's pods, whatever they tolerate, and the next pass of the collector takes them away.</summary>
    [Fact]
    public void Out_of_service_takes_all_pods_away()
    {
        NodeBench bench = new([4], outOfServiceAfter: new Constant(120), tolerations: [300, null]);
        bench.Drop(DownAt, DownAt + 900, bench.Powered(1));
        for (int r = 0; r < 200; r++)
        {
            bench.Play(DownAt + 2_000, r);
            double noticed = Assert.Single(bench.Times("not-ready"));
            double marked = Assert.Single(bench.Times("out-of-service"));
            Assert.Equal(120, marked - noticed, 6);
            Assert.Equal(marked, Assert.Single(bench.Times("evicted-0")));
            Assert.Equal(marked, Assert.Single(bench.Times("evicted-1")));
            Assert.InRange(Assert.Single(bench.Times("collected")) - marked, 0, 20.05);
            Assert.False(bench.Objects.Is(1, NodeMarks.OutOfService));
        }
    }

    [Fact]
    public void Vouching_waits_for_the_api()
    {
        NodeBench bench = new([4], outOfServiceAfter: new Constant(120));
        bench.Drop(DownAt, double.PositiveInfinity, bench.Powered(1));
        bench.Drop(DownAt + 100, DownAt + 400, bench.Api);
        bench.Play(DownAt + 1_000);
        Assert.Equal(DownAt + 400, Assert.Single(bench.Times("out-of-service")));
        Assert.Equal(DownAt + 400, Assert.Single(bench.Times("collected")));
    }

    /// <summary>What follows from silence is charged to what caused it, through passes and worker.</summary>
    [Fact]
    public void What_follows_is_charged_to_the_fault()
    {
        NodeBench bench = new([4]);
        int dies = bench.Lab.Builder.Cause("node dies");
        int other = bench.Lab.Builder.Cause("another dies");
        bench.Lab.Builder.Service("ready", bench.Lifecycle.Ready[1], bench.Lifecycle.Ready[1], []);
        bench.Lab.At(DownAt, s =>
        {
            s.Raise(dies);
            s.Drive(bench.Powered(1), false);
        });
        bench.Lab.At(DownAt, s =>
        {
            s.Raise(other);
            s.Drive(bench.Powered(2), false);
        });
        bench.Drop(DownAt + 10, DownAt + 30, bench.ControllersAlive);
        bench.Lab.At(DownAt + 600, s => s.Drive(bench.Powered(1), true));
        var row = Assert.Single(bench.Simulation.Run(0, SimDuration.Zero, SimDuration.FromSeconds(DownAt + 700)));
        Assert.Equal(0, row.DownByCause[other]);
        Assert.Equal(row.DownNanoseconds, row.DownByCause[dies]);
        Assert.InRange(row.DownByCause[dies] * 1e-9, 500, 560);
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        NodeBench bench = new([8, 8, 8], spares: 2, tolerations: [300, 30, null], outOfServiceAfter: new Exponential(900), notes: false);
        for (int actor = 0; actor < 4; actor++)
        {
            Signal whom = actor == 0 ? bench.Api : actor == 1 ? bench.KubeletsReachApi : bench.Powered(actor);
            bench.Lab.Repeatedly(100, (s, draws) =>
            {
                s.Drive(whom, !s.Signals[whom]);
                return 1000 * draws.NextUniform();
            });
        }
        long allocated = long.MaxValue;
        for (int r = 0; r < 5; r++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            bench.Simulation.Reset(0);
            bench.Simulation.RunUntil(SimTime.Zero + SimDuration.FromSeconds(100_000));
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Assert.Equal(0, allocated);
        Assert.True(bench.Count("nodes.tainted") > 100);
    }
}
