using FailoverSim.Analysis.Fitting;
using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Randomness;
using Xunit;

namespace FailoverSim.Tests.Fitting;

public sealed class ModelChoiceTests
{
    [Fact]
    public void Two_laws_that_tie_are_settled_for_the_simpler()
    {
        ModelChoice choice = ModelChoice.Of(SampleLogs.Remissions, mixtures: false)!;
        // Weibull has the better likelihood; 2 points of AICc it does not have.
        FittedLaw weibull = choice.Candidates.First(c => c.Fit.Family == "weibull").Fit;
        Assert.True(weibull.LogLikelihood > choice.Chosen.LogLikelihood);
        Assert.Equal("exp", choice.Chosen.Family);
        Assert.True(choice.IsTie);
        Assert.Equal(1, choice.Candidates.Sum(c => c.Weight), 1e-12);
        // 2p - 2l + 2p(p + 1)/(d - p - 1) with nine failures.
        Assert.Equal(4 - 2 * weibull.LogLikelihood + 12.0 / 6, weibull.Aicc, 1e-9);
    }

    [Fact]
    public void Fewer_than_five_failures_get_the_exponential_law_and_none_gets_no_law()
    {
        Sample few = new([Observation.Exact(1), Observation.Exact(9), Observation.Censored(20)]);
        Assert.Equal("exp", Assert.Single(ModelChoice.Of(few, mixtures: true)!.Candidates).Fit.Family);
        Assert.Null(ModelChoice.Of(new Sample([Observation.Censored(20)]), mixtures: true));
    }

    [Theory]
    [InlineData("weibull", 2.5)]
    [InlineData("lognormal", 1.2)]
    [InlineData("gamma", 0.4)]
    public void Enough_observations_tell_the_law(string name, double shape)
    {
        Draws draws = SampleLogs.Stream($"choice/{name}", 0);
        Sample sample = SampleLogs.CutAt(SampleLogs.Named(name).At(1, shape).Law, 2_000, 3, ref draws);
        Assert.Equal(name, ModelChoice.Of(sample, mixtures: true)!.Chosen.Family);
    }

    [Fact]
    public void Two_populations_of_repairs_are_told_apart_also_when_some_are_censored()
    {
        Draws draws = SampleLogs.Stream("bimodal", 0);
        FailoverSim.Models.Laws.Mixture law = new([(0.7, new FailoverSim.Models.Laws.LogNormal(Math.Log(120), 0.5)), (0.3, new FailoverSim.Models.Laws.LogNormal(Math.Log(7_200), 0.8))]);
        Sample sample = SampleLogs.CutAt(law, 2_000, 12_000, ref draws);
        ModelChoice choice = ModelChoice.Of(sample, mixtures: true)!;
        Assert.Equal(LogNormalMixture.Name, choice.Chosen.Family);
        var parts = ((FailoverSim.Models.Laws.Mixture)choice.Chosen.Law).Parts.ToArray();
        Assert.Equal(0.7, parts[0].Share, 4.9 * Math.Sqrt(0.21 / 2_000));
        Assert.Equal(Math.Log(120), Math.Log(parts[0].Law.Quantile(0.5)), 4.9 * 0.5 / Math.Sqrt(1_400));
        // A fourth of the long ones is cut off at 12,000 s: a bit less is known of them.
        Assert.Equal(Math.Log(7_200), Math.Log(parts[1].Law.Quantile(0.5)), 1.2 * 4.9 * 0.8 / Math.Sqrt(600));
        Assert.Null(ModelChoice.Of(sample, mixtures: false)!.Candidates.FirstOrDefault(c => c.Fit.Family == LogNormalMixture.Name));
    }

    [Fact]
    public void Likelihood_of_a_mixture_is_that_of_its_law()
    {
        Draws draws = SampleLogs.Stream("bimodal", 1);
        FailoverSim.Models.Laws.Mixture law = new([(0.5, new FailoverSim.Models.Laws.LogNormal(1, 0.4)), (0.5, new FailoverSim.Models.Laws.LogNormal(4, 0.5))]);
        List<Observation> observations = [.. SampleLogs.CutAt(law, 80, 60, ref draws).Observations];
        observations[0] = Observation.Within(2, 3);
        Sample sample = new(observations);
        FittedLaw fit = LogNormalMixture.Fit(sample)!;
        double sum = sample.Observations.Sum(o =>
            o.IsExact ? Math.Log(fit.Law.Hazard(o.Low)) - fit.Law.CumulativeHazard(o.Low)
            : o.IsCensored ? -fit.Law.CumulativeHazard(o.Low) : Math.Log(fit.Law.Cdf(o.High) - fit.Law.Cdf(o.Low)));
        Assert.Equal(sum, fit.LogLikelihood, 1e-6 * Math.Abs(sum));
    }

    [Theory]
    [InlineData("lognormal", 1.2)]
    [InlineData("exp", 1)]
    public void One_population_is_seldom_taken_for_two(string name, double shape)
    {
        const int Trials = 200;
        Law law = SampleLogs.Named(name).At(1, shape).Law;
        int mixtures = 0;
        for (int trial = 0; trial < Trials; trial++)
        {
            Draws draws = SampleLogs.Stream($"single/{name}", trial);
            Sample sample = SampleLogs.CutAt(law, 80, double.PositiveInfinity, ref draws);
            mixtures += ModelChoice.Of(sample, mixtures: true)!.Chosen.Family == LogNormalMixture.Name ? 1 : 0;
        }
        // One in twenty is meant at most; 200 trials of that give 26 or fewer but once in a million times.
        Assert.InRange(mixtures, 0, 26);
    }
}
