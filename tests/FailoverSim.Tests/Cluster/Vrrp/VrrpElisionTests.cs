using FailoverSim.Kernel;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Vrrp;
using Xunit;

namespace FailoverSim.Tests.Cluster.Vrrp;

/// <summary>Whether advertisements that change nothing are events or not: what follows is the same, to the nanosecond.</summary>
public class VrrpElisionTests
{
    private const int Schedules = 800;

    private const double Horizon = 200;

    public static TheoryData<string, double> Kinds()
    {
        TheoryData<string, double> kinds = [];
        foreach (string kind in (string[])["plain", "version 3, no preemption", "delay", "fault", "weight", "bonus"])
        {
            kinds.Add(kind, 0.05);
            kinds.Add(kind, 0.85);
        }
        return kinds;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Elided_and_exhaustive_advertisements_tell_the_same_story(string kind, double share)
    {
        VrrpBench[] benches = [Bench(kind, share, Fidelity.Elided), Bench(kind, share, Fidelity.Exhaustive)];
        long told = 0;
        long[] events = new long[2];
        for (int r = 0; r < Schedules; r++)
        {
            SignalLog[] logs = new SignalLog[2];
            for (int i = 0; i < 2; i++)
            {
                logs[i] = new([.. Enumerable.Range(0, 3).Select(benches[i].Group.IsMaster)]);
                benches[i].Run(Horizon, r, logs[i]);
                events[i] += benches[i].Simulation!.Events;
            }
            Assert.Equal(benches[1].Told, benches[0].Told);
            Assert.Equal(logs[1].Changes, logs[0].Changes);
            told += benches[0].Told.Count;
        }
        Assert.True(told > 3 * Schedules, $"only {told} words");
        Assert.True(events[0] < events[1]);
    }

    /// <param name="kind">What is set.</param>
    /// <param name="share">How much of an interval an advertisement takes.</param>
    /// <param name="fidelity">Whether advertisements that change nothing are events.</param>
    private static VrrpBench Bench(string kind, double share, Fidelity fidelity)
    {
        VrrpOptions options = kind switch
        {
            "version 3, no preemption" => VrrpBench.Options(3, 0.5, preempt: false),
            "delay" => VrrpBench.Options(delay: 7),
            "fault" => VrrpBench.Options(script: VrrpBench.Script(1, 1, 2, 2, 0)),
            "weight" => VrrpBench.Options(script: VrrpBench.Script(3, 2, 2, 2, -2)),
            "bonus" => VrrpBench.Options(script: VrrpBench.Script(1, 0.5, 1, 1, 5)),
            _ => VrrpBench.Options(),
        };
        VrrpBench bench = new([101, 100, 100], options, rtt: 2 * share * options.AdvertInterval.Seconds, fidelity, restart: 9);
        List<Signal> victims = [];
        for (int i = 0; i < 3; i++)
        {
            ProcessSignals process = bench.Instances[i].Process;
            victims.AddRange([
                process.Alive, process.Machine.Powered, process.Machine.Network, bench.Lab.NotHung(process.Name),
                bench.Lab.NotHung(process.Machine.Name), bench.Proxies[i].Alive, bench.Lab.NotHung(bench.Proxies[i].Name),
                bench.Network.Way($"z{i}", $"z{(i + 1) % 3}"), bench.Network.Way($"z{(i + 1) % 3}", $"z{i}")]);
            int slot = i;
            bench.Lab.Repeatedly(0.001, (simulation, luck) =>
            {
                if (simulation.Now.Seconds > 0.01 && simulation.Signals[process.Runs])
                {
                    simulation.Raise(0);
                    bench.Group.Stop(slot);
                }
                return 250 * luck.NextExponential();
            });
        }
        foreach (Signal victim in victims)
        {
            bench.Lab.Repeatedly(0.001, (simulation, luck) => Flip(simulation, victim, luck));
        }
        return bench;
    }

    private static double Flip(Simulation simulation, Signal victim, Draws luck)
    {
        if (simulation.Now.Seconds < 0.01)
        {
            return 300 * luck.NextExponential();
        }
        bool wasUp = simulation.Signals[victim];
        if (wasUp)
        {
            simulation.Raise(0);
        }
        simulation.Drive(victim, !wasUp);
        double mean = !wasUp ? 300 : luck.NextUniform() < 0.3 ? 0.1 : 15;
        return mean * luck.NextExponential();
    }
}
