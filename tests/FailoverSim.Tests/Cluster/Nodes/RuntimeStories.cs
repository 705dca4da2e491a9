using FailoverSim.Kernel.Signals;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Nodes;
using Xunit;

namespace FailoverSim.Tests.Cluster.Nodes;

/// <summary>
/// A node loses its container runtime. The kubelet polls it every 5 s, holds it for down 30 s after the last answer, and says so with its next status,
/// 10 to 10.4 s apart: 25 to 40.4 s. A pass every 5.05 s sees it, and the worker that taints looks every 0.1 s.
/// </summary>
public class RuntimeStories
{
    private const double DownAt = 1000;
    private const double LeastDoubt = 25;
    private const double MostDoubt = 30;
    private const double Status = 10.4 + 0.011;
    private const double Pass = 5.05;
    private const double Worker = 0.1;

    [Fact]
    public void The_kubelet_says_so_within_40_seconds_and_the_next_pass_taints_the_node()
    {
        NodeBench bench = Lose(double.PositiveInfinity, 300);
        double[] waits = new double[400];
        for (int r = 0; r < waits.Length; r++)
        {
            bench.Play(DownAt + 600, r);
            double said = Assert.Single(bench.Times("not-ready", 0));
            waits[r] = said - DownAt;
            Assert.InRange(waits[r], LeastDoubt, MostDoubt + Status);
            double tainted = Assert.Single(bench.Times("tainted", 0));
            Assert.InRange(tainted - said, 0, Pass + Worker);
            Assert.Equal(tainted + 300, Assert.Single(bench.Times("evicted-0", 0)), 6);
            Assert.True(bench.Objects.Is(0, NodeMarks.SaysNotReady | NodeMarks.NotReadyTaint));
            Assert.Equal((0, 1), (bench.Count("nodes.not-ready"), bench.Count("nodes.not-ready-reported")));
        }
        // What is left of a gap of 10 to 10.4 s at a random instant: half its mean square over its mean.
        double rest = (Math.Pow(10.4, 3) - Math.Pow(10, 3)) / (3 * 0.4) / (2 * 10.2);
        double error = Math.Sqrt((25.0 / 12) + (10.2 * 10.2 / 12)) / Math.Sqrt(waits.Length);
        Assert.InRange(waits.Average(), 27.5 + rest + 0.01 - (4.9 * error), 27.5 + rest + 0.01 + (4.9 * error));
    }

    [Theory]
    [InlineData(24.9, 0)]
    [InlineData(45, 1)]
    public void A_runtime_that_is_back_in_time_is_not_missed(double lasts, int times)
    {
        NodeBench bench = Lose(lasts, 300);
        for (int r = 0; r < 100; r++)
        {
            bench.Play(DownAt + 200, r);
            Assert.Equal(times, bench.Times("not-ready").Length);
            // The next poll finds it, the next status says so.
            Assert.All(bench.Times("ready"), at => Assert.InRange(at - DownAt - lasts, 0, 5 + Status));
            Assert.Equal(times, bench.Times("ready").Length);
            Assert.Equal(bench.Times("tainted").Length, bench.Times("untainted").Length);
        }
    }

    /// <summary>It answers for a millisecond, in which one node in 5,000 polls it: that is no news to the others.</summary>
    [Theory]
    [InlineData(Fidelity.Elided)]
    [InlineData(Fidelity.Exhaustive)]
    public void A_runtime_that_answers_between_two_polls_is_down_all_the_same(Fidelity fidelity)
    {
        NodeBench bench = new([4], runtimes: true, tolerations: [300], fidelity: fidelity);
        bench.Drop(DownAt, DownAt + 20, bench.Runtime(0));
        bench.Drop(DownAt + 20.001, double.PositiveInfinity, bench.Runtime(0));
        Signal healthy = bench.Set.Signals[0].Runtime!.Healthy;
        SignalLog log = new(healthy);
        bench.Simulation.Trace = log;
        for (int r = 0; r < 50; r++)
        {
            bench.Play(DownAt + 100, r);
            Assert.InRange(log.Times(healthy, false)[^1] - DownAt, LeastDoubt, MostDoubt);
        }
    }

    [Theory]
    [InlineData(60, 300)]
    [InlineData(300, 60)]
    public void Each_taint_is_tolerated_for_as_long_as_its_own_toleration_says(double notReady, double unreachable)
    {
        NodeBench bench = Lose(double.PositiveInfinity, notReady, unreachable);
        bench.Drop(DownAt, double.PositiveInfinity, bench.Powered(1));
        bench.Play(DownAt + 600);
        Assert.Equal(Assert.Single(bench.Times("tainted", 0)) + notReady, Assert.Single(bench.Times("evicted-0", 0)), 6);
        Assert.Equal(Assert.Single(bench.Times("tainted", 1)) + unreachable, Assert.Single(bench.Times("evicted-0", 1)), 6);
    }

    /// <summary>It is Unknown when the grace period is over; the next pass swaps the taints. A time that runs is kept, whichever would end first.</summary>
    [Theory]
    [InlineData(300.0, 60.0, "tainted", 300)]
    [InlineData(300.0, 900.0, "tainted", 300)]
    [InlineData(null, 60.0, "retainted", 60)]
    [InlineData(300.0, 0.0, "retainted", 0)]
    [InlineData(300.0, null, null, 0)]
    public void A_node_that_has_said_so_and_falls_silent_is_tainted_anew_at_once(double? notReady, double? unreachable, string? from, double after)
    {
        NodeBench bench = Lose(double.PositiveInfinity, notReady, unreachable);
        bench.Drop(DownAt + 200, double.PositiveInfinity, bench.Set.Signals[0].Machine.Network);
        for (int r = 0; r < 50; r++)
        {
            bench.Play(DownAt + 1500, r);
            Assert.Single(bench.Times("not-ready"));
            Assert.InRange(Assert.Single(bench.Times("retainted")) - DownAt - 200, 39.6 + Pass, 55.6 + Pass);
            Assert.False(bench.Objects.Is(0, NodeMarks.SaysNotReady) || bench.Objects.Is(0, NodeMarks.NotReadyTaint));
            string[] evicted = [.. bench.Times("evicted-0").Select(at => $"{at:F6}")];
            Assert.Equal(from is null ? [] : [$"{bench.Times(from).Single() + after:F6}"], evicted);
        }
    }

    [Fact]
    public void A_silent_node_that_is_heard_again_without_its_runtime_is_still_not_ready()
    {
        NodeBench bench = Lose(1000, 300);
        bench.Drop(DownAt - 10, DownAt + 200, bench.Set.Signals[0].Machine.Network);
        for (int r = 0; r < 50; r++)
        {
            bench.Play(DownAt + 1100, r);
            Assert.Equal("not-ready tainted retainted evicted-0 ready untainted", string.Join(' ', bench.Told.Select(t => t.What)));
            Assert.InRange(bench.Times("retainted").Single() - DownAt - 200, 0, Status + Pass);
            Assert.InRange(bench.Times("ready").Single() - DownAt - 1000, 0, 5 + Status);
            Assert.Equal((1, 0), (bench.Count("nodes.not-ready"), bench.Count("nodes.not-ready-reported")));
        }
    }

    /// <summary>It exits, and systemd starts it again every 10 s until there is a runtime.</summary>
    [Fact]
    public void A_kubelet_that_starts_without_a_runtime_is_not_heard()
    {
        NodeBench bench = Lose(304, 300);
        bench.Drop(DownAt, DownAt + 100, bench.Kubelet(0));
        for (int r = 0; r < 50; r++)
        {
            bench.Play(DownAt + 400, r);
            Assert.InRange(Assert.Single(bench.Times("not-ready")) - DownAt, 39.6, 55.6);
            Assert.Equal(DownAt + 310.01, Assert.Single(bench.Times("ready")), 6);
            Assert.Equal(1, bench.Count("nodes.not-ready"));
        }
    }

    [Fact]
    public void Where_all_nodes_have_lost_theirs_nobody_is_evicted()
    {
        NodeBench bench = new([3, 3], runtimes: true, tolerations: [30]);
        bench.Drop(DownAt, DownAt + 3000, [.. Enumerable.Range(0, 6).Select(bench.Runtime)]);
        bench.Play(DownAt + 4000);
        Assert.Equal((6, 6), (bench.Times("not-ready").Length, bench.Times("ready").Length));
        Assert.Empty(bench.Times("evicted-0"));
        Assert.Equal(bench.Times("tainted").Length, bench.Times("untainted").Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Simulating_every_poll_tells_the_same_story(int seed)
    {
        (NodeBench elided, List<(long, Signal, bool)> few) = Turmoil(Fidelity.Elided, seed);
        (NodeBench exhaustive, List<(long, Signal, bool)> many) = Turmoil(Fidelity.Exhaustive, seed);
        Assert.True(elided.Told.Count > 500);
        Assert.Contains(elided.Told, t => t.What == "retainted");
        Assert.Equal(exhaustive.Told, elided.Told);
        Assert.Equal(many, few);
        Assert.True(elided.Count("nodes.not-ready-reported") > 50);
        Assert.True(elided.Simulation.Events * 3 < exhaustive.Simulation.Events);
    }

    private static (NodeBench Bench, List<(long, Signal, bool)> Changes) Turmoil(Fidelity fidelity, int seed)
    {
        NodeBench bench = new([3, 3], fidelity: fidelity, runtimes: true, tolerations: [300, 30, 0, null], notReady: [60, 300, null, 100]);
        for (int actor = 0; actor < 6; actor++)
        {
            Signal? down = null;
            bench.Lab.Repeatedly(10 * actor, (s, draws) =>
            {
                if (down is { } signal)
                {
                    s.Drive(signal, true);
                    down = null;
                    return 400 * draws.NextUniform();
                }
                string node = bench.Set.Options[draws.NextIndex(bench.Set.Count)].Name;
                int number = bench.Set.Options.ToList().FindIndex(o => o.Name == node);
                (down, double most) = draws.NextIndex(8) switch
                {
                    0 => (bench.Lab.NotHung($"kubelet@{node}"), 120),
                    1 => (bench.Kubelet(number), 120),
                    2 => (bench.Lab.NotHung(node), 150),
                    3 => (bench.Set.Signals[number].Machine.Network, 150),
                    4 => (bench.ControllersAlive, 40),
                    5 => (bench.Lab.NotHung($"container-runtime@{node}"), 300),
                    _ => (bench.Runtime(number), 600.0),
                };
                s.Drive(down.Value, false);
                return most * draws.NextUniform();
            });
        }
        bench.Lab.Repeatedly(200, (s, draws) =>
        {
            // Renewals are walked up to here: so far apart none are leapt over.
            bool opens = s.Signals[bench.NoBlink];
            s.Drive(bench.NoBlink, !opens);
            return opens ? 0.3 * draws.NextUniform() : 400;
        });
        SignalLog log = new([.. bench.Lifecycle.Ready, .. bench.Set.Signals.SelectMany(s => new[] { s.Runtime!.Attached, s.Runtime.Usable, s.Runtime.Healthy })]);
        bench.Simulation.Trace = log;
        bench.Play(40_000, seed);
        return (bench, log.Changes);
    }

    /// <summary>Node 0 of four loses its runtime for a while.</summary>
    private static NodeBench Lose(double lasts, double? notReady, double? unreachable = 300)
    {
        NodeBench bench = new([4], runtimes: true, tolerations: [unreachable], notReady: [notReady]);
        bench.Drop(DownAt, DownAt + lasts, bench.Runtime(0));
        return bench;
    }
}
