using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Tables;
using Xunit;
using Xunit.Abstractions;

namespace FailoverSim.Tests.Analysis;

/// <summary>
/// Do 95 % intervals hold the truth 95 % of the time? 2,000 fixed seeds each; the standard error of a coverage of 0.95 is
/// 0.0049, so 0.926 is five of them below. Above, wide intervals are allowed where the rule is conservative on purpose.
/// </summary>
public class CoverageTests(ITestOutputHelper output)
{
    private const int Trials = 2000;

    // Five standard errors: sqrt(0.95 × 0.05 / 2000) = 0.00487.
    private const double Least = 0.95 - 0.024;
    private const double Most = 0.95 + 0.024;

    [Fact]
    public void Plentiful_outages_are_covered()
    {
        // U = 0.004: 100 replications, ten outages each.
        var (covered, _) = Coverage(0.004, seed => new ToyDowntime(seed).CompoundPoisson(
            100, 250_000, 10, toy => toy.LogNormal(100, 1.5)));
        Assert.InRange(covered, Least, Most);
    }

    [Fact]
    public void Fifty_outages_are_covered()
    {
        var (covered, _) = Coverage(50 * 100 / (64 * 1e6), seed => new ToyDowntime(seed).CompoundPoisson(
            64, 1e6, 50 / 64.0, toy => toy.Exponential(100)));
        Assert.InRange(covered, Least, 0.99);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(10)]
    public void Few_heavy_tailed_outages_are_covered(int outages)
    {
        var (covered, _) = Coverage(outages * 100 / (64 * 1e6), seed => new ToyDowntime(seed).CompoundPoisson(
            64, 1e6, outages / 64.0, toy => toy.LogNormal(100, 1.5)));
        Assert.InRange(covered, Least, 1);
    }

    [Fact]
    public void Regular_outages_are_covered_without_the_waste_of_a_Poisson_law()
    {
        // Up times Erlang-16: counts scatter a sixteenth of Poisson's. Mean up 950, down 50: from a warmed-up start U = 0.05.
        var (covered, relative) = Coverage(0.05, seed => new ToyDowntime(seed).Alternating(
            100, 5_000, 10_000, toy => toy.Erlang(16, 950), toy => 50));
        Assert.InRange(covered, Least, Most);
        Assert.True(relative < 0.03, $"Relative half width {relative:F4}; a Poisson law would give 0.062.");
    }

    [Fact]
    public void Large_unavailability_is_covered()
    {
        // Stationary after ten cycles of warm-up: U = 35/100; down time is often open at the start.
        var (covered, _) = Coverage(0.35, seed => new ToyDowntime(seed).Alternating(
            100, 1000, 1000, toy => toy.Exponential(65), toy => toy.Exponential(35)));
        Assert.InRange(covered, Least, Most);
    }

    [Fact]
    public void Down_time_that_starts_before_the_horizon_is_covered()
    {
        // Outages much longer than the horizon: half of the down time belongs to no outage of its own.
        var (covered, _) = Coverage(0.02, seed => new ToyDowntime(seed).Alternating(
            600, 20_000, 100, toy => toy.Exponential(4900), toy => toy.Exponential(100)));
        Assert.InRange(covered, Least, 0.99);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(40)]
    public void Clustered_outages_are_covered(int clusters)
    {
        // Five at once: counted as independent they would look five times as many.
        var (covered, _) = Coverage(5 * clusters * 100 / (200 * 1e6), seed => new ToyDowntime(seed).CompoundPoisson(
            200, 1e6, 5 * clusters / 200.0, toy => toy.Exponential(100), cluster: 5));
        Assert.InRange(covered, Least, 1);
    }

    [Fact]
    public void Clusters_taken_for_independent_outages_are_not_covered()
    {
        // The mutant of the test above: without the dispersion check, the interval fails. So the check is needed, and seen.
        int hits = Enumerable.Range(1, Trials).Count(seed =>
        {
            var totals = new ToyDowntime((ulong)seed).CompoundPoisson(200, 1e6, 1, toy => toy.Exponential(100), cluster: 5);
            var (low, high) = FailoverSim.Analysis.Estimates.CompoundPoisson.Envelope(
                (double)totals.Down, (double)totals.SquaredDurations, totals.LongestOutage, totals.Outages, 0.95);
            double truth = 200 * 100 * 1e9;
            return low <= truth && truth <= high;
        });
        Assert.True(hits < 0.85 * Trials, $"{hits} of {Trials}");
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(64, 1)]
    [InlineData(64, 4)]
    public void Frequencies_are_covered(int replications, int cluster)
    {
        double covered = Share(seed => OutageEstimates.Frequency(
            new ToyDowntime(seed).CompoundPoisson(replications, 1e6, 30.0 * cluster / replications, _ => 1, cluster), 0.95),
            30.0 * cluster / (replications * 1e6));
        output.WriteLine($"{covered:F4}");
        Assert.InRange(covered, Least, 1);
    }

    [Fact]
    public void Mean_durations_are_covered()
    {
        double covered = Share(seed => OutageEstimates.MeanDuration(
            new ToyDowntime(seed).CompoundPoisson(64, 1e6, 5, toy => toy.Exponential(100)), 0.95), 100);
        output.WriteLine($"{covered:F4}");
        Assert.InRange(covered, Least, Most);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(3)]
    public void Times_to_the_first_outage_are_covered(double perReplication)
    {
        double covered = Share(seed => OutageEstimates.TimeToFirst(
            new ToyDowntime(seed).CompoundPoisson(200, 1000, perReplication, _ => 1), 0.95), 1000 / perReplication);
        output.WriteLine($"{covered:F4}");
        Assert.InRange(covered, Least, 0.99);
    }

    [Theory]
    [InlineData(0.9, 0.0)]
    [InlineData(0.9, 0.5)]
    [InlineData(0.99, 0.0)]
    public void Shares_of_windows_met_are_covered(double share, double alike)
    {
        // With probability `alike` a window copies the first of its replication.
        double covered = Share(seed =>
        {
            var toy = new ToyDowntime(seed);
            var moments = new RatioMoments();
            for (int r = 0; r < 100; r++)
            {
                bool first = toy.Uniform() < share;
                moments.Add((first ? 1 : 0) + Enumerable.Range(1, 9).Count(_ =>
                    toy.Uniform() < alike ? first : toy.Uniform() < share), 1);
            }
            return Proportion.SloMet(moments, 10, 0.95);
        }, share);
        output.WriteLine($"{covered:F4}");
        Assert.InRange(covered, Least, 0.99);
    }

    [Fact]
    public void Medians_are_covered()
    {
        double covered = Share(seed => OrderStatistics.Quantile(
            new ToyDowntime(seed).CompoundPoisson(64, 1e6, 1, toy => toy.Exponential(100)), 0.5, 0.95), 100 * Math.Log(2));
        output.WriteLine($"{covered:F4}");
        Assert.InRange(covered, Least, 0.99);
    }

    private (double Covered, double RelativeHalfWidth) Coverage(double truth, Func<ulong, ServiceTotals> run)
    {
        var estimates = Enumerable.Range(1, Trials)
            .Select(seed => AvailabilityInterval.Unavailability(run((ulong)seed), 0.95)).ToList();
        double covered = estimates.Count(e => e.Low <= truth && truth <= e.High) / (double)Trials;
        double above = estimates.Count(e => truth > e.High) / (double)Trials;
        double relative = estimates.Average(e => e.HalfWidth) / truth;
        output.WriteLine($"covered {covered:F4}, truth above {above:F4}, half width {relative:F4}, mean {estimates.Average(e => e.Value ?? 0) / truth:F4}; "
            + string.Join(", ", estimates.GroupBy(e => e.Method).Select(g => $"{g.Key} {g.Count()}")));
        return (covered, relative);
    }

    private static double Share(Func<ulong, Estimate> estimate, double truth) =>
        Enumerable.Range(1, Trials).Select(seed => estimate((ulong)seed))
            .Count(e => e.Low <= truth && (e.High is null || truth <= e.High)) / (double)Trials;
}
