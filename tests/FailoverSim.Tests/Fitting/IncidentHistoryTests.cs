using System.Text;
using FailoverSim.Analysis.Fitting;
using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Scenario.Incidents;
using Xunit;

namespace FailoverSim.Tests.Fitting;

public sealed class IncidentHistoryTests
{
    private const double Day = 86_400;

    private static readonly FitSettings Hundred = new()
    {
        From = new LogInstant(0, false),
        To = new LogInstant(100 * 86_400_000_000_000, false),
        Units = new Dictionary<string, int> { ["x"] = 4 },
    };

    [Fact]
    public void Lives_run_from_repair_to_failure_and_are_cut_off_at_the_ends_of_the_window()
    {
        ClassHistory history = One("component,class,start,end\na,x,10d,11d\na,x,31d,33d\nb,x,50d,\nc,x,,\n", Hundred);
        Assert.Equal(4, history.Units);
        Assert.Equal(
            [
                new(0, 10 * Day, 10 * Day, 100 * Day, true), new(0, 20 * Day, 20 * Day, 89 * Day), new(0, 67 * Day, double.PositiveInfinity, 67 * Day),
                new(0, 50 * Day, 50 * Day, 100 * Day, true),
                new(0, 100 * Day, double.PositiveInfinity, 100 * Day, true), new(0, 100 * Day, double.PositiveInfinity, 100 * Day, true),
            ],
            history.Lives!.Observations);
        Assert.Equal([(1 * Day, false), (2 * Day, false), (50 * Day, true)], history.Repairs!.Observations.Select(o => (o.Low, o.IsCensored)));
        Assert.DoesNotContain(IncidentHistory.Of(Rows("component,class,start,end\na,x,10d,11d\n"), Hundred with { New = true })[0].Lives!.Observations, o => o.AgeUnknown);
    }

    [Fact]
    public void An_incident_already_there_at_the_start_is_a_repair_seen_late_and_no_failure()
    {
        FitSettings late = Hundred with { From = new LogInstant(20 * 86_400_000_000_000, false) };
        ClassHistory history = One("component,class,start,end\na,x,18d,25d\na,x,3d,4d\n", late);
        Observation repair = Assert.Single(history.Repairs!.Observations);
        Assert.Equal((2 * Day, 7 * Day), (repair.Entry, repair.Low));
        // New since its repair at 25 d, and cut off at 100 d.
        Assert.Equal(Observation.Censored(75 * Day), history.Lives!.Observations[0]);
        Assert.Equal(0, history.Lives.Failures);
        Assert.Contains(history.Notes, note => note.StartsWith("1 incidents lie outside", StringComparison.Ordinal));
    }

    [Fact]
    public void Overlapping_incidents_are_one()
    {
        ClassHistory history = One("component,class,start,end\na,x,10d,12d\na,x,11d,15d\na,x,15d,16d\n", Hundred);
        Assert.Equal(6 * Day, Assert.Single(history.Repairs!.Observations).Low);
        Assert.Equal(1, history.Lives!.Failures);
        Assert.Contains(history.Notes, note => note.StartsWith("2 incidents overlap", StringComparison.Ordinal));
    }

    [Fact]
    public void Components_have_windows_of_their_own()
    {
        ClassHistory history = One("component,class,start,end,from,to\na,x,40d,41d,30d,60d\nb,x,,,90d,\n", Hundred with { Units = new Dictionary<string, int>() });
        Assert.Equal([10 * Day, 19 * Day, 10 * Day], history.Lives!.Observations.Select(o => o.Low));
        Assert.Equal(20 * Day, history.Window);
    }

    [Fact]
    public void Failures_of_one_event_end_lives_but_are_no_failures_of_their_own()
    {
        string log = "component,class,start,end,event\na,x,10d,11d,e1\nb,x,10d4h,12d,e1\nc,x,40d,41d,\nd,x,70d,71d,\n";
        ClassHistory history = One(log, Hundred);
        Assert.Equal((3, 1, 2, 2), (history.Common!.Events, history.Common.Common, history.Common.LeastHit, history.Common.MostHit));
        Assert.True(history.Common.IsReal);
        Assert.Equal(2, history.Lives!.Failures);
        Assert.Equal(4, history.Repairs!.Failures);
        ClassHistory alone = One(log.Replace("e1", "", StringComparison.Ordinal), Hundred);
        Assert.Equal((4, 0), (alone.Common!.Events, alone.Common.Common));
        Assert.Equal(4, alone.Lives!.Failures);
        ClassHistory within = One(log.Replace("e1", "", StringComparison.Ordinal), Hundred with { Together = 5 * 3_600_000_000_000 });
        Assert.Equal(1, within.Common!.Common);
        // By chance: 4 failures, each followed within 5 h of 100 d by those of the three others.
        Assert.Equal(16.0 * 5 / 2400 * 0.75, within.Common.Expected, 1e-12);
    }

    [Fact]
    public void Other_causes_end_a_life_without_being_its_failure()
    {
        IReadOnlyList<ClassHistory> histories = IncidentHistory.Of(
            Rows("component,class,start,end,cause\na,x,10d,11d,disk\na,x,31d,33d,power\n"), Hundred with { Grouping = Grouping.Cause });
        Assert.Equal(["x-disk", "x-power"], histories.Select(h => h.Name));
        Assert.All(histories, h => Assert.Equal(1, h.Lives!.Failures));
        Assert.All(histories, h => Assert.Equal(397 * Day, h.Lives!.Exposure));
        Assert.Equal([1 * Day, 2 * Day], histories.Select(h => Assert.Single(h.Repairs!.Observations).Low));
    }

    [Fact]
    public void Round_durations_are_intervals_and_short_ones_that_go_unseen_are_a_truncation()
    {
        string rows = string.Concat(Enumerable.Range(1, 20).Select(i => $"a,x,{i}d7s,{i}d{(i % 3) + 1}h7s\n")) + "a,x,30d,30d17m3s\n";
        ClassHistory history = One("component,class,start,end\n" + rows, Hundred with { UnseenBelow = 20 * 60_000_000_000 });
        Assert.Equal(20, history.Repairs!.Intervals);
        Assert.Equal((1_200.0, 5_400.0, 9_000.0), (history.Repairs.Observations[0].Entry, history.Repairs.Observations[0].Low, history.Repairs.Observations[0].High));
        Assert.Equal(20, history.Repairs.Truncated);
        Assert.Contains(history.Notes, n => n.Contains("rounded to 60 minutes", StringComparison.Ordinal));
        Assert.Contains(history.Notes, n => n.StartsWith("1 repairs are no longer", StringComparison.Ordinal));
    }

    [Fact]
    public void Clopper_and_Pearson_bound_the_share_of_common_events()
    {
        // 2 of 10 at 90 %: P(X >= 2; low) = P(X <= 2; high) = 5 %.
        var (low, high) = new BetaFactor(10, 2, 0, 2, 2).Interval(0.9);
        Assert.Equal(0.05, 1 - Binomial(0, low) - Binomial(1, low), 1e-9);
        Assert.Equal(0.05, Binomial(0, high) + Binomial(1, high) + Binomial(2, high), 1e-9);
        Assert.Equal(0, new BetaFactor(10, 0, 0, 0, 0).Interval(0.9).Low);

        static double Binomial(int k, double p) => MathNet.Numerics.SpecialFunctions.Binomial(10, k) * Math.Pow(p, k) * Math.Pow(1 - p, 10 - k);
    }

    [Fact]
    public void Laplace_sees_failures_that_come_ever_more_often()
    {
        Assert.Equal((0.7 + 0.8 + 0.9 + 1 - 2) / Math.Sqrt(4 / 12.0), Trend.Of([0.7, 0.8, 0.9, 1])!.U, 1e-12);
        Assert.True(Trend.Of([.. Enumerable.Range(1, 60).Select(i => Math.Sqrt(i / 60.0))])!.PValue < 1e-4);
        Assert.Null(Trend.Of([0.9, 1, 1]));
    }

    /// <summary>A stationary fleet watched for less than a life: the first lives are of unknown age, and to take them for new would be wrong.</summary>
    [Theory]
    [InlineData("weibull", 2.5)]
    [InlineData("lognormal", 0.6)]
    [InlineData("gamma", 4)]
    public void A_window_onto_a_fleet_long_under_way_leads_back_to_the_law_of_lives(string name, double shape)
    {
        Law law = SampleLogs.Named(name).At(30 * Day, shape).Law;
        StringBuilder log = new("component,class,start,end\n");
        for (int unit = 0; unit < 500; unit++)
        {
            Draws draws = SampleLogs.Stream($"window/{name}", unit);
            for (double at = -900 * Day + law.Draw(ref draws); at < 50 * Day; at += 3_600 + law.Draw(ref draws))
            {
                log.Append(at > 0 ? FormattableString.Invariant($"u{unit},x,{at:F3}s,{at + 3_600:F3}s\n") : "");
            }
            log.Append(FormattableString.Invariant($"u{unit},x,,\n"));
        }
        FitSettings settings = Hundred with { To = new LogInstant(50 * 86_400_000_000_000, false), Units = new Dictionary<string, int>(), Together = 0 };
        Sample lives = One(log.ToString(), settings).Lives!;
        FittedLaw fit = MaximumLikelihood.Fit(SampleLogs.Named(name), lives)!;
        var mean = MaximumLikelihood.MeanInterval(SampleLogs.Named(name), lives, fit, 1 - 1e-6);
        Assert.InRange(30 * Day, mean.Low!.Value, mean.High!.Value);
        var shapes = MaximumLikelihood.ShapeInterval(SampleLogs.Named(name), lives, fit, 1 - 1e-6)!.Value;
        Assert.InRange(shape, shapes.Low!.Value, shapes.High!.Value);
        double naive = MaximumLikelihood.Fit(SampleLogs.Named(name), One(log.ToString(), settings with { New = true }).Lives!)!.Shape!.Value;
        Assert.False(naive > shapes.Low && naive < shapes.High, $"{naive}");
    }

    private static ClassHistory One(string text, FitSettings settings) => Assert.Single(IncidentHistory.Of(Rows(text), settings));

    private static IReadOnlyList<IncidentRow> Rows(string text)
    {
        IncidentLog log = IncidentFile.Read("log.csv", Encoding.UTF8.GetBytes(text));
        Assert.Empty(log.Diagnostics);
        return log.Incidents;
    }
}
