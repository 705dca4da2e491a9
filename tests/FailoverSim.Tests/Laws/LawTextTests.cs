using System.Globalization;
using FailoverSim.Kernel.Laws;
using FailoverSim.Models.Laws;
using Xunit;

namespace FailoverSim.Tests.Laws;

/// <summary>A law is printed as the scenario language writes it.</summary>
public sealed class LawTextTests
{
    private const double Minute = 60, Hour = 3600, Day = 86_400, Year = 365 * Day;

    public static TheoryData<string, Law> Texts => new()
    {
        { "5m", new Constant(5 * Minute) },
        { "0s", new Constant(0) },
        { "20s..1m", new Uniform(20, 60) },
        { "exp(4y)", new Exponential(4 * Year) },
        { "exp(1000y)", new Exponential(1000 * Year) },
        { "weibull(shape=1.6 mean=400d)", Weibull.FromMean(1.6, 400 * Day) },
        { "lognormal(median=40m p95=6h)", LogNormal.FromMedianAndQuantile(40 * Minute, 0.95, 6 * Hour) },
        { "lognormal(median=40m p90=6h)", LogNormal.FromMedianAndQuantile(40 * Minute, 0.90, 6 * Hour) },
        { "lognormal(median=1s p99.9=3s)", LogNormal.FromMedianAndQuantile(1, 0.999, 3) },
        { "lognormal(mean=3h cv=0.5)", LogNormal.FromMeanAndCv(3 * Hour, 0.5) },
        { "lognormal(median=1h p95=2h)", new LogNormal(Math.Log(Hour), Math.Log(2) / Normal.Quantile(0.95)) },
        { "gamma(shape=2 mean=3h)", Gamma.FromMean(2, 3 * Hour) },
        { "erlang(k=4 mean=2h)", new Erlang(4, 2 * Hour) },
        { "triangular(1m 5m 20m)", new Triangular(Minute, 5 * Minute, 20 * Minute) },
        {
            "mix(90% exp(2m) 10% lognormal(median=1h p95=5h))",
            new Mixture([(0.9, new Exponential(120)), (0.1, LogNormal.FromMedianAndQuantile(Hour, 0.95, 5 * Hour))])
        },
        { "mix(99.7% 90s 0.3% never)", new Mixture([(0.997, new Constant(90)), (0.003, Never.Instance)]) },
        { "empirical(repairs.csv)", new Empirical([1, 2], "repairs.csv") },
        { "never", Never.Instance },
        { "exp(4y min=1h max=10y)", new Truncated(new Exponential(4 * Year), Hour, 10 * Year) },
        { "exp(4y max=10y)", new Truncated(new Exponential(4 * Year), 0, 10 * Year) },
        {
            "gamma(shape=0.5 mean=1d min=2h)",
            new Truncated(Gamma.FromMean(0.5, Day), 2 * Hour, double.PositiveInfinity)
        },
        {
            "mix(50% 90s 50% exp(2m) max=5m)",
            new Truncated(new Mixture([(0.5, new Constant(90)), (0.5, new Exponential(120))]), 0, 300)
        },
        { "30s..1m", new Truncated(new Uniform(20, 60), 30, 90) },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Law_is_written_as_in_a_scenario(string text, Law law) => Assert.Equal(text, law.ToString());

    [Theory]
    [InlineData(90, "90s")]
    [InlineData(0.3, "0.3s")]
    [InlineData(0.003, "3ms")]
    [InlineData(1.5, "1.5s")]
    [InlineData(0.1 + 0.2, "0.3s")]
    [InlineData(1e-9, "1ns")]
    [InlineData(2.5e-5, "25us")]
    [InlineData(14 * Day, "2w")]
    [InlineData(Year / 12, "1mo")]
    [InlineData(1e15 * Year, "1000000000000000y")]
    public void Duration_takes_the_unit_that_makes_it_short(double seconds, string text) =>
        Assert.Equal(text, Seconds.Text(seconds));

    [Fact]
    public void Duration_reads_back_to_thirteen_digits()
    {
        for (int i = 0; i < 2000; i++)
        {
            double seconds = new Exponential(1).Quantile((i + 0.5) / 2000) * Math.Pow(10, i % 20 - 8);
            LawTests.AssertClose(seconds, Read(Seconds.Text(seconds)), 1e-13);
        }
    }

    private static double Read(string text)
    {
        int unit = text.IndexOfAny([.. "nusmhdwy"]);
        double length = text[unit..] switch
        {
            "y" => Year,
            "mo" => Year / 12,
            "w" => 7 * Day,
            "d" => Day,
            "h" => Hour,
            "m" => Minute,
            "s" => 1,
            "ms" => 1e-3,
            "us" => 1e-6,
            _ => 1e-9,
        };
        return double.Parse(text[..unit], CultureInfo.InvariantCulture) * length;
    }
}
