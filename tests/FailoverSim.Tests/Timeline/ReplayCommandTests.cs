using FailoverSim.Tests.Cli;
using Xunit;

namespace FailoverSim.Tests.Timeline;

public class ReplayCommandTests
{
    private static readonly string Pumps = Path.Combine(Repository.Scenarios, "pumps-3-of-5.yaml");

    [Theory]
    [InlineData("--replication takes a whole number from 0", "--replication", "-1")]
    [InlineData("has no variant 'nonsense'; it has base", "--replication", "0", "--variant", "nonsense")]
    [InlineData("--from must come before --to", "--replication", "0", "--from", "5d", "--to", "3d")]
    [InlineData("--from:1:", "--replication", "0", "--from", "soon")]
    [InlineData("--replication", "--trace", "x.json")]
    public void What_cannot_be_replayed_is_said(string message, params string[] arguments)
    {
        (int code, string output, string error) = Product.Run(["replay", Pumps, .. arguments]);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Fixed_number_of_replications_is_the_range()
    {
        using TempFolder folder = new();
        string scenario = folder.Write("managed.yaml", ReplayTests.Managed);
        (int code, _, string error) = Product.Run("replay", scenario, "--replication", "2");
        Assert.Equal(2, code);
        Assert.Contains("small-managed has no replication 2; it has those from 0 to 1", error, StringComparison.Ordinal);
        Assert.Equal(0, Product.Run("replay", scenario, "--replication", "1").ExitCode);
    }

    [Theory]
    [InlineData("'nobody' has no outages of its own; those that have are plant", "--service", "nobody")]
    [InlineData("--worst takes a whole number from 1", "--worst", "0")]
    [InlineData("there is no replications.msgpack in 'nowhere'", "--results", "nowhere")]
    [InlineData("has no variant 'nonsense'", "--variant", "nonsense")]
    public void What_cannot_be_explained_is_said(string message, params string[] arguments)
    {
        (int code, string output, string error) = Product.Run(["explain", Pumps, "--replications", "2", "--threads", "1", .. arguments]);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_that_are_there_tell_what_a_new_run_would()
    {
        using TempFolder folder = new();
        Product.Run("run", Pumps, "--base-only", "--replications", "6", "--threads", "1", "--out", folder.File("out"));
        (int code, string told, _) = Product.Run("explain", Pumps, "--worst", "3", "--replications", "6", "--threads", "1");
        (int again, string kept, _) = Product.Run("explain", Pumps, "--worst", "3", "--results", folder.File("out"));
        Assert.Equal((0, 0), (code, again));
        Assert.Equal(told, kept);
        Assert.Equal(3, told.Split('\n').Count(line => line.StartsWith("plant down for ", StringComparison.Ordinal)));
        (int changed, _, string error) = Product.Run("explain", Pumps, "--results", folder.File("out"), "--set", "units.pump.count=6");
        Assert.Equal(2, changed);
        Assert.Contains("is of another scenario, or the file has changed since", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Replay_tells_outages_and_what_is_between_and_all_of_a_window()
    {
        (int code, string output, _) = Product.Run("replay", Pumps, "--replication", "3");
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(0, code);
        Assert.StartsWith("pumps-3-of-5, base, replication 3 of 20 y: 2 outages (plant 2)", lines[0], StringComparison.Ordinal);
        Assert.Equal(3, lines.Count(line => line.EndsWith(" without an outage", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.Contains(": fails (pump.seal)", StringComparison.Ordinal));
        string start = lines.First(line => line.Contains("from t = ", StringComparison.Ordinal)).Split("from t = ")[1].Split('.')[0];
        (_, string window, _) = Product.Run("replay", Pumps, "--replication", "3", "--from", $"{start}s", "--to", $"{start}9s");
        Assert.Contains("plant: is down", window, StringComparison.Ordinal);
    }
}
