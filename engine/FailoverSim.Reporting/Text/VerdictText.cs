using FailoverSim.Analysis.Estimates;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Reporting.Text;

/// <summary>An SLO verdict in words.</summary>
public static class VerdictText
{
    public static string Of(SloVerdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        (string what, Requirement require) = verdict.Slo switch
        {
            OutageSlo outage => (
                $"P(any outage > {HumanUnits.Duration(outage.LongerThan.Seconds)} in {HumanUnits.Duration(outage.Window.Seconds)})", outage.Require),
            WindowSlo window => (
                $"P({HumanUnits.Percent(window.Objective)} met in {HumanUnits.Duration(window.Window.Seconds)})", window.Require),
            _ => ("P", verdict.Slo.Require),
        };
        Estimate p = verdict.Probability;
        return $"{what} = {HumanUnits.Percent(p.Value ?? 0)}, {HumanUnits.Percent(p.Low ?? 0)} to {HumanUnits.Percent(p.High ?? 1)}; "
            + $"required {(require.AtLeast ? "at least" : "at most")} {HumanUnits.Percent(require.Probability)}";
    }
}
