using System.Text;
using System.Xml.Linq;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Studies;
using FailoverSim.Analysis.Tables;
using FailoverSim.Reporting.Figures;
using FailoverSim.Reporting.Results;
using FailoverSim.Scenario;
using Xunit;

namespace FailoverSim.Tests.Figures;

/// <summary>The figures of whole studies.</summary>
public sealed class FigureSetTests
{
    private const double SecondsPerYear = 365 * 86400;

    private const string Scenario = """
        failoversim: 1
        name: quorum-3
        units: {node: {count: 3, fails: exp(20d), repair: {takes: exp(1d)}}, spare: {count: 4, fails: exp(900y), repair: {takes: exp(1d)}}}
        services: {quorum: {up-when: 2 of node}, never: {up-when: 1 of spare}}
        slo: {month: {service: quorum, objective: 99%, window: 30d, require: P(met) >= 50%}}
        run: {horizon: 1y, STOP, seed: 9}
        compare: {five: {set: {units.node.count: 5}}}
        sweep: {repair: {path: units.node.repair.takes, values: [exp(12h), exp(2d)]}}
        """;

    private static readonly Lazy<StudyFindings> Study = new(() => Run("replications: 200"));

    private static readonly Lazy<IReadOnlyList<Figure>> Drawn = new(() => [.. FigureSet.Of(Study.Value, new SvgFigureRenderer())]);

    [Fact]
    public void All_figures_of_a_study_may_stand_on_one_page()
    {
        string[] ids = [.. Drawn.Value.SelectMany(figure => XDocument.Parse(figure.Svg).Descendants().Attributes("id").Select(id => id.Value))];
        Assert.Equal(ids.Length, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Drawn.Value.Count, Drawn.Value.Select(figure => figure.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void The_set_holds_what_a_reader_looks_for()
    {
        string[] kinds =
        [
            "availability", "outage-durations", "downtime-per-year", "slo-budget-month", "slo-windows-month", "timeline", "convergence", "pareto-quorum",
            "waterfall-quorum", "forest-quorum", "sweep-repair-quorum",
        ];
        Assert.Empty(kinds.Except(Drawn.Value.Select(figure => figure.Name)));
        Assert.All(Drawn.Value, figure => Assert.NotEmpty(figure.Table.Rows));
    }

    [Fact]
    public void A_title_is_that_of_the_drawing()
    {
        foreach (Figure figure in Drawn.Value)
        {
            Assert.Equal(figure.Title, XDocument.Parse(figure.Svg).Root!.Element(TextBox.Svg + "title")!.Value);
        }
        Assert.Contains("quorum", Drawn.Value[0].Title, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(9)]
    [InlineData(14)]
    public void A_point_of_the_convergence_is_what_a_run_of_so_many_replications_says(int index)
    {
        ConvergencePanel panel = ConvergenceOf(Study.Value).Panels.Single(panel => panel.Service == "quorum");
        ConvergencePoint point = panel.Points[index];
        ResultTable alone = Run($"replications: {point.Replications}").Results.Base;
        Estimate said = AvailabilityInterval.Unavailability(alone.Totals(0), Summary.DefaultLevel).Times(SecondsPerYear);
        Assert.Equal(point.Replications, alone.Replications);
        Assert.Equal((said.Value, said.Low, said.High), (point.Seconds, point.Low, point.High));
    }

    [Fact]
    public void The_convergence_ends_with_what_the_run_says_and_tells_what_was_asked_for_and_what_is_exact()
    {
        StudyFindings findings = Run("stop-when: unavailability(quorum) within 20% at 90%");
        ConvergenceData data = ConvergenceOf(findings);
        ConvergencePanel panel = data.Panels.Single(panel => panel.Service == "quorum");
        Assert.Equal(findings.Results.Replications, panel.Points[^1].Replications);
        Assert.Equal(panel.Points.Select(point => point.Replications).Order().Distinct(), panel.Points.Select(point => point.Replications));
        Assert.Equal((0.2, 0.9), (panel.Target, data.Level));
        Assert.True(panel.Points[^1].Precision <= 0.2);
        Assert.InRange(panel.Exact!.Value, panel.Points[^1].Low, panel.Points[^1].High);
        Assert.Null(data.Panels.Single(panel => panel.Service == "never").Target);
    }

    private static ConvergenceData ConvergenceOf(StudyFindings findings) => FigureSet.DataOf(findings).OfType<ConvergenceData>().Single();

    private static StudyFindings Run(string stop)
    {
        ScenarioReading reading = ScenarioFile.Read(
            "quorum-3.yaml", Encoding.UTF8.GetBytes(Scenario.Replace("STOP", stop, StringComparison.Ordinal)), null, _ => null);
        Assert.False(reading.HasErrors, string.Join("\n", reading.Diagnostics));
        StudyOutcome outcome = VariantsStudy.Run(reading.Spec!, [.. reading.Study.Variants], 2, null, default, default);
        return StudyFindings.Of(reading, outcome, "1.2.3", "failoversim run quorum-3.yaml");
    }
}
