using System.Text;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Files;
using FailoverSim.Scenario.Specification;
using FailoverSim.Scenario.Values;
using FailoverSim.Scenario.Yaml;
using Xunit;

namespace FailoverSim.Tests.Scenarios;

public class ReadingSensitivity
{
    [Theory]
    [InlineData("5m", "2.5m")]
    [InlineData("20s..61s", "10s..30.5s")]
    [InlineData("exp(25y)", "exp(12.5y)")]
    [InlineData("exp(mean=3h)", "exp(1.5h)")]
    [InlineData("weibull(shape=1.6 mean=400d)", "weibull(shape=1.6 mean=200d)")]
    [InlineData("weibull(shape=0.8 scale=2y min=1d max=9y)", "weibull(shape=0.8 scale=1y min=12h max=4.5y)")]
    [InlineData("lognormal(median=40m p95=6h)", "lognormal(median=20m p95=3h)")]
    [InlineData("lognormal(median=40m p99.5=6h max=1d)", "lognormal(median=20m p99.5=3h max=12h)")]
    [InlineData("lognormal(mean=1h cv=2)", "lognormal(mean=30m cv=2)")]
    [InlineData("gamma(shape=2 mean=3h)", "gamma(shape=2 mean=1.5h)")]
    [InlineData("gamma(shape=2 scale=3s)", "gamma(shape=2 scale=1.5s)")]
    [InlineData("erlang(k=4 mean=2h)", "erlang(k=4 mean=1h)")]
    [InlineData("triangular(1m 5m 20m)", "triangular(30s 2.5m 10m)")]
    [InlineData("mix(90% exp(2m) 10% lognormal(median=1h p95=5h) max=10h)", "mix(90% exp(1m) 10% lognormal(median=30m p95=2.5h) max=5h)")]
    [InlineData("mix(50% 7s 50% 1ms..3ms)", "mix(50% 3.5s 50% 500us..1.5ms)")]
    public void A_law_keeps_its_shape_and_reads_back(string text, string expected)
    {
        LawValue law = Law(text);
        string? scaled = ScaledValue.Of(new LawKind("1h"), law, 0.5m).Text;
        Assert.Equal(expected, scaled);
        LawValue half = Law(scaled!);
        Assert.Equal(law.Law.Mean / 2, half.Law.Mean, 1e-9 * law.Law.Mean);
        Assert.Equal(law.Law.Variance / 4, half.Law.Variance, 1e-6 * law.Law.Variance);
        // Back again: no digit is lost.
        Assert.Equal(law.Normal, Law(ScaledValue.Of(new LawKind("1h"), half, 2m).Text!).Normal);
    }

    [Theory]
    [InlineData("12 per year", "6 per year")]
    [InlineData("1.5 per day", "0.75 per day")]
    [InlineData("2k per year", "1000 per year")]
    [InlineData("AFR 4%", "AFR 2%")]
    public void A_frequency_scales_as_the_number_of_events_that_it_is(string text, string expected)
    {
        LawValue often = Law(text);
        string? scaled = ScaledValue.Of(new LawKind("1h", frequency: true), often, 0.5m).Text;
        Assert.Equal(expected, scaled);
        Assert.Equal(2 * often.Law.Mean, Law(scaled!).Law.Mean, 1e-9 * often.Law.Mean);
    }

    [Fact]
    public void All_rates_are_how_often_things_break_and_how_long_it_takes_until_they_work_again()
    {
        SensitivitySpec spec = Read("""
            units:
              pump:
                count: 5
                fails: exp(1y)
                modes:
                  seal: {share: 70%, repair: {takes: 6h, crew: c}}
                  motor: {share: 30%, repair: {takes: 1d, crew: c, spare: kit}}
                standby: {kind: warm, needed: 4, hazard: 20%, switch: 30s}
              twin: {count: 2, fails: AFR 10%, repair: {takes: exp(3h)}}
            crews: {c: {size: 1, answer: 10m..20m}}
            spares: {kit: {stock: 1, delivery: 5d..9d}}
            inspection: {of: twin, every: 30d, takes: 2h}
            common-cause: {flood: {of: [pump], every: 1 per year, lasts: 2d}}
            services: {plant: {up-when: 3 of pump and 1 of twin}}
            sensitivity: {vary: [all-rates, units.pump.standby.switch, units.pump.standby.hazard, inspection.every, units.pump.fails]}
            """);
        Assert.Equal(
            ["units.pump.fails", "units.pump.modes.seal.repair.takes", "units.pump.modes.motor.repair.takes", "units.twin.fails",
                "units.twin.repair.takes", "crews.c.answer", "spares.kit.delivery", "common-cause.flood.every", "common-cause.flood.lasts",
                "units.pump.standby.switch", "units.pump.standby.hazard", "inspection.every"],
            spec.Factors.Select(factor => factor.Path));
        Assert.Equal("pump seal repair takes", spec.Factors[1].Label);
        Assert.Equal(["15s", "1m"], Ends(spec, "units.pump.standby.switch"));
        Assert.Equal(["10%", "40%"], Ends(spec, "units.pump.standby.hazard"));
        Assert.Equal(["15d", "60d"], Ends(spec, "inspection.every"));
        Assert.Equal(["AFR 5%", "AFR 20%"], Ends(spec, "units.twin.fails"));
        Assert.Equal(0.5 * 365 * 86400, spec.Factors[0].Low.Variant.Spec.Units[0].Fails.Mean, 1e-3);
        Assert.Equal(365 * 86400, spec.Factors[1].Low.Variant.Spec.Units[0].Fails.Mean, 1e-3);
        Assert.Empty(spec.LeftOut);
    }

    [Fact]
    public void A_star_varies_each_of_its_values_by_itself()
    {
        SensitivitySpec spec = Read("""
            units: {a: {fails: exp(1y), repair: {takes: 1h}}, b: {fails: exp(2y), repair: {takes: 1h}}}
            services: {s: {up-when: a or b}}
            sensitivity: {vary: units.*.fails, by: 80%..125%}
            """);
        Assert.Equal(["units.a.fails", "units.b.fails"], spec.Factors.Select(factor => factor.Path));
        Assert.Equal(["exp(292d)", "exp(1.25y)"], Ends(spec, "units.a.fails"));
    }

    [Fact]
    public void All_rates_leave_out_and_name_what_cannot_be_scaled()
    {
        SensitivitySpec spec = Read("""
            units:
              a: {fails: never}
              b: {fails: empirical(lives.csv), repair: {takes: 1h}}
              c: {fails: exp(1y), repair: {takes: 0s}}
            services: {s: {up-when: a and b and c}}
            sensitivity: {vary: all-rates}
            """);
        Assert.Equal(["units.c.fails"], spec.Factors.Select(factor => factor.Path).Where(path => path.Contains(".c.", StringComparison.Ordinal)));
        Assert.Equal(["units.a.fails", "units.b.fails", "units.c.repair.takes"], spec.LeftOut.Select(left => left.Path));
    }

    [Fact]
    public void Rates_of_the_catalogues_are_varied_where_they_stand()
    {
        SensitivitySpec spec = Read("""
            use: {timers: kubernetes/v1.33, rates: public-cloud-vm}
            topology: {zones: [a, b, c]}
            nodes: {cp: {count: 3, place: one-per-zone, runs: [etcd, apiserver]}}
            faults: {crash: {of: nodes.cp, every: exp(1y)}, zone: {of: zones}}
            services: {api: {probe: apiserver.write}}
            sensitivity: {vary: all-rates}
            """);
        Assert.Contains("faults.zone.every", spec.Factors.Select(factor => factor.Path));
        SensitivityFactor zone = spec.Factors.Single(factor => factor.Path == "faults.zone.every");
        FaultSpec low = zone.Low.Variant.Spec.Cluster!.Faults.Single(fault => fault.Name == "zone");
        FaultSpec high = zone.High.Variant.Spec.Cluster!.Faults.Single(fault => fault.Name == "zone");
        Assert.Equal(4, high.Every!.Mean / low.Every!.Mean, 1e-9);
    }

    private static string[] Ends(SensitivitySpec spec, string path)
    {
        SensitivityFactor factor = spec.Factors.Single(factor => factor.Path == path);
        return [factor.Low.Text, factor.High.Text];
    }

    private static SensitivitySpec Read(string text)
    {
        ScenarioReading reading = ScenarioFile.Read(
            "s.yaml", Encoding.UTF8.GetBytes("failoversim: 1\nname: s\nrun: {horizon: 1y, replications: 1}\n" + text), null,
            _ => Encoding.UTF8.GetBytes("3d\n5d\n"));
        Assert.Empty(reading.Diagnostics.Where(finding => finding.Severity == Severity.Error).Select(finding => finding.ToString()));
        return reading.Study.Sensitivity!;
    }

    private static LawValue Law(string text)
    {
        var bag = new DiagnosticBag();
        object? value = new LawKind("1h", frequency: true).Read(
            YamlScalar.Of(new Mark("x", 1, 1), text), new FieldContext("x", FilesBeside.None), bag);
        Assert.Empty(bag.Sorted());
        return (LawValue)value!;
    }
}
