using FailoverSim.Kernel.Laws;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Etcd;
using FailoverSim.Models.Laws;
using FailoverSim.Tests.Laws;
using Xunit;

namespace FailoverSim.Tests.Cluster.Etcd;

/// <summary>Heartbeats that are worked out when needed do what heartbeats do.</summary>
public class EtcdElisionTests
{
    private const int Schedules = 120;

    [Theory]
    [InlineData(3, true, "constant")]
    [InlineData(3, false, "constant")]
    [InlineData(5, true, "constant")]
    [InlineData(2, true, "constant")]
    [InlineData(1, true, "constant")]
    [InlineData(3, true, "uniform")]
    [InlineData(5, false, "exponential")]
    [InlineData(4, true, "slow")]
    [InlineData(5, false, "slow")]
    [InlineData(4, true, "one beat")]
    [InlineData(3, true, "two beats")]
    [InlineData(4, true, "slow, uniform")]
    [InlineData(3, false, "slow, exponential")]
    [InlineData(3, true, "as slow as the timeout")]
    public void Traces_are_the_same_whatever_happens(int members, bool preVote, string rtt)
    {
        Law law = rtt switch
        {
            "uniform" => new Uniform(0.0005, 0.02),
            "exponential" => new Exponential(0.004),
            "slow" => new Constant(0.23),
            "one beat" => new Constant(0.1),
            "two beats" => new Constant(0.2),
            "slow, uniform" => new Uniform(0.05, 0.6),
            "slow, exponential" => new Exponential(0.1),
            "as slow as the timeout" => new Constant(1.0),
            _ => new Constant(0.001),
        };
        EtcdOptions options = EtcdLab.Defaults with { PreVote = preVote, SnapshotCount = 100, CatchupEntries = 50 };
        for (int seed = 0; seed < Schedules; seed++)
        {
            EtcdLab elided = Play(members, options, law, Fidelity.Elided, seed);
            EtcdLab exhaustive = Play(members, options, law, Fidelity.Exhaustive, seed);
            Assert.Equal(exhaustive.Changes, elided.Changes);
            Assert.Equal(exhaustive.States, elided.States);
            Assert.Equal(exhaustive.Processes.Told, elided.Processes.Told);
            for (int i = 0; i < members; i++)
            {
                Assert.Equal(exhaustive.Cluster.TermOf(i), elided.Cluster.TermOf(i));
            }
        }
    }

    [Theory]
    [InlineData(30, 5_000)]
    [InlineData(600, 10_000)]
    [InlineData(86_400, 1_000)]
    public void Failovers_have_the_same_law_however_long_it_was_quiet(double spacing, int count)
    {
        // Where every heartbeat is an event, a pause of 30 s is as good as a longer one and can be afforded.
        double[] reference = Failovers.OfCrashes(
            3, EtcdLab.Defaults, new Uniform(0.0005, 0.02), 2_000, 30, Fidelity.Exhaustive, seed: 5).FirstCommit;
        double[] elided = Failovers.OfCrashes(3, EtcdLab.Defaults, new Uniform(0.0005, 0.02), count, spacing, seed: 9).FirstCommit;
        Assert.Equal(count, elided.Length);
        Array.Sort(reference);
        Array.Sort(elided);
        double distance = 0;
        for (int i = 0, j = 0; i < reference.Length && j < elided.Length;)
        {
            _ = reference[i] <= elided[j] ? i++ : j++;
            distance = Math.Max(distance, Math.Abs(((double)i / reference.Length) - ((double)j / elided.Length)));
        }
        Assert.InRange(distance, 0, Statistics.CriticalDistance * Math.Sqrt((1.0 / reference.Length) + (1.0 / elided.Length)));
    }

    /// <summary>A minute of random faults that begin and end, and half a minute to recover.</summary>
    private static EtcdLab Play(int members, EtcdOptions options, Law rtt, Fidelity fidelity, int seed)
    {
        EtcdLab lab = new(members, options, rtt, fidelity);
        Random random = new(seed);
        int faults = random.Next(2, 9);
        for (int k = 0; k < faults; k++)
        {
            double from = 1 + (59 * random.NextDouble());
            double until = Math.Min(60, from + (random.NextDouble() < 0.5 ? 2 * random.NextDouble() : 25 * random.NextDouble()));
            int a = random.Next(members);
            int b = (a + random.Next(1, Math.Max(2, members))) % members;
            bool atLeader = random.NextDouble() < 0.5;
            int kind = random.Next(8);
            int victim = a;
            lab.At(from, l =>
            {
                victim = atLeader && l.Leader >= 0 ? l.Leader : a;
                Begin(l, kind, victim, b);
            });
            lab.At(until, l => End(l, kind, victim, b));
        }
        lab.Run(95, replication: seed);
        return lab;
    }

    private static void Begin(EtcdLab lab, int kind, int a, int b)
    {
        switch (kind)
        {
            case 0:
                lab.Kill(a);
                break;
            case 1:
                lab.Hang(a);
                break;
            case 2:
                lab.Stall(a);
                break;
            case 3:
                lab.Cut(a, b);
                break;
            case 4:
                lab.Isolate(a);
                break;
            case 5:
                lab.Lose(a, b, 0.3);
                break;
            case 6:
                lab.Cluster.Stop(a);
                break;
            case 7:
                lab.Kill(a);
                lab.Cluster.LoseData(a);
                break;
        }
    }

    private static void End(EtcdLab lab, int kind, int a, int b)
    {
        switch (kind)
        {
            case 0 or 6 or 7:
                lab.Start(a);
                break;
            case 1:
                lab.Hang(a, false);
                break;
            case 2:
                lab.Stall(a, false);
                break;
            case 3:
                lab.Cut(a, b, false);
                break;
            case 4:
                lab.Isolate(a, false);
                break;
            case 5:
                lab.Lose(a, b, 0);
                break;
        }
    }
}
