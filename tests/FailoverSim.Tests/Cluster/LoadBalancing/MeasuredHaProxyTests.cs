using System.Globalization;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.LoadBalancing;
using FailoverSim.Tests.Laws;
using Xunit;
using Xunit.Abstractions;

namespace FailoverSim.Tests.Cluster.LoadBalancing;

/// <summary>The simulated HAProxy against a real one; see <c>Measured/README.md</c>.</summary>
public class MeasuredHaProxyTests(ITestOutputHelper output)
{
    private const double Fault = 100;
    private const int Replications = 4000;

    /// <summary>Trials in which the harness was stopped for so long measure the machine.</summary>
    private const double CleanMilliseconds = 30;

    /// <summary>A round trip on loopback, with the backend's work in it.</summary>
    private const double RoundTrip = 0.3e-3;

    [Theory]
    [InlineData("kill")]
    [InlineData("stop")]
    public void Servers_are_marked_down_when_they_were(string fault)
    {
        double[] measured = [.. Trials(fault, CleanMilliseconds).Where(t => t.Down > 0).Select(t => t.Down)];
        Compare($"{fault}, down", measured, Down(fault));
    }

    /// <summary>Each trial is replayed with its own delay between DOWN and recovery.</summary>
    [Theory]
    [InlineData("kill")]
    [InlineData("stop")]
    public void Servers_are_marked_up_when_they_were(string fault)
    {
        Trial[] trials = [.. Trials(fault, CleanMilliseconds).Where(t => t.Recover > 0 && t.Up > 0)];
        Compare($"{fault}, up", [.. trials.Select(t => t.Up)], [.. trials.Select(t => Recovery(fault, t.Recover).Up)]);
    }

    /// <summary>On noisy trials too: half of them within 40 ms.</summary>
    [Theory]
    [InlineData("kill")]
    [InlineData("stop")]
    public void Most_recoveries_agree_one_by_one(string fault)
    {
        Trial[] trials = [.. Trials(fault, double.PositiveInfinity).Where(t => t.Recover > 0 && t.Up > 0)];
        double[] errors = [.. trials.Select(t => Math.Abs(Recovery(fault, t.Recover).Up - t.Up)).Order()];
        output.WriteLine($"{fault}: n {errors.Length}, median error {1000 * errors[errors.Length / 2]:F1} ms, 9 of 10 within {1000 * errors[errors.Length * 9 / 10]:F0} ms");
        Assert.InRange(errors[errors.Length / 2], 0, 0.04);
    }

    /// <summary>
    /// Without redispatch a third of the requests fails until the server is DOWN, but for those whose retries, one a second and three
    /// in all, find it recovered. With redispatch none fails. Tolerance: 10 % and the trials' own error.
    /// </summary>
    [Fact]
    public void Requests_fail_as_they_did()
    {
        Trial[] trials = [.. Trials("kill", double.PositiveInfinity).Where(t => !t.Redispatch && t.Recover > 0)];
        (BalancerBench bench, HealthChecks checks) = Bench("kill");
        RequestOptions options = new(Redispatch: false, SimDuration.FromSeconds(5), SimDuration.FromSeconds(6));
        Rotation rotation = Requests(bench, checks, options);
        Simulation simulation = bench.Lab.Builder.Build(8);
        Signal inRotation = checks.InRotation(0, 0);
        double expected = 0;
        for (int r = 0; r < trials.Length; r++)
        {
            // The share lost is what the level says, from the fault until the server is out or the last retry would have found it back.
            simulation.Reset(r);
            SignalLog log = new(inRotation);
            simulation.Trace = log;
            simulation.RunUntil(At(Fault + 1));
            double lost = 1 - (rotation.Answered(0) / (double)FailoverSim.Kernel.Levels.Level.Whole);
            simulation.RunUntil(At(Fault + 30));
            double down = log.First(inRotation, false) - Fault;
            double last = Math.Min(down, down + trials[r].Recover - 3);
            expected += lost * last / (down + trials[r].Recover);
        }
        expected /= trials.Length;
        double[] shares = [.. trials.Select(t => t.Errors / t.Requests)];
        double mean = shares.Average();
        double error = Math.Sqrt(shares.Sum(s => (s - mean) * (s - mean))) / shares.Length;
        output.WriteLine($"failed: measured {mean:P1} ± {error:P1} (n {trials.Length}), simulated {expected:P1}");
        Assert.InRange(mean - expected, -(Statistics.CriticalZ * error) - (0.1 * expected), (Statistics.CriticalZ * error) + (0.1 * expected));
        Assert.All(Trials("kill", double.PositiveInfinity).Where(t => t.Redispatch), t => Assert.Equal(0, t.Errors));
    }

    [Fact]
    public void With_redispatch_no_request_fails_while_a_dead_server_is_in_rotation()
    {
        (BalancerBench bench, HealthChecks checks) = Bench("kill");
        Rotation rotation = Requests(bench, checks, new RequestOptions(true, SimDuration.FromSeconds(5), SimDuration.FromSeconds(6)));
        Simulation simulation = bench.Lab.Builder.Build(8);
        simulation.Reset(0);
        simulation.RunUntil(At(Fault + 1));
        Assert.True(simulation.Signals[checks.InRotation(0, 0)]);
        Assert.Equal(FailoverSim.Kernel.Levels.Level.Whole, rotation.Answered(0));
    }

    private static SimTime At(double seconds) => SimTime.Zero + SimDuration.FromSeconds(seconds);

    private static Rotation Requests(BalancerBench bench, HealthChecks checks, RequestOptions options) => new(
        bench.Lab.Builder, "rotation", [new BalancerInstance(bench.Balancer, bench.Lab.Builder.Condition("traffic"))],
        bench.Backends, bench.Route, checks.InRotation, options);

    private static (BalancerBench Bench, HealthChecks Checks) Bench(string fault)
    {
        BalancerBench bench = new(rtt: RoundTrip);
        HealthChecks checks = bench.Checks(CheckTimers.HaProxy());
        bench.Set(Fault, Victim(bench, fault), false);
        return (bench, checks);
    }

    private static Signal Victim(BalancerBench bench, string fault) => fault == "kill"
        ? bench.Backends[0].Process.Alive
        : bench.Lab.NotHung(bench.Backends[0].Process.Name);

    private static double[] Down(string fault)
    {
        (BalancerBench bench, HealthChecks checks) = Bench(fault);
        return BalancerBench.Delays(
            bench.Lab.Builder.Build(7), checks.InRotation(0, 0), false, Fault, Fault + 20, Replications);
    }

    /// <summary>The server recovers so long after it was marked down: how long until it is up?</summary>
    private static (double Down, double Up) Recovery(string fault, double after)
    {
        (BalancerBench bench, HealthChecks checks) = Bench(fault);
        Signal inRotation = checks.InRotation(0, 0);
        Simulation probe = bench.Lab.Builder.Build(7);
        double down = Fault + BalancerBench.Delays(probe, inRotation, false, Fault, Fault + 20, 1)[0];
        (bench, checks) = Bench(fault);
        bench.Set(down + after, Victim(bench, fault), true);
        double up = BalancerBench.Delays(bench.Lab.Builder.Build(7), checks.InRotation(0, 0), true, down + after, down + 30, 1)[0];
        return (down - Fault, up);
    }

    private void Compare(string what, double[] measured, double[] simulated)
    {
        Array.Sort(measured);
        Array.Sort(simulated);
        double distance = 0;
        foreach (double x in measured.Concat(simulated))
        {
            distance = Math.Max(distance, Math.Abs(Share(measured, x) - Share(simulated, x)));
        }
        int n = measured.Length;
        double mean = measured.Average();
        double deviation = Math.Sqrt(measured.Sum(x => (x - mean) * (x - mean)) / (n - 1));
        double p = Math.Min(1, 2 * Enumerable.Range(1, 100).Sum(k => (k % 2 == 1 ? 1 : -1) * Math.Exp(-2.0 * k * k * distance * distance * n)));
        output.WriteLine($"{what}: n {n}, D {distance:F3} (p {p:F3}), mean {mean:F3} s measured, {simulated.Average():F3} s simulated");
        Assert.InRange(distance, 0, (Statistics.CriticalDistance / Math.Sqrt(n)) + 0.03);
        double tolerance = (Statistics.CriticalZ * deviation / Math.Sqrt(n)) + 0.02;
        Assert.InRange(mean - simulated.Average(), -tolerance, tolerance);
    }

    private static double Share(double[] sorted, double x)
    {
        int found = Array.BinarySearch(sorted, x + 1e-12);
        return (found < 0 ? ~found : found) / (double)sorted.Length;
    }

    private static IEnumerable<Trial> Trials(string fault, double worstStall)
    {
        string path = Path.Combine(Repository.Root, "tests", "FailoverSim.Tests", "Measured", "haproxy-health-check.csv");
        return File.ReadLines(path).Skip(1).Select(line => line.Split(','))
            .Where(cells => cells[0] == fault && Number(cells[7]) < worstStall)
            .Select(cells => new Trial(
                cells[1] == "1", Number(cells[2]) / 1000, Number(cells[3]) / 1000, Number(cells[4]) / 1000, Number(cells[5]), Number(cells[6])));
    }

    private static double Number(string cell) => cell.Length == 0 ? 0 : double.Parse(cell, CultureInfo.InvariantCulture);

    /// <summary>Seconds; 0 for what is not known.</summary>
    private sealed record Trial(bool Redispatch, double Down, double Recover, double Up, double Requests, double Errors);
}
