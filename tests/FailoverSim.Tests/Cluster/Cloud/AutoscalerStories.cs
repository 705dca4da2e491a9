using FailoverSim.Kernel.Laws;
using FailoverSim.Models.Cloud;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Laws;
using FailoverSim.Models.Nodes;
using Xunit;

namespace FailoverSim.Tests.Cluster.Cloud;

public class AutoscalerStories
{
    [Fact]
    public void Pods_that_fit_nowhere_get_new_nodes_up_to_the_most()
    {
        Scaled scaled = new(9, spare: 6, most: 7);
        scaled.Bench.Lab.At(100, _ => scaled.Pending.Wait(2));
        scaled.Bench.Lab.At(140, _ => scaled.Pending.Wait(0));
        scaled.Bench.Lab.At(500, _ => scaled.Pending.Wait(10));
        scaled.Bench.Play(700);
        double first = Assert.Single(scaled.Launches(4));
        Assert.InRange(first, 100, 110);
        Assert.Equal([first], scaled.Launches(5));
        // What is on its way counts; pods wait no longer when it has come.
        double second = Assert.Single(scaled.Launches(6));
        Assert.InRange(second, 500, 510);
        Assert.Equal([second], scaled.Launches(7));
        Assert.Empty(scaled.Launches(8));
        Assert.Equal($"{first + 30}+", scaled.Bench.Of("cp-4.powered"));
    }

    [Fact]
    public void A_node_without_a_route_is_still_to_come()
    {
        Scaled scaled = new(5, spare: 2, most: 5);
        scaled.Bench.Lifecycle.HasRoutes = true;
        scaled.Bench.Lab.At(100, _ => scaled.Pending.Wait(1));
        scaled.Bench.Lab.At(200, _ => scaled.Bench.Lifecycle.Lift(3, NodeMarks.NetworkUnavailable));
        scaled.Bench.Play(300);
        double first = Assert.Single(scaled.Launches(4));
        // It registers after its boot of 30 s, with 60 s to go until it has its route.
        Assert.Equal($"{first + 30}+", scaled.Bench.Of("cp-4.powered"));
        Assert.InRange(Assert.Single(scaled.Launches(5)), 200, 210);
    }

    [Fact]
    public void Pods_bound_to_a_zone_get_nodes_there_and_none_in_a_zone_that_is_out()
    {
        Scaled scaled = new(9, spare: 6, most: 9);
        scaled.Pending.Zone = 1;
        scaled.Bench.Fault(50, 1000, scaled.Bench.Domains, 1);
        scaled.Bench.Lab.At(100, _ => scaled.Pending.Wait(1));
        scaled.Bench.Play(1020);
        Assert.Equal("", string.Concat(Enumerable.Range(4, 6).Select(n => scaled.Bench.Of($"autoscaler/cp-{n}"))));
        scaled.Bench.Play(1500);
        Assert.InRange(Assert.Single(scaled.Launches(5)), 1050, 1060);
        Assert.Empty(scaled.Launches(4));
    }

    [Fact]
    public void A_machine_that_does_not_come_is_given_up_and_its_pool_rests()
    {
        Scaled scaled = new(4, spare: 1, most: 4, boot: new Constant(1e6));
        scaled.Bench.Lab.At(100, _ => scaled.Pending.Wait(1));
        scaled.Bench.Play(4500);
        double[] launches = scaled.Launches(4);
        double[] failures = scaled.Bench.Instants("autoscaler/cp-4", "given up");
        Assert.Equal(3, launches.Length);
        Assert.All(failures.Zip(launches, (f, l) => f - l), wait => Assert.Equal(900, wait, 6));
        // 5 min, 10 min, and up to a scan.
        Assert.InRange(launches[1] - failures[0], 300 - 1e-6, 310);
        Assert.InRange(launches[2] - failures[1], 600 - 1e-6, 610);
    }

    [Fact]
    public void With_too_many_nodes_unready_it_does_nothing()
    {
        Scaled scaled = new(12, spare: 3, most: 12);
        for (int node = 0; node < 5; node++)
        {
            scaled.Bench.Fault(100, 1000, scaled.Bench.Machines, node);
        }
        scaled.Bench.Lab.At(400, _ => scaled.Pending.Wait(1));
        scaled.Bench.Play(1500);
        // 5 of 9 is more than 45 %, 4 is more than 3.
        Assert.InRange(Assert.Single(scaled.Launches(10)), 1100, 1110);

        Scaled fewer = new(12, spare: 3, most: 12);
        for (int node = 0; node < 4; node++)
        {
            fewer.Bench.Fault(100, 1000, fewer.Bench.Machines, node);
        }
        fewer.Bench.Lab.At(400, _ => fewer.Pending.Wait(1));
        fewer.Bench.Play(800);
        Assert.InRange(Assert.Single(fewer.Launches(10)), 400, 410);
    }

    [Fact]
    public void Nodes_that_have_been_empty_for_ten_minutes_go_but_for_the_first_ones()
    {
        Scaled scaled = new(4, spare: 2, most: 4);
        scaled.Bench.Lab.At(100, _ => scaled.Pending.Wait(2));
        scaled.Bench.Lab.At(141, _ =>
        {
            scaled.Pending.Wait(0);
            scaled.Pods.Fill(2, 1);
            scaled.Pods.Fill(3, 1);
        });
        scaled.Bench.Lab.At(2000, _ => scaled.Empty(2));
        scaled.Bench.Lab.At(2300, _ => scaled.Pods.Fill(2, 1));
        scaled.Bench.Lab.At(2500, _ => scaled.Empty(2));
        scaled.Bench.Lab.At(2600, _ => scaled.Empty(3));
        // Two beyond the first ones; the third one is kept although it is empty.
        scaled.Bench.Lab.At(4000, _ => scaled.Empty(0));
        scaled.Bench.Play(6000);
        Assert.InRange(Assert.Single(scaled.Bench.Instants("autoscaler/cp-3", "scale down")), 3100, 3120);
        Assert.InRange(Assert.Single(scaled.Bench.Instants("autoscaler/cp-4", "scale down")), 3200, 3220);
        Assert.EndsWith("deleted", scaled.Bench.Of("node-lifecycle/cp-3"), StringComparison.Ordinal);
        Assert.Equal("", scaled.Bench.Of("autoscaler/cp-1"));
    }

    [Fact]
    public void Without_the_provider_it_waits()
    {
        Scaled scaled = new(4, spare: 1, most: 4);
        scaled.Bench.Out(50, 500, scaled.Bench.Control.CloudApi);
        scaled.Bench.Lab.At(100, _ => scaled.Pending.Wait(1));
        scaled.Bench.Play(580);
        Assert.InRange(Assert.Single(scaled.Launches(4)), 550, 560);
    }

    [Fact]
    public void Scans_that_find_nothing_to_do_need_not_be_simulated()
    {
        List<string> told = [];
        foreach (Fidelity fidelity in new[] { Fidelity.Elided, Fidelity.Exhaustive })
        {
            Scaled scaled = new(9, spare: 6, most: 7, fidelity: fidelity);
            scaled.Bench.Out(50, 100, scaled.Bench.Control.CloudApi);
            scaled.Bench.Lab.At(100, _ => scaled.Pending.Wait(2));
            scaled.Bench.Lab.At(250, _ => scaled.Pending.Wait(0));
            scaled.Bench.Lab.At(500, _ => scaled.Pending.Wait(10));
            scaled.Bench.Lab.At(900, _ => scaled.Pending.Wait(0));
            scaled.Bench.Lab.At(1000, _ => scaled.Empty(1));
            scaled.Bench.Play(3000);
            told.Add(string.Join('\n', Enumerable.Range(1, 9).Select(n => scaled.Bench.Of($"autoscaler/cp-{n}"))));
            Assert.Equal(fidelity == Fidelity.Exhaustive, scaled.Bench.Simulation.Events > 250);
        }
        Assert.Contains("scale down", told[0], StringComparison.Ordinal);
        Assert.Equal(told[0], told[1]);
    }

    private sealed class Scaled
    {
        private readonly Autoscaler _autoscaler;

        public Scaled(int places, int spare, int most, Law? boot = null, Fidelity fidelity = Fidelity.Elided)
        {
            Bench = new CloudBench(places, boot, spare, 3);
            Pods = new PlainPods(places);
            AutoscalerOptions options = new() { MaxByPool = [most] };
            _autoscaler = new Autoscaler(
                Bench.Builder, options, Bench.Objects, Bench.Lifecycle, Bench.Instances, Pods, Pending, Bench.Control, fidelity);
            Bench.Lifecycle.WatchedBy(_autoscaler);
        }

        public CloudBench Bench { get; }

        public PlainPods Pods { get; }

        public PlainPending Pending { get; } = new();

        public double[] Launches(int node) => Bench.Instants($"autoscaler/cp-{node}", "scale up");

        public void Empty(int node)
        {
            Pods.Clear(node);
            _autoscaler.Emptied(node);
        }
    }
}
