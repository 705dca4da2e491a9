using FailoverSim.Kernel.Signals;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Laws;
using Xunit;

namespace FailoverSim.Tests.Cluster.Nodes;

/// <summary>Renewals and passes that are worked out instead of simulated. Where nothing is leapt over both ways tell exactly the same story; beyond, they agree in law.</summary>
public class NodeFidelity
{
    [Theory]
    [InlineData(Fidelity.Elided)]
    [InlineData(Fidelity.Exhaustive)]
    public void Nothing_happens_where_nothing_fails(Fidelity fidelity)
    {
        NodeBench bench = new NodeBench([3, 3], fidelity: fidelity).Play(5 * 86_400);
        Assert.Empty(bench.Told);
        Assert.Equal(0, bench.Count("nodes.not-ready"));
        Assert.Equal(fidelity == Fidelity.Elided, bench.Simulation.Events == 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Faults_close_together_give_the_same_story(int seed)
    {
        (NodeBench elided, List<(long, Signal, bool)> few) = Play(Fidelity.Elided, seed);
        (NodeBench exhaustive, List<(long, Signal, bool)> many) = Play(Fidelity.Exhaustive, seed);
        Assert.True(elided.Told.Count > 2000);
        Assert.Contains(elided.Told, t => t.What == "evicted-1");
        Assert.Contains(elided.Told, t => t.What == "collected");
        Assert.Equal(exhaustive.Told, elided.Told);
        Assert.Equal(many, few);
        foreach (string counter in new[] { "nodes.not-ready", "nodes.not-ready-false", "nodes.tainted" })
        {
            Assert.Equal(exhaustive.Count(counter), elided.Count(counter));
        }
        Assert.True(elided.Simulation.Events * 3 < exhaustive.Simulation.Events);
    }

    /// <summary>The node dies again and again, days apart in one way and minutes in the other: how long until it is noticed.</summary>
    [Theory]
    [InlineData(3_000)]
    [InlineData(60_000)]
    [InlineData(200_000)]
    public void Faults_far_apart_give_the_same_law(double spacing)
    {
        double[] elided = Detections(Fidelity.Elided, spacing, 10_000);
        double[] exhaustive = Detections(Fidelity.Exhaustive, 300, 5_000);
        double scale = Math.Sqrt((double)elided.Length * exhaustive.Length / (elided.Length + exhaustive.Length));
        Assert.InRange(Distance(elided, exhaustive) * scale, 0, 2.69);
    }

    /// <summary>One fault after another, of every kind and to anybody; some overlap.</summary>
    private static (NodeBench Bench, List<(long, Signal, bool)> Changes) Play(Fidelity fidelity, int seed)
    {
        NodeBench bench = new([4, 5, 1], fidelity: fidelity, spares: 1, tolerations: [300, 30, 0, null],
            outOfServiceAfter: new Exponential(900));
        for (int actor = 0; actor < 6; actor++)
        {
            Signal? down = null;
            int whom = actor;
            bench.Lab.Repeatedly(10 * actor, (s, draws) =>
            {
                if (down is { } signal)
                {
                    s.Drive(signal, true);
                    down = null;
                    return 500 * draws.NextUniform();
                }
                int node = draws.NextIndex(bench.Set.Count);
                double lasts = draws.NextUniform();
                switch (draws.NextIndex(12))
                {
                    case 0:
                        down = bench.Api;
                        lasts *= 80;
                        break;
                    case 1:
                        down = bench.KubeletsReachApi;
                        lasts *= 120;
                        break;
                    case 2:
                        down = bench.ControllersAlive;
                        lasts *= 40;
                        break;
                    case 3:
                        bench.Lifecycle.Delete(node);
                        return 100 * lasts;
                    case 4:
                        down = bench.Set.Signals[node].Machine.Network;
                        lasts *= 90;
                        break;
                    case 5:
                        down = bench.Kubelet(node);
                        lasts *= 90;
                        break;
                    default:
                        down = bench.Powered(node);
                        lasts *= lasts < 0.5 ? 200 : 1200;
                        break;
                }
                s.Drive(down.Value, false);
                return lasts;
            });
        }
        // No node is left alone for so long that renewals are leapt over.
        bench.Lab.Repeatedly(300, (s, draws) =>
        {
            bool opens = s.Signals[bench.NoBlink];
            s.Drive(bench.NoBlink, !opens);
            return opens ? 0.3 * draws.NextUniform() : 400;
        });
        SignalLog log = new([.. bench.Lifecycle.Ready]);
        bench.Simulation.Trace = log;
        bench.Play(60_000, seed);
        return (bench, log.Changes);
    }

    private static double[] Detections(Fidelity fidelity, double spacing, int faults)
    {
        NodeBench bench = new([2], fidelity: fidelity);
        double struck = double.NaN;
        bench.Lab.Repeatedly(spacing, (s, draws) =>
        {
            bool dies = s.Signals[bench.Powered(1)];
            s.Drive(bench.Powered(1), !dies);
            return dies ? 60 : spacing * (0.9 + (0.2 * draws.NextUniform()));
        });
        SignalLog log = new(bench.Powered(1), bench.Lifecycle.Ready[1]);
        bench.Simulation.Trace = log;
        bench.Play((spacing + 60) * faults);
        List<double> detections = [];
        foreach ((long at, Signal signal, bool value) in log.Changes)
        {
            if (!value && signal == bench.Powered(1))
            {
                struck = at * 1e-9;
            }
            else if (!value)
            {
                detections.Add((at * 1e-9) - struck);
            }
        }
        Assert.InRange(detections.Count, 0.95 * faults, 1.1 * faults);
        return [.. detections];
    }

    /// <summary>Kolmogorov and Smirnov's distance between two samples.</summary>
    private static double Distance(double[] a, double[] b)
    {
        Array.Sort(a);
        Array.Sort(b);
        double distance = 0;
        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
        {
            if (a[i] <= b[j])
            {
                i++;
            }
            else
            {
                j++;
            }
            distance = Math.Max(distance, Math.Abs(((double)i / a.Length) - ((double)j / b.Length)));
        }
        return distance;
    }
}
