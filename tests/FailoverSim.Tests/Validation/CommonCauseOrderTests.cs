using System.Text;
using FailoverSim.Scenario;
using Xunit;

namespace FailoverSim.Tests.Validation;

/// <summary>Ties by name. Found by the random models: the victims used to queue in a random order.</summary>
public class CommonCauseOrderTests
{
    [Fact]
    public void Units_broken_at_the_same_instant_are_repaired_in_the_order_of_their_names()
    {
        const string Scenario = """
            failoversim: 1
            name: shock
            units:
              b: {fails: exp(1000000y), repair: {takes: 1h, crew: fitter}}
              a: {fails: exp(1000000y), repair: {takes: 10h, crew: fitter}}
            crews:
              fitter: {size: 1}
            common-cause:
              shock: {of: [b, a], every: 100h}
            services:
              b: {up-when: b}
            run: {horizon: 150h, replications: 64, seed: 1}
            """;
        var reading = ScenarioFile.Read("shock.yaml", Encoding.UTF8.GetBytes(Scenario));
        var table = Measurement.Run(reading.Spec!);
        Assert.All(table.RowsOf(0), row => Assert.Equal(11 * 3600 * 1_000_000_000L, Assert.Single(row.Outages).Duration));
    }
}
