using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Tables;
using Xunit;

namespace FailoverSim.Tests.Analysis;

public class ExplanationSummaryTests
{
    private const long Year = 31_536_000 * SampleRows.Second;

    [Fact]
    public void Parts_sum_to_the_whole()
    {
        var rows = Rows();
        Assert.Equal(Value(rows, "downtime-per-year"), SumOf(rows, "downtime-by-cause:"), 1e-9);
        Assert.Equal(Value(rows, "downtime-per-year"), SumOf(rows, "downtime-by-stage:"), 1e-9);
        Assert.Equal(Value(rows, "downtime-per-year"), SumOf(rows, "downtime-by-root:"), 1e-9);
        Assert.Equal(Value(rows, "downtime-per-year"), SumOf(rows, "downtime-by-enabler:"), 1e-9);
        Assert.Equal(
            Value(rows, "downtime-per-year"), Value(rows, "failover-downtime-per-year") + Value(rows, "loss-downtime-per-year"), 1e-9);
        Assert.Equal(Value(rows, "outages-per-year"), Value(rows, "failovers-per-year") + Value(rows, "losses-per-year"), 1e-9);
    }

    [Fact]
    public void Minutes_and_rates_are_those_of_the_rows()
    {
        // In each of 40 years a failover of 60 s and, in every other one, a loss of 360 s, two thirds of it a flooding.
        var rows = Rows();
        Assert.Equal(1, Value(rows, "failovers-per-year"), 1e-12);
        Assert.Equal(0.5, Value(rows, "losses-per-year"), 1e-12);
        Assert.Equal(2, Value(rows, "downtime-by-cause:flooding"), 1e-9);
        Assert.Equal(3, Value(rows, "loss-downtime-per-year"), 1e-9);
        // A flooding tips the plant over, the seal beside it lets it through; the failovers had nothing beside them.
        Assert.Equal((3, 1), (Math.Round(Value(rows, "downtime-by-root:flooding"), 9), Math.Round(Value(rows, "downtime-by-root:pump.seal"), 9)));
        Assert.Equal((3, 1), (Math.Round(Value(rows, "downtime-by-enabler:pump.seal"), 9), Math.Round(Value(rows, "downtime-by-enabler:none"), 9)));
        Estimate flooding = rows["downtime-by-cause:flooding"];
        Assert.Equal(("replications", 40L), (flooding.Method, flooding.N));
        Assert.InRange(2, flooding.Low!.Value, flooding.High!.Value);
        Assert.Equal(("rule-of-three", 40L), (rows["failover-downtime-per-year"].Method, rows["failover-downtime-per-year"].N));
    }

    [Fact]
    public void Part_that_was_never_seen_has_no_row() => Assert.DoesNotContain(
        Summary.Of("s", "v", SampleRows.Totals([60], [60], [120])), row => row.Metric == "downtime-by-cause:flooding");

    [Fact]
    public void Requests_have_an_availability_only_where_they_are_measured()
    {
        // Half the requests of the down time are lost: 4 minutes a year are down.
        Assert.Equal(1 - (2 * 60.0 / 31_536_000), Value(Rows(), "request-availability"), 1e-15);
        Assert.DoesNotContain(Summary.Of("s", "v", SampleRows.Totals([60], [])), row => row.Metric == "request-availability");
    }

    private static Dictionary<string, Estimate> Rows()
    {
        var totals = new ServiceTotals(SampleRows.Names(), 0);
        for (int r = 0; r < 40; r++)
        {
            (long, long)[] outages = [(SampleRows.Second, 60 * SampleRows.Second), (3600 * SampleRows.Second, 360 * SampleRows.Second)];
            totals.Add(SampleRows.Row(r, Year, outages[..(1 + (r % 2))], requests: true));
        }
        return Summary.Of("s", "v", totals).ToDictionary(row => row.Metric, row => row.Estimate);
    }

    private static double Value(Dictionary<string, Estimate> rows, string metric) => rows[metric].Value!.Value;

    private static double SumOf(Dictionary<string, Estimate> rows, string prefix) =>
        rows.Where(row => row.Key.StartsWith(prefix, StringComparison.Ordinal)).Sum(row => row.Value.Value!.Value);
}
