using FailoverSim.Kernel.Replications;
using FailoverSim.Reporting.Results;
using FailoverSim.Tests.Cli;
using Xunit;

namespace FailoverSim.Tests.Durability;

/// <summary>What <c>merge</c> writes replaces nothing that it must not, and shards are taken for nothing but shards.</summary>
public sealed class MergeCommandTests
{
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
    public void A_shard_that_cannot_be_written_says_what_is_kept_and_a_study_of_more_than_variants_what_runs_them()
    {
        using TempFolder folder = new();
        string scenario = folder.Write("small.yaml", SmallStudy.Text);
        Directory.CreateDirectory(folder.File("small-shard-0-of-2", "replications.msgpack"));
        (int code, _, string error) = Product.Run("run", scenario, "--shard", "0/2", "--quiet", "--out", folder.Path);
        Assert.Equal(1, code);
        Assert.Contains($"all that was simulated is kept in '{folder.File("small-shard-0-of-2", "checkpoint.blocks")}'", error, StringComparison.Ordinal);

        folder.Write("small.yaml", SmallStudy.Text + "\nsensitivity: {vary: [units.node.fails], by: 50%..200%}\n");
        (code, _, error) = Product.Run("run", scenario, "--shard", "0/2", "--quiet", "--out", folder.Path);
        Assert.Equal(2, code);
        Assert.Contains("'failoversim compare' with the same options runs the variants without it", error, StringComparison.Ordinal);
    }
}
