using FailoverSim.Analysis.Fitting;
using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Tests.Laws;
using Xunit;

namespace FailoverSim.Tests.Fitting;

public sealed class GoodnessTests
{
    [Fact]
    public void Without_censoring_the_distances_are_those_of_the_textbook()
    {
        Draws draws = SampleLogs.Stream("distances", 0);
        Law law = new FailoverSim.Models.Laws.Gamma(2, 1);
        Sample sample = SampleLogs.CutAt(new FailoverSim.Models.Laws.Exponential(2), 41, double.PositiveInfinity, ref draws);
        double[] u = [.. sample.Observations.Select(o => law.Cdf(o.Low)).Order()];
        int n = u.Length;
        // Anderson and Darling 1954: A2 = -n - sum (2i - 1)/n (ln u(i) + ln(1 - u(n+1-i))).
        double a2 = -n - Enumerable.Range(1, n).Sum(i => (2.0 * i - 1) / n * (Math.Log(u[i - 1]) + Math.Log(1 - u[n - i])));
        var found = Goodness.Distances(KaplanMeier.Of(sample), law, n);
        Assert.Equal(a2, found.AndersonDarling, 1e-9);
        Assert.Equal(
            Statistics.Distance([.. sample.Observations.Select(o => o.Low)], law.Cdf) / Math.Sqrt(n), found.Kolmogorov, 1e-9);
    }

    [Theory]
    [InlineData("exp", 1, double.PositiveInfinity)]
    [InlineData("exp", 1, 1.2)]
    [InlineData("weibull", 1.5, 1.2)]
    [InlineData("lognormal", 0.8, double.PositiveInfinity)]
    public void P_values_are_uniform_where_the_law_is_right(string name, double shape, double limit)
    {
        const int Trials = 300;
        Law law = SampleLogs.Named(name).At(1, shape).Law;
        double[] p = new double[Trials];
        for (int trial = 0; trial < Trials; trial++)
        {
            Draws draws = SampleLogs.Stream($"null/{name}/{limit}", trial);
            Sample sample = SampleLogs.CutAt(law, 25, limit, ref draws);
            FittedLaw fit = MaximumLikelihood.Fit(SampleLogs.Named(name), sample)!;
            p[trial] = Goodness.Of(sample, fit, $"{trial}", 3, bootstraps: 99).PValue!.Value;
        }
        // Values are hundredths, and one in a hundred above the share that they stand for.
        Assert.True(Statistics.Distance(p, x => Math.Clamp(Math.Floor(100 * x + 1e-9) / 100, 0, 1)) < Statistics.CriticalDistance);
    }

    [Fact]
    public void A_wrong_law_is_found_out()
    {
        Draws draws = SampleLogs.Stream("wrong", 0);
        Sample sample = SampleLogs.CutAt(SampleLogs.Named("lognormal").At(1, 1.8).Law, 200, 4, ref draws);
        FittedLaw fit = MaximumLikelihood.Fit(SampleLogs.Named("exp"), sample)!;
        Assert.Equal(1.0 / 1000, Goodness.Of(sample, fit, "wrong", 1).PValue!.Value, 1e-12);
    }

    [Fact]
    public void The_same_seed_gives_the_same_p_value_and_another_one_another()
    {
        Draws draws = SampleLogs.Stream("seeds", 0);
        Sample sample = SampleLogs.CutAt(new FailoverSim.Models.Laws.Exponential(2), 30, 3, ref draws);
        FittedLaw fit = MaximumLikelihood.Fit(SampleLogs.Named("exp"), sample)!;
        double[] p = [.. new ulong[] { 1, 1, 2 }.Select(seed => Goodness.Of(sample, fit, "a", seed).PValue!.Value)];
        Assert.Equal(p[0], p[1]);
        Assert.NotEqual(p[0], p[2]);
    }
}
