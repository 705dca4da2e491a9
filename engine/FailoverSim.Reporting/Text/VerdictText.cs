using System.Globalization;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Reporting.Text;

/// <summary>An SLO verdict in words.</summary>
public static class VerdictText
{
    /// <summary><c>met</c>, <c>missed</c> or <c>undecided</c>.</summary>
    public static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Met => "met",
        Verdict.Missed => "missed",
        _ => "undecided",
    };

    /// <summary>The same with a sign that is told apart without colours.</summary>
    public static string Signed(Verdict verdict) => $"{verdict switch
    {
        Verdict.Met => "✓",
        Verdict.Missed => "✗",
        _ => "?",
    }} {Word(verdict)}";

    public static string Of(SloVerdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        (string what, Requirement require) = verdict.Slo switch
        {
            OutageSlo outage => (
                $"P(any outage > {HumanUnits.Duration(outage.LongerThan.Seconds)} in {HumanUnits.Duration(outage.Window.Seconds)})", outage.Require),
            WindowSlo window => (
                string.Create(CultureInfo.InvariantCulture, $"P({100 * window.Objective:0.##########} % met in {Span(window)})"), window.Require),
            _ => ("P", verdict.Slo.Require),
        };
        Estimate p = verdict.Probability;
        string estimate = p is { Value: { } value, Low: { } low, High: { } high }
            ? HumanUnits.Number(100 * value, 100 * low, 100 * high)
            : "unknown";
        return $"{what} is {estimate} %; required {(require.AtLeast ? "at least" : "at most")} {HumanUnits.Number(100 * require.Probability)} %";
    }

    private static string Span(WindowSlo slo) => slo switch
    {
        { Months: not null } => "a calendar month",
        { Rolls: true } => $"rolling {HumanUnits.Duration(slo.Window.Seconds)}",
        _ => HumanUnits.Duration(slo.Window.Seconds),
    };
}
