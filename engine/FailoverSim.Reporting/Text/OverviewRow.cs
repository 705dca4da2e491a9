using FailoverSim.Analysis.Estimates;
using FailoverSim.Reporting.Results;

namespace FailoverSim.Reporting.Text;

/// <summary>A service of one of several scenarios, at a glance.</summary>
/// <param name="Scenario">Its scenario, which is also the name of its folder.</param>
/// <param name="Cells">One for each of <see cref="Heads"/>.</param>
public sealed record OverviewRow(string Scenario, IReadOnlyList<string> Cells)
{
    /// <summary>Column heads of the table of all scenarios.</summary>
    public static IReadOnlyList<string> Heads { get; } = ["scenario", "service", "availability", "down per year", "verdict", "worst cause"];

    /// <summary>Whether its folder holds something to read.</summary>
    public bool HasResults { get; init; } = true;

    /// <summary>The services of the scenario as written.</summary>
    public static IReadOnlyList<OverviewRow> Of(StudyFindings findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        string scenario = findings.Spec.Name;
        ILookup<string, SloVerdict> verdicts = findings.Verdicts.ToLookup(verdict => verdict.Slo.Service);
        return
        [
            .. ConsoleSummary.Of(findings.Results).Where(glance => glance.Variant == findings.Results.Base.Variant)
                .Select(glance => new OverviewRow(scenario,
                [
                    scenario, glance.Service, glance.Availability, glance.DowntimePerYear, Worst(verdicts[glance.Service]), glance.ToBlame.Split(',')[0],
                ])),
        ];
    }

    /// <summary>A scenario of which there is nothing to tell.</summary>
    public static OverviewRow OfNothing(string scenario, string why) => new(scenario, [scenario, "–", why, "", "", ""]) { HasResults = false };

    /// <summary>Missed before undecided before met; empty where nothing is required.</summary>
    private static string Worst(IEnumerable<SloVerdict> verdicts)
    {
        Verdict[] all = [.. verdicts.Select(verdict => verdict.Verdict)];
        return all.Length == 0 ? ""
            : VerdictText.Word(all.Contains(Verdict.Missed) ? Verdict.Missed : all.Contains(Verdict.Undecided) ? Verdict.Undecided : Verdict.Met);
    }
}
