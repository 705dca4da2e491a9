using System.Text;
using FailoverSim.Analysis.Fitting;
using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Reporting.Text;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Incidents;
using Xunit;

namespace FailoverSim.Tests.Fitting;

public sealed class FitYamlTests
{
    private static readonly FitSettings Quick = new() { Bootstraps = 9 };

    public static TheoryData<string, double, double> Laws => new()
    {
        { "exp", 3.7e6, 1 }, { "exp", 2.3e-4, 1 }, { "exp", 4e9, 1 }, { "weibull", 8.1e6, 0.83 }, { "weibull", 95, 7 },
        { "gamma", 5_000, 0.3 }, { "lognormal", 3_000, 1.4 }, { "lognormal", 0.02, 0.1 },
    };

    [Theory]
    [MemberData(nameof(Laws))]
    public void What_is_written_is_read_back_as_the_law_that_was_fitted(string name, double mean, double shape)
    {
        Draws draws = SampleLogs.Stream($"yaml/{name}/{mean}", 0);
        Sample sample = SampleLogs.CutAt(SampleLogs.Named(name).At(mean, shape).Law, 300, 2 * mean, ref draws);
        ClassFit fit = ClassFit.Of(new ClassHistory("Control plane!") { Units = 7, Lives = sample, Repairs = sample, Window = 100 * mean }, Quick);
        Law fitted = fit.Lives!.Choice!.Chosen.Law;
        ScenarioReading reading = Read(FitYaml.Of([fit], asFaults: false) + "\nservices: {s: {up-when: any of control-plane}}\n");
        var unit = Assert.Single(reading.Spec!.Units);
        Assert.Equal(("control-plane", 7), (unit.Name, unit.Count));
        foreach (double p in new[] { 0.1, 0.5, 0.95 })
        {
            Assert.Equal(fitted.Quantile(p), unit.Fails.Quantile(p), 2e-3 * fitted.Quantile(p));
        }
        Assert.Equal(fitted.Mean, unit.Fails.Mean, 5e-3 * fitted.Mean);
    }

    [Fact]
    public void Mixtures_and_common_causes_are_read_back()
    {
        Draws draws = SampleLogs.Stream("yaml/mix", 0);
        FailoverSim.Models.Laws.Mixture law = new([(2 / 3.0, new FailoverSim.Models.Laws.LogNormal(5, 0.5)), (1 / 3.0, new FailoverSim.Models.Laws.LogNormal(9, 0.5))]);
        Sample repairs = SampleLogs.CutAt(law, 200, double.PositiveInfinity, ref draws);
        ClassFit fit = ClassFit.Of(
            new ClassHistory("x") { Units = 9, Lives = repairs, Repairs = repairs, Window = 8.64e6, Common = new BetaFactor(50, 4, 0, 2, 5) }, Quick);
        string yaml = FitYaml.Of([fit], asFaults: false);
        Assert.Contains("takes: mix(", yaml, StringComparison.Ordinal);
        Assert.Contains("x-together: {of: [x], every: exp(25d), hits: 22.22%..55.56%}", yaml, StringComparison.Ordinal);
        Read(yaml + "\nservices: {s: {up-when: any of x}}\n");
    }

    [Fact]
    public void Faults_take_the_class_as_their_selector()
    {
        Draws draws = SampleLogs.Stream("yaml/faults", 0);
        Sample sample = SampleLogs.CutAt(new FailoverSim.Models.Laws.Exponential(1e6), 50, 3e6, ref draws);
        string yaml = FitYaml.Of([ClassFit.Of(new ClassHistory("nodes.cp") { Units = 3, Lives = sample, Repairs = sample }, Quick)], asFaults: true);
        Assert.Contains("nodes-cp: {of: nodes.cp, every: exp(", yaml, StringComparison.Ordinal);
        string whole = File.ReadAllText(Path.Combine(Repository.Scenarios, "kubeadm-stacked-3.yaml"));
        // In the place of the faults that the scenario has.
        string[] blocks = whole.Split("\nfaults:");
        string rest = blocks[1][blocks[1].IndexOf("\n\n", StringComparison.Ordinal)..];
        ScenarioReading reading = ScenarioFile.Read("pasted.yaml", Encoding.UTF8.GetBytes(blocks[0] + "\n" + yaml + rest));
        Assert.DoesNotContain(reading.Diagnostics, d => d.Severity == Scenario.Diagnostics.Severity.Error && d.Message.Contains("nodes-cp", StringComparison.Ordinal));
        Assert.False(reading.HasErrors, string.Join('\n', reading.Diagnostics));
    }

    [Fact]
    public void A_class_without_failures_is_a_comment_with_its_bound()
    {
        ClassFit fit = ClassFit.Of(new ClassHistory("x") { Units = 3, Lives = new Sample([Observation.Censored(3e6)]) }, Quick);
        string yaml = FitYaml.Of([fit], asFaults: false);
        // The rule of three: 3e6 s / 3.00 is 11.6 d.
        Assert.Contains("# failure: none seen; mean at least 12 d (95 %)", yaml, StringComparison.Ordinal);
        Assert.Contains("\n  # x:", yaml, StringComparison.Ordinal);
    }

    /// <summary>The synthetic log of the notebooks: laws as make-incidents.cs has them.</summary>
    [Fact]
    public void The_synthetic_log_leads_back_to_the_laws_that_made_it()
    {
        IncidentLog log = IncidentFile.Read(Path.Combine(Repository.Root, "notebooks", "data", "incidents.csv"));
        FitSettings settings = new()
        {
            From = IncidentFile.ReadInstant("--from", "2024-01-01").At,
            To = IncidentFile.ReadInstant("--to", "2026-01-01").At,
            Units = new Dictionary<string, int> { ["worker"] = 40, ["control-plane"] = 5 },
            Level = 1 - 1e-6,
            Bootstraps = 99,
        };
        ClassFit[] fits = [.. IncidentHistory.Of(log.Incidents, settings).Select(h => ClassFit.Of(h, settings))];
        Assert.Equal(["control-plane", "worker"], fits.Select(f => f.History.Name));
        const double Day = 86_400;
        (QuantityFit Fit, string Family, double Mean)[] truths =
        [
            (fits[0].Lives!, "exp", 40 * Day),
            (fits[0].Repairs!, "mix", 0.7 * LogMean(180, 480) + 0.3 * LogMean(7_200, 28_800)),
            (fits[1].Lives!, "weibull", 150 * Day),
            (fits[1].Repairs!, "lognormal", LogMean(2_100, 14_400)),
        ];
        Assert.All(truths, t => Assert.Equal(t.Family, t.Fit.Choice!.Chosen.Family));
        Assert.All(truths, t => Assert.InRange(t.Mean, t.Fit.Mean.Low!.Value, t.Fit.Mean.High!.Value));
        Assert.InRange(0.7, fits[1].Lives!.Shape!.Low!.Value, fits[1].Lives!.Shape!.High!.Value);
        Assert.True(fits[1].History.Common!.IsReal);

        static double LogMean(double median, double p95) => FailoverSim.Models.Laws.LogNormal.FromMedianAndQuantile(median, 0.95, p95).Mean;
    }

    private static ScenarioReading Read(string block)
    {
        ScenarioReading reading = ScenarioFile.Read("pasted.yaml", Encoding.UTF8.GetBytes("failoversim: 1\nname: pasted\n" + block + "run: {horizon: 1y, replications: 10}\n"));
        Assert.False(reading.HasErrors, block + string.Join('\n', reading.Diagnostics));
        return reading;
    }
}
