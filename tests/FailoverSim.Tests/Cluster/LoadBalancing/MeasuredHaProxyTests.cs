using FailoverSim.Kernel;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.LoadBalancing;
using FailoverSim.Tests.Laws;
using FailoverSim.Tests.Measured;
using Xunit;
using Xunit.Abstractions;

namespace FailoverSim.Tests.Cluster.LoadBalancing;

/// <summary>The simulated HAProxy against a real one; see <c>Measured/README.md</c>.</summary>
public class MeasuredHaProxyTests(ITestOutputHelper output)
{
    private const int Simulated = 4000;

    [Theory]
    [InlineData("kill")]
    [InlineData("stop")]
    public void Servers_are_marked_down_when_they_were(string fault)
    {
        Check(fault, new Agreement(
            HaproxyTrials.Clean(fault).Where(t => t.Down > 0).Select(t => t.Down), HaproxyTrials.Down(fault, Simulated)));
    }

    /// <summary>Each trial is replayed with its own delay between DOWN and recovery.</summary>
    [Theory]
    [InlineData("kill")]
    [InlineData("stop")]
    public void Servers_are_marked_up_when_they_were(string fault)
    {
        HaproxyTrial[] trials = [.. HaproxyTrials.Clean(fault).Where(t => t.Recover > 0 && t.Up > 0)];
        Check(fault, new Agreement(trials.Select(t => t.Up), trials.Select(t => HaproxyTrials.UpAfterDown(fault, t.Recover))));
    }

    /// <summary>On noisy trials too: half of them within 40 ms.</summary>
    [Theory]
    [InlineData("kill")]
    [InlineData("stop")]
    public void Most_recoveries_agree_one_by_one(string fault)
    {
        HaproxyTrial[] trials = [.. HaproxyTrials.All(fault).Where(t => t.Recover > 0 && t.Up > 0)];
        double[] errors = [.. trials.Select(t => Math.Abs(HaproxyTrials.UpAfterDown(fault, t.Recover) - t.Up)).Order()];
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
        HaproxyTrial[] trials = [.. HaproxyTrials.All("kill").Where(t => !t.Redispatch && t.Recover > 0)];
        (BalancerBench bench, HealthChecks checks) = HaproxyTrials.Bench("kill");
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
            simulation.RunUntil(At(HaproxyTrials.Fault + 1));
            double lost = 1 - (rotation.Answered(0) / (double)FailoverSim.Kernel.Levels.Level.Whole);
            simulation.RunUntil(At(HaproxyTrials.Fault + 30));
            double down = log.First(inRotation, false) - HaproxyTrials.Fault;
            double last = Math.Min(down, down + trials[r].Recover - 3);
            expected += lost * last / (down + trials[r].Recover);
        }
        expected /= trials.Length;
        double[] shares = [.. trials.Select(t => t.Errors / t.Requests)];
        double mean = shares.Average();
        double error = Math.Sqrt(shares.Sum(s => (s - mean) * (s - mean))) / shares.Length;
        output.WriteLine($"failed: measured {mean:P1} ± {error:P1} (n {trials.Length}), simulated {expected:P1}");
        Assert.InRange(mean - expected, -(Statistics.CriticalZ * error) - (0.1 * expected), (Statistics.CriticalZ * error) + (0.1 * expected));
        Assert.All(HaproxyTrials.All("kill").Where(t => t.Redispatch), t => Assert.Equal(0, t.Errors));
    }

    [Fact]
    public void With_redispatch_no_request_fails_while_a_dead_server_is_in_rotation()
    {
        (BalancerBench bench, HealthChecks checks) = HaproxyTrials.Bench("kill");
        Rotation rotation = Requests(bench, checks, new RequestOptions(true, SimDuration.FromSeconds(5), SimDuration.FromSeconds(6)));
        Simulation simulation = bench.Lab.Builder.Build(8);
        simulation.Reset(0);
        simulation.RunUntil(At(HaproxyTrials.Fault + 1));
        Assert.True(simulation.Signals[checks.InRotation(0, 0)]);
        Assert.Equal(FailoverSim.Kernel.Levels.Level.Whole, rotation.Answered(0));
    }

    private static SimTime At(double seconds) => SimTime.Zero + SimDuration.FromSeconds(seconds);

    private static Rotation Requests(BalancerBench bench, HealthChecks checks, RequestOptions options) => new(
        bench.Lab.Builder, "rotation", [new BalancerInstance(bench.Balancer, bench.Lab.Builder.Condition("traffic"))],
        bench.Backends, bench.Route, checks.InRotation, options);

    private void Check(string what, Agreement agreement)
    {
        output.WriteLine($"{what}: {agreement}");
        agreement.AssertHolds(0.03, 0.02);
    }
}
