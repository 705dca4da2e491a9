using FailoverSim.Analysis.Estimates;
using Xunit;

namespace FailoverSim.Tests.Analysis;

/// <summary>Published values, or values checked numerically by other means.</summary>
public class IntervalTests
{
    [Theory]
    [InlineData(0, 0, 3.689)]
    [InlineData(1, 0.02532, 5.572)]
    [InlineData(2, 0.2422, 7.225)]
    [InlineData(3, 0.6187, 8.767)]
    [InlineData(5, 1.6235, 11.67)]
    [InlineData(10, 4.795, 18.39)]
    [InlineData(20, 12.22, 30.89)]
    [InlineData(50, 37.11, 65.92)]
    [InlineData(100, 81.36, 121.6)]
    public void Garwood_gives_the_published_bounds(long count, double low, double high)
    {
        var bounds = PoissonInterval.Garwood(count, 0.95);
        Assert.Equal(low, bounds.Low, Half(low));
        Assert.Equal(high, bounds.High, Half(high));
    }

    [Theory]
    [InlineData(0.95, 2.9957)]
    [InlineData(0.975, 3.6889)]
    [InlineData(0.999, 6.9078)]
    public void Nothing_seen_bounds_the_mean_by_the_rule_of_three(double level, double bound) =>
        Assert.Equal(bound, PoissonInterval.BoundAfterNone(level), 0.0001);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(123)]
    public void Fay_Feuer_with_equal_weights_is_Garwood(long count)
    {
        var garwood = PoissonInterval.Garwood(count, 0.95);
        var bounds = CompoundPoisson.FayFeuer(30.0 * count, 900.0 * count, 30, 0.95);
        Assert.Equal(garwood.Low, bounds.Low / 30, 1e-9 * garwood.Low);
        Assert.Equal(garwood.High, bounds.High / 30, 1e-9 * garwood.High);
    }

    [Theory]
    [InlineData(100, 0.50, 40, 61)]
    [InlineData(200, 0.95, 184, 197)]
    [InlineData(1000, 0.99, 983, 997)]
    public void Order_statistics_have_the_published_ranks(long n, double p, long low, long high) =>
        Assert.Equal((low, high), OrderStatistics.Ranks(n, p, 0.95));

    [Theory]
    [InlineData(0.5, 5)]
    [InlineData(0.9, 29)]
    [InlineData(0.95, 59)]
    [InlineData(0.99, 299)]
    [InlineData(0.999, 2995)]
    public void A_quantile_has_an_upper_bound_from_the_published_sample_size_on(double p, long n)
    {
        // One-sided 95 %: two-sided 90 %.
        Assert.True(OrderStatistics.Ranks(n, p, 0.90).High <= n);
        Assert.True(OrderStatistics.Ranks(n - 1, p, 0.90).High > n - 1);
    }

    [Fact]
    public void Ranks_go_on_smoothly_where_the_normal_law_takes_over()
    {
        // Rounded outwards: at most one rank wider on each side than the exact ones, and never narrower.
        double tail = 0.025;
        foreach (double p in new[] { 0.5, 0.95, 0.99 })
        {
            var (low, high) = OrderStatistics.Ranks(100_001, p, 0.95);
            Assert.True(QuantileOf.BinomialCdf(100_001, p, low - 1) <= tail + 1e-3);
            Assert.True(QuantileOf.BinomialCdf(100_001, p, high - 1) >= 1 - tail - 1e-3);
            var exact = OrderStatistics.Ranks(100_000, p, 0.95);
            Assert.InRange(exact.Low - low, -1, 2);
            Assert.InRange(high - exact.High, -1, 3);
        }
    }

    [Theory]
    [InlineData(0.0, 10, 0.0, 0.2775)] // [Brown, Cai, DasGupta 01]: z²/(n + z²)
    [InlineData(0.5, 10, 0.2366, 0.7634)]
    [InlineData(0.8, 100, 0.7112, 0.8666)]
    [InlineData(1.0, 10, 0.7225, 1.0)]
    public void Wilson_stays_within_zero_and_one(double share, double trials, double low, double high)
    {
        var bounds = Proportion.Wilson(share, trials, 1.959963984540054);
        Assert.Equal(low, bounds.Low, 0.00006);
        Assert.Equal(high, bounds.High, 0.00006);
    }

    [Theory]
    [InlineData(1, 0.975, 12.706205)]
    [InlineData(2, 0.975, 4.302653)]
    [InlineData(30, 0.975, 2.042272)]
    [InlineData(1e7, 0.975, 1.959964)]
    public void Student_quantiles_agree_with_tables(double degrees, double p, double quantile) =>
        Assert.Equal(quantile, QuantileOf.StudentT(degrees, p), 1e-6);

    [Theory]
    [InlineData(1, 0.999, 10.8276)]
    [InlineData(10, 0.025, 3.2470)]
    [InlineData(100, 0.975, 129.5612)]
    public void Chi_square_quantiles_agree_with_tables(double degrees, double p, double quantile) =>
        Assert.Equal(quantile, QuantileOf.ChiSquare(degrees, p), 1e-4);

    /// <summary>Half a unit of the fourth significant digit.</summary>
    private static double Half(double value) => value == 0 ? 1e-12 : 0.51 * Math.Pow(10, Math.Floor(Math.Log10(value)) - 3);
}
