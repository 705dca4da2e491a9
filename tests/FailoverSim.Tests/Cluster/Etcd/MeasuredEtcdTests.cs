using FailoverSim.Tests.Measured;
using Xunit;
using Xunit.Abstractions;

namespace FailoverSim.Tests.Cluster.Etcd;

/// <summary>Failovers of this model against those of etcd 3.4 itself (Measured/README.md). Nothing is fitted.</summary>
public class MeasuredEtcdTests(ITestOutputHelper output)
{
    private const int Simulated = 20_000;

    [Theory]
    [InlineData(100, 1000, true)]
    [InlineData(100, 1000, false)]
    [InlineData(50, 500, true)]
    [InlineData(50, 500, false)]
    public void Simulated_failovers_are_like_measured_ones(int heartbeat, int election, bool preVote)
    {
        EtcdTrial[] trials = EtcdTrials.Clean(heartbeat, preVote);
        Failovers failovers = EtcdTrials.Simulated(heartbeat, election, preVote, Simulated);

        output.WriteLine($"first campaign: {new Agreement(trials.Select(t => t.Campaign), failovers.FirstCampaign)}");
        Check("leader", new Agreement(trials.Select(t => t.Leader), failovers.FirstLeader));
        Check("first write", new Agreement(trials.Select(t => t.Write), failovers.FirstCommit));
        double share = (double)failovers.Terms.Count(t => t > 1) / Simulated;
        int several = trials.Count(t => t.Terms > 1);
        output.WriteLine($"more than one term: measured {several} of {trials.Length}, simulated {share:P2}");
        Assert.InRange(Tail(trials.Length, share, several), 0.5e-6, 1);
    }

    private void Check(string what, Agreement agreement)
    {
        output.WriteLine($"{what}: {agreement}");
        agreement.AssertHolds(0.03, 0.02);
    }

    /// <summary>The smaller of P(X ≤ k) and P(X ≥ k) of a binomial.</summary>
    private static double Tail(int n, double p, int k)
    {
        double below = 0, term = Math.Pow(1 - p, n);
        double at = term;
        for (int i = 0; i <= k; i++)
        {
            at = term;
            below += term;
            term *= (n - i) / (i + 1.0) * p / (1 - p);
        }
        return Math.Min(below, 1 - below + at);
    }
}
