using FailoverSim.Kernel;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.LoadBalancing;
using Xunit;

namespace FailoverSim.Tests.Cluster.LoadBalancing;

/// <summary>Whether checks that change nothing are events or not: what follows is the same, to the nanosecond.</summary>
public class HealthCheckElisionTests
{
    private const int Schedules = 400;

    private const double Horizon = 600;

    public static TheoryData<string> Kinds => ["haproxy", "haproxy, slow", "cloud", "passive"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Elided_and_exhaustive_checks_tell_the_same_story(string kind)
    {
        (BalancerBench elided, Signal[] watched) = Bench(kind, Fidelity.Elided);
        (BalancerBench exhaustive, _) = Bench(kind, Fidelity.Exhaustive);
        Simulation[] simulations = [elided.Lab.Builder.Build(11), exhaustive.Lab.Builder.Build(11)];
        long changes = 0;
        long[] events = new long[2];
        for (int r = 0; r < Schedules; r++)
        {
            SignalLog[] logs = [new(watched), new(watched)];
            for (int i = 0; i < 2; i++)
            {
                simulations[i].Reset(r);
                simulations[i].Trace = logs[i];
                simulations[i].RunUntil(SimTime.Zero + SimDuration.FromSeconds(Horizon));
                events[i] += simulations[i].Events;
            }
            Assert.Equal(logs[1].Changes, logs[0].Changes);
            changes += logs[0].Changes.Count;
        }
        Assert.True(changes > 5 * Schedules, $"only {changes} changes");
        Assert.True(events[0] < events[1]);
    }

    private static (BalancerBench Bench, Signal[] Watched) Bench(string kind, Fidelity fidelity)
    {
        BalancerBench bench = new(rtt: 0.04, notReadyAfter: kind == "haproxy, slow" ? 0.7 : 0);
        IEnumerable<Signal> watched = kind switch
        {
            "haproxy" => Watch(bench.Checks(CheckTimers.HaProxy(fastInter: 1, downInter: 3), fidelity)),
            "haproxy, slow" => Watch(bench.Checks(CheckTimers.HaProxy(checkTimeout: 5, connectTimeout: 1), fidelity)),
            "cloud" => Watch(bench.Checks(CheckTimers.Cloud(2, 5, 3, 3), fidelity)),
            _ => Passive(bench, fidelity),
        };
        List<Signal> victims = [bench.Balancer.Alive, bench.Lab.NotHung(bench.Balancer.Name), bench.Lab.Machines[0].Network];
        for (int b = 0; b < bench.Backends.Count; b++)
        {
            Backend backend = bench.Backends[b];
            victims.AddRange([
                backend.Answers, backend.Serves, backend.Process.Alive, backend.Process.Machine.Powered, backend.Process.Machine.Network,
                bench.Lab.NotHung(backend.Process.Name), bench.Lab.NotHung(backend.Process.Machine.Name),
                bench.Network.Way("a", $"z{b}"), bench.Network.Way($"z{b}", "a")]);
        }
        foreach (Signal victim in victims)
        {
            // Struck now and then, for long or for a moment.
            bench.Lab.Repeatedly(0.001, (simulation, luck) => Flip(simulation, victim, luck));
        }
        return (bench, [.. watched]);
    }

    private static double Flip(Simulation simulation, Signal victim, Draws luck)
    {
        if (simulation.Now.Seconds < 0.01)
        {
            return 400 * luck.NextExponential();
        }
        bool wasUp = simulation.Signals[victim];
        if (wasUp)
        {
            simulation.Raise(0);
        }
        simulation.Drive(victim, !wasUp);
        double mean = !wasUp ? 400 : luck.NextUniform() < 0.3 ? 0.1 : 15;
        return mean * luck.NextExponential();
    }

    private static IEnumerable<Signal> Watch(HealthChecks checks) => Enumerable.Range(0, 3).Select(b => checks.InRotation(0, b));

    private static IEnumerable<Signal> Passive(BalancerBench bench, Fidelity fidelity)
    {
        PassiveOptions options = new(
            1, SimDuration.FromSeconds(10), SimDuration.FromSeconds(3), SimDuration.FromSeconds(8), RequestsPerSecond: 5);
        PassiveChecks checks = new(bench.Lab.Builder, "checks", bench.Stages, [bench.Balancer], bench.Backends, bench.Route, options, fidelity);
        return Enumerable.Range(0, 3).Select(b => checks.InRotation(0, b));
    }
}
