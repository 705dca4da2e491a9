using FailoverSim.Analysis.Fitting;
using FailoverSim.Kernel.Randomness;
using Xunit;

namespace FailoverSim.Tests.Fitting;

public sealed class KaplanMeierTests
{
    [Fact]
    public void Remissions_of_1963_have_the_curve_of_the_textbooks()
    {
        // Published to three or four digits in every textbook of survival analysis, and each a product of fractions.
        (double Time, double Survival, double Error)[] published =
        [
            (6, 0.857, 0.0764), (7, 0.807, 0.0869), (10, 0.753, 0.0963), (13, 0.690, 0.1068), (16, 0.627, 0.1141), (22, 0.538, 0.1282), (23, 0.448, 0.1346),
        ];
        KaplanMeier curve = KaplanMeier.Of(SampleLogs.Remissions);
        Assert.Equal(published.Length, curve.Steps.Count);
        foreach (var (step, (time, survival, error)) in curve.Steps.Zip(published))
        {
            Assert.Equal(time, step.Time);
            Assert.Equal(survival, step.Survival, 5.1e-4);
            Assert.Equal(error, Math.Sqrt(step.Variance), 1e-4);
        }
        double exact = 18 / 21.0 * (16 / 17.0) * (14 / 15.0) * (11 / 12.0) * (10 / 11.0) * (6 / 7.0) * (5 / 6.0);
        Assert.Equal(exact, curve.Survival(30), 1e-12);
        Assert.False(curve.IsComplete);
        Assert.Equal(3 / 21.0 + 1 / 17.0, curve.Steps[1].CumulativeHazard, 1e-12);
    }

    [Fact]
    public void Without_censoring_it_is_the_share_that_lives_longer_and_its_moments_are_those_of_the_sample()
    {
        Draws draws = SampleLogs.Stream("curve", 0);
        Sample sample = SampleLogs.CutAt(new FailoverSim.Models.Laws.Exponential(3), 57, double.PositiveInfinity, ref draws);
        double[] times = [.. sample.Observations.Select(o => o.Low)];
        KaplanMeier curve = KaplanMeier.Of(sample);
        Assert.All(curve.Steps, s => Assert.Equal(times.Count(t => t > s.Time) / 57.0, s.Survival, 1e-12));
        Assert.All(curve.Steps, s => Assert.Equal(s.Survival * (1 - s.Survival) / 57, s.Variance, 1e-12));
        var (mean, square) = curve.Moments(curve.Last);
        Assert.Equal(times.Average(), mean, 1e-9);
        Assert.Equal(times.Average(t => t * t), square, 1e-9);
        Assert.All(curve.Steps, s => Assert.True(
            KaplanMeier.Band(s, 0.9) is var (low, high) && low <= s.Survival && s.Survival <= high && low >= 0 && high <= 1));
    }

    [Fact]
    public void Risk_sets_hold_whoever_is_being_watched()
    {
        Draws draws = SampleLogs.Stream("late", 0);
        List<Observation> observations = [];
        for (int i = 0; i < 200; i++)
        {
            // In whole tenths, so that entries, ends and ends of watching fall together.
            double entry = Math.Round(draws.NextUniform(), 1);
            double exit = entry + Math.Max(0.1, Math.Round(3 * draws.NextExponential(), 1));
            observations.Add(i % 3 == 0 ? Observation.Censored(exit, entry) : Observation.Exact(exit, entry));
        }
        KaplanMeier curve = KaplanMeier.Of(new Sample(observations));
        double survival = 1;
        foreach (SurvivalStep step in curve.Steps)
        {
            int risk = observations.Count(o => o.Entry < step.Time && o.Time >= step.Time);
            int ended = observations.Count(o => !o.IsCensored && o.Time == step.Time);
            Assert.Equal((risk, ended), (step.AtRisk, step.Ended));
            survival *= 1 - (double)ended / risk;
            Assert.Equal(survival, step.Survival, 1e-12);
        }
    }
}
