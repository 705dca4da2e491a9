using FailoverSim.Tests.Cluster.Etcd;
using FailoverSim.Tests.Measured;
using Xunit;
using Xunit.Abstractions;

namespace FailoverSim.Tests.Live;

/// <summary>A real etcd elects its leaders as the simulated one does.</summary>
[Collection(LiveSoftware.Name)]
public class EtcdLeaderCrash(ITestOutputHelper output)
{
    private const int Clusters = 4;
    private const int CrashesPerCluster = 10;
    private const int Simulated = 100_000;

    /// <summary>Defaults of etcd 3.4: heartbeats every 100 ms, elections after 1 s, no pre-vote.</summary>
    [SkippableFact]
    public async Task A_new_leader_is_elected_as_fast_as_in_the_simulation()
    {
        string program = RunningProgram.Installed("etcd", "etcd-server");
        using StallGauge stalls = new();
        double[][] times = await Task.WhenAll(
            Enumerable.Range(0, Clusters).Select(cluster => Task.Run(() => Crashes(program, cluster))));
        stalls.Dispose();

        // Here the member comes back as soon as there is a leader, and the next one is killed 1 to 2 s after all agree on it.
        double[] simulated = Failovers.OfCrashes(
            3, EtcdTrials.Options(100, 1000, preVote: false), EtcdTrials.RoundTrip, Simulated, spacing: 1.6,
            restart: random => 0.03 + (0.1 * random.NextDouble())).FirstLeader;
        Agreement agreement = new(times.SelectMany(t => t), simulated);
        output.WriteLine($"{agreement}; worst stall {stalls.Worst:F3} s");
        agreement.AssertDistance(0.43);
        Assert.True(agreement.Measured[0] >= 0.8 - 0.02, agreement.ToString());
        agreement.AssertRange(early: double.PositiveInfinity, late: 0.25 + stalls.Worst);
    }

    private static async Task<double[]> Crashes(string program, int cluster)
    {
        using LiveEtcd etcd = new(program);
        Random luck = new(cluster + 1);
        double[] times = new double[CrashesPerCluster];
        for (int trial = 0; trial < times.Length; trial++)
        {
            times[trial] = await etcd.LeaderCrash(luck);
        }
        return times;
    }
}
