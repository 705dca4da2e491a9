using System.Diagnostics;
using FailoverSim.Tests.Cli;
using FailoverSim.Tests.Deploy;
using FailoverSim.Tests.Durability;
using Xunit;

namespace FailoverSim.Tests.Live;

/// <summary>Shards under a real GNU parallel, by its recipe.</summary>
public sealed class ParallelShards
{
    private const string Study = "pumps-3-of-5";
    private const int Shards = 4;

    [SkippableFact]
    public void Four_shards_one_of_them_killed_merge_to_the_bytes_of_the_local_run()
    {
        RunningProgram.Installed("parallel", "parallel");
        using TempFolder folder = new();
        string work = Directory.CreateDirectory(folder.File("work")).FullName, scenario = Path.Combine(work, "mine.yaml");
        File.Copy(Path.Combine(Repository.Scenarios, $"{Study}.yaml"), scenario);
        string[] study = ["--replications", "4096", "--base-only"];
        Dictionary<string, string> environment = ProgramOnPath.With("SHARDS_OF_TEST", work);
        environment["SHARDS"] = $"{Shards}";
        // Where GNU parallel keeps notes of its own.
        environment["PARALLEL_HOME"] = folder.File("parallel");
        MarkedProcesses processes = new("SHARDS_OF_TEST", work);
        using RunningProgram parallel = new(
            "sh", ["-c", $"cd '{work}' && exec sh '{Recipe.PathOf("gnu-parallel.sh")}' mine.yaml {string.Join(' ', study)}"], environment: environment);
        try
        {
            void WaitUntil(Func<bool> holds, string what)
            {
                Stopwatch watch = Stopwatch.StartNew();
                while (!holds())
                {
                    Assert.True(watch.Elapsed < TimeSpan.FromMinutes(4), $"In vain after {watch.Elapsed.TotalSeconds:F0} s: {what}.\n{parallel.Output}");
                    Thread.Sleep(20);
                }
            }
            StruckShard.Of(
                Path.Combine(work, "shards"), Study, Shards, shard => processes.Kill("--shard", $"{shard}/{Shards}", "mine.yaml") > 0, WaitUntil);
            (int code, _, string error) = Product.Run(["run", scenario, .. study, "--quiet", "--out", folder.File("local")]);
            Assert.Equal("", error);
            WaitUntil(() => parallel.HasExited, "parallel ends");
            Assert.Equal(code, parallel.ExitCode);
            Folders.AssertSame(folder.File("local"), Path.Combine(work, "results"));
            Assert.Contains("goes on where a run was stopped", parallel.Output, StringComparison.Ordinal);
        }
        finally
        {
            processes.KillAll();
        }
    }

    /// <summary>GNU parallel ends with how many have failed: four would be an SLO that is missed.</summary>
    [SkippableFact]
    public void Four_shards_that_fail_are_no_verdict()
    {
        RunningProgram.Installed("parallel", "parallel");
        using TempFolder folder = new();
        folder.Write("mine.yaml", SmallStudy.Text.Replace("2 of node", "2 of nodes", StringComparison.Ordinal));
        Dictionary<string, string> environment = ProgramOnPath.With("SHARDS", "4");
        environment["PARALLEL_HOME"] = folder.File("parallel");
        using RunningProgram parallel = new(
            "sh", ["-c", $"cd '{folder.Path}' && exec sh '{Recipe.PathOf("gnu-parallel.sh")}' mine.yaml"], environment: environment);
        Assert.True(SpinWait.SpinUntil(() => parallel.HasExited, TimeSpan.FromMinutes(4)), parallel.Output);
        Assert.Equal(1, parallel.ExitCode);
        Assert.Equal(4, File.ReadLines(folder.File("shards.log")).Skip(1).Count(line => line.Split('\t')[6] == "2"));
        Assert.False(Directory.Exists(folder.File("results")));
    }
}
