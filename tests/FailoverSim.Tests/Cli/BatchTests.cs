using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using FailoverSim.Tests.Reporting;
using Xunit;

namespace FailoverSim.Tests.Cli;

/// <summary>Several scenarios at once, output for programs, and results that are shown again.</summary>
public class BatchTests
{
    [Fact]
    public void Scenarios_of_a_folder_end_in_one_table_and_one_page_which_report_makes_again()
    {
        using TempFolder folder = new();
        Directory.CreateDirectory(folder.File("in"));
        folder.Write("in/a.yaml", VerdictReports.Undecided);
        folder.Write("in/b.yaml", VerdictReports.Undecided.Replace("quorum-3", "second", StringComparison.Ordinal));
        (int code, string output, _) = Product.Run("run", folder.File("in"), "--base-only", "--out", folder.File("out"));
        Assert.Equal(4, code);
        Assert.Matches(@"All scenarios[\s\S]+quorum-3 +\S.* missed [\s\S]+second +\S.* missed ", output);
        string page = File.ReadAllText(folder.File("out", "index.html"));
        // The page is XML, and what it links to is there.
        XNamespace html = "http://www.w3.org/1999/xhtml";
        string[] links = [.. XDocument.Parse(page).Descendants(html + "a").Select(link => link.Attribute("href")!.Value).Distinct()];
        Assert.Equal(6, links.Length);
        Assert.All(links, link => Assert.True(File.Exists(folder.File("out", link)) || Directory.Exists(folder.File("out", link)), link));
        Assert.DoesNotContain(folder.Path, page, StringComparison.Ordinal);

        byte[] manifest = File.ReadAllBytes(folder.File("out", "second", "manifest.json"));
        byte[] summary = File.ReadAllBytes(folder.File("out", "second", "summary.csv"));
        File.Delete(folder.File("out", "second", "report.html"));
        File.Delete(folder.File("out", "second", "summary.csv"));
        File.Delete(folder.File("out", "index.html"));
        (code, output, _) = Product.Run("report", folder.File("out"));
        Assert.Equal(0, code);
        Assert.Contains("All scenarios", output, StringComparison.Ordinal);
        Assert.Equal(summary, File.ReadAllBytes(folder.File("out", "second", "summary.csv")));
        Assert.Equal(manifest, File.ReadAllBytes(folder.File("out", "second", "manifest.json")));
        Assert.Equal(page, File.ReadAllText(folder.File("out", "index.html")));
        Assert.True(File.Exists(folder.File("out", "second", "report.html")));
        (code, _, string error) = Product.Run("report", folder.File("in"));
        Assert.Equal(2, code);
        Assert.Contains("holds no results", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_is_a_line_for_each_scenario_and_agrees_with_the_tables()
    {
        using TempFolder folder = new();
        string a = folder.Write("a.yaml", VerdictReports.Undecided);
        string b = folder.Write("b.yaml", VerdictReports.Undecided.Replace("quorum-3", "second", StringComparison.Ordinal));
        (int code, string output, string error) = Product.Run("run", a, b, "--json", "--out", folder.File("out"));
        Assert.Equal(4, code);
        JsonElement[] lines = [.. output.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(["quorum-3", "second"], lines.Select(line => line.GetProperty("scenario").GetString()));
        Assert.All(lines, line => Assert.Equal(4, line.GetProperty("exit-code").GetInt32()));
        JsonElement first = lines[0];
        string[] rows = File.ReadAllLines(Path.Combine(first.GetProperty("folder").GetString()!, "summary.csv"));
        JsonElement service = first.GetProperty("services")[0];
        string availability = service.GetProperty("estimates").GetProperty("availability").GetProperty("estimate").GetRawText();
        Assert.Contains(rows, row => row.StartsWith(
            $"quorum-3,base,{service.GetProperty("service").GetString()},availability,{availability},", StringComparison.Ordinal));
        Assert.Contains("missed", first.GetProperty("verdicts").EnumerateArray().Select(verdict => verdict.GetProperty("verdict").GetString()));
        Assert.Equal("five", first.GetProperty("comparisons")[0].GetProperty("variant").GetString());
        // What people read goes where errors go.
        Assert.Contains("All scenarios", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Quiet_leaves_the_exit_code()
    {
        using TempFolder folder = new();
        string scenario = folder.Write("a.yaml", VerdictReports.Undecided);
        Assert.Equal((4, "", ""), Product.Run("run", scenario, "--quiet", "--base-only", "--out", folder.File("out")));
        (int code, string output, string error) = Product.Run("run", scenario, "--json", "--markdown", "-");
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("standard output", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Output_that_is_no_terminal_has_no_colours()
    {
        using TempFolder folder = new();
        string scenario = folder.Write("a.yaml", VerdictReports.Undecided);
        (_, string output, string error) = Product.Run("run", scenario, "--base-only", "--out", folder.File("out"));
        Assert.DoesNotMatch(new Regex("\u001b"), output + error);
    }
}
