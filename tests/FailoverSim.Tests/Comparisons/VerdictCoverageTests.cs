using FailoverSim.Analysis.Comparisons;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Tests.Analysis;
using Xunit;
using Xunit.Abstractions;

namespace FailoverSim.Tests.Comparisons;

/// <summary>
/// Small studies of systems whose down times are known: how often is any verdict of a study wrong? 2,000 fixed seeds each; at 5 % the
/// standard error is 0.0049, so 7.4 % is five of them above.
/// </summary>
public class VerdictCoverageTests(ITestOutputHelper output)
{
    private const int Studies = 2000;
    private const double MostWrong = 0.05 + 0.024;
    private const long Horizon = 1_000_000_000_000_000;

    /// <summary>A replication: the down times in seconds of the base and of each variant.</summary>
    private delegate double[] Replication(ToyDowntime toy);

    /// <summary>Two-state systems: outages are Poisson, durations exponential with mean 100 s.</summary>
    [Theory]
    [InlineData("plentiful", 3.0, 100)]
    [InlineData("few", 0.3, 100)]
    [InlineData("sparse", 0.05, 100)]
    [InlineData("short study", 1.0, 20)]
    [InlineData("four replications", 10.0, 4)]
    public void Wrong_verdicts_are_as_rare_as_promised(string name, double outages, int replications)
    {
        // Same luck and 10 % shorter; another luck of the same law; same luck and every fifth outage longer, every fifth avoided; worse.
        double mean = 100 * outages;
        double[] truths = [-0.1 * mean, 0, 0, 0.5 * mean];
        Assert.InRange(Wrong(name, replications, truths, toy => Outages(toy, outages)), 0, MostWrong);
    }

    [Fact]
    public void Rare_long_outages_that_only_the_variant_has_are_covered_where_Student_fails()
    {
        // Common short outages, and in the variant one long outage in 25 replications, lognormal with cv 1.5: 40 s on average.
        double[] truths = [40];
        Replication replication = toy =>
        {
            double common = toy.Exponential(100);
            return [common, common + (toy.Uniform() < 0.04 ? toy.LogNormal(1000, 1.5) : 0)];
        };
        (double missed, double students) = Missed("rare and long", 100, truths, replication);
        Assert.InRange(missed, 0, MostWrong);
        Assert.True(students > 0.15, $"Student's t misses {students:P1}: the case is no longer hard.");
    }

    [Fact]
    public void Heavy_tails_in_both_with_independent_luck_are_covered()
    {
        double[] truths = [0, 50];
        Replication replication = toy =>
            [Rare(toy, 0.5, 100), Rare(toy, 0.5, 100), Rare(toy, 0.5, 200)];
        (double missed, _) = Missed("independent, heavy tails", 50, truths, replication);
        Assert.InRange(missed, 0, MostWrong);
    }

    /// <summary>Systems are known, two of them tied for best: all statements about the best must hold jointly.</summary>
    [Theory]
    [InlineData(3.0, 60)]
    [InlineData(0.2, 100)]
    public void Ranking_names_no_wrong_best_and_covers_every_distance_to_it(double outages, int replications)
    {
        double mean = 100 * outages;
        double[] truths = [mean, 0.9 * mean, 0.9 * mean, 1.2 * mean, 2 * mean];
        double scale = 365 * 24 * 60 / (Horizon / 1e9);
        int wrong = 0, excluded = 0;
        for (int seed = 0; seed < Studies; seed++)
        {
            ToyDowntime toy = new((ulong)(seed + 77_000));
            long[][] down = [.. Enumerable.Range(0, replications).Select(_ =>
            {
                double[] common = Durations(toy, outages);
                double sum = common.Sum();
                return new[] { sum, 0.9 * sum, 0.9 * Durations(toy, outages).Sum(), 1.2 * sum, sum + Durations(toy, outages).Sum() }
                    .Select(seconds => (long)(seconds * 1e9)).ToArray();
            })];
            var systems = Enumerable.Range(0, 5)
                .Select(i => (i.ToString(System.Globalization.CultureInfo.InvariantCulture), (IReadOnlyList<long>)[.. down.Select(row => row[i])])).ToList();
            IReadOnlyList<RankedVariant> ranking = RankingTests.Ranked(systems, 4, Horizon);
            bool holds = ranking.Select((ranked, i) =>
            {
                double distance = scale * (truths[i] - truths.Where((_, l) => l != i).Min());
                return ranked.ToBestOfOthers.Low <= distance + 1e-9 && distance <= ranked.ToBestOfOthers.High + 1e-9
                    && !(ranked.Rank == Rank.NotBest && truths[i] == truths.Min()) && !(ranked.Rank == Rank.Best && truths[i] > truths.Min());
            }).All(ok => ok);
            wrong += holds ? 0 : 1;
            excluded += ranking.Count(ranked => ranked.Rank == Rank.NotBest);
        }
        output.WriteLine($"ranking, {outages} outages: wrong {wrong / (double)Studies:F4}, excluded {excluded / (double)Studies:F2} of 3");
        Assert.InRange(wrong / (double)Studies, 0, MostWrong);
        Assert.True(excluded > 0, "A ranking that excludes nobody says nothing.");
    }

    private static double[] Outages(ToyDowntime toy, double mean)
    {
        double[] common = Durations(toy, mean);
        double sum = common.Sum();
        double traded = common.Sum(d => toy.Uniform() switch { < 0.2 => 2 * d, < 0.4 => 0, _ => d });
        return [sum, 0.9 * sum, Durations(toy, mean).Sum(), traded, 1.5 * sum];
    }

    private static double[] Durations(ToyDowntime toy, double mean)
    {
        List<double> durations = [];
        for (double t = toy.Exponential(1); t < mean; t += toy.Exponential(1))
        {
            durations.Add(toy.Exponential(100));
        }
        return [.. durations];
    }

    private static double Rare(ToyDowntime toy, double mean, double seconds) => Durations(toy, mean).Sum(_ => toy.LogNormal(seconds, 1.5));

    private double Wrong(string name, int replications, double[] truths, Replication replication)
    {
        int wrong = 0, decided = 0;
        foreach (Comparison[] study in Run(replications, truths, replication))
        {
            wrong += study.Where((comparison, i) => comparison.Standing switch
            {
                Standing.Better => truths[i] >= 0,
                Standing.Worse => truths[i] <= 0,
                _ => false,
            }).Any() ? 1 : 0;
            decided += study.Count(comparison => comparison.Standing != Standing.Undecided);
        }
        (double missed, _) = Missed(name, replications, truths, replication);
        output.WriteLine($"{name}: a wrong verdict in {wrong / (double)Studies:P2}, decided {decided / (double)Studies:F2} of {truths.Count(t => t != 0)}");
        Assert.InRange(missed, 0, MostWrong);
        return wrong / (double)Studies;
    }

    /// <summary>In how many studies an interval misses its truth; and how often Student's t on the pairs would.</summary>
    private (double Ours, double Students) Missed(string name, int replications, double[] truths, Replication replication)
    {
        double scale = 365 * 24 * 60 / (Horizon / 1e9);
        int ours = 0;
        foreach (Comparison[] study in Run(replications, truths, replication))
        {
            ours += study.Where((c, i) => !(c.Difference.Low <= truths[i] * scale && truths[i] * scale <= c.Difference.High)).Any() ? 1 : 0;
        }
        int students = 0;
        double t = QuantileOf.StudentT(replications - 1, 1 - (0.025 / truths.Length));
        for (int seed = 0; seed < Studies; seed++)
        {
            ToyDowntime toy = new((ulong)seed);
            double[][] rows = [.. Enumerable.Range(0, replications).Select(_ => replication(toy))];
            students += truths.Where((truth, i) =>
            {
                double[] d = [.. rows.Select(row => row[i + 1] - row[0])];
                double mean = d.Average();
                double half = t * Math.Sqrt(d.Sum(x => (x - mean) * (x - mean)) / (replications - 1) / replications);
                return Math.Abs(mean - truth) > half;
            }).Any() ? 1 : 0;
        }
        output.WriteLine($"{name}: missed {ours / (double)Studies:P2}, Student's t {students / (double)Studies:P2}");
        return (ours / (double)Studies, students / (double)Studies);
    }

    private static IEnumerable<Comparison[]> Run(int replications, double[] truths, Replication replication)
    {
        for (int seed = 0; seed < Studies; seed++)
        {
            ToyDowntime toy = new((ulong)seed);
            PairedMoments[] moments = [.. truths.Select(_ => new PairedMoments())];
            for (int r = 0; r < replications; r++)
            {
                long[] down = [.. replication(toy).Select(seconds => (long)(seconds * 1e9))];
                for (int i = 0; i < moments.Length; i++)
                {
                    moments[i].Add(down[0], down[i + 1]);
                }
            }
            yield return [.. moments.Select(m => Comparison.Of("s", "base", "v", m, Horizon, truths.Length))];
        }
    }
}
