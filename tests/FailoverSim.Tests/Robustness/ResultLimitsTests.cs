using System.Text;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Replications;
using FailoverSim.Kernel.Results;
using FailoverSim.Library;
using FailoverSim.Reporting.Tables;
using FailoverSim.Scenario.Files;
using FailoverSim.Tests.Analysis;
using FailoverSim.Tests.Cli;
using FailoverSim.Tests.Durability;
using Xunit;

namespace FailoverSim.Tests.Robustness;

/// <summary>The limits of engine/docs/limits.md on files of results and on files beside a scenario, from both sides.</summary>
public sealed class ResultLimitsTests
{
    [Fact]
    public void A_file_has_at_most_so_many_bytes_and_at_least_one()
    {
        using TempFolder folder = new();
        Assert.Equal(7, RegularFile.Read(folder.Write("a", "1234567"), 7).Length);
        InvalidDataException refusal = Assert.Throws<InvalidDataException>(() => RegularFile.Read(folder.Write("b", "12345678"), 7));
        Assert.Contains("is larger than", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("empty", Assert.Throws<InvalidDataException>(() => RegularFile.Read(folder.Write("c", ""), 7)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("samples", ScenarioFolder.MostBytes, 16)]
    [InlineData("manifest", ResultFile.MostBytes, 128)]
    public void What_is_read_as_a_whole_is_bounded(string what, int most, int mebibytes)
    {
        using TempFolder folder = new();
        string path = folder.File("file");
        Func<int> read = what == "samples" ? () => ScenarioFolder.Read(folder.Path, "file")!.Length : () => ResultFile.Read(path).Length;
        SetLength(path, most);
        Assert.Equal(most, read());
        SetLength(path, most + 1L);
        Assert.Contains($"is larger than {mebibytes} MiB", Assert.Throws<InvalidDataException>(() => read()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500_000, true)]
    [InlineData(500_001, false)]
    public void A_table_has_at_most_so_many_rows(int rows, bool fits)
    {
        using TempFolder folder = new();
        string path = folder.Write("table.csv", new StringBuilder("a\n", (2 * rows) + 2).Insert(2, "1\n", rows).ToString());
        if (fits)
        {
            Assert.Equal(rows, TidyFiles.Read(path).Count);
        }
        else
        {
            Assert.Contains("more than 500000 rows", Assert.Throws<InvalidDataException>(() => TidyFiles.Read(path)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void A_manifest_is_nested_so_deep_at_most(int depth, bool fits)
    {
        using TempFolder folder = new();
        Library.Studies.Of().Run(replications: 3, baseOnly: true).Save(folder.Path);
        // Keys of later versions are passed over; the braces are the first level.
        string path = folder.File("manifest.json"), lists = new string('[', depth - 1) + new string(']', depth - 1);
        File.WriteAllText(path, $"{{\"later\": {lists}, {File.ReadAllText(path)[1..]}");
        if (fits)
        {
            Assert.Equal(3, RunManifest.Read(path).Replications);
        }
        else
        {
            Assert.Contains("no manifest can be read", Assert.Throws<InvalidDataException>(() => RunManifest.Read(path)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("service", 200, "", true)]
    [InlineData("service", 201, "", false)]
    [InlineData("service", 1, "A", false)]
    [InlineData("service", 1, "/", false)]
    [InlineData("cause", 201, "A/", true)]
    [InlineData("cause", 1, "\u001b", false)]
    public void Names_of_services_are_names_and_others_hold_no_control_characters(string what, int letters, string more, bool fits)
    {
        ResultShard sample = ResultShard.Of(Reporting.SampleResults.Two(1));
        string name = new string('a', letters) + more;
        using MemoryStream file = new();
        ReplicationsFile.Write(file, sample with
        {
            Tables = [.. sample.Tables.Select(table => table with
            {
                Names = what == "service" ? table.Names with { Services = [name, .. table.Names.Services.Skip(1)] }
                    : table.Names with { Causes = [name, .. table.Names.Causes.Skip(1)] },
            })],
        });
        file.Position = 0;
        if (fits)
        {
            ReplicationsFile.Read(file);
        }
        else
        {
            Assert.Contains("name", Assert.Throws<InvalidDataException>(() => ReplicationsFile.Read(file)).Message, StringComparison.Ordinal);
        }
    }

    /// <summary>Two variants of one service; a half of a shard of them has half the rows.</summary>
    [Theory]
    [InlineData((1L << 31) - 1, true)]
    [InlineData(1L << 31, false)]
    public void Rows_fit_into_their_file_before_they_are_run(long replications, bool fit)
    {
        StudyPlan plan = SmallStudy.Plan(null, replications);
        Assert.Equal(fit, Study.ObstacleToRows(plan) is null);
        Assert.Null(Study.ObstacleToRows(plan, new Shard(0, 2)));
        Assert.Equal(
            fit ? null : "replications × services × variants are 4294967296 rows (2147483648 × 1 × 2), and replications.msgpack takes 4294967295; run fewer replications, or fewer variants",
            Study.ObstacleToRows(plan));
    }

    [Fact]
    public void More_rows_than_fit_into_their_file_are_not_written()
    {
        // 64 million rows in a thousand blocks.
        ResultNames names = SampleRows.Names() with { Services = [.. Enumerable.Range(0, 1000).Select(i => $"s{i}")] };
        BlockList blocks = new();
        for (int i = 0; i < 1000; i++)
        {
            blocks.Add(new Block(i, new Nowhere(), Block.Size));
        }
        ShardTable[] tables = [.. Enumerable.Range(0, 68).Select(i => new ShardTable($"v{i}", names, 1000, blocks))];
        using MemoryStream file = new();
        IOException refusal = Assert.Throws<IOException>(() => ReplicationsFile.Write(file, new ResultShard(new Origin("a", "b", "c", 1), 64_000, tables)));
        Assert.Equal("4352000000 rows do not fit into replications.msgpack, which takes 4294967295", refusal.Message);
        Assert.Equal(0, file.Length);
    }

    /// <summary>Links are followed within the folder, whatever way they take, and never out of it.</summary>
    [Fact]
    public void A_link_may_lead_to_a_file_of_the_folder_and_to_none_elsewhere()
    {
        using TempFolder folder = new();
        Directory.CreateDirectory(folder.File("here", "below"));
        folder.Write("here/below/a", "1s\n");
        folder.Write("outside", "secret\n");
        File.CreateSymbolicLink(folder.File("here", "inside"), Path.Combine("below", "..", "below", "a"));
        File.CreateSymbolicLink(folder.File("here", "again"), "inside");
        File.CreateSymbolicLink(folder.File("here", "out"), Path.Combine("..", "outside"));
        File.CreateSymbolicLink(folder.File("here", "up"), "..");
        File.CreateSymbolicLink(folder.File("here", "circle"), "circle");
        Assert.Equal("1s\n"u8.ToArray(), ScenarioFolder.Read(folder.File("here"), "inside"));
        Assert.Equal("1s\n"u8.ToArray(), ScenarioFolder.Read(folder.File("here"), "again"));
        Assert.Null(ScenarioFolder.Read(folder.File("here"), "below"));
        foreach (string path in new[] { "out", "up/outside", "circle" })
        {
            Assert.Contains("leaves the folder", Assert.Throws<InvalidDataException>(() => ScenarioFolder.Read(folder.File("here"), path)).Message, StringComparison.Ordinal);
        }
    }

    private static void SetLength(string path, long length)
    {
        using FileStream file = new(path, FileMode.Create);
        file.SetLength(length);
    }

    private sealed class Nowhere : IRowSource
    {
        public IReadOnlyList<ServiceRow> RowsOf(int block) => throw new InvalidOperationException();
    }
}
