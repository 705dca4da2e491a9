using FailoverSim.Tests.Cluster.Vrrp;
using FailoverSim.Tests.Laws;
using FailoverSim.Tests.Measured;
using Xunit;
using Xunit.Abstractions;

namespace FailoverSim.Tests.Live;

/// <summary>The backup of a real pair takes over as the simulated one does: VRRP version 3, priorities 150 and 100.</summary>
[Collection(LiveSoftware.Name)]
public class KeepalivedTakeover(ITestOutputHelper output)
{
    private const double Advert = 0.5;

    /// <summary>Of the backup: (256 − 100)/256 of an interval.</summary>
    private const double Skew = 156 / 256.0 * Advert;

    /// <summary>What signals, processes and pipes may add, in seconds.</summary>
    private const double Slack = 0.08;

    private const double Fault = 100;

    private const int Pairs = 4;
    private const int CrashesPerPair = 2;

    [SkippableFact]
    public async Task The_backup_takes_over_as_in_the_simulation()
    {
        string program = RunningProgram.Installed("keepalived", "keepalived");
        RunningProgram.Installed("ip", "iproute2");
        Skip.IfNot(LiveVrrpPair.IsPermitted(), "network namespaces need a privilege that is missing here");
        using StallGauge stalls = new();
        (double[] Crashes, double Stop)[] times = await Task.WhenAll(
            Enumerable.Range(0, Pairs).Select(pair => Task.Run(() => Takeovers(program, pair))));
        stalls.Dispose();

        double[] crashes = [.. times.SelectMany(t => t.Crashes)], stops = [.. times.Select(t => t.Stop)];
        Agreement crash = new(crashes, Simulated(bench => bench.Set(Fault, bench.Instances[0].Process.Alive, false), 2000));
        Agreement stop = new(stops, Simulated(bench => bench.Lab.At(Fault, _ => bench.Group.Stop(0)), 10));
        output.WriteLine($"crash: {crash}\nstop: {stop}\nworst stall {stalls.Worst:F3} s");
        double late = Slack + stalls.Worst;
        Assert.All(crashes, t => Assert.InRange(t, (2 * Advert) + Skew, (3 * Advert) + Skew + late));
        Assert.All(stops, t => Assert.InRange(t, Skew, Skew + late));
        crash.AssertRange(0.001, late);
        stop.AssertRange(0.001, late);
        double tolerance = (Statistics.CriticalZ * crash.StandardError) + 0.05;
        Assert.InRange(crash.Bias, -tolerance, tolerance);
        Assert.InRange(stop.Bias, 0, 0.05 + stalls.Worst);
    }

    private static async Task<(double[] Crashes, double Stop)> Takeovers(string program, int number)
    {
        using LiveVrrpPair pair = new(program, number, Advert);
        Random luck = new(number + 1);
        double[] crashes = new double[CrashesPerPair];
        for (int trial = 0; trial < crashes.Length; trial++)
        {
            crashes[trial] = await pair.MasterCrash(luck);
        }
        return (crashes, await pair.MasterStop(luck));
    }

    private static double[] Simulated(Action<VrrpBench> end, int count)
    {
        VrrpBench bench = new([150, 100], VrrpBench.Options(version: 3, Advert));
        end(bench);
        double[] times = new double[count];
        for (int r = 0; r < count; r++)
        {
            bench.Run(Fault + 10, r);
            times[r] = bench.First("acquired", 1, Fault) - Fault;
        }
        return times;
    }
}
