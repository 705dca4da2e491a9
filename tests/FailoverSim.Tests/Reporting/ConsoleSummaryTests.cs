using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;
using FailoverSim.Reporting.Text;
using FailoverSim.Tests.Analysis;
using Xunit;

namespace FailoverSim.Tests.Reporting;

public class ConsoleSummaryTests
{
    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(318, "5.3 min")]
    [InlineData(103_680, "1.2 d")]
    [InlineData(3600, "1 h")]
    [InlineData(3599.9, "1 h")]
    [InlineData(45, "45 s")]
    [InlineData(0.25, "250 ms")]
    [InlineData(1e-9, "1 ns")]
    [InlineData(4e-10, "0.4 ns")]
    [InlineData(40_000.0 * 365 * 86400, "40 000 y")]
    [InlineData(double.PositiveInfinity, "∞")]
    public void Durations_are_in_human_units(double seconds, string text) => Assert.Equal(text, HumanUnits.Duration(seconds));

    [Theory]
    [InlineData(7.49e-5, "7.5e-5")]
    [InlineData(9.99e-5, "1e-4")]
    [InlineData(0.042, "0.042")]
    [InlineData(3.14159, "3.1")]
    [InlineData(1234.5, "1 235")]
    [InlineData(0, "0")]
    public void Numbers_are_short(double value, string text) => Assert.Equal(text, HumanUnits.Number(value));

    [Theory]
    [InlineData(3.1e-7, 2.2e-7, 4.6e-7, "99.9999 %", "6.5 (6.3 – 6.6)")]
    [InlineData(0.0042, 0.00416, 0.00424, "99.58 %", "2.37 (2.37 – 2.38)")]
    [InlineData(1e-6, 2e-7, 5e-6, "99.999 %", "6.0 (5.3 – 6.6)")]
    [InlineData(0.35, 0.33, 0.37, "65 %", "0.45 (0.43 – 0.48)")]
    [InlineData(0.001, 0.0001, 0.9, "99 %", "3.0 (0.0 – 4.0)")]
    public void Availability_claims_only_the_digits_that_the_interval_supports(
        double value, double low, double high, string percent, string nines)
    {
        var estimate = new Estimate(value, low, high, 0.95, "replications", 100);
        Assert.Equal(percent, AvailabilityText.Percent(estimate));
        Assert.Equal(nines, AvailabilityText.Nines(estimate));
    }

    [Fact]
    public void No_outage_is_told_as_such_and_its_bound_with_what_it_assumes()
    {
        var totals = new ServiceTotals(SampleRows.Names(), 0);
        for (int r = 0; r < 2000; r++)
        {
            totals.Add(SampleRows.Row(r, 20 * 31_536_000 * SampleRows.Second, []));
        }
        var glance = ConsoleSummary.Of("base", totals);
        Assert.Equal("none in 40 000 y: rate < 7.5e-5 /y (95 %)", glance.OutagesPerYear);
        Assert.Equal("never down", glance.Availability);
        Assert.Equal("none seen", glance.DowntimePerYear);
        // Of 2,000 replications at most 1 − 0.05^(1/2000) of all may be of a kind not seen: 0.15 % of a year.
        Assert.Contains("at most 13 h a year", glance.Basis, StringComparison.Ordinal);
        Assert.Equal("–", glance.Typical);
    }

    [Fact]
    public void A_service_is_told_in_a_row()
    {
        var glance = ConsoleSummary.Of(SampleResults.Two())[0];
        Assert.Equal(
            ["base", "plant", "99.99 %", "4.5 (4.4 – 4.7)", "14 min (10 – 18)", "0.049 (0.040 – 0.060)", "3.8 h", "12 h", "19 h", "pump.seal 78 %, flooding 22 %"],
            ConsoleSummary.Cells(glance));
        Assert.Equal("98 outages in 2 000 y (100 replications); 95 % interval: outages as units, taken as independent", glance.Basis);
        Assert.Equal(ConsoleSummary.Heads.Count, ConsoleSummary.Cells(glance).Count);
    }

    [Fact]
    public void Where_the_down_time_goes_is_told_in_shares_that_sum_to_a_hundred()
    {
        // Of 600 s in ten replications of a year each, 360 s are a loss of which the flooding is to blame for two thirds.
        var totals = SampleRows.Totals([240, 360], [], [], [], [], [], [], [], [], []);
        Assert.Equal(
            """
            plant, minutes down a year by cause and by stage; failover 0.4 (40.0 %), loss 0.6 (60.0 %):
              pump.seal  0.6   60.0 %     repair  0.85   85.0 %
              flooding   0.4   40.0 %     crew    0.15   15.0 %
            """,
            string.Join('\n', DowntimeText.Lines(totals)));
        Assert.Empty(DowntimeText.Lines(SampleRows.Totals([], [])));
    }

    [Fact]
    public void What_outages_began_with_is_told_where_one_fault_lets_another_through()
    {
        // A failover of 60 s with the seal alone, and a loss of 90 s that a flooding brings where the seal has failed before.
        Assert.Equal(["  outages began with pump.seal + flooding 60.0 %, pump.seal 40.0 %"], AttributionText.Lines(SampleRows.Totals([60, 90])));
        Assert.Empty(AttributionText.Lines(SampleRows.Totals([60], [])));
        Assert.Empty(AttributionText.Lines(SampleRows.Totals([], [])));
    }

    [Fact]
    public void Margin_is_told_as_time_a_year_where_it_is_measured()
    {
        ServiceTotals totals = SampleRows.Totals([60]);
        Assert.Empty(MarginText.Lines(totals));
        ServiceTotals measured = new(SampleRows.Names(), 0);
        ServiceRow row = SampleRows.Row(0, 31_536_000 * SampleRows.Second, [(SampleRows.Second, 60 * SampleRows.Second)]);
        measured.Add(SampleResults.WithMargin(row, [60 * SampleRows.Second, 3600 * SampleRows.Second, 0, 0, (31_536_000 - 3660) * SampleRows.Second]));
        string rest = HumanUnits.Duration(31_536_000 - 3660);
        Assert.Equal([$"  faults away from a loss, in a year: down for 1 min, 1 for 1 h, 4 or more for {rest}"], MarginText.Lines(measured));
        Assert.Equal(3600.0 / 31_536_000, Summary.Of("s", "v", measured).Single(r => r.Metric == "margin-share:1").Estimate.Value!.Value, 1e-15);
        Assert.Contains(Summary.Of("s", "v", measured), r => r.Metric == "margin-share:more");
        Assert.DoesNotContain(Summary.Of("s", "v", totals), r => r.Metric.StartsWith("margin", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(new long[] { 1, 1, 1 }, new[] { 334, 333, 333 })]
    [InlineData(new long[] { 9999, 1 }, new[] { 1000, 0 })]
    [InlineData(new long[] { 0, 7 }, new[] { 0, 1000 })]
    public void Parts_sum_to_the_whole(long[] parts, int[] permille) =>
        Assert.Equal(permille, DowntimeText.Apportion([.. parts.Select(p => (Int128)p)], 1000));

    [Fact]
    public void A_quantile_beyond_all_that_was_seen_says_so()
    {
        var glance = ConsoleSummary.Of("base", SampleRows.Totals([60], [120], [600], []));
        Assert.Equal("2 min", glance.Typical);
        Assert.Equal("≥ 10 min", glance.P95);
        Assert.Contains(glance.Warnings, warning => warning.Contains("fewer than 20 outages", StringComparison.Ordinal));
    }
}
