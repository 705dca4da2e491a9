using System.Text;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Importing;
using FailoverSim.Scenario.Incidents;
using FailoverSim.Tests.Cli;
using FailoverSim.Tests.Importing;
using Xunit;

namespace FailoverSim.Tests.Robustness;

/// <summary>The limits of engine/docs/limits.md on what <c>import</c> and <c>fit</c> read, from both sides.</summary>
public sealed class DumpLimitsTests
{
    private const int Most = 64 << 20;

    [Fact]
    public void A_dump_has_at_most_so_many_bytes()
    {
        Assert.DoesNotContain(Imports.Import([new DumpFile("a", new byte[Most])]).Diagnostics, finding => finding.Code == Codes.ImportTooLarge);
        Assert.Equal(Codes.ImportTooLarge, Assert.Single(Imports.Import([new DumpFile("a", new byte[Most + 1])]).Diagnostics).Code);
    }

    [Fact]
    public void All_dumps_have_at_most_so_many_bytes_together()
    {
        using TempFolder folder = new();
        string large = folder.File("large"), small = folder.Write("small", "a");
        using (FileStream file = new(large, FileMode.Create))
        {
            file.SetLength(Most);
        }
        Assert.Equal((4, 0), Loaded(Enumerable.Repeat(large, 4)));
        Assert.Equal((4, 1), Loaded([large, large, large, large, small]));
    }

    [Fact]
    public void There_are_at_most_so_many_dumps()
    {
        using TempFolder folder = new();
        string file = folder.Write("a", "a");
        Assert.Equal((10_000, 0), Loaded(Enumerable.Repeat(file, 10_000)));
        Assert.Equal((10_000, 1), Loaded(Enumerable.Repeat(file, 10_001)));
    }

    [Theory]
    [InlineData(100, false)]
    [InlineData(101, true)]
    public void A_dump_is_nested_so_deep_at_most(int depth, bool isTold) => Assert.Equal(
        isTold,
        // The value of the key is at the second level.
        Imports.Import([Imports.Text("a.yaml", $"kind: List\nitems: {new string('[', depth - 1)}{new string(']', depth - 1)}\n")]).Diagnostics
            .Any(finding => finding.Code == Codes.ImportSyntax && finding.Message.Contains("nested more than 100 deep", StringComparison.Ordinal)));

    [Theory]
    [InlineData("bytes", Most)]
    [InlineData("rows", 1_000_000)]
    public void A_log_has_at_most_so_many_bytes_and_rows(string what, int most)
    {
        Assert.Empty(Read(most));
        Assert.Equal(Codes.LogTooLarge, Assert.Single(Read(most + 1)).Code);

        IReadOnlyList<Diagnostic> Read(int size)
        {
            const string Header = "component,start,end\n";
            DiagnosticBag bag = new();
            // A comment is no row, and neither is the header.
            int rows = LogTable.Read(
                "log.csv", Encoding.UTF8.GetBytes(Header + (what == "rows" ? new StringBuilder().Insert(0, "a,,\n", size).ToString() : new string('#', size - Header.Length))), bag).Count();
            Assert.InRange(rows, 0, 1_000_001);
            return bag.Sorted();
        }
    }

    /// <summary>How many files are given, and how many findings.</summary>
    private static (int Files, int Findings) Loaded(IEnumerable<string> paths)
    {
        DiagnosticBag bag = new();
        int files = DumpFiles.Load(paths, bag).Count;
        Assert.All(bag.Sorted(), finding => Assert.Equal(Codes.ImportTooLarge, finding.Code));
        return (files, bag.Sorted().Count);
    }
}
