using System.Text.Json.Nodes;
using FailoverSim.Analysis.Studies;
using FailoverSim.Library;
using FailoverSim.Reporting.Tables;
using FailoverSim.Tests.Cli;
using Xunit;
using LibraryScenario = FailoverSim.Library.Scenario;

namespace FailoverSim.Tests.Library;

/// <summary>A folder gives back what was saved in it, or says why not.</summary>
public sealed class SavedResultsTests
{
    [Fact]
    public void A_study_that_asks_for_everything_comes_back_in_every_table_and_figure() =>
        AssertComesBack(Studies.Of().Run(ifRemoved: true));

    [Fact]
    public void A_comparison_of_several_scenarios_comes_back()
    {
        LibraryScenario shop = Studies.Of();
        AssertComesBack(LibraryScenario.Compare(10, shop, shop.With("units.db.count", "3"), shop.With("run.seed", "99").As("the same")));
    }

    [Fact]
    public void A_cluster_comes_back() =>
        AssertComesBack(LibraryScenario.Load(Path.Combine(Repository.Scenarios, "silent-node-and-statefulset.yaml")).Run(replications: 3, baseOnly: true));

    [Fact]
    public void An_interrupted_study_comes_back_with_what_it_left_out()
    {
        using CancellationTokenSource interrupt = new();
        Results results = Studies.Of().Run(progress: StopAtTheSweep, interrupt: interrupt.Token);
        Assert.NotEmpty(results.Findings.Unfinished);
        AssertComesBack(results);

        void StopAtTheSweep(RunProgress progress)
        {
            if (progress.Variant.StartsWith("answer=", StringComparison.Ordinal))
            {
                interrupt.Cancel();
            }
        }
    }

    [Fact]
    public void What_a_folder_cannot_give_back_is_said()
    {
        using TempFolder folder = new();
        Results results = Studies.Of().Run();
        results.Save(folder.Path);
        Assert.Empty(results.Missing);
        Assert.Contains("importance", Assert.Single(Results.Load(folder.Path).Missing), StringComparison.Ordinal);
    }

    /// <summary>The text in a manifest stands for the scenario.</summary>
    [Fact]
    public void Every_resolved_scenario_is_read_as_what_it_was()
    {
        foreach (string path in Directory.GetFiles(Repository.Scenarios, "*.yaml"))
        {
            LibraryScenario scenario = LibraryScenario.Load(path);
            Assert.Equal(scenario.Reading.Hash, LibraryScenario.Parse(scenario.Text).Reading.Hash);
        }
    }

    [Fact]
    public void A_scenario_that_was_changed_is_refused()
    {
        using TempFolder folder = Saved();
        Edit(folder, "resolvedScenario", text => text.Replace("seed: 11", "seed: 12", StringComparison.Ordinal));
        AssertRefused(folder, "hash");
    }

    [Fact]
    public void A_scenario_that_cannot_be_read_is_refused_with_the_findings()
    {
        using TempFolder folder = Saved();
        Edit(folder, "resolvedScenario", text => text.Replace("units:", "unit:", StringComparison.Ordinal));
        AssertRefused(folder, "shop.yaml:");
    }

    [Fact]
    public void Rows_of_another_run_are_refused()
    {
        using TempFolder folder = Saved();
        using TempFolder other = Saved(Studies.Of().With("run.seed", "12"));
        File.Copy(other.File("replications.msgpack"), folder.File("replications.msgpack"), overwrite: true);
        AssertRefused(folder, "fingerprint");
        Edit(folder, "fingerprint", _ => RunManifest.FingerprintOf(other.File("replications.msgpack")));
        AssertRefused(folder, "different scenarios");
    }

    [Fact]
    public void A_damaged_file_is_refused()
    {
        using TempFolder folder = Saved();
        string rows = folder.File("replications.msgpack");
        File.WriteAllBytes(rows, File.ReadAllBytes(rows)[..^100]);
        Edit(folder, "fingerprint", _ => RunManifest.FingerprintOf(rows));
        AssertRefused(folder, "damaged");
        File.WriteAllText(folder.File("manifest.json"), "{\"format\": \"failoversim-man");
        AssertRefused(folder, "no manifest");
    }

    [Fact]
    public void Another_version_is_refused()
    {
        using TempFolder folder = Saved();
        string path = folder.File("manifest.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"version\": 1", "\"version\": 2", StringComparison.Ordinal));
        AssertRefused(folder, "version 2");
    }

    [Theory]
    [InlineData("manifest.json")]
    [InlineData("replications.msgpack")]
    public void A_folder_without_results_is_told(string missing)
    {
        using TempFolder folder = Saved();
        File.Delete(folder.File(missing));
        AssertRefused(folder, missing);
        Assert.Throws<ResultsException>(() => Results.Load(folder.File("nowhere")));
    }

    /// <summary>Saved again, it gives the same files, byte for byte: tables, figures, texts and the manifest.</summary>
    private static void AssertComesBack(Results results)
    {
        using TempFolder first = new();
        using TempFolder second = new();
        results.Save(first.Path);
        Results loaded = Results.Load(first.Path);
        loaded.Save(second.Path);
        string[] files = [.. FilesOf(first)];
        Assert.Contains("replications.msgpack", files);
        Assert.Equal(files, FilesOf(second));
        foreach (string file in files)
        {
            Assert.Equal(File.ReadAllText(first.File(file)), File.ReadAllText(second.File(file)));
        }
        Assert.Equal(results.Glance.Select(row => row.ToString()), loaded.Glance.Select(row => row.ToString()));
        Assert.Equal(results.Comparisons, loaded.Comparisons);
        Assert.Equal(results.Sensitivity, loaded.Sensitivity);
        Assert.Equal(results.Findings.Unfinished, loaded.Findings.Unfinished);
    }

    private static IEnumerable<string> FilesOf(TempFolder folder) =>
        Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder.Path, path)).Order(StringComparer.Ordinal);

    private static TempFolder Saved(LibraryScenario? scenario = null)
    {
        TempFolder folder = new();
        (scenario ?? Studies.Of()).Run(replications: 3, baseOnly: true).Save(folder.Path);
        return folder;
    }

    private static void Edit(TempFolder folder, string key, Func<string, string> edit)
    {
        string path = folder.File("manifest.json");
        JsonNode manifest = JsonNode.Parse(File.ReadAllText(path))!;
        string before = (string)manifest[key]!;
        string after = edit(before);
        Assert.NotEqual(before, after);
        manifest[key] = after;
        File.WriteAllText(path, manifest.ToJsonString());
    }

    private static void AssertRefused(TempFolder folder, string why)
    {
        ResultsException refusal = Assert.Throws<ResultsException>(() => Results.Load(folder.Path));
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(folder.Path, refusal.Message, StringComparison.Ordinal);
    }
}
