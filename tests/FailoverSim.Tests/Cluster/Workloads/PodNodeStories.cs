using FailoverSim.Kernel;
using FailoverSim.Kernel.Signals;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Laws;
using FailoverSim.Models.Nodes;
using FailoverSim.Models.Workloads;
using Xunit;
using static FailoverSim.Tests.Cluster.Workloads.PodBench;

namespace FailoverSim.Tests.Cluster.Workloads;

/// <summary>What becomes of pods when something befalls their node, or the control plane.</summary>
public class PodNodeStories
{
    [Fact]
    public void Pods_restart_in_place_when_their_node_reboots_in_time()
    {
        PodBench bench = new(2, null, Deployment());
        bench.Fault(100, s => bench.Power(s, 0, false));
        bench.Fault(148, _ => bench.MarkNotReady(0));
        bench.At(220, s => bench.Power(s, 0, true));
        bench.At(221, _ => bench.MarkReady(0));
        bench.Play(500);
        Assert.Equal("100 Stranded 220 SettingUp 220.5 Starting 222.5 Started 223.5 Ready", bench.States());
        Assert.Equal("100- 223.75+", bench.Serving());
        Assert.Equal([(148.25, 0, false), (223.75, 0, true)], bench.Endpoints.Changes);
        Assert.Equal(0, bench.Simulation.CountOf(bench.Builder.Counter("pods.deleted")));
        Assert.Equal("detect 48, evict 72, propagate 0.25, pull 0.5, ready 1, start 2", Sum(bench, 123.75));
    }

    /// <summary>Containers of a node that hangs or is cut off go on: they serve again as soon as requests reach them.</summary>
    [Fact]
    public void A_short_partition_costs_nothing_but_itself()
    {
        PodBench bench = new(2, null, Deployment());
        bench.Fault(100, s => bench.Net(s, 0, false));
        bench.Fault(130, s => bench.Net(s, 0, true));
        bench.Fault(200, s => s.Drive(bench.Lab.NotHung("n0"), false));
        bench.Fault(230, s => s.Drive(bench.Lab.NotHung("n0"), true));
        bench.Play(500);
        Assert.Equal("100- 130+ 200- 230+", bench.Serving());
        Assert.Equal("", bench.States());
    }

    /// <summary>Kubelets that lose the API server go on, but their pods are taken out of the rules.</summary>
    [Fact]
    public void A_node_without_API_serves_until_it_is_marked()
    {
        PodBench bench = new(2, null, Deployment());
        bench.Fault(100, s => bench.Hears(s, 0, false));
        bench.Fault(148, _ => bench.MarkNotReady(0));
        bench.At(300, s => bench.Hears(s, 0, true));
        bench.At(305, _ => bench.MarkReady(0));
        bench.Play(500);
        Assert.Equal("148.25- 305.25+", bench.Serving());
        Assert.Equal("evict 156.75, propagate 0.25", bench.DownByStage());
    }

    [Fact]
    public void What_happens_on_a_node_that_is_not_heard_is_told_when_it_is()
    {
        PodBench bench = new(2, null, Deployment());
        bench.Fault(90, s => bench.Hears(s, 0, false));
        bench.Strike(100, 100, 0, Affliction.Down, restarted: true);
        bench.At(150, s => bench.Hears(s, 0, true));
        bench.Play(500);
        // 0.5 s until the end is listed, 0.25 s on its way.
        Assert.Equal([(150.75, 0, false), (203.25, 0, true)], bench.Endpoints.Changes);
    }

    [Fact]
    public void A_Deployment_leaves_a_silent_node_when_its_toleration_is_over()
    {
        PodBench bench = new(2, null, Deployment());
        Die(bench, s => bench.Net(s, 0, false));
        bench.At(500, _ => Assert.Equal((1, 1), (bench.Pods.CountOn(0), bench.Pods.CountOn(1))));
        // The kubelet that returns stops what has been deleted meanwhile.
        bench.At(1000, s => bench.Net(s, 0, true));
        bench.At(1002.9, _ => Assert.Equal(1, bench.Pods.CountOn(0)));
        bench.At(1003.1, _ => Assert.Equal(0, bench.Pods.CountOn(0)));
        bench.Play(2000);
        Assert.Equal("100- 456.76+", bench.Serving());
        Assert.Equal("detect 48, evict 5, propagate 0.25, pull 0.5, ready 1, schedule 0.01, start 2, tolerate 300", Sum(bench, 356.76));
    }

    [Fact]
    public void A_StatefulSet_waits_for_the_kubelet()
    {
        PodBench bench = new(2, null, StatefulSet(volume: false));
        Die(bench, s => bench.Net(s, 0, false));
        bench.At(1000, s => bench.Net(s, 0, true));
        bench.Play(2000);
        Assert.Equal([1003], bench.Instants(0, "Pending"));
        Assert.Contains("terminate 550", bench.DownByStage());
    }

    [Fact]
    public void Or_for_somebody_who_vouches_for_its_end()
    {
        PodBench bench = new(2, null, StatefulSet());
        Die(bench, s => bench.Power(s, 0, false));
        bench.At(600, _ => bench.Pods.ForceDelete(0));
        bench.Play(2000);
        // Out-of-service: attached 10 s later, and ready 3.5 s after that.
        Assert.Equal("600 Pending 600.01 Attaching 610.01 SettingUp 610.51 Starting 612.51 Started 613.51 Ready", bench.States(0, 600));
        Assert.InRange(bench.Served(0, true).Single() - 600, 10, 90);
    }

    [Fact]
    public void A_node_that_lost_power_confirms_at_once()
    {
        PodBench bench = new(2, null, StatefulSet(volume: false));
        Die(bench, s => bench.Power(s, 0, false));
        bench.At(1000, s => bench.Power(s, 0, true));
        bench.Play(2000);
        Assert.Equal([1000], bench.Instants(0, "Pending"));
    }

    [Fact]
    public void A_container_that_ends_unheard_is_confirmed_later()
    {
        PodBench bench = new(2, null, StatefulSet(volume: false));
        bench.Fault(100, _ => bench.Pods.Delete(0));
        bench.Fault(101, s => bench.Hears(s, 0, false));
        bench.At(200, s => bench.Hears(s, 0, true));
        bench.Play(500);
        Assert.Equal([200], bench.Instants(0, "Pending"));
    }

    [Fact]
    public void A_volume_is_taken_from_a_silent_node_after_6_minutes()
    {
        PodBench bench = new(2, null, Deployment() with { Volume = new VolumeOptions(false, S(360), new Constant(10)) });
        Die(bench, s => bench.Power(s, 0, false));
        bench.Play(2000);
        // Asked for at 453.
        Assert.Equal("453.01 Attaching 823 SettingUp 823.5 Starting 825.5 Started 826.5 Ready", bench.States(0, 453.005));
    }

    /// <summary>Nobody forces a volume from a node that looks healthy; once it does not, the wait counts from the request.</summary>
    [Fact]
    public void Only_from_one_that_is_known_to_be_silent()
    {
        PodBench bench = new(2, null, Deployment() with { Volume = new VolumeOptions(false, S(360), new Constant(10)) });
        bench.Fault(99, s => bench.Net(s, 0, false));
        bench.Fault(100, _ => bench.Pods.Delete(0));
        bench.Fault(800, _ => bench.MarkNotReady(0));
        bench.Play(2000);
        Assert.Equal([810], bench.Instants(0, "SettingUp"));
    }

    /// <summary>Deleted again while an even earlier pod is stuck elsewhere: that one's end means nothing to the volume.</summary>
    [Fact]
    public void The_end_of_an_old_pod_does_not_free_a_volume_that_has_moved_on()
    {
        PodBench bench = new(3, null, Deployment() with { Volume = new VolumeOptions(false, S(360), new Constant(10)) });
        Die(bench, s => bench.Net(s, 0, false));
        bench.At(900, _ => Assert.Equal(bench.NodeOf(0), bench.Pods.Inside.Pods[0].VolumePlusOne - 1));
        bench.Fault(1000, _ => bench.Pods.Delete(0));
        bench.At(1000.5, s => bench.Net(s, 0, true));
        bench.Play(2000);
        // The pod of node 1 stops within 3 s; then the volume is attached to node 2.
        Assert.Equal("1000.01 Attaching 1013 SettingUp", string.Join(' ', bench.States(0, 1000.005).Split(' ').Take(4)));
    }

    [Fact]
    public void A_machine_that_loses_power_while_a_volume_is_on_its_way_starts_nothing()
    {
        PodBench bench = new(2, null, StatefulSet());
        bench.Fault(100, _ => bench.Pods.Delete(0));
        bench.Fault(105, s => bench.Power(s, 0, false));
        bench.At(300, s => bench.Power(s, 0, true));
        bench.Play(500);
        Assert.Equal("103.01 Attaching 113.01 Bound 300 SettingUp 300.5 Starting 302.5 Started 303.5 Ready", bench.States(0, 103.005));
    }

    [Fact]
    public void Without_controllers_nothing_is_made_or_published_and_what_runs_goes_on()
    {
        PodBench bench = new(2, null, Deployment("app", 3), StatefulSet("db", volume: false));
        bench.Fault(90, s => s.Drive(bench.ControlPlane.Controllers, false));
        bench.Strike(100, 10, 0, Affliction.Down, restarted: true);
        bench.Strike(110, 1000, 1, Affliction.Down, restarted: true);
        bench.Fault(120, _ => bench.Pods.Delete(2));
        bench.Fault(120, _ => bench.Pods.Delete(3));
        bench.At(499, _ => Assert.Empty(bench.Endpoints.Changes));
        bench.At(500, s => s.Drive(bench.ControlPlane.Controllers, true));
        bench.Play(2000);
        // Restarted in place, without anybody's help.
        Assert.Equal("100- 113+", bench.Serving(0));
        Assert.Equal("110- 1113.25+", bench.Serving(1));
        Assert.Equal("120 Missing 500 Pending 500.01 SettingUp 500.51 Starting 502.51 Started 503.51 Ready", bench.States(2));
        Assert.Equal("120- 503.76+", bench.Serving(2));
        Assert.Equal([500], bench.Instants(3, "Pending"));
        Assert.Equal(0, bench.Rows[1].DownByCause[0]);
    }

    /// <summary>What made a pod worse is to blame, not the pause of the controllers that kept it from being told.</summary>
    [Fact]
    public void News_that_waited_are_charged_to_their_cause()
    {
        PodBench bench = new(1, null, Deployment());
        int other = bench.Builder.Cause("control plane");
        bench.Fault(100, s => bench.Hears(s, 0, false));
        bench.Fault(148, _ => bench.MarkNotReady(0));
        bench.At(148.1, s =>
        {
            s.Raise(other);
            s.Drive(bench.ControlPlane.Controllers, false);
        });
        bench.At(200, s => s.Drive(bench.ControlPlane.Controllers, true));
        bench.At(300, _ => bench.MarkReady(0));
        bench.Play(400);
        Assert.Equal("200.25- 300.25+", bench.Serving());
        Assert.Equal(100_000_000_000, bench.Rows[0].DownByCause[bench.Kind]);
    }

    [Fact]
    public void Pods_without_a_place_wait_for_one()
    {
        PodBench bench = new(1, null, Deployment("app", 3) with { Cpu = 50_000 });
        bench.Play(1000);
        Assert.Equal(1, bench.Simulation.CountOf(bench.Builder.Counter("pods.without-room-at-start")));
        Assert.Equal("0-", bench.Serving(2));
        Assert.False(bench.Endpoints.IsIn(2));
    }

    /// <summary>Marked at 148, tainted at 153, its pods tolerated until 453.</summary>
    private static void Die(PodBench bench, Action<Simulation> what)
    {
        Cause cause = default;
        bench.At(100, s =>
        {
            cause = s.Raise(bench.Kind);
            what(s);
        });
        bench.At(148, s => Charged(s, () => bench.MarkNotReady(0)));
        bench.At(153, s => Charged(s, () =>
        {
            bench.Nodes.Mark(0, NodeMarks.NoExecute, true);
            bench.Pods.Tainted(0);
        }));
        bench.At(453, s => Charged(s, () => bench.Pods.DeleteTolerating(0, 0)));

        void Charged(Simulation simulation, Action act)
        {
            simulation.Resume(cause);
            act();
        }
    }

    private static string Sum(PodBench bench, double total)
    {
        Assert.Equal(total, bench.Rows[0].DownByStage.Sum() / 1e9, 9);
        Assert.Equal(0, bench.Rows[0].DownByCause[0]);
        return PodStories.Sorted(bench.DownByStage());
    }
}
