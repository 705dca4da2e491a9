using FailoverSim.Kernel.Laws;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Etcd;

namespace FailoverSim.Tests.Cluster.Etcd;

/// <summary>Many crashes of the leader of one cluster, one after the other, in seconds from the crash.</summary>
internal sealed class Failovers
{
    private readonly List<double> _campaigns = [];
    private readonly List<double> _elections = [];
    private readonly List<double> _commits = [];
    private readonly List<double> _fromHeartbeat = [];
    private readonly List<long> _terms = [];

    public double[] FirstCampaign => [.. _campaigns];

    public double[] FirstLeader => [.. _elections];

    public double[] FirstCommit => [.. _commits];

    public double[] CampaignFromHeartbeat => _heartbeats ??= [.. _fromHeartbeat];

    public long[] Terms => [.. _terms];

    private double[]? _heartbeats;

    /// <summary>The leader crashes at a random instant of a quiet cluster, and starts again long after another has taken over.</summary>
    /// <param name="members">Members.</param>
    /// <param name="options">Settings.</param>
    /// <param name="rtt">Round trip.</param>
    /// <param name="count">Crashes.</param>
    /// <param name="spacing">Seconds between two crashes, give or take half of it.</param>
    /// <param name="fidelity">Of the model.</param>
    /// <param name="seed">Of the instants.</param>
    /// <param name="restart">Seconds from the first write until the victim runs again; a third of the spacing by default.</param>
    /// <param name="dead">Members that are down all the time.</param>
    public static Failovers OfCrashes(
        int members,
        EtcdOptions options,
        Law rtt,
        int count,
        double spacing = 60,
        Fidelity fidelity = Fidelity.Elided,
        int seed = 1,
        Func<Random, double>? restart = null,
        int dead = 0)
    {
        EtcdLab lab = new(members, options, rtt, fidelity);
        Failovers failovers = new();
        Random random = new(seed);
        lab.Run(spacing);
        for (int i = 1; i <= dead; i++)
        {
            lab.Do(l => l.Kill((l.Leader + i) % members));
        }
        for (int k = 0; k < count; k++)
        {
            lab.Changes.Clear();
            lab.States.Clear();
            double crash = (lab.Now * 1e-9) + (spacing * (0.5 + random.NextDouble()));
            lab.Go(crash);
            int victim = lab.Leader;
            long term = lab.Cluster.TermOf(victim);
            double heartbeat = lab.LastTickOf(victim);
            lab.Do(l => l.Kill(victim));
            double next = crash;
            while (double.IsNaN(lab.When("write", true, crash)))
            {
                lab.Go(next += 0.1);
            }
            failovers.Note(lab, crash, heartbeat, term);
            double back = lab.When("write", true, crash) + (restart?.Invoke(random) ?? (spacing / 3));
            lab.Go(Math.Max(back, lab.Now * 1e-9));
            lab.Do(l => l.Start(victim));
        }
        return failovers;
    }

    /// <summary>From a cut around the leader until it has stepped down.</summary>
    public static double[] OfIsolations(int count)
    {
        EtcdLab lab = new(3);
        List<double> times = [];
        Random random = new(7);
        lab.Run(10);
        for (int k = 0; k < count; k++)
        {
            double cut = (lab.Now * 1e-9) + 10 + (10 * random.NextDouble());
            lab.Go(cut);
            int leader = lab.Leader;
            lab.States.Clear();
            lab.Do(l => l.Isolate(leader));
            lab.Go(cut + 10);
            times.Add((lab.States.First(s => s.Slot == leader && s.State == "follower").At * 1e-9) - cut);
            lab.Do(l => l.Isolate(leader, false));
        }
        return [.. times];
    }

    private void Note(EtcdLab lab, double crash, double heartbeat, long term)
    {
        double campaign = lab.States.First(s => s.State.EndsWith("candidate", StringComparison.Ordinal) && s.At * 1e-9 >= crash).At * 1e-9;
        (long at, int slot, _) = lab.States.First(s => s.State == "leader" && s.At * 1e-9 >= crash);
        _campaigns.Add(campaign - crash);
        _fromHeartbeat.Add(campaign - heartbeat);
        _elections.Add((at * 1e-9) - crash);
        _commits.Add(lab.When("write", true, crash) - crash);
        _terms.Add(lab.Cluster.TermOf(slot) - term);
    }
}
