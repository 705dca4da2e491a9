using System.Globalization;
using Xunit;

namespace FailoverSim.Tests.Cli;

public class RunBesideExactTests
{
    /// <summary>Exact 0.0029535, from all up; 4,000 years see it to about 1 %.</summary>
    [Fact]
    public void A_run_of_a_markov_scenario_prints_the_exact_answer_beside_its_own()
    {
        using TempFolder folder = new();
        string file = folder.Write("pair.yaml", ExactCommandTests.Pair);
        (int code, string output, _) = Product.Run("run", file, "--out", folder.Path);
        Assert.Equal(0, code);
        Assert.Matches(@"site: unavailability exact 0\.0029\d+, simulated 0\.00[23]\d+ ± [\d.E-]+; outages a year exact 1\.29\d+, simulated 1\.\d+ ± [\d.]+", output);
        string[] rows = File.ReadAllLines(folder.File("pair", "summary.csv"));
        double exact = Value(rows, "unavailability-exact"), simulated = Value(rows, "unavailability");
        Assert.Equal(1, simulated / exact, 0.08);
        Assert.EndsWith(",ctmc-uniformisation,3", rows.Single(r => r.Contains(",unavailability-exact,", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private static double Value(string[] rows, string metric) => double.Parse(
        rows.Single(row => row.Contains($",{metric},", StringComparison.Ordinal)).Split(',')[4],
        CultureInfo.InvariantCulture);
}
