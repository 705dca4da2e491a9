using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Tables;
using Xunit;

namespace FailoverSim.Tests.Analysis;

public class AvailabilityIntervalTests
{
    private static double[][] Quiet(int replications) => [.. Enumerable.Repeat(Array.Empty<double>(), replications)];

    [Fact]
    public void Without_outages_there_is_a_bound_but_no_estimate()
    {
        var estimate = AvailabilityInterval.Unavailability(SampleRows.Totals(Quiet(1000)), 0.95);
        Assert.Null(estimate.Value);
        Assert.Equal(0, estimate.Low);
        Assert.Equal(3.0 / 1000, estimate.High!.Value, 0.00001);
        Assert.Equal("rule-of-three", estimate.Method);
        Assert.True(estimate.Cautions.HasFlag(Cautions.LowInformation));
    }

    [Fact]
    public void A_service_that_is_always_down_is_not_certain_to_be_so()
    {
        var totals = new ServiceTotals(SampleRows.Names(), 0);
        for (int r = 0; r < 100; r++)
        {
            totals.Add(SampleRows.Row(r, 1000, [], carriedIn: 1000));
        }
        var estimate = AvailabilityInterval.Unavailability(totals, 0.95);
        Assert.Equal(1, estimate.Value);
        Assert.Equal(1, estimate.High);
        Assert.Equal(0.97, estimate.Low!.Value, 0.001);
    }

    [Fact]
    public void One_outage_gives_Fay_Feuer_and_a_warning()
    {
        var estimate = AvailabilityInterval.Unavailability(SampleRows.Totals([.. Quiet(99), [3600.0]]), 0.95);
        var garwood = PoissonInterval.Garwood(1, 0.95);
        Assert.Equal("fay-feuer", estimate.Method);
        Assert.Equal(garwood.High, estimate.High!.Value / estimate.Value!.Value, 1e-9);
        Assert.Equal(
            Cautions.LowInformation | Cautions.FewOutages | Cautions.OneOutageDominates, estimate.Cautions);
    }

    [Fact]
    public void Few_independent_outages_are_the_units_themselves()
    {
        double[][] some = [[100], [200], [50], [400]];
        var estimate = AvailabilityInterval.Unavailability(SampleRows.Totals([.. some, .. Quiet(96)]), 0.95);
        Assert.Equal("compound-poisson", estimate.Method);
        Assert.Equal(4, estimate.N);
        Assert.True(estimate.Low < estimate.Value && estimate.Value < estimate.High);
    }

    [Fact]
    public void Outages_that_come_together_make_replications_the_units()
    {
        double[] cascade = [100, 120, 90, 150, 80, 110];
        var estimate = AvailabilityInterval.Unavailability(SampleRows.Totals([cascade, cascade, [5.0], .. Quiet(97)]), 0.95);
        Assert.Equal("replications", estimate.Method);
        Assert.True(estimate.Cautions.HasFlag(Cautions.Clustered));
    }

    [Fact]
    public void Replications_that_are_all_alike_still_leave_some_width()
    {
        // Planned maintenance only: a variance of zero is no certainty.
        var estimate = AvailabilityInterval.Unavailability(
            SampleRows.Totals([.. Enumerable.Repeat(new[] { 60.0, 60.0 }, 64)]), 0.95);
        Assert.True(estimate.Low < estimate.Value && estimate.Value < estimate.High);
    }

    [Fact]
    public void Down_time_without_an_outage_of_its_own_counts()
    {
        var totals = new ServiceTotals(SampleRows.Names(), 0);
        for (int r = 0; r < 64; r++)
        {
            totals.Add(SampleRows.Row(r, 1_000_000, [], carriedIn: r == 7 ? 5000 : 0));
        }
        var estimate = AvailabilityInterval.Unavailability(totals, 0.95);
        Assert.Equal(5000 / 64e6, estimate.Value!.Value, 1e-12);
        Assert.Equal("replications", estimate.Method);
        Assert.True(estimate.High > 3 * estimate.Value);
    }

    [Fact]
    public void Bounds_of_availability_mirror_those_of_unavailability()
    {
        double[][] some = [[100], [200], [50], [400]];
        var rows = Summary.Of("s", "base", SampleRows.Totals(some)).ToDictionary(row => row.Metric, row => row.Estimate);
        var (up, down) = (rows["availability"], rows["unavailability"]);
        Assert.Equal(1 - down.High, up.Low);
        Assert.Equal(1 - down.Low, up.High);
        Assert.Equal(down.Value * 525_600, rows["downtime-per-year"].Value);
        Assert.Equal(rows["outages-per-year"].High!.Value, 31_536_000 / rows["mtbf"].Low!.Value, 1e-9);
    }

    [Fact]
    public void No_interval_is_wider_than_possible()
    {
        var totals = new ServiceTotals(SampleRows.Names(), 0);
        totals.Add(SampleRows.Row(0, 1000, [(0, 900)]));
        var estimate = AvailabilityInterval.Unavailability(totals, 0.95);
        Assert.Equal(1, estimate.High);
    }
}
