using FailoverSim.Kernel.Laws;
using FailoverSim.Models.Laws;
using MathNet.Numerics.Integration;
using Xunit;

namespace FailoverSim.Tests.Laws;

/// <summary>What is asked of every law, without random numbers.</summary>
public sealed class LawTests
{
    private static readonly double[] Depths = [1e-12, 1e-6, 1e-3, 0.05, 0.3, 0.69, 0.7, 1, 2, 5, 9, 14, 20];

    // From the depths of a life just begun to one that e^−700 of all reach.
    private static readonly double[] AllDepths =
        [1e-300, 1e-100, 1e-30, 1e-17, .. Depths, 30, 60, 100, 200, 300, 400, 500, 600, 699.9];

    [Theory]
    [MemberData(nameof(LawTable.Names), MemberType = typeof(LawTable))]
    public void Mean_and_variance_are_the_known_ones(string name)
    {
        LawCase known = LawTable.All[name];
        AssertClose(known.Mean ?? known.Law.Mean, known.Law.Mean, 1e-11);
        AssertClose(known.Variance ?? known.Law.Variance, known.Law.Variance, 1e-10);
    }

    [Theory]
    [MemberData(nameof(LawTable.Proper), MemberType = typeof(LawTable))]
    public void Mean_and_variance_are_the_integrals_of_the_survivors(string name)
    {
        LawCase known = LawTable.All[name];
        Law law = known.Law;
        double[] depths =
        [
            1e-12, 1e-9, 1e-6, 1e-4, 0.01, 0.1, 0.3, 0.693, 1, 1.4, 1.8, 2.2, 3, 4, 6, 9, 13,
            20, 30, 50, 100, 300, 700,
        ];
        // Where the density has kinks, and where the parts of a mixture live, pieces must end.
        IEnumerable<double> marks = (law is Truncated window ? window.Inner : law) is Mixture mixture
            ? mixture.Parts.SelectMany(part => depths.Select(part.Law.InverseCumulativeHazard))
            : [100, 300, 500];
        marks = marks.Where(x => law.Cdf(x) is > 0 and < 1);
        double[] ends = [0, .. depths.Select(law.InverseCumulativeHazard).Union(marks).Order()];
        double mean = 0, square = 0;
        for (int i = 1; i < ends.Length; i++)
        {
            mean += GaussLegendreRule.Integrate(Survivors, ends[i - 1], ends[i], 64);
            square += GaussLegendreRule.Integrate(x => 2 * x * Survivors(x), ends[i - 1], ends[i], 64);
        }
        AssertClose(mean, law.Mean, 1e-9);
        AssertClose(square, law.Variance + law.Mean * law.Mean, 1e-9);

        double Survivors(double x) => Math.Exp(-law.CumulativeHazard(x));
    }

    [Theory]
    [MemberData(nameof(LawTable.Names), MemberType = typeof(LawTable))]
    public void Distribution_function_is_the_known_one(string name)
    {
        LawCase known = LawTable.All[name];
        foreach (double depth in Depths)
        {
            double x = known.Law.InverseCumulativeHazard(depth);
            double expected = double.IsFinite(x) ? known.Cdf(x) : known.Law.Cdf(x);
            Assert.Equal(expected, known.Law.Cdf(x), 1e-11);
            Assert.Equal(1 - Math.Exp(-known.Law.CumulativeHazard(x)), known.Law.Cdf(x), 1e-13);
            double before = Math.BitDecrement(x);
            Assert.Equal(double.IsFinite(x) ? known.Cdf(before) : known.Law.Cdf(before), known.Law.Cdf(before), 1e-11);
        }
        Assert.Equal(0, known.Law.CumulativeHazard(-1));
        Assert.Equal(0, known.Law.Cdf(0), 1e-15);
    }

    [Theory]
    [MemberData(nameof(LawTable.Names), MemberType = typeof(LawTable))]
    public void Quantile_is_the_least_duration_that_reaches_the_probability(string name)
    {
        Law law = LawTable.All[name].Law;
        foreach (double p in (double[])[1e-9, 0.01, 0.25, 0.31, 0.55, 0.8999, 0.99, 0.999999])
        {
            double x = law.Quantile(p);
            if (double.IsPositiveInfinity(x))
            {
                Assert.True(law.Cdf(x) < p);
                continue;
            }
            Assert.True(law.Cdf(x) >= p * (1 - 1e-12) - 1e-14, $"F({x}) = {law.Cdf(x)} < {p}");
            Assert.True(law.Cdf(x * (1 - 1e-9)) <= p, $"{x} is not the least");
        }
    }

    [Theory]
    [MemberData(nameof(LawTable.Continuous), MemberType = typeof(LawTable))]
    public void Hazard_is_the_slope_of_the_cumulative_hazard(string name)
    {
        Law law = LawTable.All[name].Law;
        foreach (double depth in (double[])[1e-6, 0.01, 0.3, 0.69, 1, 3, 9, 30])
        {
            double x = law.InverseCumulativeHazard(depth);
            double next = law.InverseCumulativeHazard(depth * 1.002);
            // At kinks of the density the slope has two values, so the step shrinks towards the point.
            double step = Math.Min(next - x, x) * 0.01;
            if (!double.IsFinite(x) || step < 1e-9 * x)
            {
                continue;
            }
            double slope = (law.CumulativeHazard(x + step) - law.CumulativeHazard(x - step)) / (2 * step);
            AssertClose(slope, law.Hazard(x), 2e-5);
        }
    }

    [Theory]
    [MemberData(nameof(LawTable.Proper), MemberType = typeof(LawTable))]
    public void Inverse_leads_back_to_where_the_hazard_was_read(string name)
    {
        Law law = LawTable.All[name].Law;
        foreach (double depth in AllDepths)
        {
            double x = law.InverseCumulativeHazard(depth);
            double reached = law.CumulativeHazard(x);
            if (double.IsPositiveInfinity(reached) || reached == 0 || x < 1e-300)
            {
                continue; // Nothing lies between this depth and the end of the law, or of the numbers.
            }
            double back = law.InverseCumulativeHazard(reached);
            // Where the hazard is nearly flat its last digit spans many durations: no inverse can know better.
            double blur = 4e-16 * reached / (x * law.Hazard(x));
            Assert.True(Math.Abs(back - x) <= (1e-12 + blur) * x, $"depth {depth}: {x:R} came back as {back:R}");
        }
    }

    [Theory]
    [MemberData(nameof(LawTable.Proper), MemberType = typeof(LawTable))]
    public void Residual_uses_up_the_threshold(string name)
    {
        Law law = LawTable.All[name].Law;
        foreach (double depth in (double[])[1e-12, 1e-3, 0.5, 3, 35, 200, 650])
        {
            double age = law.InverseCumulativeHazard(depth);
            if (double.IsPositiveInfinity(law.CumulativeHazard(age)))
            {
                continue;
            }
            foreach (double threshold in (double[])[1e-9, 1e-5, 0.01, 1, 12])
            {
                double rest = law.Residual(age, threshold);
                Assert.True(rest >= 0);
                double spent = law.CumulativeHazard(age + rest) - law.CumulativeHazard(age);
                // Adding the residual to the age and taking the difference of hazards cost digits of their own.
                double blur = 4e-16 * (age * law.Hazard(age + rest) + law.CumulativeHazard(age + rest));
                if (double.IsFinite(blur) && blur < 0.1)
                {
                    Assert.True(
                        Math.Abs(spent - threshold) <= 1e-8 * threshold + 2 * blur,
                        $"age {age}, {threshold}: spent {spent:R}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(LawTable.Names), MemberType = typeof(LawTable))]
    public void Law_without_memory_says_so(string name)
    {
        Law law = LawTable.All[name].Law;
        double median = law.Quantile(0.5);
        double rest = law.Residual(median, 0.3), fresh = law.InverseCumulativeHazard(0.3);
        Assert.Equal(rest == fresh || Math.Abs(rest / fresh - 1) < 1e-9, law.IsMemoryless);
    }

    [Theory]
    [InlineData("constant", 300)]
    [InlineData("uniform", 60)]
    [InlineData("uniform truncated", 60)]
    [InlineData("triangular", 1200)]
    [InlineData("triangular rising", 8)]
    [InlineData("triangular truncated", 500)]
    [InlineData("empirical", 3600)]
    [InlineData("exponential truncated", 86400)]
    [InlineData("mixture truncated", 30000)]
    public void Nothing_remains_at_the_end_and_past_it(string name, double end)
    {
        Law law = LawTable.All[name].Law;
        Assert.Equal(0, law.Residual(end, 1));
        Assert.Equal(0, law.Residual(end * 1.01, 1));
    }

    [Fact]
    public void Constant_holds_until_its_time_and_not_beyond()
    {
        Constant law = new(300);
        Assert.Equal(0, law.CumulativeHazard(299.999));
        Assert.Equal(double.PositiveInfinity, law.CumulativeHazard(300));
        Assert.Equal(100, law.Residual(200, 5));
        Assert.True(double.IsNaN(law.Hazard(10)));
        Assert.Equal(double.PositiveInfinity, new Constant(0).CumulativeHazard(0));
    }

    [Fact]
    public void Truncating_twice_is_truncating_to_what_both_allow()
    {
        Truncated law = new(new Truncated(new Exponential(100), 10, 400), 50, 1000);
        Truncated once = new(new Exponential(100), 50, 400);
        Assert.Equal(once.ToString(), law.ToString());
        Assert.Equal(once.Mean, law.Mean);
    }

    [Fact]
    public void Truncated_exponential_has_its_closed_mean()
    {
        // E = m + (a − b r) / (1 − r) with r = exp(−(b − a) / m).
        const double Mean = 7200, Min = 3600, Max = 86400;
        double r = Math.Exp(-(Max - Min) / Mean);
        AssertClose(Mean + (Min - Max * r) / (1 - r), new Truncated(new Exponential(Mean), Min, Max).Mean, 1e-13);
    }

    [Fact]
    public void Window_far_out_in_the_tail_keeps_its_shape()
    {
        // 500 means out, where e^−500 of the law is left: the window must look like any other.
        Truncated far = new(new Exponential(1), 500, 502);
        Truncated near = new(new Exponential(1), 0, 2);
        foreach (double p in (double[])[0.01, 0.5, 0.99])
        {
            AssertClose(500 + near.Quantile(p), far.Quantile(p), 1e-14);
        }
        AssertClose(500 + near.Mean, far.Mean, 1e-14);
        AssertClose(near.Variance, far.Variance, 1e-10);
    }

    [Fact]
    public void Arguments_without_sense_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Constant(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Uniform(5, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Exponential(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Exponential(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Weibull(-1, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => LogNormal.FromMedianAndQuantile(60, 0.95, 60));
        Assert.Throws<ArgumentOutOfRangeException>(() => LogNormal.FromMedianAndQuantile(60, 0.5, 600));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Gamma(0, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Erlang(0, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Triangular(1, 6, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Mixture([(0.5, Never.Instance), (0.4, Never.Instance)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Empirical([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Empirical([5, -1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Truncated(new Constant(5), 6, 7));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Truncated(Never.Instance, 6, 7));
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => new Exponential(-3));
        Assert.Contains("seconds", error.Message, StringComparison.Ordinal);
        Assert.Equal(-3.0, error.ActualValue);
    }

    internal static void AssertClose(double expected, double actual, double relative) =>
        Assert.True(
            expected == actual || Math.Abs(actual - expected) <= relative * Math.Abs(expected),
            $"expected {expected:R}, found {actual:R}, off by {actual / expected - 1:E2}");
}
