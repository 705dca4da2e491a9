using FailoverSim.Models.Cluster;
using FailoverSim.Models.Laws;
using FailoverSim.Models.Workloads;
using Xunit;
using static FailoverSim.Tests.Cluster.Workloads.PodBench;

namespace FailoverSim.Tests.Cluster.Workloads;

/// <summary>The life of a pod: crashes, hangs, deletions, volumes and images.</summary>
public class PodStories
{
    [Fact]
    public void Nothing_happens_to_pods_that_nothing_befalls()
    {
        PodBench bench = new(3, null, Deployment("app", 5), StatefulSet("db", 3));
        bench.Play(1e6);
        Assert.Equal(0, bench.Simulation.Events);
        Assert.All(Enumerable.Range(0, 8), pod => Assert.Equal("", bench.States(pod)));
        Assert.Equal(3, bench.Pods.CountOn(0));
    }

    [Fact]
    public void A_container_that_crashes_is_started_again_where_it_was()
    {
        PodBench bench = new(2, null, Deployment());
        bench.Strike(100, 1, 0, Affliction.Down, restarted: true);
        bench.Play(200);
        Assert.Equal("100 Dead 101 Starting 103 Started 104 Ready", bench.States());
        Assert.Equal("100- 104.25+", bench.Serving());
        Assert.Equal([(100.75, 0, false), (104.25, 0, true)], bench.Endpoints.Changes);
        Assert.Equal("propagate 0.25, ready 1, repair 1, start 2", Sorted(bench.DownByStage()));
    }

    /// <summary>A restart that is over before its end gets around leaves the rules as they are.</summary>
    [Fact]
    public void The_rules_may_never_hear_of_a_quick_restart()
    {
        PodBench bench = new(1, Common with { FirstProbe = new Constant(0.1) }, Deployment() with { Start = new Constant(0.2) });
        bench.Strike(100, 0.1, 0, Affliction.Down, restarted: true);
        bench.Play(200);
        Assert.Equal("100- 100.4+", bench.Serving());
        Assert.Empty(bench.Endpoints.Changes);
    }

    [Fact]
    public void Faults_of_one_pod_overlap()
    {
        PodBench bench = new(1, null, Deployment());
        bench.Strike(100, 50, 0, Affliction.Down);
        bench.Strike(110, 5, 0, Affliction.Down, restarted: true);
        bench.Strike(120, 100, 0, Affliction.Hang);
        bench.Play(1000);
        // The new container has none of the hangs of the old one.
        Assert.Equal("100- 153.25+", bench.Serving());
    }

    /// <summary>Two to twelve seconds: up to 1 s until the kubelet sees it, a start of 1 to 5 s, readiness and its way.</summary>
    [Fact]
    public void A_crash_costs_2_to_12_seconds()
    {
        const int Pods = 2000;
        PodBench bench = new(20, Common with { Propagation = new Uniform(0.1, 2), FirstProbe = new Uniform(0.5, 2) },
            Deployment("app", Pods) with { Start = new Uniform(1, 5) });
        for (int pod = 0; pod < Pods; pod++)
        {
            // One after another: changes of one workload that come together wait for each other.
            bench.Strike(100 + (20 * pod), (pod % 100) / 100.0, pod, Affliction.Down, restarted: true);
        }
        bench.Play(100 + (20 * Pods));
        double[] outages = [.. Enumerable.Range(0, Pods).Select(pod => bench.Served(pod, true).Single() - bench.Served(pod, false).Single())];
        Assert.All(outages, o => Assert.InRange(o, 1.5, 12));
        // 0.495 + 3 + 1.25 + 1.05, less what is saved when the end is not heard of in time.
        Assert.InRange(outages.Average(), 5.3, 5.95);
    }

    /// <summary>Out of the rules after two periods, a phase and the timeout; restarted after as much by its own clock, and the grace.</summary>
    [Fact]
    public void An_application_that_hangs_is_out_after_20_to_31_s_and_restarted_after_50_to_70_s()
    {
        const int Pods = 3000;
        PodBench bench = new(30, null, Deployment("app", Pods) with { Liveness = new ProbeOptions(S(10), S(1), 3) });
        for (int pod = 0; pod < Pods; pod++)
        {
            // One after another: changes of one workload that come together wait for each other.
            bench.Strike(100 * (pod + 1), double.PositiveInfinity, pod, Affliction.Hang);
        }
        bench.Play(100 * (Pods + 1));
        double[] outs = [.. bench.Endpoints.Changes.Where(c => !c.IsIn).Select(c => c.At - (100 * (c.Pod + 1)) - 0.25)];
        double[] starts = [.. Enumerable.Range(0, Pods).Select(pod => bench.Instants(pod, "Starting").Single() - (100 * (pod + 1)))];
        Uniform(outs, 21, 31);
        Uniform(starts, 51, 61);
        Assert.All(Enumerable.Range(0, Pods), pod => Assert.InRange(bench.Served(pod, true).Single() - (100 * (pod + 1)), 50, 70));
    }

    [Fact]
    public void Without_a_liveness_probe_nobody_restarts_it()
    {
        PodBench bench = new(1, null, Deployment());
        bench.Strike(100, 900, 0, Affliction.Hang);
        bench.Play(2000);
        Assert.Equal(["Hanging", "Failing", "Started", "Ready"], bench.States().Split(' ').Where(w => char.IsLetter(w[0])));
        // Ready again at the first run of the readiness probe after the end.
        Assert.InRange(bench.Served(0, true).Single(), 1000.25, 1010.25);
    }

    [Fact]
    public void A_hang_that_ends_in_time_leaves_no_trace()
    {
        PodBench bench = new(1, null, Deployment() with { Liveness = new ProbeOptions(S(10), S(1), 3) });
        bench.Strike(100, 19, 0, Affliction.Hang);
        bench.Play(200);
        Assert.Equal("100 Hanging 119 Ready", bench.States());
        Assert.Empty(bench.Endpoints.Changes);
    }

    /// <summary>client-go's back-off as kubelet uses it: at once, then twice as long each time from the end of the container on, at most 300 s.</summary>
    [Fact]
    public void Restarts_back_off()
    {
        PodBench bench = new(1, null, Deployment() with { Liveness = new ProbeOptions(S(1), S(0.5), 1), Grace = S(1) });
        bool isOver = false;
        bench.Lab.Repeatedly(100, (s, _) =>
        {
            if (!isOver && bench.Instants(0, "Ready").Length == bench.Instants(0, "Hanging").Length)
            {
                s.Raise(bench.Kind);
                bench.Pods.Strike(0, Affliction.Hang, 0, bench.Stages.Repair);
            }
            return 0.5;
        });
        bench.At(1600, _ => isOver = true);
        // Ran for more than ten minutes: it starts over.
        bench.At(2600, _ => isOver = false);
        bench.At(2610, _ => isOver = true);
        bench.Play(4000);
        double[] ends = bench.Instants(0, "BackingOff");
        double[] starts = bench.Instants(0, "Starting");
        double[] waits = [.. ends.Select(e => starts.First(s => s > e) - e)];
        Assert.Equal([10, 20, 40, 80, 160, 300, 300], waits.Take(7).Select(w => Math.Round(w, 6)));
        Assert.True(starts[0] < ends[0]);
        // The next one after the pause is at once, the one after that waits 10 s again.
        double first = starts.First(s => s > 2600);
        Assert.DoesNotContain(ends, e => e > 2600 && e < first);
    }

    [Fact]
    public void The_successor_of_a_Deployments_pod_is_made_at_its_deletion()
    {
        PodBench bench = new(2, null, Deployment());
        bench.Fault(100, _ => bench.Pods.Delete(0));
        bench.At(101, _ => Assert.Equal((1, 1), (bench.Pods.CountOn(0), bench.Pods.CountOn(1))));
        bench.At(104, _ => Assert.Equal((0, 1), (bench.Pods.CountOn(0), bench.Pods.CountOn(1))));
        bench.Play(200);
        Assert.Equal("100 Missing 100 Pending 100.01 SettingUp 100.51 Starting 102.51 Started 103.51 Ready", bench.States());
        Assert.Equal("100- 103.76+", bench.Serving());
    }

    [Fact]
    public void That_of_a_StatefulSets_when_it_is_gone()
    {
        PodBench bench = new(2, null, StatefulSet(volume: false));
        bench.Fault(100, _ => bench.Pods.Delete(0));
        bench.Play(200);
        Assert.Equal("100 Missing 103 Pending 103.01 SettingUp 103.51 Starting 105.51 Started 106.51 Ready", bench.States());
        Assert.Equal("propagate 0.25, pull 0.5, ready 1, schedule 0.01, start 2, terminate 3", Sorted(bench.DownByStage()));
    }

    [Fact]
    public void A_volume_follows_when_the_old_pod_is_gone()
    {
        PodBench bench = new(2, null, Deployment() with { Volume = new VolumeOptions(false, S(360), new Constant(10)) });
        bench.Fault(100, _ => bench.Pods.Delete(0));
        bench.Play(200);
        Assert.Equal("100 Missing 100 Pending 100.01 Attaching 113 SettingUp 113.5 Starting 115.5 Started 116.5 Ready", bench.States());
    }

    [Fact]
    public void A_volume_waits_for_the_provider()
    {
        PodBench bench = new(2, null, StatefulSet());
        bench.Fault(90, s => s.Drive(bench.ControlPlane.CloudApi, false));
        bench.Fault(100, _ => bench.Pods.Delete(0));
        bench.At(500, s => s.Drive(bench.ControlPlane.CloudApi, true));
        bench.Play(1000);
        Assert.Equal("103.01 Attaching 510 SettingUp 510.5 Starting 512.5 Started 513.5 Ready", bench.States(0, 103.005));
    }

    [Fact]
    public void A_container_is_killed_when_its_grace_is_over()
    {
        PodBench bench = new(2, null, StatefulSet(volume: false) with { Stop = new Constant(1000) });
        bench.Fault(100, _ => bench.Pods.Delete(0));
        bench.Strike(300, double.PositiveInfinity, 0, Affliction.Hang);
        bench.Fault(305, _ => bench.Pods.Delete(0));
        bench.Play(1000);
        Assert.Equal([130, 335], bench.Instants(0, "Pending"));
    }

    [Fact]
    public void Images_are_pulled_one_after_the_other()
    {
        PodBench bench = new(1, null, Deployment("app", 6) with { Pull = new Constant(5) });
        bench.Fault(100, _ =>
        {
            for (int pod = 0; pod < 6; pod++)
            {
                bench.Pods.Delete(pod);
            }
        });
        bench.Play(500);
        double[] starts = [.. Enumerable.Range(0, 6).Select(pod => bench.Instants(pod, "Starting").Single()).Order()];
        Assert.Equal([105.51, 110.51, 115.51, 120.51, 125.51, 130.51], starts.Select(s => Math.Round(s, 6)));
    }

    /// <summary>Tries fail 5.5 s after each begins: 105.51, and again after 10, 20, 40 and 80 s; the registry is back at 200.</summary>
    [Fact]
    public void Pulls_back_off_while_the_registry_is_out()
    {
        PodBench bench = new(1, null, Deployment() with { Pull = new Constant(5) });
        bench.Fault(90, s => s.Drive(bench.Registry, false));
        bench.Fault(100, _ => bench.Pods.Delete(0));
        // Whatever else happens to the node does not make it try sooner.
        bench.At(120, s => bench.Hears(s, 0, false));
        bench.At(121, s => bench.Hears(s, 0, true));
        bench.At(200, s => s.Drive(bench.Registry, true));
        bench.Play(500);
        Assert.Equal([261.01], bench.Instants(0, "Starting").Select(s => Math.Round(s, 6)));
    }

    [Fact]
    public void A_restart_needs_no_image()
    {
        PodBench bench = new(1, null, Deployment() with { Pull = new Constant(5) });
        bench.Fault(90, s => s.Drive(bench.Registry, false));
        bench.Fault(100, s => bench.Power(s, 0, false));
        bench.Fault(200, s => bench.Power(s, 0, true));
        bench.Play(500);
        Assert.Equal("100- 203.75+", bench.Serving());
    }

    [Fact]
    public void New_pods_wait_for_the_network_agent()
    {
        PodBench bench = new(1, null, Deployment());
        bench.Fault(90, s => bench.Agent(s, 0, false));
        bench.Fault(100, _ => bench.Pods.Delete(0));
        bench.At(200, s => bench.Agent(s, 0, true));
        bench.Play(500);
        Assert.Equal([201.5], bench.Instants(0, "Starting"));
    }

    [Fact]
    public void Budgets_are_kept()
    {
        PodBench bench = new(3, null, Deployment("app", 3) with { MinHealthy = 2 });
        List<bool> leave = [];
        bench.Fault(100, s =>
        {
            leave.Add(bench.Pods.TryEvict(0));
            leave.Add(bench.Pods.TryEvict(1));
        });
        bench.At(103, _ => leave.Add(bench.Pods.TryEvict(1)));
        bench.At(104, _ => leave.Add(bench.Pods.TryEvict(1)));
        bench.Fault(200, s => bench.Pods.Strike(2, Affliction.Down, 0, bench.Stages.Repair));
        bench.At(201, _ => leave.Add(bench.Pods.TryEvict(0)));
        // One that is not ready may go: the others are enough.
        bench.At(202, _ => leave.Add(bench.Pods.TryEvict(2)));
        bench.Fault(300, s => s.Drive(bench.ControlPlane.Controllers, false));
        bench.At(301, _ => leave.Add(bench.Pods.TryEvict(0)));
        bench.Play(400);
        Assert.Equal([true, false, false, true, false, true, false], leave);
    }

    /// <summary>
    /// Vayghan et al., IEEE CLOUD 2018: 1.766 s until a killed application serves again, of which 0.472 s to start the container;
    /// 32.019 s after a killed sandbox, whose application does not act on SIGTERM. Plausible within 10 %.
    /// </summary>
    [Fact]
    public void Outages_are_like_those_measured_without_redundancy()
    {
        WorkloadOptions app = StatefulSet(volume: false) with { Start = new Constant(0.472), Stop = new Constant(1000) };
        PodBench bench = new(1, Common with { FirstProbe = new Constant(0.3), Propagation = new Constant(0.5) }, app);
        const int Kills = 200;
        for (int i = 0; i < Kills; i++)
        {
            // The kubelet lists what runs once a second.
            bench.Strike(100 + (100 * i), (i + 0.5) / Kills, 0, Affliction.Down, restarted: true);
        }
        bench.Fault(30_000, _ => bench.Pods.Delete(0));
        bench.Play(40_000);
        double[] outages = [.. bench.Served(0, true).Zip(bench.Served(0, false), (up, down) => up - down)];
        Assert.Equal(Kills + 1, outages.Length);
        Assert.InRange(outages[..Kills].Average(), 0.9 * 1.766, 1.1 * 1.766);
        Assert.InRange(outages[Kills], 0.9 * 32.019, 1.1 * 32.019);
    }

    internal static string Sorted(string list) => string.Join(", ", list.Split(", ").Order(StringComparer.Ordinal));

    private static void Uniform(double[] values, double low, double high)
    {
        Assert.All(values, v => Assert.InRange(v, low - 1e-6, high + 1e-6));
        double sd = (high - low) / Math.Sqrt(12);
        Assert.InRange(values.Average(), ((low + high) / 2) - (4.9 * sd / Math.Sqrt(values.Length)), ((low + high) / 2) + (4.9 * sd / Math.Sqrt(values.Length)));
        double spread = Math.Sqrt(values.Average(v => (v - values.Average()) * (v - values.Average())));
        // Standard error of the standard deviation of a uniform law: sd √(0.8 / 4n).
        Assert.InRange(spread, sd * (1 - (4.9 * Math.Sqrt(0.2 / values.Length))), sd * (1 + (4.9 * Math.Sqrt(0.2 / values.Length))));
    }
}
