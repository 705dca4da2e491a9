using System.Text.Json;
using Xunit;

namespace FailoverSim.Tests.Cli;

public class OtherCommandTests
{
    [Fact]
    public void Check_is_content_with_every_scenario_of_the_repository()
    {
        (int code, string output, string error) = Product.Run("check", Repository.Scenarios);
        Assert.True(code == 0, error);
        Assert.Equal(Directory.GetFiles(Repository.Scenarios, "*.yaml").Length, output.Split('\n').Count(l => l.Contains(": fine", StringComparison.Ordinal)));
    }

    [Fact]
    public void Expanded_scenario_reads_back_and_runs_to_the_same_results()
    {
        using TempFolder folder = new();
        string pumps = Path.Combine(Repository.Scenarios, "pumps-3-of-5.yaml");
        (int code, string expanded, _) = Product.Run("expand", pumps);
        Assert.Equal(0, code);
        string again = folder.Write("expanded.yaml", expanded);
        foreach ((string file, string name) in new[] { (pumps, "a"), (again, "b") })
        {
            Product.Run("run", file, "--replications", "64", "--out", folder.File(name));
        }
        Assert.Equal(
            File.ReadAllBytes(folder.File("a", "pumps-3-of-5", "summary.csv")),
            File.ReadAllBytes(folder.File("b", "pumps-3-of-5", "summary.csv")));
    }

    [Fact]
    public void Defaults_are_printed_with_their_sources()
    {
        (int code, string output, _) = Product.Run("defaults", "vip", "--version", "v1.33");
        Assert.Equal(0, code);
        Assert.Contains("vip.lease.duration", output, StringComparison.Ordinal);
        Assert.Contains("cmd/kube-vip.go", output, StringComparison.Ordinal);
        (code, _, string error) = Product.Run("defaults", "vipp");
        Assert.Equal(2, code);
        Assert.Contains("did you mean 'vip'?", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Schema_is_json_schema()
    {
        (int code, string schema, _) = Product.Run("schema");
        Assert.Equal(0, code);
        Assert.Equal(
            "https://json-schema.org/draft/2020-12/schema",
            JsonDocument.Parse(schema).RootElement.GetProperty("$schema").GetString());
    }

    [Fact]
    public void Help_names_the_commands()
    {
        (int code, string output, _) = Product.Run("--help");
        Assert.Equal(0, code);
        Assert.All(["run", "compare", "check", "expand", "defaults", "schema", "fit"], command => Assert.Contains(command, output, StringComparison.Ordinal));
    }
}
