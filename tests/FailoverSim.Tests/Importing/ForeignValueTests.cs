using FailoverSim.Scenario.Importing;
using Xunit;

namespace FailoverSim.Tests.Importing;

public sealed class ForeignValueTests
{
    [Theory]
    [InlineData("500m", 0.5)]
    [InlineData("2", 2)]
    [InlineData("0.1", 0.1)]
    [InlineData("1e3", 1000)]
    [InlineData("12E2", 1200)]
    [InlineData("4Gi", 4294967296)]
    [InlineData("128974848", 128974848)]
    [InlineData("129M", 129000000)]
    [InlineData("1500u", 0.0015)]
    public void Amounts_are_those_of_Kubernetes(string text, double amount) => Assert.Equal((decimal)amount, ForeignValues.Amount(text));

    [Theory]
    [InlineData("")]
    [InlineData("four")]
    [InlineData("4 Gi")]
    [InlineData("-1")]
    [InlineData("4gb")]
    [InlineData("1e99")]
    [InlineData("99999999999999999999999999999999999")]
    public void What_is_no_amount_is_refused(string text) => Assert.Null(ForeignValues.Amount(text));

    [Theory]
    [InlineData("15s", 0, "15s")]
    [InlineData("1m0s", 0, "1m")]
    [InlineData("1m30s", 0, "90s")]
    [InlineData("1.5h", 0, "90m")]
    [InlineData("100", 1e6, "100ms")]
    [InlineData("0.5", 1e9, "500ms")]
    [InlineData("0", 0, "0s")]
    [InlineData("2000ms", 1e6, "2s")]
    public void Durations_are_those_of_Go_or_of_the_program(string text, double bare, string written) =>
        Assert.Equal(written, ForeignValues.Duration(text, (decimal)bare));

    [Theory]
    [InlineData("15", 0)]
    [InlineData("soon", 1e9)]
    [InlineData("1m30", 1e9)]
    [InlineData("", 1e9)]
    [InlineData("-5s", 1e9)]
    public void What_is_no_duration_is_refused(string text, double bare) => Assert.Null(ForeignValues.Duration(text, (decimal)bare));

    [Fact]
    public void Long_digits_that_are_no_duration_are_refused_at_once() => Assert.Null(ForeignValues.Duration(new string('1', 10_000) + "x", 1e9m));
}
