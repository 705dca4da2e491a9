using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.LoadBalancing;
using FailoverSim.Tests.Laws;
using Xunit;

namespace FailoverSim.Tests.Cluster.LoadBalancing;

/// <summary>Cloud balancers and nginx.</summary>
public class CloudAndPassiveTests
{
    private const double Fault = 200;

    /// <summary>
    /// A machine falls silent: the first of three probers knows after min(U) × interval + (fall − 1) × max(interval, timeout) + timeout, and
    /// the balancer 1 to 10 s later.
    /// </summary>
    [Theory]
    [InlineData("aws-nlb-cluster", 70, 100)]
    [InlineData("aws-nlb-local", 20, 30)]
    [InlineData("aws-nlb", 40, 70)]
    [InlineData("aws-elb", 55, 65)]
    [InlineData("gce", 17, 25)]
    [InlineData("google", 10, 15)]
    [InlineData("azure", 10, 15)]
    [InlineData("alibaba", 15, 17)]
    public void Cloud_balancers_take_a_silent_backend_out(string preset, double low, double high)
    {
        BalancerBench bench = new();
        CloudBalancer balancer = Cloud(bench, CloudBalancerOptions.Preset(preset));
        bench.Set(Fault, bench.Backends[0].Process.Machine.Powered, false);
        double[] delays = BalancerBench.Delays(
            bench.Lab.Builder.Build(3), balancer.InRotation(0), false, Fault, Fault + 150, 1000);
        Assert.InRange(delays.Min(), low + 1, low + 1 + (0.1 * (high - low)) + 0.5);
        Assert.InRange(delays.Max(), low + 8, high + 10);
        // The least of three uniform phases is a quarter of the interval in the mean, with variance 3/80.
        double width = high - low;
        double variance = (3.0 / 80 * width * width) + (81.0 / 12);
        Assert.InRange(Statistics.MeanError(delays, low + (width / 4) + 5.5, variance), -Statistics.CriticalZ, Statistics.CriticalZ);
    }

    [Theory]
    [InlineData("aws-nlb-local", true)]
    [InlineData("gce", false)]
    public void With_no_healthy_backend_a_network_balancer_of_aws_fails_open(string preset, bool open)
    {
        BalancerBench bench = new();
        CloudBalancer balancer = Cloud(bench, CloudBalancerOptions.Preset(preset));
        foreach (Backend backend in bench.Backends)
        {
            bench.Set(Fault, backend.Answers, false);
        }
        FailoverSim.Kernel.Simulation simulation = bench.Lab.Builder.Build(1);
        simulation.Reset(0);
        simulation.RunUntil(SimTime.Zero + SimDuration.FromSeconds(Fault + 100));
        Assert.All(Enumerable.Range(0, 3), b => Assert.Equal(open, simulation.Signals[balancer.InRotation(b)]));
        Assert.Equal(3, simulation.CountOf(bench.Lab.Builder.Counter($"markdowns:{balancer.Name}")));
    }

    /// <summary>nginx takes a server out at the first request that is refused: three servers, 6 requests per second, 0.5 s in the mean.</summary>
    [Theory]
    [InlineData(Fidelity.Elided)]
    [InlineData(Fidelity.Exhaustive)]
    public void Nginx_learns_of_a_refusal_with_the_next_request(Fidelity fidelity)
    {
        double[] delays = PassiveDelays(Nginx(6), fidelity, b => b.Backends[0].Process.Alive, false, Fault);
        Assert.InRange(Statistics.Distance(delays, x => 1 - Math.Exp(-2 * Math.Max(x, 0))), 0, Statistics.CriticalDistance);
    }

    [Fact]
    public void Nginx_waits_for_the_connect_timeout_of_a_silent_machine()
    {
        double[] delays = PassiveDelays(Nginx(6), Fidelity.Elided, b => b.Backends[0].Process.Machine.Powered, false, Fault);
        Assert.InRange(Statistics.Distance(delays, x => 1 - Math.Exp(-2 * Math.Max(x - 60, 0))), 0, Statistics.CriticalDistance);
    }

    /// <summary>max_fails=3: three requests must fail, Erlang.</summary>
    [Fact]
    public void Nginx_counts_failures()
    {
        double[] delays = PassiveDelays(Nginx(6) with { MaxFails = 3 }, Fidelity.Elided, b => b.Backends[0].Process.Alive, false, Fault);
        Assert.InRange(Statistics.MeanError(delays, 1.5, 0.75), -Statistics.CriticalZ, Statistics.CriticalZ);
    }

    /// <summary>
    /// A dead server is tried with one request after 10 s of rest, again and again: recovery is seen at the end of the rest that it falls
    /// into, plus the wait for a request (mean 0.5 s).
    /// </summary>
    [Fact]
    public void Nginx_tries_a_dead_server_after_fail_timeout()
    {
        double[] delays = PassiveDelays(Nginx(6), Fidelity.Elided, b => b.Backends[0].Process.Alive, true, Fault + 1000);
        Assert.InRange(delays.Min(), 0, 0.5);
        Assert.InRange(delays.Max(), 9.5, 15);
        // Residual of a cycle 10 + Exp(0.5), E[C²] / 2 E[C].
        Assert.InRange(delays.Average(), 5.27 - 0.45, 5.27 + 0.45);
    }

    /// <summary>A TCP stream that hangs is no failure: nobody takes the server out.</summary>
    [Fact]
    public void Nginx_does_not_notice_a_stream_that_hangs()
    {
        double[] delays = PassiveDelays(Nginx(6), Fidelity.Elided, b => b.Lab.NotHung(b.Backends[0].Process.Name), false, Fault);
        Assert.All(delays, delay => Assert.True(double.IsNaN(delay)));
    }

    private static PassiveOptions Nginx(double requests) => PassiveOptions.Nginx(requests);

    private static double[] PassiveDelays(
        PassiveOptions options, Fidelity fidelity, Func<BalancerBench, Signal> victim, bool awaited, double from)
    {
        BalancerBench bench = new();
        PassiveChecks checks = new(bench.Lab.Builder, "checks", bench.Stages, [bench.Balancer], bench.Backends, bench.Route, options, fidelity);
        bench.Set(Fault, victim(bench), false);
        if (awaited)
        {
            bench.Set(from, victim(bench), true);
        }
        return BalancerBench.Delays(bench.Lab.Builder.Build(5), checks.InRotation(0, 0), awaited, from, from + 150, 1000);
    }

    private static CloudBalancer Cloud(BalancerBench bench, CloudBalancerOptions options) => new(
        bench.Lab.Builder, "cloud", bench.Stages, bench.Backends, [.. Enumerable.Range(0, 3).Select(b => bench.Route(0, b))],
        options, Fidelity.Elided);
}
