using System.Text;
using FailoverSim.Reporting.Tables;
using FailoverSim.Scenario.Files;
using FailoverSim.Tests.Cli;
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
}
