using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CsvHelper;
using FailoverSim.Reporting.Results;
using FailoverSim.Tests.Cli;
using Xunit;

namespace FailoverSim.Tests.Report;

/// <summary>What the verdict says is what the files say.</summary>
public class VerdictNumbersTests
{
    private static readonly Dictionary<string, double> Seconds = new()
    {
        ["ms"] = 1e-3,
        ["s"] = 1,
        ["min"] = 60,
        ["h"] = 3600,
        ["d"] = 86400,
        ["y"] = 365 * 86400,
    };

    private const string Scenario = """
        failoversim: 1
        name: site
        units:
          node: {count: 3, fails: exp(20d), repair: {takes: exp(1d)}}
          switch: {count: 1, fails: exp(200d), repair: {takes: exp(4h)}}
        services: {site: {up-when: 2 of node and 1 of switch}}
        slo:
          strict: {service: site, objective: 99.9%, window: 30d, require: P(met) >= 99%}
          lax: {service: site, objective: 50%, window: 30d, require: P(met) >= 50%}
        run: {horizon: 1y, replications: 200, seed: 9}
        compare: {five: {set: {units.node.count: 5, services.site.up-when: 3 of node and 1 of switch}}}
        """;

    private static readonly string[] Columns = ["estimate", "low", "high"];

    [Fact]
    public void Numbers_of_the_verdict_are_those_of_the_tables()
    {
        using TempFolder folder = new();
        ResultFolder.Write(folder.Path, Pages.Run(Pages.Parse(Scenario), null));
        XElement page = Pages.Tree(File.ReadAllText(folder.File("report.html")));
        string[] lead = [.. page.Descendants(Pages.Html + "p").Where(p => p.Attribute("class")?.Value == "lead").Select(p => p.Value)];

        // The probability of the objective that is named, with its interval and its limit.
        string slo = Regex.Match(lead[0], @"objectives (\w+) is missed").Groups[1].Value;
        Dictionary<string, string>[] slos = [.. Rows(folder.File("slo.csv")).Where(row => row["variant"] == "base" && row["slo"] == slo)];
        Dictionary<string, string> probability = slos.Single(row => row["statistic"] == "probability");
        Assert.Contains(probability["verdict"], lead[0], StringComparison.Ordinal);
        Match said = Regex.Match(lead[0], @"([\d.]+) \(([\d.]+) – ([\d.]+)\) %");
        Assert.All(Columns, (column, i) => Near(100 * Number(probability[column]), said.Groups[i + 1].Value));
        double limit = Number(slos.Single(row => row["statistic"].StartsWith("required", StringComparison.Ordinal))["estimate"]);
        Near(100 * limit, Regex.Match(lead[0], @"at (?:most|least) ([\d.]+) %").Groups[1].Value);
        Near(100 * Math.Abs(limit - Number(probability["estimate"])), Regex.Match(lead[0], @"([\d.]+) points").Groups[1].Value);

        // Down time of the service, its first cause, and what the best variant saves.
        Dictionary<string, string> down = Rows(folder.File("summary.csv"))
            .Single(row => row["variant"] == "base" && row["service"] == "site" && row["metric"] == "downtime-per-year");
        Times(down, lead[1]);
        Dictionary<string, string> cause = Rows(folder.File("attribution.csv"))
            .First(row => row["variant"] == "base" && row["service"] == "site" && row["kind"] == "cause");
        string blamed = lead[1][lead[1].IndexOf(';', StringComparison.Ordinal)..];
        Assert.StartsWith($"; {cause["name"]} is most to blame", blamed, StringComparison.Ordinal);
        Near(100 * Number(cause["share"]), Regex.Match(blamed, @"or ([\d.]+) % of it").Groups[1].Value);
        Times(new() { ["estimate"] = cause["minutes-per-year"], ["low"] = cause["low"], ["high"] = cause["high"] }, blamed);
        Match saves = Regex.Match(blamed, @"; (\S+) is the best of 2 variants and saves (.*)$");
        Dictionary<string, string> difference = Rows(folder.File("comparison.csv")).Single(row =>
            row["variant"] == saves.Groups[1].Value && row["service"] == "site" && row["metric"] == "downtime-difference-per-year");
        Times(new() { ["estimate"] = difference["estimate"], ["low"] = difference["high"], ["high"] = difference["low"] }, saves.Groups[2].Value, sign: -1);
    }

    /// <summary>The first time in the text with its interval, such as <c>1.6 min (1.5 – 1.9)</c>, is that of the row in minutes.</summary>
    private static void Times(Dictionary<string, string> row, string text, double sign = 1)
    {
        Match said = Regex.Match(text, @"([\d.]+) (?<unit>ms|s|min|h|d|y) \(([\d.]+) – ([\d.]+)\)");
        double minutes = Seconds[said.Groups["unit"].Value] / 60;
        Assert.All(Columns, (column, i) => Near(sign * Number(row[column]) / minutes, said.Groups[i + 1].Value));
    }

    /// <summary>Equal to within half a unit of the last digit that is shown.</summary>
    private static void Near(double exact, string shown)
    {
        int decimals = shown.Contains('.', StringComparison.Ordinal) ? shown.Length - shown.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
        double half = 0.500001 * Math.Pow(10, -decimals);
        Assert.InRange(Number(shown), exact - half, exact + half);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static List<Dictionary<string, string>> Rows(string path)
    {
        using StreamReader file = new(path);
        using CsvReader csv = new(file, CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        List<Dictionary<string, string>> rows = [];
        while (csv.Read())
        {
            rows.Add(csv.HeaderRecord!.ToDictionary(head => head, head => csv.GetField(head) ?? ""));
        }
        return rows;
    }
}
