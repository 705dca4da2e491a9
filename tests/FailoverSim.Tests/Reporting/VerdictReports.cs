using System.Text;
using FailoverSim.Analysis.Studies;
using FailoverSim.Reporting.Results;
using FailoverSim.Scenario;
using Xunit;

namespace FailoverSim.Tests.Reporting;

/// <summary>A small run whose first objective is missed, the second met and the third undecided.</summary>
internal static class VerdictReports
{
    public const string Scenario = """
        failoversim: 1
        name: quorum-3
        title: "Quorum | of <three> & *more*"
        units: {node: {count: 3, fails: exp(20d), repair: {takes: exp(1d)}}}
        services: {quorum: {up-when: 2 of node}}
        slo:
          strict: {service: quorum, objective: 99.99%, window: 30d, require: P(met) >= 99%}
          lax: {service: quorum, objective: 50%, window: rolling 30d, require: P(met) >= 50%}
          close: {service: quorum, objective: 99%, window: calendar-month Europe/Zurich, require: P(met) >= LIMIT}
          long: {service: quorum, require: P(any outage > 20d in 1y) <= 90%}
        run: {horizon: 1y, replications: 60, seed: 9}
        compare: {five: {set: {units.node.count: 5}}}
        """;

    private static readonly Lazy<RunReport> Run = new(() => Of(Undecided));

    /// <summary>The share of months that are met lies near it.</summary>
    public static string Undecided => Scenario.Replace("LIMIT", "83%", StringComparison.Ordinal);

    public static RunReport Three => Run.Value;

    public static RunReport Of(string scenario)
    {
        ScenarioReading reading = ScenarioFile.Read("quorum-3.yaml", Encoding.UTF8.GetBytes(scenario), null, _ => null);
        Assert.False(reading.HasErrors, string.Join("\n", reading.Diagnostics));
        StudyOutcome outcome = VariantsStudy.Run(reading.Spec!, [.. reading.Study.Variants], 2, null, default, default);
        return RunReport.Of(StudyFindings.Of(reading, outcome, "1.2.3", "failoversim run quorum-3.yaml --replications 60"));
    }
}
