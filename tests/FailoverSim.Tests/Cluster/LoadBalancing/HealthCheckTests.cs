using FailoverSim.Kernel;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.LoadBalancing;
using FailoverSim.Tests.Laws;
using Xunit;

namespace FailoverSim.Tests.Cluster.LoadBalancing;

/// <summary>How long active checks take to find out, against the sums of their timers.</summary>
public class HealthCheckTests
{
    private const int Replications = 2000;
    private const double Fault = 100;

    /// <summary>VC-A16: every 10 s, timeout 1 s, three failures: uniform from 21 to 31 s.</summary>
    [Theory]
    [InlineData(Fidelity.Elided)]
    [InlineData(Fidelity.Exhaustive)]
    public void Periodic_probe_with_threshold(Fidelity fidelity)
    {
        BalancerBench bench = new();
        HealthChecks checks = bench.Checks(CheckTimers.Cloud(10, 1, 3, 2), fidelity, fromCloud: true);
        bench.Set(Fault, bench.Backends[1].Process.Machine.Powered, false);
        IsUniform(21, 31, Detection(bench, checks.InRotation(0, 1), false));
    }

    /// <summary>
    /// kubeadm's HAProxy, <c>inter 2s fall 3 rise 2, timeout check 10s</c>: U × 2 + limit + 2 × (2 + limit), since pauses begin at the end of a check. The
    /// limit of a silent machine is that of the connection, 2 s.
    /// </summary>
    [Theory]
    [InlineData("crash", 4, 6)]
    [InlineData("host", 10, 12)]
    [InlineData("hang", 34, 36)]
    public void HaProxy_of_kubeadm_finds_out(string fault, double low, double high)
    {
        BalancerBench bench = new();
        HealthChecks checks = bench.Checks(CheckTimers.HaProxy(checkTimeout: 10));
        bench.Set(Fault, Victim(bench, fault), false);
        IsUniform(low, high, Detection(bench, checks.InRotation(0, 0), false));
    }

    /// <summary>Without <c>timeout check</c> the interval limits the whole check, and the next one starts an interval after its end.</summary>
    [Theory]
    [InlineData("crash", 4, 6)]
    [InlineData("host", 10, 12)]
    [InlineData("hang", 10, 12)]
    public void HaProxy_without_check_timeout_finds_out(string fault, double low, double high)
    {
        BalancerBench bench = new();
        HealthChecks checks = bench.Checks(CheckTimers.HaProxy());
        bench.Set(Fault, Victim(bench, fault), false);
        IsUniform(low, high, Detection(bench, checks.InRotation(0, 0), false));
    }

    /// <summary>Down since 100 + 2 U + 2 × 1, checked every 5 s from then on, up two fast checks after the first good one.</summary>
    [Fact]
    public void Recovery_takes_a_downinter_and_a_fastinter_for_each_further_success()
    {
        BalancerBench bench = new();
        HealthChecks checks = bench.Checks(CheckTimers.HaProxy(inter: 2, fastInter: 1, downInter: 5, rise: 3));
        bench.Set(Fault, bench.Backends[2].Process.Alive, false);
        bench.Set(200, bench.Backends[2].Process.Alive, true);
        double[] delays = BalancerBench.Delays(bench.Lab.Builder.Build(4), checks.InRotation(0, 2), true, 200, 220, Replications);
        IsUniform(4, 6, delays);
    }

    /// <summary>One failure may pass unnoticed: a good check in between starts the count again.</summary>
    [Fact]
    public void Failures_must_follow_each_other()
    {
        BalancerBench bench = new(1);
        HealthChecks checks = bench.Checks(CheckTimers.HaProxy());
        for (int i = 0; i < 20; i++)
        {
            bench.Set(10 + (6 * i), bench.Backends[0].Process.Alive, false);
            bench.Set(13.9 + (6 * i), bench.Backends[0].Process.Alive, true);
        }
        double[] delays = BalancerBench.Delays(bench.Lab.Builder.Build(5), checks.InRotation(0, 0), false, 0, 140, 100);
        Assert.All(delays, delay => Assert.True(double.IsNaN(delay)));
    }

    /// <summary>etcd is gone: the bad answer takes 2 s, and U × 2 + 2 + 2 × (2 + 2) pass.</summary>
    [Fact]
    public void A_bad_answer_may_take_its_time()
    {
        BalancerBench bench = new(notReadyAfter: 2);
        HealthChecks checks = bench.Checks(CheckTimers.HaProxy(checkTimeout: 10));
        bench.Set(Fault, bench.Backends[0].Answers, false);
        IsUniform(10, 12, Detection(bench, checks.InRotation(0, 0), false));
    }

    /// <summary>A check that waits is answered when the backend goes on: a hang of 9 s goes unnoticed with a limit of 10 s.</summary>
    [Fact]
    public void A_check_that_waits_is_answered_when_the_backend_goes_on()
    {
        BalancerBench bench = new(1);
        HealthChecks checks = bench.Checks(CheckTimers.HaProxy(checkTimeout: 10, fall: 1));
        Signal notHung = bench.Lab.NotHung(bench.Backends[0].Process.Name);
        bench.Set(Fault, notHung, false);
        bench.Set(Fault + 9, notHung, true);
        double[] delays = BalancerBench.Delays(bench.Lab.Builder.Build(6), checks.InRotation(0, 0), false, 0, 150, 300);
        Assert.All(delays, delay => Assert.True(double.IsNaN(delay)));
    }

    /// <summary>HAProxy begins with health = rise: after a restart the first failure takes a server out, at its first check.</summary>
    [Fact]
    public void After_a_restart_every_server_is_up_until_its_first_check()
    {
        BalancerBench bench = new(2);
        HealthChecks checks = bench.Checks(CheckTimers.HaProxy());
        SignalLog log = new(checks.InRotation(0, 1));
        bench.Set(Fault, bench.Backends[1].Process.Alive, false);
        bench.Set(150, bench.Balancer.Alive, false);
        bench.Set(160, bench.Balancer.Alive, true);
        Run(bench, 200, log);
        Assert.Equal(160, log.First(checks.InRotation(0, 1), true));
        Assert.Equal(161, log.First(checks.InRotation(0, 1), false, 160), 9);
    }

    [Fact]
    public void A_balancer_that_hangs_checks_nothing_and_catches_up()
    {
        BalancerBench bench = new(1);
        HealthChecks checks = bench.Checks(CheckTimers.HaProxy());
        SignalLog log = new(checks.InRotation(0, 0));
        bench.Set(Fault, bench.Lab.NotHung(bench.Balancer.Name), false);
        bench.Set(110, bench.Backends[0].Process.Alive, false);
        bench.Set(300, bench.Lab.NotHung(bench.Balancer.Name), true);
        Run(bench, 400, log);
        Assert.Equal(304, log.First(checks.InRotation(0, 0), false), 9);
    }

    [Fact]
    public void Those_who_follow_hear_who_was_marked_down()
    {
        BalancerBench bench = new();
        HealthChecks checks = bench.Checks(CheckTimers.HaProxy());
        Followed follower = new();
        checks.Tell(follower);
        bench.Set(Fault, bench.Backends[2].Process.Alive, false);
        Run(bench, 200, new SignalLog());
        Assert.Equal([(0, 2)], follower.Told);
    }

    [Fact]
    public void Ten_quiet_years_cost_a_handful_of_events()
    {
        BalancerBench bench = new(rtt: 1e-3);
        bench.Checks(CheckTimers.HaProxy());
        Simulation simulation = bench.Lab.Builder.Build(1);
        simulation.Run(0, SimDuration.Zero, new SimDuration(10 * SimDuration.NanosecondsPerYear));
        Assert.InRange(simulation.Events, 1, 9);
    }

    /// <summary>A backend that stays dead is asked in vain for ten years, at no cost.</summary>
    [Theory]
    [InlineData("crash")]
    [InlineData("host")]
    [InlineData("hang")]
    public void Steady_failures_are_no_events(string fault)
    {
        BalancerBench bench = new(rtt: 1e-3);
        bench.Checks(CheckTimers.HaProxy());
        bench.Set(Fault, Victim(bench, fault), false);
        Simulation simulation = bench.Lab.Builder.Build(1);
        simulation.Run(0, SimDuration.Zero, new SimDuration(10 * SimDuration.NanosecondsPerYear));
        Assert.InRange(simulation.Events, 1, 40);
    }

    /// <summary>A fall in rotation is charged to the fault that the checks have found.</summary>
    [Theory]
    [InlineData(Fidelity.Elided)]
    [InlineData(Fidelity.Exhaustive)]
    public void A_backend_out_of_rotation_is_charged_to_its_fault(Fidelity fidelity)
    {
        BalancerBench bench = new(1);
        HealthChecks checks = bench.Checks(CheckTimers.HaProxy(), fidelity);
        bench.Lab.Builder.Service("rotation", checks.InRotation(0, 0), checks.InRotation(0, 0), []);
        bench.Set(Fault, bench.Backends[0].Process.Alive, false);
        Simulation simulation = bench.Lab.Builder.Build(1);
        FailoverSim.Kernel.Results.ServiceRow row = simulation.Run(0, SimDuration.Zero, SimDuration.FromSeconds(200))[0];
        Assert.Equal(0, row.DownByCause[0]);
        Assert.True(row.DownByCause[1] > 0);
    }

    private static Signal Victim(BalancerBench bench, string fault) => fault switch
    {
        "crash" => bench.Backends[0].Process.Alive,
        "host" => bench.Backends[0].Process.Machine.Powered,
        _ => bench.Lab.NotHung(bench.Backends[0].Process.Name),
    };

    private static double[] Detection(BalancerBench bench, Signal signal, bool value) =>
        BalancerBench.Delays(bench.Lab.Builder.Build(3), signal, value, Fault, Fault + 50, Replications);

    private static void Run(BalancerBench bench, double until, SignalLog log)
    {
        Simulation simulation = bench.Lab.Builder.Build(2);
        simulation.Reset(0);
        simulation.Trace = log;
        simulation.RunUntil(SimTime.Zero + SimDuration.FromSeconds(until));
    }

    private static void IsUniform(double low, double high, double[] delays)
    {
        Assert.InRange(delays.Min(), low, low + 0.1 * (high - low));
        Assert.InRange(delays.Max(), high - 0.1 * (high - low), high);
        double width = high - low;
        Assert.InRange(Statistics.MeanError(delays, (low + high) / 2, width * width / 12), -Statistics.CriticalZ, Statistics.CriticalZ);
        Assert.InRange(Statistics.Distance(delays, x => Math.Clamp((x - low) / width, 0, 1)), 0, Statistics.CriticalDistance);
    }

    private sealed class Followed : IMarkedDown
    {
        public List<(int Instance, int Backend)> Told { get; } = [];

        public void MarkedDown(int instance, int backend) => Told.Add((instance, backend));
    }
}
