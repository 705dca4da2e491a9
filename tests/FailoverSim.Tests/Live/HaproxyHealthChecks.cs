using FailoverSim.Models.LoadBalancing;
using FailoverSim.Tests.Measured;
using Xunit;
using Xunit.Abstractions;

namespace FailoverSim.Tests.Live;

/// <summary>A real HAProxy takes servers out and in again as the simulated one does.</summary>
[Collection(LiveSoftware.Name)]
public class HaproxyHealthChecks(ITestOutputHelper output)
{
    private const int Servers = 36;
    private const int Simulated = 4000;

    private static readonly CheckTimers Timers = CheckTimers.HaProxy(inter: 1);

    /// <summary>Each server's fault strikes, and ends, at an instant of its own.</summary>
    [SkippableFact]
    public async Task Servers_go_down_and_up_as_in_the_simulation()
    {
        string program = RunningProgram.Installed("haproxy", "haproxy");
        using StallGauge stalls = new();
        using LiveHaproxy haproxy = new(program, Servers, "inter 1s fall 3 rise 2");
        Random luck = new(1);
        double[] refused = await haproxy.Refusals(luck), back = await haproxy.Returns(luck);
        double[] hung = await haproxy.Hangs(luck), awake = await haproxy.Returns(luck);
        stalls.Dispose();

        Compare("down after refusals", refused, HaproxyTrials.Down("kill", Simulated, Timers), stalls.Worst);
        Compare("up after refusals", back, Up("kill"), stalls.Worst);
        Compare("down after a hang", hung, HaproxyTrials.Down("stop", Simulated, Timers), stalls.Worst);
        Compare("up after a hang", awake, Up("stop"), stalls.Worst);
    }

    /// <summary>A check of a server that hangs begins every two seconds, and it wakes up anywhere between two of them.</summary>
    private static IEnumerable<double> Up(string fault) =>
        Enumerable.Range(0, 20).SelectMany(k => HaproxyTrials.Up(fault, 8 + (k / 10.0), Simulated / 20, Timers));

    private void Compare(string what, IEnumerable<double> measured, IEnumerable<double> simulated, double stall)
    {
        Agreement agreement = new(measured, simulated);
        output.WriteLine($"{what}: {agreement}; worst stall {stall:F3} s");
        // √(ln(2/α)/2), one false alarm in a million. Half of those that wake up have a check open and are up a second later.
        agreement.AssertDistance((Math.Sqrt(Math.Log(2e6) / 2) / Math.Sqrt(agreement.Count)) + 0.03, shift: 0.02 + stall);
        agreement.AssertRange(early: 0.06, late: 0.06 + stall);
    }
}
