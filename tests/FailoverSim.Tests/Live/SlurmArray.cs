using FailoverSim.Tests.Cli;
using FailoverSim.Tests.Deploy;
using FailoverSim.Tests.Durability;
using Xunit;
using Xunit.Abstractions;

namespace FailoverSim.Tests.Live;

/// <summary>Shards under a real Slurm, started and merged by the very lines of its recipe.</summary>
public sealed class SlurmArray(ITestOutputHelper output)
{
    private const string Study = "pumps-3-of-5";
    private const int Shards = 8;

    [SkippableFact]
    public void Eight_shards_one_of_them_killed_and_queued_again_merge_to_the_bytes_of_the_local_run()
    {
        using TempFolder folder = new();
        string work = Directory.CreateDirectory(folder.File("work")).FullName;
        using LiveSlurm slurm = new(work);
        File.Copy(Recipe.PathOf("slurm-array.sh"), Path.Combine(work, "slurm-array.sh"));
        File.Copy(Path.Combine(Repository.Scenarios, $"{Study}.yaml"), Path.Combine(work, "mine.yaml"));
        // Eight blocks for each shard, so that some are finished and some are not when one dies.
        const string Replications = "--replications 4096 --base-only";
        string lines = Recipe.UsageOf("slurm-array.sh").Replace("--replications 100000", Replications, StringComparison.Ordinal);
        Assert.Contains(Replications, lines, StringComparison.Ordinal);
        (int code, string told) = slurm.Run("bash", "-ec", $"{lines}\necho $shards");
        Assert.True(code == 0, told);
        string merge = told.Split('\n')[0].Split(' ')[^1], array = told.Split('\n')[1];

        int killed = KillOne(slurm, array);
        (code, _, string error) = Product.Run(
            ["run", Path.Combine(work, "mine.yaml"), .. Replications.Split(' '), "--quiet", "--out", folder.File("local")]);
        Assert.DoesNotContain("failoversim:", error, StringComparison.Ordinal);

        // The verdict of the merge is that of the local run.
        Assert.Contains($" ExitCode={code}:0 ", slurm.Ended(merge), StringComparison.Ordinal);
        Folders.AssertSame(folder.File("local"), Path.Combine(work, "results"));
        Assert.Contains(" Restarts=1 ", slurm.Ended($"{array}_{killed}"), StringComparison.Ordinal);
        Assert.Contains("goes on where a run was stopped", LogOf(slurm, array, killed), StringComparison.Ordinal);
        RepeatOne(slurm, Replications);
        output.WriteLine(slurm.Logs);
    }

    /// <summary>A shard that is lost, by the line that the documentation gives.</summary>
    private static void RepeatOne(LiveSlurm slurm, string replications)
    {
        string line = File.ReadLines(Path.Combine(Repository.Root, "engine", "docs", "scale-out.md"))
            .Single(line => line.StartsWith("    FAILOVERSIM_SHARD_INDEX=3 FAILOVERSIM_SHARD_COUNT=8 sbatch --array=3 ", StringComparison.Ordinal));
        string shard = Path.Combine(slurm.Work, "shards", $"{Study}-shard-3-of-8"), first = Path.Combine(slurm.Work, "first");
        Directory.Move(shard, first);
        (int code, string told) = slurm.Run("bash", "-ec", line.Replace("--replications 100000", replications, StringComparison.Ordinal));
        Assert.True(code == 0, told);
        string again = slurm.Ended($"{told.Trim().Split(' ')[^1]}_3");
        Assert.True(again.Contains(" ExitCode=0:0 ", StringComparison.Ordinal), slurm.Logs);
        Folders.AssertSame(first, shard);
    }

    [SkippableFact]
    public void An_array_may_count_from_1_but_has_no_gaps()
    {
        using TempFolder folder = new();
        using LiveSlurm slurm = new(folder.Path);
        folder.Write("small.yaml", SmallStudy.Text);
        string Submitted(string array) => slurm.Run(
            "sbatch", "--parsable", $"--array={array}", "--wrap", "failoversim run small.yaml --shard auto --quiet --out shards").Output.Trim();
        string whole = Submitted("1-2"), gap = Submitted("3,5");
        Assert.Contains(" ExitCode=0:0 ", slurm.Ended($"{whole}_1"), StringComparison.Ordinal);
        Assert.Contains(" ExitCode=0:0 ", slurm.Ended($"{whole}_2"), StringComparison.Ordinal);
        Assert.Contains(" ExitCode=2:0 ", slurm.Ended($"{gap}_3"), StringComparison.Ordinal);
        Assert.Equal(
            ["small-shard-0-of-2", "small-shard-1-of-2"],
            Directory.GetDirectories(folder.File("shards")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Contains("3 to 5", LogOf(slurm, gap, 3), StringComparison.Ordinal);
    }

    /// <summary>SIGKILL to the program; what becomes of it is for Slurm and the script.</summary>
    private static int KillOne(LiveSlurm slurm, string array)
    {
        string shards = Path.Combine(slurm.Work, "shards");
        return StruckShard.Of(shards, Study, Shards, Kill, slurm.WaitUntil);

        bool Kill(int shard)
        {
            bool Killed() => LogOf(slurm, array, shard).Contains("Killed", StringComparison.Ordinal);
            slurm.Run("scancel", "--signal=KILL", $"{array}_{shard}.0");
            slurm.WaitUntil(
                () => Killed() || File.Exists(Path.Combine(shards, $"{Study}-shard-{shard}-of-{Shards}", "manifest.json")), $"shard {shard} dies");
            return Killed();
        }
    }

    private static string LogOf(LiveSlurm slurm, string array, int task)
    {
        string log = Path.Combine(slurm.Work, $"slurm-{array}_{task}.out");
        return File.Exists(log) ? File.ReadAllText(log) : "";
    }
}
