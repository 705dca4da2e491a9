using FailoverSim.Tests.Cluster.Etcd;
using FailoverSim.Tests.Measured;

namespace FailoverSim.Benchmarks.RealSoftware;

/// <summary>One time that was measured on real software, in one setting, beside the simulated one.</summary>
/// <param name="Software">What ran.</param>
/// <param name="Setting">And how.</param>
/// <param name="Quantity">From when to when.</param>
/// <param name="Agreement">Both samples.</param>
/// <param name="MedianError">Where each trial was replayed by itself, which gives no draws of two laws and no p: half of them are closer, in seconds.</param>
internal sealed record Comparison(string Software, string Setting, string Quantity, Agreement Agreement, double? MedianError = null);

/// <summary>How often one election was not enough.</summary>
/// <param name="Setting">Of etcd.</param>
/// <param name="Trials">Measured.</param>
/// <param name="Split">Of them, those with more than one term.</param>
/// <param name="Simulated">Share of simulated ones.</param>
internal sealed record SplitVotes(string Setting, int Trials, int Split, double Simulated);

/// <summary>All that was measured, and the same simulated.</summary>
internal sealed class Comparisons
{
    public const int Crashes = 100_000;
    public const int Faults = 20_000;

    private Comparisons(Comparison[] leader, Comparison[] write, SplitVotes[] split, Comparison[] checks)
    {
        (Leader, Write, Split, Checks) = (leader, write, split, checks);
    }

    public Comparison[] Leader { get; }

    public Comparison[] Write { get; }

    public SplitVotes[] Split { get; }

    public Comparison[] Checks { get; }

    public static Comparisons Simulate()
    {
        List<Comparison> leader = [], write = [];
        List<SplitVotes> split = [];
        foreach ((int heartbeat, int election) in new[] { (100, 1000), (50, 500) })
        {
            foreach (bool preVote in new[] { false, true })
            {
                EtcdTrial[] trials = EtcdTrials.Clean(heartbeat, preVote);
                Failovers simulated = EtcdTrials.Simulated(heartbeat, election, preVote, Crashes);
                string setting = $"heartbeat {heartbeat} ms, election {election} ms, pre-vote {(preVote ? "on" : "off")}";
                leader.Add(new("etcd", setting, "crash to leader", new(trials.Select(t => t.Leader), simulated.FirstLeader)));
                write.Add(new("etcd", setting, "crash to first write", new(trials.Select(t => t.Write), simulated.FirstCommit)));
                split.Add(new(setting, trials.Length, trials.Count(t => t.Terms > 1), (double)simulated.Terms.Count(t => t > 1) / Crashes));
            }
        }
        return new([.. leader], [.. write], [.. split],
            [Down("kill"), Down("stop"), Up("kill"), Up("stop")]);
    }

    private static Comparison Down(string fault) => new("HAProxy", Words(fault), "fault to DOWN", new(
        HaproxyTrials.Clean(fault).Where(t => t.Down > 0).Select(t => t.Down), HaproxyTrials.Down(fault, Faults)));

    private static Comparison Up(string fault)
    {
        (double Measured, double Replayed)[] pairs = [.. HaproxyTrials.All(fault).Where(t => t.Recover > 0 && t.Up > 0)
            .Select(t => (t.Up, HaproxyTrials.UpAfterDown(fault, t.Recover)))];
        double[] errors = [.. pairs.Select(p => Math.Abs(p.Measured - p.Replayed)).Order()];
        return new(
            "HAProxy", Words(fault), "recovery to UP", new(pairs.Select(p => p.Measured), pairs.Select(p => p.Replayed)),
            errors[errors.Length / 2]);
    }

    private static string Words(string fault) => fault == "kill" ? "server killed (refuses)" : "server stopped (hangs)";
}
