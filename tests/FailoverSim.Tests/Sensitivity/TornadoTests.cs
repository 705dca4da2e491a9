using System.Text;
using FailoverSim.Analysis.Comparisons;
using FailoverSim.Analysis.Sensitivity;
using FailoverSim.Analysis.Studies;
using FailoverSim.Scenario;
using FailoverSim.Tests.Comparisons;
using Xunit;

namespace FailoverSim.Tests.Sensitivity;

public class TornadoTests
{
    private const string Text = """
        failoversim: 1
        name: s
        units:
          often: {fails: exp(20d), repair: {takes: exp(1d)}}
          seldom: {fails: exp(800d), repair: {takes: exp(1d)}}
          idle: {fails: exp(9d), repair: {takes: 1h}}
        services: {line: {up-when: often and seldom}, other: {up-when: idle}}
        run: {horizon: 2y, replications: 600, seed: 4}
        sensitivity: {vary: all-rates, by: 50%..200%}
        """;

    [Fact]
    public void Ends_are_those_of_the_closed_form_and_the_largest_swing_comes_first()
    {
        Tornado line = Run(1).Tornados.Single(tornado => tornado.Service == "line");
        Assert.Equal(["units.often.fails", "units.often.repair.takes"], line.Effects.Take(2).Select(effect => effect.Factor.Path).Order());
        Assert.Equal(line.Effects.OrderByDescending(effect => Math.Abs(effect.Swing.Value!.Value)), line.Effects);
        foreach (FactorEffect effect in line.Effects.Where(effect => !effect.Factor.Path.Contains("idle", StringComparison.Ordinal)))
        {
            Near(Minutes(effect.Factor.Path, 0.5), effect.Low.DownTime);
            Near(Minutes(effect.Factor.Path, 2), effect.High.DownTime);
            Near(Minutes(effect.Factor.Path, 2) - Minutes(effect.Factor.Path, 0.5), effect.Swing);
            Near(Minutes(effect.Factor.Path, 2) - Minutes("", 1), effect.High.Difference);
        }
        Assert.All(line.Effects.Where(effect => effect.Factor.Path.Contains("idle", StringComparison.Ordinal)), effect => Assert.Equal(0, effect.Swing.Value));
        Assert.Equal(6, line.Family);

        // Both are up unless one is down; from new, U(t) = U (1 − exp(−(λ + μ) t)) averaged over the horizon.
        static double Minutes(string path, double factor)
        {
            double up = Up(20, path == "units.often.fails" ? factor : 1, path == "units.often.repair.takes" ? factor : 1)
                * Up(800, path == "units.seldom.fails" ? factor : 1, path == "units.seldom.repair.takes" ? factor : 1);
            return (1 - up) * 365 * 1440;
        }

        static double Up(double mean, double lives, double repairs)
        {
            (double life, double repair) = (mean * lives, repairs);
            // The transient of so short a repair costs a thousandth of the horizon's unavailability.
            double unavailability = repair / (life + repair);
            double rate = (1 / life) + (1 / repair);
            return 1 - (unavailability * (1 - (1 / (rate * 730))));
        }

        // Six standard errors of intervals that are nearly four wide on each side.
        static void Near(double expected, FailoverSim.Analysis.Estimates.Estimate estimate) =>
            Assert.InRange(expected, estimate.Value!.Value - (3 * (estimate.Value.Value - estimate.Low!.Value)), estimate.Value.Value + (3 * (estimate.High!.Value - estimate.Value.Value)));
    }

    [Fact]
    public void A_value_is_varied_as_if_it_were_a_variant_to_be_compared()
    {
        ScenarioReading reading = Read(Text + "\ncompare: {twice: {set: {units.often.fails: exp(40d)}}}\n");
        StudyOutcome outcome = VariantsStudy.Run(reading.Spec!, [.. reading.Study.Variants], 2, null, default, default);
        PairedMoments pairs = PairedIntervalTests.Of(
            outcome.Tables[0].RowsOf(0).Zip(outcome.Tables[1].RowsOf(0), (one, other) => (one.DownNanoseconds, other.DownNanoseconds)));
        FactorEffect effect = Run(2).Tornados[0].Effects.Single(effect => effect.Factor.Path == "units.often.fails");
        double share = (double)pairs.Difference / (pairs.Count * (double)outcome.Tables[0].HorizonNanoseconds);
        Assert.Equal(share * 365 * 1440, effect.High.Difference.Value!.Value, 1e-9);
    }

    [Fact]
    public void Threads_change_no_digit()
    {
        Assert.Equal(Lines(Run(1)), Lines(Run(3)));

        static IEnumerable<string> Lines(TornadoOutcome outcome) =>
            outcome.Tornados.SelectMany(tornado => tornado.Effects.Select(effect => $"{effect.Factor.Path} {effect.Low} {effect.High} {effect.Swing}"));
    }

    [Fact]
    public void What_was_not_finished_is_named()
    {
        ScenarioReading reading = Read(Text);
        RunOutcome first = RunStudy.Run(reading.Spec!, 1, null, default, default);
        TornadoOutcome outcome = TornadoStudy.Run(first.Table!, 4, reading.Study.Sensitivity!, 1, null, new CancellationToken(true));
        Assert.Equal(reading.Study.Sensitivity!.Factors.Select(factor => factor.Path), outcome.Unfinished);
        Assert.All(outcome.Tornados, tornado => Assert.Empty(tornado.Effects));
    }

    private static TornadoOutcome Run(int threads)
    {
        ScenarioReading reading = Read(Text);
        RunOutcome first = RunStudy.Run(reading.Spec!, threads, null, default, default);
        return TornadoStudy.Run(first.Table!, reading.Spec!.Run.Seed, reading.Study.Sensitivity!, threads, null, default);
    }

    private static ScenarioReading Read(string text)
    {
        ScenarioReading reading = ScenarioFile.Read("s.yaml", Encoding.UTF8.GetBytes(text));
        Assert.False(reading.HasErrors, string.Join('\n', reading.Diagnostics));
        return reading;
    }
}
