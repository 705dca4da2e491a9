using Xunit;

namespace FailoverSim.Tests.Live;

[Collection(LiveSoftware.Name)]
public class EtcdLeaderCrash
{
    [SkippableFact]
    public async Task ProbeOnly()
    {
        string program = RunningProgram.Installed("etcd", "etcd-server");
        Task<double[]>[] clusters = [.. Enumerable.Range(0, 2).Select(c => Task.Run(() => Crashes(program, c, 4)))];
        double[] all = [.. (await Task.WhenAll(clusters)).SelectMany(t => t).Order()];
        Assert.Equal("", string.Join(' ', all));
    }

    private static async Task<double[]> Crashes(string program, int cluster, int count)
    {
        using LiveEtcd etcd = new(program);
        Random luck = new(cluster + 1);
        double[] times = new double[count];
        for (int trial = 0; trial < count; trial++)
        {
            times[trial] = await etcd.LeaderCrash(luck);
        }
        return times;
    }
}
