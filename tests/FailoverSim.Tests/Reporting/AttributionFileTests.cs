using System.Globalization;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Studies;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;
using FailoverSim.Reporting.Tables;
using Xunit;

namespace FailoverSim.Tests.Reporting;

public class AttributionFileTests
{
    [Fact]
    public void Each_kind_of_each_variant_sums_to_the_whole()
    {
        ResultSet results = SampleResults.Two();
        string[][] rows = Rows(results, [], []);
        foreach (ResultTable table in results.Tables)
        {
            double minutes = Summary.Of("s", table.Variant, table.Totals(0)).Single(row => row.Metric == "downtime-per-year").Estimate.Value!.Value;
            foreach (string kind in new[] { "root", "enabler", "cause", "stage", "combination" })
            {
                string[][] parts = [.. rows.Where(row => row[0] == table.Variant && row[2] == kind)];
                Assert.Equal(1, parts.Sum(row => Number(row[7])), 1e-12);
                Assert.Equal(minutes, parts.Sum(row => Number(row[4])), 1e-6);
                Assert.All(parts, row => Assert.InRange(Number(row[4]), Number(row[5]), Number(row[6])));
            }
            Assert.Equal(
                (double)table.Totals(0).Outages,
                rows.Where(row => row[0] == table.Variant && row[2] == "combination").Sum(row => Number(row[8])) * 20 * table.Replications, 1e-6);
        }
    }

    [Fact]
    public void What_was_unseen_has_bounds_only_and_savings_stand_with_their_causes()
    {
        ResultSet results = SampleResults.Two();
        UnseenLosses unseen = new(0, [new UnseenLoss(new KindSet([new KindCount(0, 2)]), 7200)], 5, 1e-3, 1e-2, false);
        Saving saving = new("flooding", [new Estimate(2, 1, 3, 0.95, "paired", 100)]);
        string[][] rows = Rows(results, [unseen], [saving]);
        string[] row = Assert.Single(rows, row => row[2] == "unseen");
        Assert.Equal(("base", "2 x pump.seal", "", ""), (row[0], row[3], row[4], row[5]));
        // 2,000 years: 3.00 in all of them, two hours each.
        Assert.Equal(2.9957 / 2000 * 120, Number(row[6]), 1e-4);
        string[] flooding = Assert.Single(rows, row => row[0] == "base" && row[2] == "cause" && row[3] == "flooding");
        Assert.Equal(["2", "1", "3"], flooding[11..]);
        Assert.All(rows.Where(row => row[0] != "base" || row[2] != "cause" || row[3] != "flooding"), row => Assert.Equal(["", "", ""], row[11..]));
    }

    [Fact]
    public void Combinations_beyond_the_largest_are_one_row_without_an_interval()
    {
        // As many kinds of causes as there are rows to be, and more.
        int kinds = AttributionRows.CombinationsNamed + 5;
        ResultNames names = new(["s"], [.. Enumerable.Range(0, kinds).Select(i => $"c{i}")], ["none"], [], []);
        ServiceTotals totals = new(names, 0);
        RaggedList<KindCount> each = new();
        for (int i = 0; i < kinds; i++)
        {
            each.Add(new KindCount(i, 1));
            each.EndList();
        }
        long down = Enumerable.Range(1, kinds).Sum();
        totals.Add(new ServiceRow
        {
            Replication = 0,
            Service = 0,
            UpNanoseconds = 1_000_000,
            DownNanoseconds = down,
            OutageCount = kinds,
            FirstOutageAfter = 1,
            Outages = [],
            OutageCauses = new(),
            OutageStages = new(),
            SquaredDurations = 0,
            LongestOutage = kinds,
            DownByCause = [.. Enumerable.Range(1, kinds).Select(i => (long)i)],
            DownByStage = [down],
            FailoverNanoseconds = 0,
            LossCount = 0,
            LossByStage = [0],
            SloWindowsMet = [],
            Combinations = [.. Enumerable.Range(0, kinds).Select(i => new CombinationShare(i, 1, 0, i + 1))],
            CombinationKinds = each,
        });
        IReadOnlyList<AttributionRow> rows = [.. AttributionRows.All(totals, 0.95).Where(row => row.Kind == AttributionKind.Combination)];
        Assert.Equal(AttributionRows.CombinationsNamed, rows.Count);
        Assert.Equal(down, rows.Aggregate((Int128)0, (sum, row) => sum + row.DownTime));
        AttributionRow others = rows[^1];
        Assert.Equal(("6 others", 1 + 2 + 3 + 4 + 5 + 6), (others.Name, (int)others.DownTime));
        Assert.Null(others.MinutesPerYear.Low);
    }

    private static string[][] Rows(ResultSet results, IReadOnlyList<UnseenLosses> unseen, IReadOnlyList<Saving> savings)
    {
        using StringWriter text = new();
        AttributionFile.Write(text, results, unseen, savings);
        string[] lines = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            "variant,service,kind,name,minutes-per-year,low,high,share,outages-per-year,outages-low,outages-high,if-removed,if-removed-low,if-removed-high",
            lines[0]);
        return [.. lines.Skip(1).Select(line => line.Split(','))];
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
