using Xunit;

namespace FailoverSim.Tests.Cli;

public class SensitivityCommandTests
{
    private const string Small = """
        failoversim: 1
        name: small
        units: {node: {count: 3, fails: exp(20d), repair: {takes: exp(1d), crew: c}}, spare: {fails: never}}
        crews: {c: {size: 1}}
        services: {quorum: {up-when: 2 of node and spare}}
        run: {horizon: 1y, replications: 200, seed: 9}
        sensitivity: {vary: all-rates}
        outputs: [importance]
        """;

    [Fact]
    public void Files_are_the_same_bytes_for_any_number_of_threads_and_other_files_know_nothing_of_it()
    {
        using TempFolder folder = new();
        string scenario = folder.Write("s.yaml", Small);
        foreach (string threads in new[] { "1", "3" })
        {
            Assert.Equal(0, Product.Run("run", scenario, "--threads", threads, "--out", folder.File(threads)).ExitCode);
        }
        string[] names = ["sensitivity.csv", "sensitivity.json", "importance.csv", "importance.json", "plots/tornado-quorum.svg"];
        Assert.All(names, name => Assert.Equal(
            File.ReadAllBytes(folder.File("1", "small", name)), File.ReadAllBytes(folder.File("3", "small", name))));
        Assert.Equal(0, Product.Run("run", scenario, "--base-only", "--out", folder.File("base")).ExitCode);
        Assert.All(["summary.csv", "outages.csv", "replications.msgpack"], name => Assert.Equal(
            File.ReadAllBytes(folder.File("base", "small", name)), File.ReadAllBytes(folder.File("1", "small", name))));
        Assert.False(File.Exists(folder.File("base", "small", "sensitivity.csv")));
    }

    [Fact]
    public void Run_prints_what_matters_most_and_names_what_is_left_out()
    {
        using TempFolder folder = new();
        (int code, string output, _) = Product.Run("run", folder.Write("s.yaml", Small), "--out", folder.Path);
        Assert.Equal(0, code);
        Assert.Contains("What matters most", output, StringComparison.Ordinal);
        Assert.Matches(@"quorum +node (fails|repair takes)", output);
        Assert.Contains("units.spare.fails is not varied: what never happens", output, StringComparison.Ordinal);
        Assert.Contains("How important one copy is", output, StringComparison.Ordinal);
        string[] lines = File.ReadAllLines(folder.File("small", "sensitivity.csv"));
        Assert.Equal("scenario,service,factor,at,value,metric,estimate,low,high,level,method,n,family", lines[0]);
        // The base, five rows for each of two values, and the elasticity of one hazard.
        Assert.Equal(1 + 1 + (5 * 2) + 1, lines.Length);
        Assert.StartsWith("small,quorum,units.node.fails,,,elasticity,", lines[^1], StringComparison.Ordinal);
    }
}
