using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Files;
using FailoverSim.Scenario.Values;
using FailoverSim.Scenario.Yaml;
using Xunit;

namespace FailoverSim.Tests.Scenarios;

/// <summary>Each kind of value in every accepted form, with its normal form; the rejected forms lie in
/// Broken.</summary>
public sealed class ReadingValues
{
    private static readonly FieldContext Field = new("field", new FilesBeside(path =>
        path == "samples.csv" ? "5m\n1h30m\n"u8.ToArray() : null));

    [Theory]
    [InlineData("1h30m", "90m")]
    [InlineData("90m", "90m")]
    [InlineData("10d 3h", "243h")]
    [InlineData("1.5h", "90m")]
    [InlineData("365d", "1y")]
    [InlineData("12mo", "1y")]
    [InlineData("2w", "14d")]
    [InlineData("290y", "290y")]
    [InlineData("1ns", "1ns")]
    [InlineData("250us", "250us")]
    [InlineData("0.3ms", "300us")]
    [InlineData("0s", "0s")]
    public void Durations_are_exact(string text, string normal) =>
        Reads(new DurationKind("1h", allowZero: true), text, normal);

    [Theory]
    [InlineData("5m", "5m", 300)]
    [InlineData("20s..60s", "20s..1m", 40)]
    [InlineData("10d 3h .. 11d", "243h..11d", 907_200 + 5_400)]
    [InlineData("exp(4y)", "exp(4y)", 126_144_000)]
    [InlineData("exp(mean=1000y)", "exp(1000y)", 31_536_000_000)]
    [InlineData("weibull(shape=1 mean=2h)", "weibull(shape=1 mean=2h)", 7_200)]
    [InlineData("weibull(scale=2h shape=1.0)", "weibull(shape=1 scale=2h)", 7_200)]
    [InlineData("lognormal(mean=1h cv=2)", "lognormal(mean=1h cv=2)", 3_600)]
    [InlineData("gamma(shape=2 mean=3h)", "gamma(shape=2 mean=3h)", 10_800)]
    [InlineData("erlang(k=4 mean=2h)", "erlang(k=4 mean=2h)", 7_200)]
    [InlineData("triangular(1m 5m 6m)", "triangular(1m 5m 6m)", 240)]
    [InlineData("mix(90% exp(1m) 10% mix(0.5 1m 50% 3m))", "mix(90% exp(1m) 10% mix(50% 1m 50% 3m))", 66)]
    [InlineData("empirical(samples.csv)", null, 2_850)]
    [InlineData("12 per year", "12 per year", 2_628_000)]
    [InlineData("AFR 4%", "AFR 4%", 25 * 31_536_000.0)]
    [InlineData("AFR 0.1%", "AFR 0.1%", 1_000 * 31_536_000.0)]
    public void Laws_have_the_mean_that_they_tell(string text, string? normal, double meanSeconds)
    {
        var law = Reads(new LawKind("5m", frequency: true), text, normal);
        Assert.Equal(meanSeconds, law.Law.Mean, meanSeconds * 1e-6);
    }

    [Fact]
    public void A_lognormal_law_has_the_quantiles_that_it_tells()
    {
        var law = Reads(new LawKind("5m"), "lognormal(median=40m p95=6h)", "lognormal(median=40m p95=6h)").Law;
        Assert.Equal(2_400, law.Quantile(0.5), 1e-3);
        Assert.Equal(21_600, law.Quantile(0.95), 1e-3);
    }

    [Fact]
    public void Any_law_in_brackets_is_truncated_by_min_and_max()
    {
        var law = Reads(new LawKind("5m"), "exp(4h min=1h max=10h)", "exp(4h min=1h max=10h)").Law;
        Assert.Equal(0, law.Cdf(3_599));
        Assert.Equal(1, law.Cdf(36_000), 1e-12);
    }

    [Fact]
    public void Never_has_no_end() =>
        Assert.Equal(double.PositiveInfinity, Reads(new LawKind("5m"), "never", "never").Law.Mean);

    [Theory]
    [InlineData("70%", "70%")]
    [InlineData("0.3%", "0.3%")]
    [InlineData("0.003", "0.3%")]
    [InlineData("1e-5", "0.001%")]
    [InlineData("0", "0%")]
    [InlineData("100%", "100%")]
    public void Shares_are_percentages_or_numbers_below_one(string text, string normal) =>
        Reads(new ShareKind("1%"), text, normal);

    [Theory]
    [InlineData("60%..100%", "60%..100%")]
    [InlineData("80%", "80%")]
    [InlineData("0.5 .. 75%", "50%..75%")]
    public void Ranges_of_shares_have_two_ends_or_one(string text, string normal) =>
        Reads(new ShareRangeKind("1%", max: 1), text, normal);

    [Theory]
    [InlineData("500k", "500000")]
    [InlineData("1.5M", "1500000")]
    [InlineData("007", "7")]
    public void Counts_take_k_and_M(string text, string normal) => Reads(new CountKind(0, 10_000_000), text, normal);

    [Theory]
    [InlineData("14k EUR", "14000 EUR")]
    [InlineData("900 CHF", "900 CHF")]
    public void Money_has_a_currency(string text, string normal) => Reads(new MoneyKind(), text, normal);

    [Theory]
    [InlineData("Mon-Sat 06:00-22:00 Europe/Zurich", "Mon,Tue,Wed,Thu,Fri,Sat 06:00-22:00 Europe/Zurich")]
    [InlineData("Mon,Wed 08:00-12:00", "Mon,Wed 08:00-12:00 UTC")]
    [InlineData("Fri-Mon 22:00-06:00 UTC", "Sun,Mon,Fri,Sat 22:00-06:00 UTC")]
    [InlineData("22:00-06:00", "Sun,Mon,Tue,Wed,Thu,Fri,Sat 22:00-06:00 UTC")]
    [InlineData("Sat 0:00-24:00", "Sat 00:00-24:00 UTC")]
    [InlineData("24x7", "24x7")]
    [InlineData("otherwise", "otherwise")]
    public void Hours_have_days_times_and_a_zone(string text, string normal) => Reads(new HoursKind(), text, normal);

    [Theory]
    [InlineData("header and 3 of pump", "header and 3 of pump")]
    [InlineData("a or b and c", "a or (b and c)")]
    [InlineData("(a or b) and c", "(a or b) and c")]
    [InlineData("any of pump or all of pump", "1 of pump or pump")]
    [InlineData("2 of (a, 2 of b, c and d)", "2 of (a, 2 of b, c and d)")]
    [InlineData("all of (a, b)", "all of (a, b)")]
    [InlineData("50% of pump", "50% of pump")]
    [InlineData("3 of 3", "3 of 3")]
    [InlineData("2-pumps and 3", "2-pumps and 3")]
    public void Expressions_bind_K_of_before_and_before_or(string text, string normal) =>
        Reads(new UpWhenKind(), text, normal);

    [Theory]
    [InlineData("P(met) >= 98%", "P(met) >= 98%")]
    [InlineData("P( any outage > 30m in 365d ) <= 0.02", "P(any outage > 30m in 1y) <= 2%")]
    public void Requirements_limit_a_probability(string text, string normal) =>
        Reads(new RequirementKind(), text, normal);

    [Theory]
    [InlineData("unavailability(plant) within 2% at 95%", "unavailability(plant) within 2% at 95%")]
    [InlineData("unavailability(a,b) within 0.05 at 0.99", "unavailability(a, b) within 5% at 99%")]
    public void Stopping_rules_name_one_service_or_several(string text, string normal) =>
        Reads(new StopWhenKind(), text, normal);

    [Theory]
    [InlineData("2024-02-29", "2024-02-29T00:00:00Z")]
    [InlineData("2024-01-01T06:30Z", "2024-01-01T06:30:00Z")]
    public void Dates_are_in_UTC(string text, string normal) => Reads(new InstantKind(), text, normal);

    [Theory]
    [InlineData("512MiB", "536870912B")]
    [InlineData("2GB", "2000000000B")]
    public void Sizes_are_in_bytes(string text, string normal) => Reads(new SizeKind(), text, normal);

    [Theory]
    [InlineData("60MiB/s", "62914560B/s")]
    [InlineData("0.1/s", "0.1/s")]
    [InlineData("6/m", "0.1/s")]
    public void Rates_are_per_second(string text, string normal) => Reads(new RateKind(), text, normal);

    [Theory]
    [InlineData("500m", "0.5")]
    [InlineData("4", "4")]
    public void Half_a_core_is_500m(string text, string normal) => Reads(new CpuKind(), text, normal);

    [Theory]
    [InlineData("3", "3")]
    [InlineData("choice(2=30% 3=70%)", "choice(2=30% 3=70%)")]
    public void Discrete_properties_are_numbers_or_choices(string text, string normal) =>
        Reads(new ChoiceKind(new CountKind(1, 100)), text, normal);

    [Theory]
    [InlineData("4", 2)]
    [InlineData("4QiB", 2)]
    public void A_size_needs_its_unit(string text, int column) =>
        Rejects(new SizeKind(), text, Codes.BadQuantity, column);

    [Theory]
    [InlineData("60MiB", 6)]
    [InlineData("0.1/x", 4)]
    public void A_rate_needs_a_unit_of_time(string text, int column) =>
        Rejects(new RateKind(), text, Codes.BadQuantity, column);

    [Theory]
    [InlineData("choice(2=30% 3=60%)", 8)]
    public void The_shares_of_a_choice_sum_to_100_percent(string text, int column) =>
        Rejects(new ChoiceKind(new CountKind(1, 100)), text, Codes.SharesSum, column);

    private static T Reads<T>(ValueKind<T> kind, string text, string? normal)
        where T : notnull
    {
        var value = Read(kind, text, out var bag);
        Assert.Empty(bag.Sorted());
        if (normal is not null)
        {
            Assert.Equal(normal, kind.WriteValue(value!));
            var again = Read(kind, normal, out _);
            Assert.Equal(normal, kind.WriteValue(again!));
        }
        return (T)value!;
    }

    private static void Rejects(ValueKind kind, string text, DiagnosticCode code, int column)
    {
        Read(kind, text, out var bag);
        var only = Assert.Single(bag.Sorted());
        Assert.Equal((code, column), (only.Code, only.Column));
    }

    private static object? Read(ValueKind kind, string text, out DiagnosticBag bag)
    {
        bag = new DiagnosticBag();
        return kind.Read(new YamlScalar(new Mark("value", 1, 1), text, true, 1), Field, bag);
    }
}
