using FailoverSim.Kernel;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Laws;
using FailoverSim.Models.LoadBalancing;
using FailoverSim.Tests.Laws;
using Xunit;

namespace FailoverSim.Tests.Cluster.LoadBalancing;

/// <summary>Cloud balancers that are told which backends they have.</summary>
public class BackendListTests
{
    /// <summary>The last of three probers finds it healthy after max(U) × interval + (rise − 1) × interval, and the balancer knows 5 s later.</summary>
    [Theory]
    [InlineData("aws-nlb-cluster", 30, 3)]
    [InlineData("gce", 8, 1)]
    [InlineData("azure", 5, 1)]
    [InlineData("alibaba", 2, 3)]
    public void A_new_backend_gets_requests_when_all_probers_have_found_it_healthy(string preset, double interval, int rise)
    {
        BalancerBench bench = new();
        (CloudBalancer balancer, Signal[] listed) = Cloud(bench, CloudBalancerOptions.Preset(preset) with { Propagation = new Constant(5) });
        bench.Lab.At(0, s => s.Drive(listed[0], false));
        bench.Lab.At(100, s => s.Drive(listed[0], true));
        double[] delays = BalancerBench.Delays(bench.Lab.Builder.Build(3), balancer.InRotation(0), true, 100, 400, 1000);
        double least = ((rise - 1) * interval) + 5;
        Assert.InRange(delays.Min(), least, least + (0.3 * interval));
        Assert.InRange(delays.Max(), least + (0.95 * interval), least + interval);
        // The greatest of three uniform phases is three quarters in the mean, with variance 3/80.
        double variance = 3.0 / 80 * interval * interval;
        Assert.InRange(Statistics.MeanError(delays, least + (0.75 * interval), variance), -Statistics.CriticalZ, Statistics.CriticalZ);
    }

    [Fact]
    public void One_that_is_taken_away_gets_requests_until_the_balancers_nodes_know()
    {
        BalancerBench bench = new();
        (CloudBalancer balancer, Signal[] listed) = Cloud(bench, CloudBalancerOptions.Preset("gce") with { Propagation = new Constant(5) });
        bench.Lab.At(100, s => s.Drive(listed[0], false));
        double[] delays = BalancerBench.Delays(bench.Lab.Builder.Build(3), balancer.InRotation(0), false, 100, 400, 20);
        Assert.All(delays, delay => Assert.Equal(5, delay, 9));
    }

    /// <summary>A network balancer of AWS sends requests to all it has when it trusts none of them, to a new one too, and to none that it has not.</summary>
    [Fact]
    public void With_no_healthy_backend_those_get_requests_that_it_has_been_told_of()
    {
        BalancerBench bench = new();
        (CloudBalancer balancer, Signal[] listed) = Cloud(bench, CloudBalancerOptions.Preset("aws-nlb-local") with { Propagation = new Constant(5) });
        bench.Lab.At(10, s => s.Drive(listed[2], false));
        bench.Set(100, bench.Backends[0].Answers, false);
        bench.Set(100, bench.Backends[1].Answers, false);
        bench.Lab.At(300, s => s.Drive(listed[2], true));
        Simulation simulation = bench.Lab.Builder.Build(1);
        simulation.Reset(0);
        // Known at 120 to 130 s, twice 10 s after the first failure, and told; the new one is healthy after 10 to 20 s, and told.
        foreach ((double at, string inRotation) in new[] { (90, "110"), (250, "110"), (301, "111"), (400, "001") })
        {
            simulation.RunUntil(SimTime.Zero + SimDuration.FromSeconds(at));
            Assert.Equal(inRotation, string.Concat(Enumerable.Range(0, 3).Select(b => simulation.Signals[balancer.InRotation(b)] ? 1 : 0)));
        }
    }

    /// <summary>Backends come, go, fall silent and return: leaving out checks that change nothing changes no instant.</summary>
    [Fact]
    public void Checks_that_change_nothing_need_not_be_simulated()
    {
        List<string> told = [];
        foreach (Fidelity fidelity in new[] { Fidelity.Elided, Fidelity.Exhaustive })
        {
            BalancerBench bench = new();
            (CloudBalancer balancer, Signal[] listed) = Cloud(bench, CloudBalancerOptions.Preset("aws-nlb-local"), fidelity);
            foreach (Signal victim in listed.Concat(bench.Backends.Select(b => b.Process.Machine.Powered)))
            {
                bench.Lab.Repeatedly(0.001, (simulation, luck) => Flip(simulation, victim, luck));
            }
            SignalLog log = new([.. Enumerable.Range(0, 3).Select(balancer.InRotation)]);
            Simulation simulation = bench.Lab.Builder.Build(9);
            simulation.Reset(0);
            simulation.Trace = log;
            simulation.RunUntil(SimTime.Zero + SimDuration.FromSeconds(100_000));
            told.Add(string.Join('\n', log.Changes));
            Assert.True(log.Changes.Count > 300);
        }
        Assert.Equal(told[0], told[1]);
    }

    private static double Flip(Simulation simulation, Signal victim, Draws luck)
    {
        if (simulation.Now.Seconds > 0.01)
        {
            simulation.Drive(victim, !simulation.Signals[victim]);
        }
        return (luck.NextUniform() < 0.3 ? 15 : 400) * luck.NextExponential();
    }

    private static (CloudBalancer Balancer, Signal[] Listed) Cloud(
        BalancerBench bench, CloudBalancerOptions options, Fidelity fidelity = Fidelity.Elided)
    {
        Signal[] listed = [.. Enumerable.Range(0, bench.Backends.Count).Select(b => bench.Lab.Builder.Condition($"listed-{b}"))];
        CloudBalancer balancer = new(
            bench.Lab.Builder, "cloud", bench.Stages, bench.Backends, [.. Enumerable.Range(0, bench.Backends.Count).Select(b => bench.Route(0, b))],
            options, fidelity, listed);
        return (balancer, listed);
    }
}
