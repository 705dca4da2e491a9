using FailoverSim.Kernel.Signals;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Laws;
using FailoverSim.Models.Nodes;
using FailoverSim.Models.Workloads;
using Xunit;
using static FailoverSim.Tests.Cluster.Workloads.PodBench;

namespace FailoverSim.Tests.Cluster.Workloads;

/// <summary>What becomes of pods on a node without a container runtime. Its kubelet says at 135 s that the node is not ready.</summary>
public class PodRuntimeStories
{
    [Fact]
    public void Containers_that_run_go_on_and_stay_in_the_rules()
    {
        PodBench bench = new(2, null, Deployment() with { MinHealthy = 1 });
        Lose(bench, 100, 400);
        bench.At(300, _ => Assert.Equal((false, true), (bench.Nodes.IsSchedulable(0), bench.Pods.Inside.Pods[0].Phase == PodPhase.Ready)));
        bench.Play(1000);
        Assert.Equal(("", ""), (bench.Serving(), bench.States()));
        Assert.Empty(bench.Endpoints.Changes);
    }

    /// <summary>Nobody notices that it is not there any more; only its eviction helps.</summary>
    [Fact]
    public void Pods_of_a_node_that_dies_after_it_has_said_so_stay_in_the_rules_until_they_are_evicted()
    {
        PodBench bench = new(2, null, Deployment());
        Lose(bench, 100, 1000);
        bench.Fault(200, s => bench.Power(s, 0, false));
        bench.At(435, _ => bench.Pods.DeleteTolerating(0, 0));
        bench.Play(900);
        Assert.Equal([(435, 0, false), (438.76, 0, true)], bench.Endpoints.Changes);
        Assert.Equal("200- 438.76+", bench.Serving());
        Assert.Equal("propagate 0.25, pull 0.5, ready 1, schedule 0.01, start 2, tolerate 235", PodStories.Sorted(bench.DownByStage()));
    }

    [Fact]
    public void A_Deployment_goes_elsewhere_and_its_old_container_is_stopped_when_the_runtime_is_back()
    {
        PodBench bench = new(2, null, Deployment());
        Lose(bench, 100, 600);
        bench.At(435, _ => bench.Pods.DeleteTolerating(0, 0));
        bench.At(602.9, _ => Assert.Equal((1, 1), (bench.Pods.CountOn(0), bench.Pods.CountOn(1))));
        bench.At(603.1, _ => Assert.Equal((0, 1), (bench.Pods.CountOn(0), bench.Pods.CountOn(1))));
        bench.Play(1000);
        Assert.Equal("435- 438.76+", bench.Serving());
    }

    [Fact]
    public void A_StatefulSet_waits_until_its_container_can_be_stopped()
    {
        PodBench bench = new(2, null, StatefulSet(volume: false));
        Lose(bench, 100, 600);
        bench.At(435, _ => bench.Pods.DeleteTolerating(0, 0));
        bench.Play(1000);
        Assert.Equal([603], bench.Instants(0, "Pending"));
        Assert.Contains("terminate 168", bench.DownByStage());
    }

    /// <summary>The kubelet is heard, and yet confirms nothing; the node is unhealthy, so that its volume is taken from it after six minutes.</summary>
    [Fact]
    public void A_volume_is_taken_from_such_a_node_in_the_end()
    {
        PodBench bench = new(2, null, Deployment() with { Volume = StatefulSet().Volume });
        Lose(bench, 100, 2000);
        bench.At(435, _ => bench.Pods.DeleteTolerating(0, 0));
        bench.Play(1500);
        Assert.Equal([435 + 360 + 10], bench.Instants(0, "SettingUp"));
    }

    [Fact]
    public void A_container_that_ends_is_neither_missed_nor_started_again_meanwhile()
    {
        PodBench bench = new(2, null, Deployment());
        Lose(bench, 100, 400);
        bench.Strike(200, 10, 0, Affliction.Down, restarted: true);
        bench.Play(1000);
        Assert.Equal("200 Dead 210 BackingOff 400 Starting 402 Started 403 Ready", bench.States());
        Assert.Equal([(400.25, 0, false), (403.25, 0, true)], bench.Endpoints.Changes);
        Assert.Equal("200- 403.25+", bench.Serving());
    }

    [Fact]
    public void A_container_that_hangs_is_not_killed_before_the_runtime_is_back()
    {
        PodBench bench = new(2, null, Deployment() with { Liveness = new ProbeOptions(S(10), S(1), 3) });
        Lose(bench, 100, 400);
        bench.Strike(110, double.PositiveInfinity, 0, Affliction.Hang);
        bench.Play(1000);
        Assert.Equal([400], bench.Instants(0, "Starting"));
        Assert.Equal([(400.25, 0, false), (403.25, 0, true)], bench.Endpoints.Changes);
    }

    [Fact]
    public void A_pull_that_the_runtime_did_not_live_to_finish_is_begun_anew()
    {
        PodBench bench = new(2, null, Deployment() with { Pull = new Constant(20) });
        bench.Fault(90, _ => bench.Pods.Delete(0));
        bench.Fault(100, s => bench.Runtime(s, 1, false));
        bench.At(200, s => bench.Runtime(s, 1, true));
        bench.Play(1000);
        Assert.Equal([220.5], bench.Instants(0, "Starting"));
    }

    [Fact]
    public void A_pod_that_is_bound_meanwhile_waits_there()
    {
        PodBench bench = new(2, null, Deployment());
        bench.Fault(100, s => bench.Runtime(s, 1, false));
        bench.Fault(110, _ => bench.Pods.Delete(0));
        bench.At(300, s => bench.Runtime(s, 1, true));
        bench.Play(1000);
        Assert.Equal("110.01 SettingUp 300.5 Starting 302.5 Started 303.5 Ready", bench.States(0, 110.005));
        Assert.Contains("pull 190.49", bench.DownByStage());
    }

    private static void Lose(PodBench bench, double from, double until)
    {
        Cause cause = default;
        bench.At(from, s =>
        {
            cause = s.Raise(bench.Kind);
            bench.Runtime(s, 0, false);
        });
        bench.At(135, s =>
        {
            s.Resume(cause);
            bench.SayNotReady(0);
        });
        bench.At(140, s =>
        {
            s.Resume(cause);
            bench.Nodes.Mark(0, NodeMarks.NoExecute | NodeMarks.NotReadyTaint, true);
            bench.Pods.Tainted(0);
        });
        bench.At(until, s =>
        {
            bench.Runtime(s, 0, true);
            bench.Nodes.Mark(0, NodeMarks.NoExecute | NodeMarks.NotReadyTaint, false);
            bench.MarkReady(0);
        });
    }
}
