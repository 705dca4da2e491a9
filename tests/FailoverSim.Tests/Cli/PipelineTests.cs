using System.Xml.Linq;
using FailoverSim.Tests.Reporting;
using Xunit;

namespace FailoverSim.Tests.Cli;

public class PipelineTests
{
    [Fact]
    public void Scenarios_of_a_run_share_a_JUnit_file_and_a_Markdown_file()
    {
        using TempFolder folder = new();
        string missed = folder.Write("a.yaml", VerdictReports.Undecided);
        string met = folder.Write("b.yaml", Only("lax").Replace("quorum-3", "second", StringComparison.Ordinal));
        (int code, string output, _) = Product.Run(
            "run", missed, met, "--out", folder.File("out"), "--junit", folder.File("ci", "j.xml"), "--markdown", folder.File("s.md"));
        Assert.Equal(4, code);
        Assert.Contains("about", output, StringComparison.Ordinal);
        XElement file = XDocument.Load(folder.File("ci", "j.xml")).Root!;
        Assert.Equal(["quorum-3", "second"], file.Elements("testsuite").Select(suite => suite.Attribute("name")!.Value));
        string markdown = File.ReadAllText(folder.File("s.md"));
        Assert.Equal(
            File.ReadAllText(folder.File("out", "quorum-3", "summary.md")) + "\n" + File.ReadAllText(folder.File("out", "second", "summary.md")), markdown);
        Assert.DoesNotContain(folder.Path, markdown, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("out", "second", "junit.xml")));
    }

    [Fact]
    public void Markdown_to_standard_output_is_nothing_but_Markdown()
    {
        using TempFolder folder = new();
        string scenario = folder.Write("a.yaml", Only("lax"));
        (int code, string output, string error) = Product.Run(
            "run", scenario, "--out", folder.File("out"), "--markdown", "-", "--set", "run.seed=3");
        Assert.Equal((0, File.ReadAllText(folder.File("out", "quorum-3", "summary.md"))), (code, output));
        Assert.Contains("SLO lax: met", error, StringComparison.Ordinal);
        Assert.Contains("failoversim run a.yaml --replications 60 --set run.seed=3\n", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("strict", 4)]
    [InlineData("close", 5)]
    [InlineData("lax", 0)]
    public void Verdict_of_the_base_is_the_exit_code(string slo, int expected)
    {
        using TempFolder folder = new();
        string scenario = folder.Write("a.yaml", Only(slo) + "\noutputs: [junit.xml, summary.md]\n");
        (int code, _, string error) = Product.Run("run", scenario, "--out", folder.File("out"));
        Assert.Equal(expected, code);
        Assert.DoesNotContain("does not write", error, StringComparison.Ordinal);
        XElement suite = XDocument.Load(folder.File("out", "quorum-3", "junit.xml")).Root!.Element("testsuite")!;
        Assert.Equal(
            (expected == 4 ? "1" : "0", expected == 5 ? "1" : "0"), (suite.Attribute("failures")!.Value, suite.Attribute("errors")!.Value));
    }

    /// <summary>One of the objectives, and a variant that would miss it.</summary>
    private static string Only(string slo) => string.Join('\n', VerdictReports.Undecided.Split('\n')
        .Where(line => !line.StartsWith("  ", StringComparison.Ordinal) || line.StartsWith($"  {slo}:", StringComparison.Ordinal))
        .Select(line => line.Replace("compare: {five: {set: {units.node.count: 5}}}", "compare: {one: {set: {units.node.fails: exp(1h)}}}", StringComparison.Ordinal)));
}
