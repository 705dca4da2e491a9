using System.Text.Json;
using Xunit;

namespace FailoverSim.Tests.Cli;

public class FitCommandTests
{
    private static string Log => Path.Combine(Repository.Root, "notebooks", "data", "incidents.csv");

    [Fact]
    public void Fit_prints_tables_and_yaml_and_writes_the_same_files_each_time()
    {
        using TempFolder folder = new();
        string[] arguments = ["fit", Log, "--from", "2024-01-01", "--to", "2026-01-01", "--units", "worker=40", "--units", "control-plane=5"];
        (int code, string output, string error) = Product.Run([.. arguments, "--out", folder.File("a")]);
        Assert.True(code == 0, error);
        Assert.Empty(error);
        Assert.Contains("more replications do not", output, StringComparison.Ordinal);
        string yaml = File.ReadAllText(folder.File("a", "fit.yaml"));
        Assert.EndsWith(yaml, output, StringComparison.Ordinal);
        (_, string json, _) = Product.Run([.. arguments, "--json", "--out", folder.File("b")]);
        Assert.Equal(File.ReadAllText(folder.File("a", "fit.json")), json);
        Assert.Equal(2, JsonDocument.Parse(json).RootElement.GetArrayLength());
        Assert.All(["fit.yaml", "fit.csv", "fit.json", "fit.svg"], file =>
            Assert.Equal(File.ReadAllBytes(folder.File("a", file)), File.ReadAllBytes(folder.File("b", file))));
        Assert.Equal(4, File.ReadLines(folder.File("a", "fit.csv")).Count(line => line.Contains(",yes,", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_is_wrong_with_log_and_options_is_told_at_once()
    {
        using TempFolder folder = new();
        string log = folder.Write("log.csv", "component,class,start,end\na,cp,2025-01-01T00:00Z,2024-01-01T00:00Z\n");
        (int code, string output, string error) = Product.Run("fit", log, "--from", "yesterday", "--units", "cp", "--together", "5");
        Assert.Equal((2, ""), (code, output));
        Assert.Equal(["FS0204", "FS0709", "FS0201", "FS0705"], error.Split('\n').Where(l => l.Length > 0).Select(l => l.Split(" error ")[1][..6]));
    }

    [Fact]
    public void What_had_to_be_assumed_is_said()
    {
        (int code, string output, _) = Product.Run("fit", Log);
        Assert.Equal(0, code);
        Assert.Contains("say it with --from", output, StringComparison.Ordinal);
        Assert.Contains("--units worker=N", output, StringComparison.Ordinal);
    }
}
