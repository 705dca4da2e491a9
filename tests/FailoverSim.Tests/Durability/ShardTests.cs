using FailoverSim.Kernel.Replications;
using FailoverSim.Library;
using FailoverSim.Reporting.Results;
using FailoverSim.Tests.Cli;
using Xunit;

namespace FailoverSim.Tests.Durability;

/// <summary>Shares of a run, made apart and joined, are the run; whatever is not is refused in words that say what to do.</summary>
public sealed class ShardTests
{
    [Fact]
    public void Three_shards_merged_are_the_local_run_byte_for_byte_and_plan_reads_them()
    {
        using TempFolder folder = new();
        string scenario = folder.Write("small.yaml", SmallStudy.Text);
        foreach (int i in new[] { 2, 0, 1 })
        {
            Assert.Equal((0, "", ""), Product.Run("run", scenario, "--shard", $"{i}/3", "--quiet", "--out", folder.File("shards")));
        }
        Assert.Equal((0, "", ""), Product.Run("run", scenario, "--quiet", "--out", folder.File("local")));
        (int code, string output, string error) = Product.Run("merge", folder.File("shards"), "--out", folder.File("merged"));
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("645 replications of 2 variants", output, StringComparison.Ordinal);
        Folders.AssertSame(folder.File("local"), folder.File("merged"));

        (code, _, error) = Product.Run("merge", folder.File("shards", "small-shard-0-of-3"), "--out", folder.File("other"));
        Assert.Equal(6, code);
        Assert.Contains("shard 1/3, 2/3", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("other")));
    }

    [Fact]
    public void What_does_not_make_one_run_is_refused_with_the_difference_the_folder_and_the_remedy()
    {
        using TempFolder folder = new();
        string[] shards = [.. Enumerable.Range(0, 3).Select(i => Written(folder, "a", new Shard(i, 3), 645))];
        Assert.Equal(645, MergedStudy.Of(shards).Replications);
        Refused(shards[..2], "blocks 2, 5, 8 are in none", "shard 2/3", "--shard 2/3");
        Refused([.. shards, shards[1]], "blocks 1, 4, 7, 10 are in", "small-shard-1-of-3' and in", "name each shard once");
        Refused([shards[0], shards[1], Written(folder, "longer", new Shard(2, 3), 900)], "number of replications", "is 900", "is 645", "run the shard again");
        Refused([shards[0], shards[1], Written(folder, "seed", new Shard(2, 3), 645, "run.seed=10")], "the seed of", "is 10", "is 9", "run the shard again");
        Refused([shards[0], shards[1], Written(folder, "set", new Shard(2, 3), 645, "units.node.count=4")], "the scenario of", "count: 4", "count: 3");
        Refused([shards[0], shards[1], folder.File("nowhere")], "nowhere' holds no results");

        string manifest = Path.Combine(shards[2], "manifest.json"), text = File.ReadAllText(manifest);
        File.WriteAllText(manifest, text.Replace($"\"{Study.EngineVersion}\"", "\"9.9.9\"", StringComparison.Ordinal));
        Refused(shards, "engine version", "9.9.9", Study.EngineVersion);
        File.WriteAllText(manifest, text);
        string rows = Path.Combine(shards[2], "replications.msgpack");
        byte[] content = File.ReadAllBytes(rows);
        File.WriteAllBytes(rows, content[..^1]);
        Refused(shards, "is not the file that its manifest tells of", "run that shard again");
        File.WriteAllBytes(rows, content);
        File.WriteAllText(Path.Combine(shards[2], "checkpoint.blocks"), "");
        Refused(shards, "is not finished", "run its command again");
    }

    [Fact]
    public void Auto_takes_the_job_index_of_whoever_starts_the_process()
    {
        Assert.Equal(new Shard(3, 8), Auto(("JOB_COMPLETION_INDEX", "3"), ("JOB_COMPLETIONS", "8")));
        Assert.Equal(new Shard(0, 8), Auto(("SLURM_ARRAY_TASK_ID", "1"), ("SLURM_ARRAY_TASK_MIN", "1"), ("SLURM_ARRAY_TASK_MAX", "8"), ("SLURM_ARRAY_TASK_COUNT", "8")));
        Assert.Equal(new Shard(2, 4), Auto(("CI_NODE_INDEX", "3"), ("CI_NODE_TOTAL", "4")));
        Assert.Contains("JOB_COMPLETIONS is not", Assert.Throws<FormatException>(() => Auto(("JOB_COMPLETION_INDEX", "3"))).Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => Auto(("JOB_COMPLETION_INDEX", "8"), ("JOB_COMPLETIONS", "8")));
        // As sbatch --array=3,5 sets them.
        Assert.Throws<FormatException>(() => Auto(
            ("SLURM_ARRAY_TASK_ID", "3"), ("SLURM_ARRAY_TASK_MIN", "3"), ("SLURM_ARRAY_TASK_MAX", "5"), ("SLURM_ARRAY_TASK_COUNT", "2")));
        Assert.Throws<FormatException>(() => Auto());
    }

    private static Shard Auto(params (string Name, string Value)[] variables) =>
        ShardChoice.Of("auto", name => variables.FirstOrDefault(variable => variable.Name == name).Value);

    private static string Written(TempFolder folder, string name, Shard shard, long replications, params string[] sets)
    {
        string scenario = folder.Write("small.yaml", SmallStudy.Text);
        StudyPlan plan = SmallStudy.Plan(null, replications) with { Reading = FailoverSim.Scenario.ScenarioFile.Read(scenario, sets) };
        string path = folder.File(name, ShardFolder.NameOf("small", shard));
        Directory.CreateDirectory(path);
        ShardFolder.Write(path, shard, Study.RunShard(plan, shard)!, plan.Reading, [], plan.Repeat(replications));
        return path;
    }

    private static void Refused(IReadOnlyList<string> folders, params string[] words)
    {
        MergeException refusal = Assert.Throws<MergeException>(() => MergedStudy.Of(folders));
        foreach (string word in words)
        {
            Assert.Contains(word, refusal.Message, StringComparison.Ordinal);
        }
    }
}
