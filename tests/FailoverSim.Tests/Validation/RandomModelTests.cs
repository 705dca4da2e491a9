using System.Globalization;
using System.Text;
using FailoverSim.Analysis.Tables;
using FailoverSim.Scenario;
using FailoverSim.Tests.Laws;
using MathNet.Numerics.Distributions;
using Xunit;
using Xunit.Abstractions;

namespace FailoverSim.Tests.Validation;

/// <summary>
/// Random systems simulated by the engine and solved by a second implementation that shares nothing with it: the
/// differences, in standard errors, are a sample of the standard normal law.
/// </summary>
public class RandomModelTests(ITestOutputHelper output)
{
    private const int Models = 100;
    private const double Horizon = 2000;
    private const int Replications = 300;

    /// <summary>So that standard errors are known well enough for the normal law.</summary>
    private const double FewestOutages = 2000;

    private static readonly Lazy<IReadOnlyList<(RandomModel Model, ResultTable Table, string Text)>> Simulated = new(Simulate);

    [Fact]
    public void Unavailabilities_differ_from_the_chain_by_noise_alone() => LooksNormal(Metric.Unavailability);

    [Fact]
    public void Frequencies_differ_from_the_chain_by_noise_alone() => LooksNormal(Metric.OutagesPerHour);

    [Fact]
    public void Repairs_five_percent_slower_than_the_chain_says_are_noticed()
    {
        double[] scores = Scores(Metric.Unavailability, slowness: 1.05);
        Assert.True(scores.Max(Math.Abs) > 5.5);
        Assert.True(Statistics.Distance(scores, z => Normal.CDF(0, 1, z)) > Statistics.CriticalDistance);
    }

    private void LooksNormal(Metric metric)
    {
        double[] scores = Scores(metric, slowness: 1);
        double distance = Statistics.Distance([.. scores], z => Normal.CDF(0, 1, z));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{metric}: mean {scores.Average():F2}, max |z| {scores.Max(Math.Abs):F2}, KS {distance:F2} (at most {Statistics.CriticalDistance})"));
        int worst = Array.IndexOf(scores, scores.MaxBy(Math.Abs));
        Assert.True(Math.Abs(scores[worst]) < 5.5, $"z {scores[worst]:F2} of\n{Simulated.Value[worst].Text}");
        Assert.True(distance < Statistics.CriticalDistance, $"KS {distance:F2}");
    }

    private static double[] Scores(Metric metric, double slowness) =>
    [
        .. Simulated.Value.Select(simulated =>
        {
            var exact = simulated.Model.Exact(slowness);
            double value = metric == Metric.Unavailability ? exact.Unavailability : exact.Frequency;
            return Measurement.Compare(simulated.Table, new Reference(metric, value, 1)).Z;
        }),
    ];

    private static List<(RandomModel Model, ResultTable Table, string Text)> Simulate()
    {
        Random random = new(20240101);
        List<(RandomModel, ResultTable, string)> simulated = [];
        while (simulated.Count < Models)
        {
            RandomModel model = new(random);
            if (model.Exact().Frequency * Horizon * Replications < FewestOutages)
            {
                continue;
            }
            string text = model.Scenario(Horizon, Replications, simulated.Count + 1);
            ScenarioReading reading = ScenarioFile.Read("random.yaml", Encoding.UTF8.GetBytes(text));
            Assert.True(reading.Spec is not null, string.Join('\n', reading.Diagnostics) + '\n' + text);
            simulated.Add((model, Measurement.Run(reading.Spec), text));
        }
        return simulated;
    }
}
