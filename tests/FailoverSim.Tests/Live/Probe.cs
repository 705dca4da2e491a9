using Xunit;

namespace FailoverSim.Tests.Live;

[Collection(LiveSoftware.Name)]
public class Probe
{
    [SkippableFact]
    public async Task Haproxy()
    {
        using LiveHaproxy haproxy = new(RunningProgram.Installed("haproxy", "haproxy"), 12, "inter 1s fall 3 rise 2");
        Random luck = new(1);
        double[] a = await haproxy.Refusals(luck);
        double[] b = await haproxy.Returns(luck);
        double[] c = await haproxy.Hangs(luck);
        double[] d = await haproxy.Returns(luck);
        Assert.Fail(string.Join("\n", new[] { a, b, c, d }.Select(x => string.Join(' ', x.Order().Select(y => y.ToString("0.000"))))));
    }

    [SkippableFact]
    public async Task Keepalived()
    {
        using LiveVrrpPair pair = new(RunningProgram.Installed("keepalived", "keepalived"), 0.5);
        Random luck = new(1);
        List<double> a = [];
        for (int i = 0; i < 3; i++) { a.Add(await pair.MasterCrash(luck)); a.Add(await pair.MasterStop(luck)); }
        Assert.Fail(string.Join(' ', a.Select(y => y.ToString("0.000"))));
    }
}
