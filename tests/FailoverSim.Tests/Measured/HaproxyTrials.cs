using System.Globalization;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Signals;
using FailoverSim.Models.LoadBalancing;
using FailoverSim.Tests.Cluster.LoadBalancing;

namespace FailoverSim.Tests.Measured;

/// <summary>Servers of a real HAProxy that fail and recover, and of the simulated one in the same setting; in seconds.</summary>
internal static class HaproxyTrials
{
    /// <summary>When the simulated fault strikes.</summary>
    public const double Fault = 100;

    /// <summary>Trials in which the harness was stopped for so long measure the machine.</summary>
    public const double CleanMilliseconds = 30;

    /// <summary>A round trip on loopback, with the backend's work in it.</summary>
    public const double RoundTrip = 0.3e-3;

    public static HaproxyTrial[] Clean(string fault) => [.. Of(fault, CleanMilliseconds)];

    public static HaproxyTrial[] All(string fault) => [.. Of(fault, double.PositiveInfinity)];

    public static (BalancerBench Bench, HealthChecks Checks) Bench(string fault, CheckTimers? timers = null)
    {
        BalancerBench bench = new(rtt: RoundTrip);
        HealthChecks checks = bench.Checks(timers ?? CheckTimers.HaProxy());
        bench.Set(Fault, Victim(bench, fault), false);
        return (bench, checks);
    }

    /// <summary>From the fault until the server is marked down.</summary>
    public static double[] Down(string fault, int count, CheckTimers? timers = null)
    {
        (BalancerBench bench, HealthChecks checks) = Bench(fault, timers);
        return BalancerBench.Delays(
            bench.Lab.Builder.Build(7), checks.InRotation(0, 0), false, Fault, Fault + 20, count);
    }

    /// <summary>From an instant after the fault until the server is marked up, if it recovers then.</summary>
    public static double[] Up(string fault, double after, int count, CheckTimers? timers = null)
    {
        (BalancerBench bench, HealthChecks checks) = Bench(fault, timers);
        bench.Set(Fault + after, Victim(bench, fault), true);
        return BalancerBench.Delays(
            bench.Lab.Builder.Build(7), checks.InRotation(0, 0), true, Fault + after, Fault + after + 20, count);
    }

    /// <summary>The server recovers so long after it was marked down: how long until it is up?</summary>
    public static double UpAfterDown(string fault, double after)
    {
        (BalancerBench bench, HealthChecks checks) = Bench(fault);
        Signal inRotation = checks.InRotation(0, 0);
        Simulation probe = bench.Lab.Builder.Build(7);
        double down = Fault + BalancerBench.Delays(probe, inRotation, false, Fault, Fault + 20, 1)[0];
        (bench, checks) = Bench(fault);
        bench.Set(down + after, Victim(bench, fault), true);
        return BalancerBench.Delays(bench.Lab.Builder.Build(7), checks.InRotation(0, 0), true, down + after, down + 30, 1)[0];
    }

    private static Signal Victim(BalancerBench bench, string fault) => fault == "kill"
        ? bench.Backends[0].Process.Alive
        : bench.Lab.NotHung(bench.Backends[0].Process.Name);

    private static IEnumerable<HaproxyTrial> Of(string fault, double worstStall) => File
        .ReadLines(Repository.Tests("Measured", "haproxy-health-check.csv")).Skip(1)
        .Select(line => line.Split(','))
        .Where(cells => cells[0] == fault && Number(cells[7]) < worstStall)
        .Select(cells => new HaproxyTrial(
            cells[1] == "1", Number(cells[2]) / 1000, Number(cells[3]) / 1000, Number(cells[4]) / 1000, Number(cells[5]), Number(cells[6])));

    private static double Number(string cell) => cell.Length == 0 ? 0 : double.Parse(cell, CultureInfo.InvariantCulture);
}

/// <summary>Seconds; 0 for what is not known.</summary>
/// <param name="Redispatch">The option is set.</param>
/// <param name="Down">From the fault until the server is marked down.</param>
/// <param name="Recover">From there until it recovers.</param>
/// <param name="Up">From there until it is marked up.</param>
/// <param name="Requests">Begun between fault and recovery.</param>
/// <param name="Errors">How many of them failed.</param>
internal sealed record HaproxyTrial(bool Redispatch, double Down, double Recover, double Up, double Requests, double Errors);
