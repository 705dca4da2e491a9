using System.Text;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Sensitivity;
using FailoverSim.Analysis.Studies;
using FailoverSim.Scenario;
using Xunit;

namespace FailoverSim.Tests.Sensitivity;

public class ElasticityTests
{
    private const double Lives = 20;
    private const double Horizon = 100;

    private const string TwoOfThree = """
        failoversim: 1
        name: s
        units:
          a: {fails: exp(20d), repair: {takes: exp(1d)}}
          b: {fails: exp(20d), repair: {takes: exp(1d)}}
          c: {fails: exp(20d), repair: {takes: exp(1d)}}
        services: {quorum: {up-when: "2 of (a, b, c)"}}
        run: {horizon: 100d, replications: 20000, seed: 11}
        sensitivity: {vary: units.a.fails, by: 90%..110%}
        """;

    /// <summary>
    /// The derivative of the interval unavailability of two of three from new, by the chain of which units are down. The note on
    /// methods has 0.649 for three units over T = 100 with other rates; it is 2/3 for rare failures and long horizons.
    /// </summary>
    [Fact]
    public void Two_of_three_has_the_elasticity_of_its_Markov_chain()
    {
        double exact = (Math.Log(Unavailability(1.001 / Lives)) - Math.Log(Unavailability(0.999 / Lives))) / Math.Log(1.001 / 0.999);
        Assert.InRange(exact, 0.5, 2.0 / 3);
        IReadOnlyList<Elasticity> elasticities = Run(TwoOfThree, 2);
        Assert.Equal(["units.a.fails", "units.b.fails", "units.c.fails"], elasticities.Select(elasticity => elasticity.Hazard).Order());
        Assert.All(elasticities, elasticity => Assert.InRange(
            (elasticity.Estimate.Value!.Value - exact) / StandardError(elasticity.Estimate), -5, 5));
        Assert.All(elasticities, elasticity => Assert.InRange(StandardError(elasticity.Estimate), 0, 0.1));
    }

    [Fact]
    public void Scores_agree_with_finite_differences_under_common_luck()
    {
        ScenarioReading reading = Read(TwoOfThree);
        RunOutcome first = RunStudy.Run(reading.Spec!, 2, null, default, default, scored: true);
        Estimate score = Elasticity.Of(first.Table!, first.Scores!).Single(elasticity => elasticity.Hazard == "units.a.fails").Estimate;
        FactorEffect effect = TornadoStudy.Run(first.Table!, 11, reading.Study.Sensitivity!, 2, null, default).Tornados[0].Effects[0];
        // The mean life is what was scaled, and the hazard is its inverse.
        double step = -Math.Log(1.1 / 0.9);
        double difference = Math.Log(effect.High.DownTime.Value!.Value / effect.Low.DownTime.Value!.Value) / step;
        double halfOfSwing = (effect.Swing.High!.Value - effect.Swing.Low!.Value) / 2 / 1.96;
        double error = halfOfSwing / first.Table!.Totals(0).Down.ToMinutesPerYear(first.Table.Replications) / -step;
        double together = Math.Sqrt((error * error) + (StandardError(score) * StandardError(score)));
        // A step of ten per cent each way is off by less than a hundredth.
        Assert.InRange(Math.Abs(difference - score.Value!.Value), 0, 0.01 + (5 * together));
        Assert.InRange(together, 0, 0.2);
    }

    /// <summary>
    /// N − H is a martingale: whatever pauses, breaks off or speeds up a clock, its mean is zero, and its variance is the mean of N.
    /// </summary>
    [Theory]
    [InlineData("""
        units:
          pump:
            count: 5
            fails: weibull(shape=1.6 mean=40d max=200d)
            repair: {takes: 1d..3d, crew: c}
            standby: {kind: warm, needed: 3, hazard: 20%, switch-fails: 10%, switch: 1h}
            ages: while-running
          plain: {count: 2, fails: exp(15d), repair: {takes: exp(1d)}}
          bathtub: {fails: lognormal(median=20d p95=90d), repair: {takes: 2d}}
        crews: {c: {size: 1}}
        common-cause: {flood: {of: [pump, bathtub], every: gamma(shape=2 mean=60d), lasts: 2d..6d}, shock: {of: [plain], every: exp(30d), hits: 50%}}
        services: {s: {up-when: 2 of pump and 1 of plain and bathtub}}
        """, 5)]
    [InlineData("""
        use: {timers: kubernetes/v1.33}
        topology: {zones: [a, b, c]}
        nodes: {cp: {count: 3, place: one-per-zone, runs: [etcd, apiserver]}}
        faults:
          crash: {of: nodes.cp, every: weibull(shape=0.7 mean=30d), repair: {takes: 10m}}
          zone: {of: zones, every: exp(60d), lasts: 1h..2h}
        services: {s: {probe: apiserver.write}}
        """, 2)]
    public void The_mean_of_every_score_is_zero(string system, int hazards)
    {
        const int Replications = 1500;
        ScenarioReading reading = Read($"failoversim: 1\nname: s\n{system}\nrun: {{horizon: 200d, warm-up: 30d, replications: {Replications}, seed: 3}}\n");
        HazardScoreTable scores = RunStudy.Run(reading.Spec!, 2, null, default, default, scored: true).Scores!;
        Assert.Equal(hazards, scores.Hazards.Count);
        for (int k = 0; k < hazards; k++)
        {
            double[] column = [.. scores.Rows.Select(row => row[k])];
            double mean = column.Average();
            double variance = column.Sum(s => (s - mean) * (s - mean)) / (Replications - 1);
            Assert.True(variance > 0.5, scores.Hazards[k]);
            Assert.True(Math.Abs(mean) < 5 * Math.Sqrt(variance / Replications), $"{scores.Hazards[k]}: {mean} of {variance}");
        }
    }

    [Fact]
    public void Scores_change_no_result_and_threads_change_no_score()
    {
        ScenarioReading reading = Read(TwoOfThree.Replace("20000", "400", StringComparison.Ordinal));
        RunOutcome plain = RunStudy.Run(reading.Spec!, 1, null, default, default);
        RunOutcome one = RunStudy.Run(reading.Spec!, 1, null, default, default, scored: true);
        RunOutcome three = RunStudy.Run(reading.Spec!, 3, null, default, default, scored: true);
        Assert.Null(plain.Scores);
        Assert.Equal((plain.Fingerprint, plain.Events), (one.Fingerprint, one.Events));
        Assert.Equal(one.Scores!.Rows.SelectMany(row => row), three.Scores!.Rows.SelectMany(row => row));
    }

    private static IReadOnlyList<Elasticity> Run(string text, int threads)
    {
        RunOutcome outcome = RunStudy.Run(Read(text).Spec!, threads, null, default, default, scored: true);
        return Elasticity.Of(outcome.Table!, outcome.Scores!);
    }

    private static double StandardError(Estimate estimate) => estimate.HalfWidth / 1.96;

    /// <summary>Time average over the horizon from all up, of one unit with this rate and two with the usual one; fourth-order steps.</summary>
    private static double Unavailability(double rate)
    {
        double[] fails = [rate, 1 / Lives, 1 / Lives];
        double[] p = new double[8];
        p[0] = 1;
        double step = 0.02;
        double down = 0;
        for (int i = 0; i < Horizon / step; i++)
        {
            double before = Down(p);
            double[] k1 = Flow(p);
            double[] k2 = Flow(Plus(p, k1, step / 2));
            double[] middle = Plus(p, k2, step / 2);
            double[] k3 = Flow(middle);
            double[] k4 = Flow(Plus(p, k3, step));
            p = [.. p.Select((x, s) => x + (step / 6 * (k1[s] + (2 * k2[s]) + (2 * k3[s]) + k4[s])))];
            down += step / 6 * (before + (4 * Down(middle)) + Down(p));
        }
        return down / Horizon;

        double Down(double[] x) => x.Where((_, s) => System.Numerics.BitOperations.PopCount((uint)s) >= 2).Sum();

        double[] Plus(double[] x, double[] y, double factor) => [.. x.Zip(y, (a, b) => a + (factor * b))];

        double[] Flow(double[] x)
        {
            double[] flow = new double[8];
            for (int s = 0; s < 8; s++)
            {
                for (int unit = 0; unit < 3; unit++)
                {
                    double moved = x[s] * ((s >> unit & 1) == 0 ? fails[unit] : 1);
                    flow[s] -= moved;
                    flow[s ^ (1 << unit)] += moved;
                }
            }
            return flow;
        }
    }

    private static ScenarioReading Read(string text)
    {
        ScenarioReading reading = ScenarioFile.Read("s.yaml", Encoding.UTF8.GetBytes(text));
        Assert.False(reading.HasErrors, string.Join('\n', reading.Diagnostics));
        return reading;
    }
}

file static class Minutes
{
    /// <summary>Down time of replications of 100 d.</summary>
    public static double ToMinutesPerYear(this Int128 nanoseconds, long replications) =>
        (double)nanoseconds / 60e9 / (replications * 100.0 / 365);
}
