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
/// <remarks>Most pairs are of no interest: the sums of those that are have to be told, in two rounds at most.</remarks>
public sealed class Ranking
{
    private const double MinutesPerYear = 365 * 24 * 60;

    private readonly IReadOnlyList<(string Name, Int128 Total)> _systems;
    private readonly long _horizonNanoseconds;
    private readonly double _level;
    private readonly double _each;
    private readonly int[] _byTotal;
    private readonly Dictionary<(int, int), Estimate> _known = [];

    /// <param name="systems">At least two, each with its down time in nanoseconds over all replications.</param>
    /// <param name="horizonNanoseconds">Observed time of each replication.</param>
    /// <param name="family">Between how many intervals the confidence is shared out: at least one less than there are systems.</param>
    /// <param name="level">Joint confidence.</param>
    public Ranking(
        IReadOnlyList<(string Name, Int128 Total)> systems, long horizonNanoseconds, int family, double level = Summary.DefaultLevel)
    {
        ArgumentNullException.ThrowIfNull(systems);
        ArgumentOutOfRangeException.ThrowIfLessThan(systems.Count, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(family, systems.Count - 1);
        _systems = systems;
        _horizonNanoseconds = horizonNanoseconds;
        _level = level;
        _each = 1 - ((1 - level) / family);
        _byTotal = [.. Enumerable.Range(0, systems.Count).OrderBy(i => systems[i].Total)];
    }

    /// <summary>Pairs of systems, the first index below the second, whose sums are needed next: first against the best observed, then among all that may be best.</summary>
    public IReadOnlyList<(int Baseline, int Variant)> Wanted()
    {
        (int, int)[] toBest = Open(Enumerable.Range(0, _systems.Count), [_byTotal[0]]);
        return toBest.Length > 0 ? toBest : Open(Enumerable.Range(0, _systems.Count), NotBeaten());
    }

    /// <summary>The sums of a pair.</summary>
    public void Know((int, int) pair, PairedMoments down) => _known[pair] = PairedInterval.Difference(down, _horizonNanoseconds, _each);

    /// <summary>In the order of the systems; nothing is wanted any more.</summary>
    public IReadOnlyList<RankedVariant> Ranked()
    {
        List<int> notBeaten = NotBeaten();
        int[] candidates = [.. notBeaten.Where(i => !notBeaten.Exists(l => l != i && Difference(i, l).Low > 0))];
        return [.. Enumerable.Range(0, _systems.Count).Select(i => Ranked(i, candidates))];
    }

    private RankedVariant Ranked(int i, int[] candidates)
    {
        int best = _byTotal[0] == i ? _byTotal[1] : _byTotal[0];
        Estimate toBest = Difference(i, best);
        int[] rivals = [.. candidates.Where(l => l != i)];
        double high = rivals.Length == 0 ? 0 : Math.Max(0, rivals.Max(l => Difference(i, l).High!.Value));
        bool mayBeBest = candidates.Contains(i);
        double low = mayBeBest ? Math.Min(0, rivals.Append(best).Max(l => Difference(i, l).Low!.Value)) : 0;
        return new RankedVariant(
            _systems[i].Name,
            new Estimate(toBest.Value, low, high, _level, "mcb", toBest.N).Times(MinutesPerYear),
            !mayBeBest ? Rank.NotBest : rivals.Length == 0 ? Rank.Best : Rank.MayBeBest);
    }

    /// <summary>No one whose down time is surely above another's can be the best; the best observed rules out most.</summary>
    private List<int> NotBeaten() => [.. _byTotal.Where(i => i == _byTotal[0] || !(Difference(i, _byTotal[0]).Low > 0))];

    private (int, int)[] Open(IEnumerable<int> ones, IReadOnlyList<int> others) =>
    [
        .. ones.SelectMany(i => others.Where(l => l != i).Select(l => (Math.Min(i, l), Math.Max(i, l))))
            .Distinct().Where(pair => !_known.ContainsKey(pair)),
    ];

    /// <summary>i minus l; the other way round it is the same with the bounds exchanged.</summary>
    private Estimate Difference(int i, int l)
    {
        Estimate estimate = _known[(Math.Min(i, l), Math.Max(i, l))];
        return i > l ? estimate : estimate.Times(-1) with { Low = -estimate.High, High = -estimate.Low };
    }
}
