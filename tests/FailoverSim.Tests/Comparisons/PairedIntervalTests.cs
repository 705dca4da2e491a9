using System.Numerics;
using FailoverSim.Analysis.Comparisons;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Tests.Analysis;
using Xunit;

namespace FailoverSim.Tests.Comparisons;

public class PairedIntervalTests
{
    private const long Horizon = 1_000_000_000_000;

    [Fact]
    public void Sums_are_those_of_exact_arithmetic_in_any_order_and_grouping()
    {
        ToyDowntime toy = new(1);
        (long Base, long Variant)[] pairs =
            [.. Enumerable.Range(0, 500).Select(i => (i % 3 == 0 ? 0 : (long)(toy.Uniform() * 9e18), i % 5 == 0 ? 0 : (long)(toy.Uniform() * 9e18)))];
        PairedMoments all = Of(pairs);
        PairedMoments merged = Of(pairs.Skip(123).Reverse());
        merged.Merge(Of(pairs.Take(123)));
        BigInteger sum = pairs.Aggregate(BigInteger.Zero, (s, p) => s + p.Variant - p.Base);
        BigInteger squares = pairs.Aggregate(BigInteger.Zero, (s, p) => s + BigInteger.Pow((BigInteger)p.Variant - p.Base, 2));
        double variance = (double)((500 * squares) - (sum * sum)) / 499;
        foreach (PairedMoments moments in new[] { all, merged })
        {
            Assert.Equal(sum, (BigInteger)moments.Difference);
            Assert.Equal(variance, moments.VarianceOfDifference);
            Assert.Equal(pairs.Count(p => p.Base != p.Variant), moments.Differing);
            Assert.Equal(500, moments.Count);
        }
        Assert.Equal((all.Correlation, all.VarianceReduction), (merged.Correlation, merged.VarianceReduction));
    }

    /// <summary>Student's t with one degree of freedom, at the level of forty joint intervals, is 254: its exponential bounds nothing.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    public void Two_or_three_differences_against_many_do_not_stretch_the_interval_beyond_measure(int second)
    {
        const long Large = 1_000_000;
        PairedMoments moments = Of(Enumerable.Range(0, 400).Select(i => i < 2 ? (0L, i == 0 ? 1L : second) : i < 150 ? (Large + i, 0L) : (0L, 0L)));
        Estimate difference = PairedInterval.Difference(moments, Horizon, 1 - (0.05 / 40));
        double unit = (double)Large / (400.0 * Horizon);
        Assert.InRange(difference.Low!.Value, -230 * unit, -148 * unit);
        Assert.InRange(difference.High!.Value, -148 * unit, 0);
    }

    [Fact]
    public void Correlation_and_variance_reduction_are_those_of_their_definitions()
    {
        // y and 2 y − 1: r = 1, (1 + 4) s² / s² = 5, which is also the most that perfectly common luck can give.
        PairedMoments line = Of(Enumerable.Range(1, 40).Select(i => ((long)i * i, (2L * i * i) - 1)));
        Assert.Equal(1, line.Correlation!.Value, 1e-12);
        Assert.Equal(5, line.VarianceReduction!.Value, 1e-12);
        Assert.Equal(5, line.VarianceReductionLimit!.Value, 1e-9);

        // Opposite luck: (1 + 1) s² / (2 s)² = 1/2, so that pairing does harm.
        PairedMoments opposite = Of(Enumerable.Range(0, 50).Select(i => (i % 2 * 10L, 10 - (i % 2 * 10L))));
        Assert.Equal(-1, opposite.Correlation!.Value, 1e-12);
        Assert.Equal(0.5, opposite.VarianceReduction!.Value, 1e-12);
    }

    [Fact]
    public void With_plentiful_differences_it_is_Students_interval_on_the_pairs()
    {
        ToyDowntime toy = new(2);
        PairedMoments moments = Of(Enumerable.Range(0, 2000).Select(_ =>
        {
            double luck = 1e9 * (5 + toy.Normal());
            return ((long)luck, (long)(luck + (1e8 * toy.Normal()) + 1e7));
        }));
        Estimate interval = PairedInterval.Difference(moments, Horizon, 0.95);
        double half = QuantileOf.StudentT(1999, 0.975) * Math.Sqrt(moments.VarianceOfDifference) / 2000 / Horizon;
        Assert.InRange(interval.HalfWidth / half, 1, 1.05);
        Assert.InRange((interval.High - interval.Value)!.Value / half, 0.97, 1.06);
    }

    [Fact]
    public void Swapping_the_two_turns_the_interval_round()
    {
        ToyDowntime toy = new(3);
        (long, long)[] pairs = [.. Enumerable.Range(0, 60).Select(_ => ((long)toy.Exponential(1e9), (long)(toy.Uniform() < 0.2 ? toy.Exponential(5e9) : 0)))];
        Estimate one = PairedInterval.Difference(Of(pairs), Horizon, 0.9);
        Estimate other = PairedInterval.Difference(Of(pairs.Select(p => (p.Item2, p.Item1))), Horizon, 0.9);
        Assert.Equal(-one.Value!.Value, other.Value!.Value, 1e-15);
        Assert.Equal(-one.Low!.Value, other.High!.Value, 1e-12);
        Assert.Equal(-one.High!.Value, other.Low!.Value, 1e-12);
    }

    [Theory]
    [InlineData(5, false)]
    [InlineData(6, true)]
    public void Few_equal_differences_decide_like_the_sign_test(int differing, bool decided)
    {
        // Two-sided at 5 %: five of five have P = 0.0625, six of six 0.031.
        PairedMoments moments = Of(Enumerable.Range(0, 1000).Select(i => i < differing ? (1_000L, 0L) : (7L, 7L)));
        Assert.Equal(decided, PairedInterval.Difference(moments, Horizon, 0.95).High < 0);
    }

    [Fact]
    public void A_few_differences_the_other_way_widen_the_interval_by_little()
    {
        // 300 differences about 10, and two of −1 among them: nearly certain, and to be said so.
        ToyDowntime toy = new(4);
        (long, long)[] pairs = [.. Enumerable.Range(0, 300).Select(i => i < 2 ? (1_000_000L, 0L) : (0L, (long)(1e7 * (1 + toy.Normal() * 0.3))))];
        Estimate interval = PairedInterval.Difference(Of(pairs), Horizon, 0.9875);
        Assert.InRange(interval.Low!.Value / interval.Value!.Value, 0.9, 1);
        Assert.InRange(interval.High!.Value / interval.Value!.Value, 1, 1.1);
    }

    [Fact]
    public void Pairs_that_are_all_alike_never_give_an_interval_without_width()
    {
        Estimate same = PairedInterval.Difference(Of(Enumerable.Repeat((5L, 5L), 100)), Horizon, 0.95);
        // Of 100 replications at most 1 − 0.025^(1/100) may be of a kind not seen, and that one down from end to end.
        double unseen = 1 - Math.Pow(0.025, 0.01);
        Assert.Equal((0, -unseen, unseen), (same.Value!.Value, same.Low!.Value, same.High!.Value));
        Estimate shifted = PairedInterval.Difference(Of(Enumerable.Repeat((5L, 500_000_000_000L), 100)), Horizon, 0.95);
        Assert.True(shifted.Low > 0 && shifted.High > shifted.Value);
        Assert.Null(PairedInterval.Difference(new PairedMoments(), Horizon, 0.95).Value);
    }

    [Fact]
    public void Large_shapes_of_the_gamma_law_are_as_exact_as_small_ones()
    {
        for (double shape = 1000; shape < 3e6; shape *= 1.0037)
        {
            foreach (double p in new[] { 0.0005, 0.0125, 0.05, 0.95, 0.9875, 0.99844, 0.9995 })
            {
                double z = QuantileOf.Normal(p);
                double x = QuantileOf.Gamma(shape, p);
                // The normal approximation of [Peizer & Pratt 68], by another way than series and fractions.
                double d = x - shape + (1 / 3.0) - (0.02 / x);
                double ratio = (shape - 0.5) / x;
                double g = Math.Abs(1 - ratio) < 1e-9 ? 0 : (1 - (ratio * ratio) + (2 * ratio * Math.Log(ratio))) / ((1 - ratio) * (1 - ratio));
                Assert.True(Math.Abs((d * Math.Sqrt((1 + g) / x)) - z) < 1e-4, $"shape {shape}, p {p}: {x}");
            }
        }
    }

    internal static PairedMoments Of(IEnumerable<(long Base, long Variant)> pairs)
    {
        PairedMoments moments = new();
        foreach ((long one, long other) in pairs)
        {
            moments.Add(one, other);
        }
        return moments;
    }
}
