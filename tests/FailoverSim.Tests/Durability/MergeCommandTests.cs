using FailoverSim.Kernel.Replications;
using FailoverSim.Reporting.Results;
using FailoverSim.Tests.Cli;
using Xunit;

namespace FailoverSim.Tests.Durability;

/// <summary>What <c>merge</c> writes replaces nothing that it must not, and shards are taken for nothing but shards.</summary>
public sealed class MergeCommandTests
{
    private const string Vary = "sensitivity: {vary: [units.node.fails], by: 50%..200%}\n", Rank = "outputs: [importance]\n";

    private static readonly string BaseOnly = SmallStudy.Text[..SmallStudy.Text.IndexOf("compare:", StringComparison.Ordinal)];

    [Fact]
    public void The_result_has_the_name_of_its_scenario_and_replaces_no_shard_and_no_unfinished_run()
    {
        using TempFolder folder = new();
        string results = folder.File("results");
        string[] shards = [.. Enumerable.Range(0, 2).Select(i => SmallStudy.Shard(results, new Shard(i, 2), 100, BaseOnly))];
        // Under whatever names.
        Directory.Move(shards[0], folder.File("results", "a"));
        Directory.Move(shards[1], folder.File("results", "b"));
        string[] merge = ["merge", folder.File("results", "a"), folder.File("results", "b"), "--quiet", "--out"];
        Assert.Equal((0, "", ""), Product.Run([.. merge, results]));
        Assert.True(File.Exists(folder.File("results", "small", ResultFolder.ReportFile)));
        byte[] before = File.ReadAllBytes(folder.File("results", "a", "manifest.json"));

        Directory.CreateDirectory(folder.File("taken"));
        Directory.Move(folder.File("results", "a"), folder.File("taken", "small"));
        (int code, _, string error) = Product.Run("merge", folder.File("taken", "small"), folder.File("results", "b"), "--out", folder.File("taken"));
        Assert.Equal(2, code);
        Assert.Contains("is a shard, which the result would replace; name another folder with --out", error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(folder.File("taken", "small", "manifest.json")));

        File.WriteAllText(folder.File("results", "small", "checkpoint.blocks"), "");
        (code, _, error) = Product.Run("merge", folder.File("taken", "small"), folder.File("results", "b"), "--out", results);
        Assert.Equal(2, code);
        Assert.Contains("holds a run that is not finished", error, StringComparison.Ordinal);

        // What stands in the way of a table is said with what is kept.
        File.Delete(folder.File("results", "small", "checkpoint.blocks"));
        Directory.Delete(folder.File("results", "small", "plots"), recursive: true);
        File.WriteAllText(folder.File("results", "small", "plots"), "");
        (code, _, error) = Product.Run("merge", folder.File("taken", "small"), folder.File("results", "b"), "--out", results);
        Assert.Equal(1, code);
        Assert.Contains("the shards are as they were: make room and merge again", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_leaves_out_shards_beside_what_was_merged_of_them()
    {
        using TempFolder folder = new();
        string[] shards = [.. Enumerable.Range(0, 2).Select(i => SmallStudy.Shard(folder.Path, new Shard(i, 2), 100, BaseOnly))];
        (int code, _, string error) = Product.Run("report", folder.Path);
        Assert.Equal(2, code);
        Assert.Contains("join all with 'failoversim merge'", error, StringComparison.Ordinal);
        Assert.Equal(0, Product.Run("merge", folder.Path, "--quiet", "--out", folder.Path).ExitCode);
        (code, string output, error) = Product.Run("report", folder.Path);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("100 replications", output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(shards[0], ResultFolder.ReportFile)));
    }

    [Fact]
    public void A_shard_that_cannot_be_written_says_what_is_kept()
    {
        using TempFolder folder = new();
        string scenario = folder.Write("small.yaml", SmallStudy.Text);
        Directory.CreateDirectory(folder.File("small-shard-0-of-2", "replications.msgpack"));
        (int code, _, string error) = Product.Run("run", scenario, "--shard", "0/2", "--quiet", "--out", folder.Path);
        Assert.Equal(1, code);
        Assert.Contains($"all that was simulated is kept in '{folder.File("small-shard-0-of-2", "checkpoint.blocks")}'", error, StringComparison.Ordinal);
    }

    /// <summary>What is said to be done instead is done.</summary>
    [Theory]
    [InlineData(Vary, true, "", "sensitivity is not run in shards; 'failoversim compare FILE --shard i/n' runs the variants without it, --base-only leaves out both", "compare FILE")]
    [InlineData(Vary, false, "", "sensitivity is not run in shards; --base-only leaves it out", "run FILE --base-only")]
    [InlineData(Rank, true, "", "importance is not run in shards; leave it out of 'outputs', as --set outputs=[report.html] does", "run FILE --set outputs=[report.html]")]
    [InlineData("", true, " --if-removed", "--if-removed is not run in shards; merge without it, then give it with --extend in place of --shard", "run FILE")]
    [InlineData(Vary + Rank, false, " --if-removed",
        "--base-only leaves it out; importance is not run in shards; leave it out of 'outputs', as --set outputs=[report.html] does; --if-removed is not run in shards; merge",
        "run FILE --base-only --set outputs=[report.html]")]
    public void What_is_not_run_in_shards_is_all_told_with_what_can_be(string more, bool compares, string option, string told, string instead)
    {
        using TempFolder folder = new();
        string scenario = folder.Write("small.yaml", $"{(compares ? SmallStudy.Text : BaseOnly)}\n{more}");
        (int code, string error) = Shard($"run FILE{option}");
        Assert.Equal(2, code);
        Assert.Contains(told, error, StringComparison.Ordinal);
        Assert.Equal((0, ""), Shard(instead));

        (int, string) Shard(string command)
        {
            (int code, _, string error) = Product.Run([.. command.Replace("FILE", scenario, StringComparison.Ordinal).Split(' '), "--shard", "0/2", "--quiet", "--out", folder.Path]);
            return (code, error);
        }
    }

    [Fact]
    public void What_the_absence_of_a_fault_saves_is_run_over_what_was_merged()
    {
        using TempFolder folder = new();
        string scenario = folder.Write("small.yaml", SmallStudy.Text);
        SmallStudy.Shard(folder.Path, new Shard(0, 1), 645);
        Assert.Equal(0, Product.Run("merge", folder.Path, "--quiet", "--out", folder.File("merged")).ExitCode);
        Assert.Equal((0, "", ""), Product.Run("run", scenario, "--extend", "--if-removed", "--quiet", "--out", folder.File("merged")));
        Assert.Equal((0, "", ""), Product.Run("run", scenario, "--if-removed", "--quiet", "--out", folder.File("local")));
        Folders.AssertSame(folder.File("local"), folder.File("merged"));
    }
}
