using System.Globalization;
using FailoverSim.Analysis.Tables;
using FailoverSim.Reporting.Text;

namespace FailoverSim.Reporting.Report;

/// <summary>All that is needed to get the same bytes again.</summary>
internal static class RepeatSection
{
    public static ReportSection? Of(ReportContent content)
    {
        Origin origin = content.Findings.Results.Origin;
        double warmUp = content.Spec.Run.WarmUp.Seconds;
        return ReportSection.Of("repeat", "How to repeat it",
            Markup.Of("pre.command", [("tabindex", "0"), ("role", "region"), ("aria-label", "Command")], Markup.Of("code", content.Findings.Repeat)),
            PageTable.Of("What was run", ["what", "is"],
            [
                ["scenario", origin.Scenario],
                ["seed", origin.Seed.ToString(CultureInfo.InvariantCulture)],
                ["replications", HumanUnits.Count(content.Findings.Results.Replications)],
                ["each observes", HumanUnits.Duration(content.Spec.Run.Horizon.Seconds) + (warmUp > 0 ? $" after {HumanUnits.Duration(warmUp)} of warm-up" : "")],
                ["engine", origin.EngineVersion],
                ["SHA-256 of the resolved scenario", origin.Hash],
                .. content.Findings.Others.Select(other => (IReadOnlyList<string>)[$"SHA-256 of {other.Variant}", other.Reading.Hash ?? "–"]),
            ], sorts: false),
            Markup.Of("p", "Beside this page stand summary.csv, attribution.csv, outages.csv and more with every number, plots with every figure, and manifest.json with the whole resolved scenario."));
    }
}
