using System.Globalization;
using FailoverSim.Kernel.Laws;
using FailoverSim.Models.Etcd;
using FailoverSim.Models.Laws;
using FailoverSim.Tests.Laws;
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
        Trial[] trials = [.. Trials().Where(t => t.Heartbeat == heartbeat && t.PreVote == preVote && t.Stall < 20)];
        EtcdOptions options = EtcdLab.Defaults with
        {
            Heartbeat = EtcdLab.Milliseconds(heartbeat),
            ElectionTimeout = EtcdLab.Milliseconds(election),
            PreVote = preVote,
            Fsync = LogNormal.FromMedianAndQuantile(0.00029, 0.99, 0.0006),
            SnapshotCount = 100_000,
        };
        // Restarted 0.2 s after the first write, up some tens of milliseconds later, and killed 2 to 5.2 s after that.
        Failovers failovers = Failovers.OfCrashes(
            3, options, new Constant(0.00015), Simulated, spacing: 3.6, restart: random => 0.2 + (0.03 + (0.1 * random.NextDouble())));

        Compare("first campaign", [.. trials.Select(t => t.Campaign)], failovers.FirstCampaign, isAsserted: false);
        Compare("leader", [.. trials.Select(t => t.Leader)], failovers.FirstLeader, isAsserted: true);
        Compare("first write", [.. trials.Select(t => t.Write)], failovers.FirstCommit, isAsserted: true);
        double share = (double)failovers.Terms.Count(t => t > 1) / Simulated;
        int several = trials.Count(t => t.Terms > 1);
        output.WriteLine($"more than one term: measured {several} of {trials.Length}, simulated {share:P2}");
        Assert.InRange(Tail(trials.Length, share, several), 0.5e-6, 1);
    }

    private void Compare(string what, double[] measured, double[] simulated, bool isAsserted)
    {
        Array.Sort(simulated);
        double distance = Statistics.Distance(measured, x => (double)CountUpTo(simulated, x) / simulated.Length);
        double root = Math.Sqrt(measured.Length);
        double d = distance / root;
        double bias = measured.Average() - simulated.Average();
        double mean = simulated.Average();
        double error = Math.Sqrt(simulated.Sum(x => (x - mean) * (x - mean)) / simulated.Length / measured.Length);
        output.WriteLine(
            $"{what}: n {measured.Length} D {d:F4} p {Significance(d * (root + 0.12 + (0.11 / root))):F3} mean measured {measured.Average():F4} simulated {mean:F4} difference {bias / error:F1} se");
        if (isAsserted)
        {
            Assert.InRange(d, 0, (Statistics.CriticalDistance / root) + 0.03);
            Assert.InRange(Math.Abs(bias), 0, (4.9 * error) + 0.020);
        }
    }

    /// <summary>Kolmogorov's limit law: P(D√n &gt; x).</summary>
    private static double Significance(double x)
    {
        double sum = 0;
        for (int k = 1; k < 100; k++)
        {
            sum += (k % 2 == 1 ? 2 : -2) * Math.Exp(-2 * k * k * x * x);
        }
        return Math.Clamp(sum, 0, 1);
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

    private static int CountUpTo(double[] sorted, double x)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = sorted[middle] <= x ? (middle + 1, high) : (low, middle);
        }
        return low;
    }

    private static IEnumerable<Trial> Trials() => File.ReadLines(Repository.Tests("Measured", "etcd-leader-crash.csv")).Skip(1).Select(line =>
    {
        string[] cells = line.Split(',');
        double Number(int column) => double.Parse(cells[column], CultureInfo.InvariantCulture);
        return new Trial(
            (int)Number(0), cells[2] == "1", Number(4) / 1000, Number(5) / 1000, Number(6) / 1000, (int)Number(7), Number(8));
    });

    private sealed record Trial(int Heartbeat, bool PreVote, double Campaign, double Leader, double Write, int Terms, double Stall);
}
