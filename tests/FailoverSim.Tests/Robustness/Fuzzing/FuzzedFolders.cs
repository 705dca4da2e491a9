using FailoverSim.Analysis.Estimates;
using FailoverSim.Kernel.Replications;
using FailoverSim.Library;
using FailoverSim.Reporting.Results;
using FailoverSim.Reporting.Tables;
using FailoverSim.Tests.Cli;
using FailoverSim.Tests.Durability;
using Xunit;
using Xunit.Abstractions;

namespace FailoverSim.Tests.Robustness.Fuzzing;

/// <summary>Whatever is in a folder of results: <c>merge</c> and <c>report</c> refuse it in their own words, or tell what it says.</summary>
public sealed class FuzzedFolders(ITestOutputHelper output)
{
    private const string Manifest = "manifest.json";
    private const string Rows = "replications.msgpack";

    /// <summary>One of so many is written as a report.</summary>
    private const int Reported = 8;

    [Fact]
    public void Shards_are_merged_to_the_run_or_refused()
    {
        using TempFolder folder = new();
        string[] shards = [.. Enumerable.Range(0, 3).Select(i => Shard(folder, i, 3))];
        IReadOnlyList<SummaryRow> whole = [.. Summary.Of(MergedStudy.Of(shards).Findings.Results)];
        Dictionary<string, byte[]> originals = shards.SelectMany(shard => new[] { Path.Combine(shard, Manifest), Path.Combine(shard, Rows) })
            .ToDictionary(file => file, File.ReadAllBytes);
        new Campaign("shards", 300, mostSeconds: 1, output).Run(
            number => Mutant(new Random(number), [.. originals.Keys.Order(StringComparer.Ordinal)], originals),
            input =>
            {
                (string file, bool isSigned) = Put(input, [.. originals.Keys.Order(StringComparer.Ordinal)], originals);
                try
                {
                    Results results = MergedStudy.Of(shards);
                    // Rows that their manifest vouches for may be others; those that it does not are never taken.
                    Assert.True(isSigned || whole.SequenceEqual(Summary.Of(results.Findings.Results)), "other results");
                }
                catch (Exception refusal) when (refusal is MergeException or ResultsException)
                {
                    Assert.DoesNotContain(refusal.Message, c => char.IsControl(c) && c != '\n');
                }
                File.WriteAllBytes(file, originals[file]);
                string manifest = Path.Combine(Path.GetDirectoryName(file)!, Manifest);
                File.WriteAllBytes(manifest, originals[manifest]);
            },
            length => (64L << 20) + (1000 * length));
    }

    [Fact]
    public void A_folder_is_reported_or_refused()
    {
        using TempFolder folder = new();
        Library.Studies.Of().Run(ifRemoved: true).Save(folder.Path);
        string[] files = [.. new[] { Manifest, Rows, "attribution.csv", "sensitivity.csv", "importance.csv" }.Select(name => folder.File(name))];
        Dictionary<string, byte[]> originals = files.ToDictionary(file => file, File.ReadAllBytes);
        int number = 0;
        new Campaign("folders", 200, mostSeconds: 1, output).Run(
            seed => Mutant(new Random(seed), files, originals),
            input =>
            {
                (string file, bool _) = Put(input, files, originals);
                try
                {
                    Results results = Results.Load(folder.Path);
                    _ = results.Summary.Count() + results.Sensitivity.Count() + results.Savings.Count() + results.Parts.Count();
                    if (number++ % Reported == 0)
                    {
                        ResultFolder.WriteViews(folder.File("views"), results.Findings);
                    }
                }
                catch (ResultsException)
                {
                }
                foreach (string each in files)
                {
                    File.WriteAllBytes(each, originals[each]);
                }
            },
            length => (512L << 20) + (1000 * length));
    }

    private static string Shard(TempFolder folder, int index, int count)
    {
        Shard shard = new(index, count);
        StudyPlan plan = SmallStudy.Plan(null);
        string path = folder.File(ShardFolder.NameOf("small", shard));
        Directory.CreateDirectory(path);
        ShardFolder.Write(path, shard, Study.RunShard(plan, shard)!, plan.Reading, [], plan.Repeat(645));
        return path;
    }

    /// <summary>Its first two bytes say which file it is for, and whether the manifest is to vouch for it.</summary>
    private static byte[] Mutant(Random dice, string[] files, Dictionary<string, byte[]> originals)
    {
        int file = dice.Next(files.Length);
        byte[] original = originals[files[file]], other = originals[files[dice.Next(files.Length)]];
        return [(byte)file, (byte)dice.Next(2), .. ByteMutator.Mutate(dice, original, other)];
    }

    private static (string File, bool IsSigned) Put(byte[] input, string[] files, Dictionary<string, byte[]> originals)
    {
        string file = files[input[0]];
        File.WriteAllBytes(file, input[2..]);
        if (Path.GetFileName(file) != Rows || input[1] == 0 || input.Length == 2)
        {
            return (file, false);
        }
        string manifest = Path.Combine(Path.GetDirectoryName(file)!, Manifest);
        string text = System.Text.Encoding.UTF8.GetString(originals[manifest]);
        string known = RunManifest.Read(manifest).Fingerprint;
        File.WriteAllText(manifest, text.Replace(known, RunManifest.FingerprintOf(file), StringComparison.Ordinal));
        return (file, true);
    }
}
