using FailoverSim.Analysis.Comparisons;
using FailoverSim.Tests.Analysis;
using Xunit;

namespace FailoverSim.Tests.Comparisons;

public class RankingTests
{
    private const long Horizon = 1_000_000_000_000;

    [Fact]
    public void A_clear_best_is_named_and_no_one_else_may_be()
    {
        IReadOnlyList<RankedVariant> ranking = Ranking.Of([System("a", 50, 1), System("b", 40, 1), System("c", 80, 1)], Horizon, 2);
        Assert.Equal([Rank.NotBest, Rank.Best, Rank.NotBest], ranking.Select(ranked => ranked.Rank));
        Assert.Equal(0, ranking[1].ToBestOfOthers.High);
        Assert.True(ranking[1].ToBestOfOthers.Low < 0);
        Assert.All(new[] { ranking[0], ranking[2] }, ranked => Assert.Equal(0, ranked.ToBestOfOthers.Low));
        Assert.True(ranking[2].ToBestOfOthers.High > ranking[0].ToBestOfOthers.High);
    }

    [Fact]
    public void Ties_are_all_listed()
    {
        IReadOnlyList<RankedVariant> ranking = Ranking.Of([System("a", 50, 1), System("b", 50, 2), System("c", 500, 3), System("d", 50, 1)], Horizon, 3);
        Assert.Equal([Rank.MayBeBest, Rank.MayBeBest, Rank.NotBest, Rank.MayBeBest], ranking.Select(ranked => ranked.Rank));
        Assert.All(ranking.Where(ranked => ranked.Rank == Rank.MayBeBest), ranked =>
            Assert.True(ranked.ToBestOfOthers.Low < 0 && ranked.ToBestOfOthers.High > 0));
    }

    [Fact]
    public void The_order_of_the_systems_does_not_matter()
    {
        var systems = new[] { System("a", 50, 1), System("b", 49, 2), System("c", 60, 3), System("d", 51, 1) };
        var one = Ranking.Of(systems, Horizon, 3).OrderBy(ranked => ranked.Variant);
        var other = Ranking.Of([.. systems.Reverse()], Horizon, 3).OrderBy(ranked => ranked.Variant);
        Assert.Equal(one, other);
    }

    [Fact]
    public void A_ranking_never_contradicts_the_verdicts()
    {
        for (ulong seed = 0; seed < 200; seed++)
        {
            var systems = new[] { System("base", 50, seed), System("v", 48, seed), System("w", 47, seed + 500) };
            IReadOnlyList<RankedVariant> ranking = Ranking.Of(systems, Horizon, 2);
            for (int i = 1; i < 3; i++)
            {
                Standing standing = Comparison.Of("s", "base", "v", PairedMoments.Of(systems[0].Down, systems[i].Down), Horizon, 2).Standing;
                Assert.False(standing == Standing.Worse && ranking[i].Rank != Rank.NotBest, $"seed {seed}: worse than base, but may be best");
                Assert.False(standing != Standing.Better && ranking[i].Rank == Rank.Best, $"seed {seed}: best, but not better than base");
            }
        }
    }

    /// <summary>Down times of 200 replications about a mean in seconds; systems of one seed share their luck.</summary>
    private static (string Name, IReadOnlyList<long> Down) System(string name, double mean, ulong seed)
    {
        ToyDowntime toy = new(seed + 40);
        return (name, [.. Enumerable.Range(0, 200).Select(_ => (long)(1e6 * mean * (1 + (0.3 * toy.Uniform()))))]);
    }
}
