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
        IReadOnlyList<RankedVariant> ranking = Ranked([System("a", 50, 1), System("b", 40, 1), System("c", 80, 1)], 2);
        Assert.Equal([Rank.NotBest, Rank.Best, Rank.NotBest], ranking.Select(ranked => ranked.Rank));
        Assert.Equal(0, ranking[1].ToBestOfOthers.High);
        Assert.True(ranking[1].ToBestOfOthers.Low < 0);
        Assert.All(new[] { ranking[0], ranking[2] }, ranked => Assert.Equal(0, ranked.ToBestOfOthers.Low));
        Assert.True(ranking[2].ToBestOfOthers.High > ranking[0].ToBestOfOthers.High);
    }

    [Fact]
    public void Ties_are_all_listed()
    {
        IReadOnlyList<RankedVariant> ranking = Ranked([System("a", 50, 1), System("b", 50, 2), System("c", 500, 3), System("d", 50, 1)], 3);
        Assert.Equal([Rank.MayBeBest, Rank.MayBeBest, Rank.NotBest, Rank.MayBeBest], ranking.Select(ranked => ranked.Rank));
        Assert.All(ranking.Where(ranked => ranked.Rank == Rank.MayBeBest), ranked =>
            Assert.True(ranked.ToBestOfOthers.Low < 0 && ranked.ToBestOfOthers.High > 0));
    }

    [Fact]
    public void The_order_of_the_systems_does_not_matter()
    {
        var systems = new[] { System("a", 50, 1), System("b", 49, 2), System("c", 60, 3), System("d", 51, 1) };
        var one = Ranked(systems, 3).OrderBy(ranked => ranked.Variant);
        var other = Ranked([.. systems.Reverse()], 3).OrderBy(ranked => ranked.Variant);
        Assert.Equal(one, other);
    }

    [Fact]
    public void A_ranking_never_contradicts_the_verdicts()
    {
        for (ulong seed = 0; seed < 200; seed++)
        {
            var systems = new[] { System("base", 50, seed), System("v", 48, seed), System("w", 47, seed + 500) };
            IReadOnlyList<RankedVariant> ranking = Ranked(systems, 2);
            for (int i = 1; i < 3; i++)
            {
                Standing standing = Comparison.Of("s", "base", "v", PairedIntervalTests.Of(systems[0].Down.Zip(systems[i].Down)), Horizon, 2).Standing;
                Assert.False(standing == Standing.Worse && ranking[i].Rank != Rank.NotBest, $"seed {seed}: worse than base, but may be best");
                Assert.False(standing != Standing.Better && ranking[i].Rank == Rank.Best, $"seed {seed}: best, but not better than base");
            }
        }
    }

    /// <summary>Of down times by replication; tells what is asked for and no more.</summary>
    internal static IReadOnlyList<RankedVariant> Ranked(IReadOnlyList<(string Name, IReadOnlyList<long> Down)> systems, int family, long horizon = Horizon)
    {
        Ranking ranking = new([.. systems.Select(system => (system.Name, (Int128)system.Down.Sum()))], horizon, family);
        int rounds = 0;
        for (; ranking.Wanted() is { Count: > 0 } wanted; rounds++)
        {
            foreach ((int one, int other) in wanted)
            {
                ranking.Know((one, other), PairedIntervalTests.Of(systems[one].Down.Zip(systems[other].Down)));
            }
        }
        Assert.InRange(rounds, 1, 2);
        return ranking.Ranked();
    }

    /// <summary>Down times of 200 replications about a mean in seconds; systems of one seed share their luck.</summary>
    private static (string Name, IReadOnlyList<long> Down) System(string name, double mean, ulong seed)
    {
        ToyDowntime toy = new(seed + 40);
        return (name, [.. Enumerable.Range(0, 200).Select(_ => (long)(1e6 * mean * (1 + (0.3 * toy.Uniform()))))]);
    }
}
