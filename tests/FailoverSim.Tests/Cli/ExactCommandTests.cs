using System.Text.Json;
using Xunit;

namespace FailoverSim.Tests.Cli;

public class ExactCommandTests
{
    internal const string Pair = """
        failoversim: 1
        name: pair
        units:
          server: {count: 2, fails: exp(500h), repair: {takes: exp(20h), crew: on-call}}
        crews:
          on-call: {}
        services:
          site: {up-when: 1 of server}
        run: {horizon: 1y, replications: 4000, seed: 1}
        """;

    [Fact]
    public void A_markov_scenario_is_solved_and_written()
    {
        using TempFolder folder = new();
        (int code, string output, string error) = Product.Run("exact", folder.Write("pair.yaml", Pair), "--out", folder.Path);
        Assert.Equal((0, ""), (code, error));
        // VC-A06, k = 1.
        Assert.Contains("0.002954209749", output, StringComparison.Ordinal);
        Assert.Contains("3 states and 4 transitions", output, StringComparison.Ordinal);
        string[] rows = File.ReadAllLines(folder.File("pair", "exact.csv"));
        Assert.Equal("scenario,variant,service,metric,estimate,low,high,level,method,n", rows[0]);
        string row = Assert.Single(rows, r => r.Contains("mttf-exact", StringComparison.Ordinal));
        Assert.Equal(7000 * 3600, double.Parse(row.Split(',')[4], System.Globalization.CultureInfo.InvariantCulture), 1e-3);
        Assert.EndsWith(",ctmc-gth,3", row, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(folder.File("pair", "exact.json")));
        Assert.Equal(rows.Length - 1, json.RootElement.GetArrayLength());
    }

    [Fact]
    public void The_long_run_alone_and_other_values_can_be_asked_for()
    {
        using TempFolder folder = new();
        (int code, string output, _) = Product.Run("exact", folder.Write("pair.yaml", Pair), "--steady", "--set", "units.server.count=5");
        Assert.Equal(0, code);
        Assert.Contains("6 states", output, StringComparison.Ordinal);
        Assert.DoesNotContain("in the horizon", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scenario_with_a_memory_is_refused_with_the_clocks_in_the_way()
    {
        using TempFolder folder = new();
        (int code, string output, string error) = Product.Run(
            "exact", folder.Write("pair.yaml", Pair), "--set", "units.server.repair.takes=lognormal(median=1h p95=6h)");
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("--set: units.server.repair.takes is lognormal(median=1h p95=6h)", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_states_are_refused_with_the_limit()
    {
        using TempFolder folder = new();
        (int code, _, string error) = Product.Run("exact", folder.Write("pair.yaml", Pair), "--max-states", "2");
        Assert.Equal(2, code);
        Assert.Contains("more than 2 states", error, StringComparison.Ordinal);
    }
}
