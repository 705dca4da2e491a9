using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Replications;
using FailoverSim.Library;
using FailoverSim.Reporting.Results;
using FailoverSim.Reporting.Tables;
using FailoverSim.Scenario;
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
        Refused(shards[..2], "blocks 2, 5, 8 are in none", "shard 2/3", $"--shard 2/3 --out {folder.File("a")}");
        Refused([.. shards, shards[1]], "blocks 1, 4, 7, 10 are in", "small-shard-1-of-3' and in", "name each shard once");
        Refused(
            [shards[0], shards[1], Written(folder, "longer", new Shard(2, 3), 900)],
            "number of replications", "is 900", "is 645", $"extend the one that has fewer: failoversim run small.yaml --replications 900 --extend --shard 0/3 --out {folder.File("a")}");
        Refused([shards[0], shards[1], Written(folder, "seed", new Shard(2, 3), 645, "run.seed=10")], "the seed of", "is 10", "is 9", "run the shard again");
        Refused([shards[0], shards[1], Written(folder, "set", new Shard(2, 3), 645, "units.node.count=4")], "the scenario of", "count: 4", "count: 3");
        Refused([shards[0], shards[1], Written(folder, "four", new Shard(2, 4), 645)], "number of shards", "is 4", "is 3", "divided in the same way");
        Refused([shards[0], shards[1], Written(folder, "name", new Shard(2, 3), 645, "name=other", "run.seed=3")], "name of the scenario", "one study only");
        Refused([shards[0], shards[1], folder.File("nowhere")], "there is no folder", "nowhere");
        Directory.CreateDirectory(folder.File("empty"));
        Refused([shards[0], shards[1], folder.File("empty")], "empty' holds no results");

        string manifest = Path.Combine(shards[2], "manifest.json"), rows = Path.Combine(shards[2], "replications.msgpack"), text = File.ReadAllText(manifest);
        byte[] content = File.ReadAllBytes(rows);
        ResultShard saved = ReplicationsFile.Read(rows);
        ReplicationsFile.Write(rows, saved with { Origin = saved.Origin with { EngineVersion = "9.9.9" } });
        File.WriteAllText(manifest, text.Replace($"\"{Study.EngineVersion}\"", "\"9.9.9\"", StringComparison.Ordinal)
            .Replace(RunManifest.Read(manifest).Fingerprint, RunManifest.FingerprintOf(rows), StringComparison.Ordinal));
        Refused(shards, "engine version", "9.9.9", Study.EngineVersion);
        File.WriteAllText(manifest, text);
        File.WriteAllBytes(rows, content[..^1]);
        Refused(shards, "is not the file that its manifest tells of", "run that shard again");
        File.WriteAllBytes(rows, content);
        File.WriteAllText(Path.Combine(shards[2], "checkpoint.blocks"), "");
        Refused(shards, "is not finished", "run its command again");
    }

    [Fact]
    public void A_whole_run_is_no_shard()
    {
        using TempFolder folder = new();
        Refused([Whole(folder, "small")], "small' is no shard but a whole run");
    }

    [Fact]
    public void The_value_that_differs_is_named_and_not_where_it_is_written()
    {
        using TempFolder folder = new();
        string shard = Written(folder, "a", new Shard(0, 2), 645);
        string lower = WrittenOf("# one line more\n" + SmallStudy.Text.Replace("count: 3", "count: 4", StringComparison.Ordinal), folder, "b", new Shard(1, 2), 645);
        Refused([shard, lower], "is 'count: 4'", "is 'count: 3'");

        string empirical = SmallStudy.Text.Replace("exp(1d)", "empirical(repairs.csv)", StringComparison.Ordinal);
        folder.Write("repairs.csv", "1d\n2d\n");
        string one = WrittenOf(empirical, folder, "c", new Shard(0, 2), 645);
        folder.Write("repairs.csv", "1d\n3d\n");
        Refused([one, WrittenOf(empirical, folder, "d", new Shard(1, 2), 645)], "only in what is in the files that it names");
        string other = WrittenOf(empirical, folder, "e", new Shard(0, 2), 645);
        ResultsException unread = Assert.Throws<ResultsException>(() => MergedStudy.Of([other, folder.File("d", "small-shard-1-of-2")]));
        Assert.Contains($"'{Path.Combine(other, "manifest.json")}'", unread.Message, StringComparison.Ordinal);
        Assert.Contains("--scenario-folder", unread.Message, StringComparison.Ordinal);
        Assert.Equal(645, MergedStudy.Of([other, folder.File("d", "small-shard-1-of-2")], folder.Path).Replications);
    }

    [Fact]
    public void Comments_make_no_difference_and_neither_does_the_order_in_which_folders_are_named()
    {
        using TempFolder folder = new();
        // Of several files, too.
        string[] shards =
        [
            WrittenOf(SmallStudy.Text, folder, "a", new Shard(0, 2), 645, "other", SmallStudy.Text),
            WrittenOf("# a line more\n" + SmallStudy.Text, folder, "a", new Shard(1, 2), 645, "other", "# one\n# two\n" + SmallStudy.Text),
        ];
        (RunManifest one, _) = ShardMerge.Join(shards);
        (RunManifest other, _) = ShardMerge.Join([shards[1], shards[0]]);
        Assert.Equal((one.ResolvedScenario, one.Others[0]), (other.ResolvedScenario, other.Others[0]));
    }

    [Fact]
    public void Folders_that_contradict_themselves_are_refused_at_once()
    {
        using TempFolder folder = new();
        string shard = Written(folder, "a", new Shard(0, 2), 645), path = Path.Combine(shard, "manifest.json");
        string manifest = File.ReadAllText(path), fingerprint = RunManifest.Read(path).Fingerprint;
        ResultShard rows = ReplicationsFile.Read(Path.Combine(shard, "replications.msgpack"));

        Doctored(rows, text => text.Replace("\"replications\": 645", "\"replications\": 1000000000000000000", StringComparison.Ordinal));
        Refused([shard], "cannot be read", "run that shard again");
        Doctored(rows, text => text.Replace("\"replications\": 645", "\"replications\": 1000", StringComparison.Ordinal));
        Refused([shard], "its rows are of 645 replications, and its manifest tells of 1000");
        Doctored(rows, text => text.Replace("\"0/2\"", "\"1/2\"", StringComparison.Ordinal));
        Refused([shard], "blocks of another share");
        Doctored(rows, text => text.Replace("\"0/2\"", "\"0/0\"", StringComparison.Ordinal));
        Refused([shard], "there is no such shard");
        Doctored(rows with { Tables = [] }, text => text);
        Refused([shard], "its rows are of other variants");
        // A hundred million blocks are missing, of which a few are named.
        const long Many = 6_400_000_000;
        Doctored(rows with { PlannedReplications = Many }, text => text.Replace("\"replications\": 645", $"\"replications\": {Many}", StringComparison.Ordinal));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refused([shard], "blocks 1, 3, 5, 7, 9 and 99999989 more are in none", "shard 0/2, 1/2, or run it");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 50_000_000);

        void Doctored(ResultShard changed, Func<string, string> change)
        {
            string file = Path.Combine(shard, "replications.msgpack");
            ReplicationsFile.Write(file, changed);
            File.WriteAllText(path, change(manifest.Replace(fingerprint, RunManifest.FingerprintOf(file), StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void Auto_takes_the_job_index_of_whoever_starts_the_process()
    {
        Assert.Equal(new Shard(3, 8), Auto(("JOB_COMPLETION_INDEX", "3"), ("JOB_COMPLETIONS", "8")));
        Assert.Equal(new Shard(0, 8), Auto(("SLURM_ARRAY_TASK_ID", "1"), ("SLURM_ARRAY_TASK_MIN", "1"), ("SLURM_ARRAY_TASK_MAX", "8"), ("SLURM_ARRAY_TASK_COUNT", "8")));
        Assert.Equal(new Shard(2, 4), Auto(("CI_NODE_INDEX", "3"), ("CI_NODE_TOTAL", "4")));
        Assert.Contains("JOB_COMPLETIONS is not", Assert.Throws<FormatException>(() => Auto(("JOB_COMPLETION_INDEX", "3"))).Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => Auto(("JOB_COMPLETION_INDEX", "8"), ("JOB_COMPLETIONS", "8")));
        Assert.Throws<FormatException>(() => Auto());
    }

    [Fact]
    public void Part_of_a_Slurm_array_is_not_taken_for_all_of_it()
    {
        // As sbatch sets them for --array=0,5 and --array=3, of which a whole of another size must not be made.
        foreach ((string first, string last, string count) in new[] { ("0", "5", "2"), ("3", "3", "1"), ("3", "4", "2") })
        {
            (string, string)[] slurm =
                [("SLURM_ARRAY_TASK_ID", first), ("SLURM_ARRAY_TASK_MIN", first), ("SLURM_ARRAY_TASK_MAX", last), ("SLURM_ARRAY_TASK_COUNT", count)];
            Assert.Contains("FAILOVERSIM_SHARD_INDEX", Assert.Throws<FormatException>(() => Auto(slurm)).Message, StringComparison.Ordinal);
            // Who says which one it is has the last word.
            Assert.Equal(new Shard(3, 8), Auto([.. slurm, ("FAILOVERSIM_SHARD_INDEX", "3"), ("FAILOVERSIM_SHARD_COUNT", "8")]));
        }
    }

    [Theory]
    [InlineData("SLURM_ARRAY_TASK_MIN is not set", "2", null)]
    [InlineData("SLURM_ARRAY_TASK_MIN is 'one' and no number", "2", "one")]
    [InlineData("SLURM_ARRAY_TASK_MIN is '-9223372036854775808' and no number", "2", "-9223372036854775808")]
    [InlineData("SLURM_ARRAY_TASK_ID is '9223372036854775807' and no number", "9223372036854775807", "0")]
    public void Variables_that_cannot_be_are_named(string told, string index, string? first)
    {
        FormatException fault = Assert.Throws<FormatException>(() => Auto(
            ("SLURM_ARRAY_TASK_ID", index), ("SLURM_ARRAY_TASK_MAX", "7"), ("SLURM_ARRAY_TASK_COUNT", "8"), (first is null ? "OTHER" : "SLURM_ARRAY_TASK_MIN", first ?? "")));
        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_variable_has_a_number_for_its_name() =>
        Assert.Equal(new Shard(2, 4), Auto(("CI_NODE_INDEX", "3"), ("CI_NODE_TOTAL", "4"), ("1", "2")));

    private static Shard Auto(params (string Name, string Value)[] variables) =>
        ShardChoice.Of("auto", name => variables.FirstOrDefault(variable => variable.Name == name).Value);

    private static string Written(TempFolder folder, string name, Shard shard, long replications, params string[] sets) =>
        SmallStudy.Shard(folder.File(name), shard, SmallStudy.Plan(null, replications) with { Reading = ScenarioFile.Read(folder.Write("small.yaml", SmallStudy.Text), sets) });

    private static string WrittenOf(
        string scenario, TempFolder folder, string name, Shard shard, long replications, string? variant = null, string? other = null) =>
        SmallStudy.Shard(folder.File(name), shard, SmallStudy.Plan(null, replications) with
        {
            Reading = ScenarioFile.Read(folder.Write("small.yaml", scenario)),
            Others = variant is null ? [] : [(variant, ScenarioFile.Read(folder.Write("other.yaml", other!)))],
        });

    private static string Whole(TempFolder folder, string name)
    {
        new Results(Study.Run(SmallStudy.Plan(null, 64))!).Save(folder.File(name));
        return folder.File(name);
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
