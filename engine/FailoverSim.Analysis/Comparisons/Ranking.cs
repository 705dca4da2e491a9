using FailoverSim.Analysis.Estimates;

namespace FailoverSim.Analysis.Comparisons;

/// <summary>Whether one of several is the best.</summary>
public enum Rank
{
    /// <summary>It is, with confidence.</summary>
    Best,

    /// <summary>It may be: it cannot be told from the best of the others.</summary>
    MayBeBest,

    /// <summary>It is not.</summary>
    NotBest,
}

/// <param name="Variant">Which one.</param>
/// <param name="ToBestOfOthers">Minutes a year that it is down more (below zero: less) than the best of the others.</param>
/// <param name="Rank">What the interval says.</param>
public sealed record RankedVariant(string Variant, Estimate ToBestOfOthers, Rank Rank);

/// <summary>
/// Multiple comparisons with the best [Hsu 84]: all intervals of θ_i − min over l ≠ i of θ_l hold jointly. Differences are paired and
/// may vary unequally, so each pair has its own allowance [Edwards &amp; Hsu 83], with the confidence of the true best's k − 1
/// bounds shared out by Bonferroni, which holds whatever common random numbers do to the correlations [Nelson &amp; Matejcik 95].
/// One-sided bounds would do; two-sided ones are those of the verdicts, so that ranking and verdicts never contradict each other.
/// </summary>
public static class Ranking
{
    private const double MinutesPerYear = 365 * 24 * 60;

    /// <param name="systems">At least two, each with its down time by replication in nanoseconds.</param>
    /// <param name="horizonNanoseconds">Observed time of each replication.</param>
    /// <param name="family">Between how many intervals the confidence is shared out: at least one less than there are systems.</param>
    /// <param name="level">Joint confidence.</param>
    /// <returns>In the order given.</returns>
    public static IReadOnlyList<RankedVariant> Of(
        IReadOnlyList<(string Name, IReadOnlyList<long> Down)> systems, long horizonNanoseconds, int family,
        double level = Summary.DefaultLevel)
    {
        ArgumentNullException.ThrowIfNull(systems);
        ArgumentOutOfRangeException.ThrowIfLessThan(systems.Count, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(family, systems.Count - 1);
        int k = systems.Count;
        double each = 1 - ((1 - level) / family);
        Int128[] totals = [.. systems.Select(system => system.Down.Aggregate(Int128.Zero, (sum, down) => sum + down))];
        int[] byTotal = [.. Enumerable.Range(0, k).OrderBy(i => totals[i])];
        var known = new Dictionary<(int, int), Estimate>();

        // No one whose down time is surely above another's can be the best; the best observed rules out most.
        List<int> candidates = [.. byTotal.Where(i => i == byTotal[0] || !(Difference(i, byTotal[0]).Low > 0))];
        candidates = [.. candidates.Where(i => !candidates.Any(l => l != i && Difference(i, l).Low > 0))];
        return [.. Enumerable.Range(0, k).Select(Ranked)];

        RankedVariant Ranked(int i)
        {
            int best = byTotal[0] == i ? byTotal[1] : byTotal[0];
            Estimate toBest = Difference(i, best);
            int[] rivals = [.. candidates.Where(l => l != i)];
            double high = rivals.Length == 0 ? 0 : Math.Max(0, rivals.Max(l => Difference(i, l).High!.Value));
            bool mayBeBest = candidates.Contains(i);
            double low = mayBeBest ? Math.Min(0, rivals.Append(best).Max(l => Difference(i, l).Low!.Value)) : 0;
            return new RankedVariant(
                systems[i].Name,
                new Estimate(toBest.Value, low, high, level, "mcb", toBest.N).Times(MinutesPerYear),
                !mayBeBest ? Rank.NotBest : rivals.Length == 0 ? Rank.Best : Rank.MayBeBest);
        }

        // i minus l; the other way round it is the same with the bounds exchanged.
        Estimate Difference(int i, int l)
        {
            var key = (Math.Min(i, l), Math.Max(i, l));
            if (!known.TryGetValue(key, out Estimate? estimate))
            {
                estimate = PairedInterval.Difference(
                    PairedMoments.Of(systems[key.Item1].Down, systems[key.Item2].Down), horizonNanoseconds, each);
                known.Add(key, estimate);
            }
            return i == key.Item2 ? estimate : estimate.Times(-1) with { Low = -estimate.High, High = -estimate.Low };
        }
    }
}
