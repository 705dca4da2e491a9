using System.Text.Json;
using Xunit;

namespace FailoverSim.Tests.Cli;

public class CompareCommandTests
{
    private const string Small = """
        failoversim: 1
        name: small
        units: {node: {count: 3, fails: exp(20d), repair: {takes: exp(1d), crew: c}}}
        crews: {c: {size: 1}}
        services: {quorum: {up-when: 2 of node}, all-nodes: {up-when: all of node}}
        run: {horizon: 1y, replications: 200, seed: 9}
        """;

    private const string Studies = Small + """

        compare:
          second-crew: {set: {crews.c.size: 2}, cost: {per-year: 80k EUR}}
          slow: {set: {units.node.repair.takes: exp(2d)}}
        sweep:
          crew: {path: crews.c.size, values: [1, 2, 3]}
        """;

    [Fact]
    public void New_files_are_the_same_bytes_for_any_number_of_threads()
    {
        using TempFolder folder = new();
        string scenario = folder.Write("s.yaml", Studies);
        foreach (string threads in new[] { "1", "3" })
        {
            Assert.Equal(0, Product.Run("run", scenario, "--threads", threads, "--out", folder.File(threads)).ExitCode);
        }
        string[] names =
        [
            "comparison.csv", "comparison.json", "ranking.csv", "ranking.json", "sweep.csv", "sweep.json", "plots/forest-quorum.svg",
            "plots/forest-all-nodes.svg", "plots/sweep-crew-quorum.svg", "plots/sweep-crew-all-nodes.svg",
        ];
        Assert.All(names, name => Assert.Equal(
            File.ReadAllBytes(folder.File("1", "small", name)), File.ReadAllBytes(folder.File("3", "small", name))));
    }

    [Fact]
    public void Run_prints_a_verdict_for_every_variant_and_leaves_no_comparison_behind_where_none_is_made()
    {
        using TempFolder folder = new();
        string scenario = folder.Write("s.yaml", Studies);
        (int code, string output, _) = Product.Run("run", scenario, "--out", folder.Path);
        Assert.Equal(0, code);
        Assert.Contains("Each variant against base", output, StringComparison.Ordinal);
        Assert.Matches(@"second-crew .* better: saves .* a year, at .* EUR a minute", output);
        Assert.Matches(@"slow .* worse: costs .* a year", output);
        Assert.Contains("Sweep crew (crews.c.size), each point against base", output, StringComparison.Ordinal);
        Assert.Contains("the same in every replication", output, StringComparison.Ordinal);
        Assert.Equal(0, Product.Run("run", scenario, "--base-only", "--out", folder.Path).ExitCode);
        Assert.Empty(Directory.GetFiles(folder.File("small"), "comparison.*"));
    }

    [Fact]
    public void A_file_is_compared_by_its_own_block_else_by_its_sweeps()
    {
        using TempFolder folder = new();
        Assert.Equal(0, Product.Run("compare", folder.Write("s.yaml", Studies), "--out", folder.Path).ExitCode);
        Assert.Equal(["base", "second-crew", "slow"], Variants(folder.File("small")));
        string sweeps = folder.Write("t.yaml", Small + "\nsweep: {crew: {path: crews.c.size, values: [1, 2]}}\n");
        Assert.Equal(0, Product.Run("compare", sweeps, "--out", folder.File("t")).ExitCode);
        Assert.Equal(["base", "crew=1", "crew=2"], Variants(folder.File("t", "small")));
        (int code, _, string error) = Product.Run("compare", folder.Write("u.yaml", Small), "--out", folder.File("u"));
        Assert.Equal(2, code);
        Assert.Matches(@"u\.yaml:1:1: error FS0511: the scenario has neither 'compare' nor 'sweep'; add .+", error);
    }

    [Fact]
    public void Across_files_gives_the_numbers_that_the_same_variant_gives_within_one()
    {
        using TempFolder folder = new();
        string a = folder.Write("a.yaml", Small);
        // Another seed and count of its own, which the first overrules, and a service that the first does not have.
        string b = folder.Write("b.yaml", Small
            .Replace("name: small", "name: two-crews", StringComparison.Ordinal)
            .Replace("size: 1", "size: 2", StringComparison.Ordinal)
            .Replace("replications: 200, seed: 9", "replications: 7, seed: 1", StringComparison.Ordinal)
            .Replace("all-nodes: {up-when: all of node}", "one-node: {up-when: 1 of node}", StringComparison.Ordinal));
        (int code, string output, string error) = Product.Run("compare", a, b, "--out", folder.Path);
        Assert.True(code == 0, error);
        Assert.Contains("small: all with its seed, 9", error, StringComparison.Ordinal);
        Assert.Contains("all-nodes is not in two-crews", output, StringComparison.Ordinal);
        string within = folder.Write("c.yaml", Small + "\ncompare: {two-crews: {set: {crews.c.size: 2}}}\n");
        Assert.Equal(0, Product.Run("compare", within, "--out", folder.Path).ExitCode);
        Assert.Equal(
            Difference(folder.File("small", "comparison.csv"), "quorum"), Difference(folder.File("small-vs-two-crews", "comparison.csv"), "quorum"));
        JsonElement manifest = JsonDocument.Parse(File.ReadAllText(folder.File("small-vs-two-crews", "manifest.json"))).RootElement;
        JsonElement other = manifest.GetProperty("others").EnumerateArray().Single();
        Assert.Equal("two-crews", other.GetProperty("variant").GetString());
        Assert.Contains("size: 2", other.GetProperty("resolvedScenario").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Copies_of_one_scenario_are_told_apart_by_their_files()
    {
        using TempFolder folder = new();
        string a = folder.Write("before.yaml", Small);
        string b = folder.Write("after.yaml", Small.Replace("size: 1", "size: 2", StringComparison.Ordinal));
        Assert.Equal(0, Product.Run("compare", a, b, "--out", folder.Path).ExitCode);
        Assert.Equal(["before", "after"], Variants(folder.File("before-vs-after")));
    }

    [Fact]
    public void Scenarios_that_cannot_be_paired_are_refused_with_place_and_remedy()
    {
        using TempFolder folder = new();
        string a = folder.Write("a.yaml", Small);
        string b = folder.Write("b.yaml", Small
            .Replace("name: small", "name: other", StringComparison.Ordinal)
            .Replace("horizon: 1y", "horizon: 2y", StringComparison.Ordinal));
        (int code, string output, string error) = Product.Run("compare", a, b, "--out", folder.File("out"));
        Assert.Equal((2, ""), (code, output));
        Assert.Matches(@"b\.yaml:6:16: error FS0509: 'other' has the horizon 2y, .+; write 'run\.horizon: 1y' for it", error);
        string c = folder.Write("c.yaml", Small
            .Replace("name: small", "name: third", StringComparison.Ordinal)
            .Replace("quorum:", "majority:", StringComparison.Ordinal).Replace("all-nodes:", "each:", StringComparison.Ordinal));
        (code, _, error) = Product.Run("compare", a, c, "--out", folder.File("out"));
        Assert.Equal(2, code);
        Assert.Matches(@"c\.yaml:5:1: error FS0511: 'third' has no service in common with 'small'; .*quorum, all-nodes", error);
        Assert.False(Directory.Exists(folder.File("out")));
    }

    private static string[] Variants(string folder) =>
        [.. JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "manifest.json"))).RootElement
            .GetProperty("variants").EnumerateArray().Select(variant => variant.GetString()!)];

    private static string Difference(string path, string service) => string.Join(',', File.ReadAllLines(path)
        .Select(line => line.Split(',')).Single(cells => cells[3] == service && cells[5] == "downtime-difference-per-year").Skip(6));
}
