using FailoverSim.Analysis.Estimates;
using FailoverSim.Reporting.Results;
using FailoverSim.Reporting.Text;

namespace FailoverSim.Reporting.Report;

/// <summary>How far the numbers can be trusted: how the run ended, how wide the intervals are, and the exact answer where there is one.</summary>
internal static class PrecisionSection
{
    public static ReportSection? Of(ReportContent content) => ReportSection.Of("precision", "How sure this is",
        Markup.Of("p", $"{HumanUnits.Plural(content.Base.Replications, "replication", "replications")} of {HumanUnits.Duration(content.Spec.Run.Horizon.Seconds)}. "
            + RunReport.Of(content.Findings).Ending),
        PageTable.Of("Intervals of the unavailability", ["service", "unavailability", "precision", "how"], content.InDetail.Select(service => Row(content, service))),
        content.Show("convergence"),
        Exact(content));

    private static IReadOnlyList<string> Row(ReportContent content, string service)
    {
        Estimate estimate = AvailabilityInterval.Unavailability(content.Totals(service), Summary.DefaultLevel);
        return
        [
            service,
            estimate is { Value: { } value, Low: { } low, High: { } high } ? $"{HumanUnits.Number(value)} ({HumanUnits.Number(low)} – {HumanUnits.Number(high)})"
                : $"< {HumanUnits.Number(estimate.High ?? 1)}",
            estimate.Value is > 0 and { } mean && double.IsFinite(estimate.HalfWidth) ? $"± {HumanUnits.Percent(estimate.HalfWidth / mean)}" : "–",
            ConsoleSummary.Of(content.Base.Variant, content.Totals(service)).Basis,
        ];
    }

    private static Markup Exact(ReportContent content) => content.Findings.Exact is not { } exact ? Markup.Nothing : Markup.All(
        Markup.Of("h3", "The exact answer beside the simulated one"),
        Markup.Of("p", $"The same model as a chain that can be solved: {ExactText.Basis(exact)}."),
        PageTable.List(ExactText.Check(exact, content.Base)));
}
