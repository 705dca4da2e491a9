using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Specification;
using Xunit;

namespace FailoverSim.Tests.Analysis;

public class SloVerdictTests
{
    private static readonly SimDuration Year = new(SimDuration.NanosecondsPerYear);

    private static Estimate Share(double low, double high) => new((low + high) / 2, low, high, 0.95, "wilson", 100);

    [Theory]
    [InlineData(0.91, 0.95, Verdict.Met)]
    [InlineData(0.90, 0.95, Verdict.Met)]
    [InlineData(0.85, 0.95, Verdict.Undecided)]
    [InlineData(0.80, 0.89, Verdict.Missed)]
    public void At_least_is_met_by_the_whole_interval_and_missed_by_none_of_it(double low, double high, Verdict verdict)
    {
        var slo = new WindowSlo("yearly", "plant", Year, 0.995, new Requirement(AtLeast: true, 0.9));
        Assert.Equal(verdict, SloVerdict.Of(slo, Share(low, high)).Verdict);
    }

    [Theory]
    [InlineData(0.985, 0.995, Verdict.Met)]
    [InlineData(0.97, 0.99, Verdict.Undecided)]
    [InlineData(0.90, 0.97, Verdict.Missed)]
    public void A_limit_on_long_outages_judges_the_windows_that_had_one(double low, double high, Verdict verdict)
    {
        var slo = new OutageSlo("long", "plant", Year, new SimDuration(1), new Requirement(AtLeast: false, 0.02));
        var judged = SloVerdict.Of(slo, Share(low, high));
        Assert.Equal(verdict, judged.Verdict);
        Assert.Equal(1 - high, judged.Probability.Low);
    }

    [Fact]
    public void All_windows_met_are_no_certainty_and_count_replications_not_windows()
    {
        var few = Met(20, windows: 20, met: _ => 20);
        var many = Met(2000, windows: 20, met: _ => 20);
        Assert.Equal(1, few.High);
        Assert.InRange(few.Low!.Value, 0.80, 0.85); // Wilson with t₁₉ and 20 trials, not 400
        Assert.InRange(many.Low!.Value, 0.997, 0.999);
    }

    [Fact]
    public void Windows_alike_within_a_replication_count_once()
    {
        var alike = Met(100, windows: 10, met: r => r % 10 == 0 ? 0 : 10);
        var apart = Met(100, windows: 10, met: r => 9);
        Assert.Equal(alike.Value, apart.Value);
        Assert.True(alike.HalfWidth > 2.5 * apart.HalfWidth, $"{alike.HalfWidth} {apart.HalfWidth}");
    }

    [Fact]
    public void No_complete_window_gives_no_share()
    {
        var estimate = Met(10, windows: 0, met: _ => 0);
        Assert.Null(estimate.Value);
        var slo = new WindowSlo("yearly", "plant", Year, 0.995, new Requirement(AtLeast: true, 0.9));
        Assert.Equal(Verdict.Undecided, SloVerdict.Of(slo, estimate).Verdict);
    }

    private static Estimate Met(int replications, int windows, Func<int, long> met)
    {
        var moments = new RatioMoments();
        for (int r = 0; r < replications; r++)
        {
            moments.Add(met(r), 1);
        }
        return Proportion.SloMet(moments, windows, 0.95);
    }
}
