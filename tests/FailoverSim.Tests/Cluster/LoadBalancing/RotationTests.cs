using FailoverSim.Kernel;
using FailoverSim.Kernel.Levels;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.LoadBalancing;
using Xunit;

namespace FailoverSim.Tests.Cluster.LoadBalancing;

/// <summary>What share of new requests is answered, for what the servers in rotation are.</summary>
public class RotationTests
{
    [Theory]
    [InlineData("ok ok ok", true, 3, 1, 1)]
    [InlineData("refused ok ok", true, 3, 1, 1)]
    [InlineData("refused ok ok", false, 3, 2, 3)]
    [InlineData("silent ok ok", true, 3, 1, 1)]
    [InlineData("silent ok ok", true, 10, 2, 3)]
    [InlineData("silent ok ok", false, 3, 2, 3)]
    [InlineData("hung ok ok", true, 3, 2, 3)]
    [InlineData("bad ok ok", true, 3, 2, 3)]
    [InlineData("out ok ok", false, 3, 1, 1)]
    [InlineData("refused hung ok", true, 3, 1, 2)]
    [InlineData("silent hung ok", true, 10, 1, 3)]
    [InlineData("refused out out", true, 3, 0, 1)]
    [InlineData("out out out", true, 3, 0, 1)]
    [InlineData("no-traffic ok ok", true, 3, 0, 1)]
    [InlineData("no-balancer ok ok", true, 3, 0, 1)]
    public void Share_of_requests_answered(string servers, bool redispatch, double connectTimeout, int parts, int of)
    {
        BalancerBench bench = new();
        Signal[] inRotation = [.. Enumerable.Range(0, 3).Select(b => bench.Lab.Builder.Condition($"in-rotation{b}"))];
        Signal traffic = bench.Lab.Builder.Condition("traffic");
        RequestOptions options = new(redispatch, SimDuration.FromSeconds(connectTimeout), SimDuration.FromSeconds(5));
        Rotation rotation = new(
            bench.Lab.Builder, "rotation", [new BalancerInstance(bench.Balancer, traffic)], bench.Backends, bench.Route,
            (_, b) => inRotation[b], options);
        string[] states = servers.Split(' ');
        for (int b = 0; b < 3; b++)
        {
            Backend backend = bench.Backends[b];
            Signal? victim = states[b] switch
            {
                "refused" => backend.Process.Alive,
                "silent" => backend.Process.Machine.Network,
                "hung" => bench.Lab.NotHung(backend.Process.Name),
                "bad" => backend.Serves,
                "out" => inRotation[b],
                "no-traffic" => traffic,
                "no-balancer" => bench.Balancer.Alive,
                _ => null,
            };
            if (victim is { } signal)
            {
                bench.Set(1, signal, false);
            }
        }
        bench.Lab.Builder.Service("share", rotation.Share(0), []);
        Simulation simulation = bench.Lab.Builder.Build(1);
        simulation.Reset(0);
        simulation.RunUntil(SimTime.Zero + SimDuration.FromSeconds(2));
        Assert.Equal((int)((long)Level.Whole * parts / of), rotation.Answered(0));
        Assert.Equal(parts > 0, simulation.Signals[rotation.Passes(0)]);
    }
}
