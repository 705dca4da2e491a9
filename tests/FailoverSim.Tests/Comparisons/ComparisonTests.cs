using FailoverSim.Analysis.Comparisons;
using FailoverSim.Scenario.Specification;
using FailoverSim.Tests.Analysis;
using Xunit;

namespace FailoverSim.Tests.Comparisons;

public class ComparisonTests
{
    private const long Second = 1_000_000_000;
    private const long Year = 365 * 86400 * Second;

    [Fact]
    public void Differences_are_in_minutes_a_year_and_ratios_in_nines()
    {
        // Two years each; 40 minutes against 4 on average: 18 minutes a year less, one nine more.
        Comparison comparison = Compare(Enumerable.Range(0, 400).Select(i => ((20L + (i % 41)) * 60 * Second, (2L * 60 * Second) + ((i % 41) * 6 * Second))), 2 * Year);
        Assert.Equal(-18 * (20 + Mean(400)) / 40, comparison.Difference.Value!.Value, 1e-9);
        Assert.Equal(1, comparison.Nines.Value!.Value, 1e-9);
        Assert.Equal(Standing.Better, comparison.Standing);
        Assert.InRange(comparison.Nines.Value!.Value, comparison.Nines.Low ?? 1, comparison.Nines.High ?? 1);

        static double Mean(int n) => Enumerable.Range(0, n).Average(i => i % 41);
    }

    [Fact]
    public void Intervals_are_wider_the_larger_the_family_is()
    {
        (long, long)[] pairs = [.. Noisy(200, 0.1, 5)];
        double[] widths = [.. new[] { 1, 2, 4, 8 }.Select(family => Compare(pairs, Year, family).Difference.HalfWidth)];
        Assert.Equal(widths.Order(), widths);
        // Bonferroni: of 8 each has 1 − 0.05/8, so about z(0.996875)/z(0.975) = 2.734/1.960.
        Assert.InRange(widths[3] / widths[0], 1.37, 1.46);
    }

    [Fact]
    public void Money_is_told_per_minute_saved_and_only_where_time_is_saved_for_sure()
    {
        Alternative costs = new(new Variant("v", null!), new Money(1_800, "EUR"), new Money(90, "USD"));
        Comparison better = Compare(Enumerable.Range(0, 400).Select(i => ((20L + (i % 41)) * 60 * Second, (2L * 60 * Second) + ((i % 41) * 6 * Second))), 2 * Year)
            with
        { Costs = costs };
        double saved = -better.Difference.Value!.Value;
        Assert.Equal(1_800 / saved, better.CostPerMinute!.Value!.Value, 1e-9);
        Assert.Equal(90 / saved, better.CostOncePerMinute!.Value!.Value, 1e-9);
        // Most saved is cheapest.
        Assert.Equal(1_800 / -better.Difference.Low!.Value, better.CostPerMinute.Low!.Value, 1e-9);
        Assert.True(better.CostPerMinute.Low < better.CostPerMinute.Value && better.CostPerMinute.Value < better.CostPerMinute.High);
        Assert.Null((Compare(Noisy(50, 0, 6), Year) with { Costs = costs }).CostPerMinute);
    }

    [Fact]
    public void As_many_replications_as_are_called_for_decide_four_times_in_five()
    {
        // A difference of 0.2 s with a scatter of 1 s: at 95 % and a power of 80 %, (1.960 + 0.842)² / 0.2² = 196.
        long[] called = [.. Enumerable.Range(0, 400)
            .Select(seed => Compare(Noisy(60, 0.2, (ulong)(1000 + seed)), Year))
            .Where(c => c is { Standing: Standing.Undecided, ReplicationsNeeded: not null } && c.Difference.Value > 0)
            .Select(c => c.ReplicationsNeeded!.Value)];
        Assert.True(called.Length > 100);
        int decided = Enumerable.Range(0, 1000).Count(seed => Compare(Noisy(196, 0.2, (ulong)(5000 + seed)), Year).Standing == Standing.Worse);
        // Five standard errors of 0.8 are 0.063; the interval is a little wider than Student's.
        Assert.InRange(decided / 1000.0, 0.8 - 0.063 - 0.03, 0.8 + 0.063);
        // The seen difference stands for the true one, and is off by 0.13: forecasts scatter, and lie about the truth.
        Assert.InRange(called.Order().ElementAt(called.Length / 2), 100, 800);
    }

    [Fact]
    public void Decided_pairs_and_hopeless_ones_call_for_no_number()
    {
        Assert.Null(Compare(Noisy(500, 2, 8), Year).ReplicationsNeeded);
        // Two differences that cancel but for a nanosecond.
        Comparison hopeless = Compare([(0, Second), (Second + 1, 0), .. Enumerable.Repeat((0L, 0L), 98)], Year);
        Assert.Equal((Standing.Undecided, (long?)null), (hopeless.Standing, hopeless.ReplicationsNeeded));
        Assert.Equal(Standing.Undecided, Compare(Enumerable.Repeat((3L, 3L), 100), Year).Standing);
    }

    private static IEnumerable<(long, long)> Noisy(int n, double shift, ulong seed)
    {
        ToyDowntime toy = new(seed);
        return [.. Enumerable.Range(0, n).Select(_ =>
        {
            double luck = 100 + (10 * toy.Normal());
            return ((long)(luck * 1e9), (long)((luck + shift + toy.Normal()) * 1e9));
        })];
    }

    private static Comparison Compare(IEnumerable<(long, long)> pairs, long horizon, int family = 1) =>
        Comparison.Of("s", "base", "v", PairedIntervalTests.Of(pairs), horizon, family);
}
