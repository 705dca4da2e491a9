using FailoverSim.Analysis.Comparisons;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Library;
using FailoverSim.Tests.Cli;
using Xunit;
using LibraryScenario = FailoverSim.Library.Scenario;

namespace FailoverSim.Tests.Library;

public sealed class ScenarioFaceTests
{
    [Fact]
    public void Everything_that_is_wrong_with_a_file_is_told_at_once()
    {
        using TempFolder folder = new();
        string path = folder.Write("wrong.yaml", Studies.Shop.Replace("count: 3", "count: -3").Replace("1 of db}", "1 of bd}"));
        ScenarioException wrong = Assert.Throws<ScenarioException>(() => LibraryScenario.Load(path));
        Assert.True(wrong.Findings.Count >= 2);
        Assert.All(wrong.Findings, finding => Assert.Contains(finding.ToString(), wrong.Message, StringComparison.Ordinal));
        Assert.Contains("does not exist", Assert.Throws<ScenarioException>(() => LibraryScenario.Load(folder.File("none.yaml"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_scenario_is_another_one()
    {
        LibraryScenario shop = Studies.Of();
        string before = shop.Text;
        LibraryScenario larger = shop.With("units.web.count", "5").With("run.seed", "4");
        Assert.Equal(before, shop.Text);
        Assert.Equal(5, larger.Reading.Spec!.Units.Single(unit => unit.Name == "web").Count);
        Assert.Equal("units.web.count=5, run.seed=4", larger.Label);
        Assert.Equal("larger", larger.As("larger").Label);
        Assert.Equal(larger.Reading.Hash, LibraryScenario.Parse(Studies.Shop, "units.web.count=5", "run.seed=4").Reading.Hash);
        Assert.Contains("wbe", Assert.Throws<ScenarioException>(() => shop.With("units.wbe.count", "5")).Message, StringComparison.Ordinal);
    }

    /// <summary>The face computes nothing itself: every property is a row of the summary.</summary>
    [Fact]
    public void What_a_service_says_is_what_the_tables_say()
    {
        Results results = Studies.Of().Run();
        Assert.Equal(70, results.Replications);
        Assert.Equal(["base", "fourth-web", "answer=1m", "answer=2h"], results.Variants.Names);
        foreach (ServiceResults service in results.Variants.SelectMany(variant => variant.Services))
        {
            Dictionary<string, MetricRow> rows = results.Summary
                .Where(row => row.Variant == service.Variant && row.Service == service.Name).ToDictionary(row => row.Metric);
            foreach ((Estimate estimate, string metric) in new[]
            {
                (service.Availability, "availability"), (service.Unavailability, "unavailability"), (service.DowntimePerYear, "downtime-per-year"),
                (service.OutagesPerYear, "outages-per-year"), (service.MeanOutage, "outage-duration-mean"), (service.LongestOutage, "outage-duration-max"),
                (service.TimeToFirstOutage, "time-to-first-outage-mean"), (service.OutageQuantile(0.99), "outage-duration-p99"),
            })
            {
                MetricRow row = rows[metric];
                Assert.Equal((row.Value, row.Low, row.High, row.N), (estimate.Value, estimate.Low, estimate.High, estimate.N));
            }
            double down = (double)service.Totals.Down / 1e9;
            Assert.Equal(down, service.Replications.Sum(row => row.DownSeconds), 1e-6 * down);
            Assert.Equal(service.Totals.Outages, service.Outages.Count());
            Assert.All(service.Parts.GroupBy(part => part.Kind), kind => Assert.Equal(1, kind.Sum(part => part.Share), 1e-9));
            Assert.Equal(service.Causes.Select(cause => cause.Name), service.Parts.Where(part => part.Kind == AttributionKind.Cause).Select(part => part.Name));
        }
    }

    [Fact]
    public void Verdicts_comparisons_savings_and_sensitivity_are_those_of_the_findings()
    {
        Results results = Studies.Of().Run(ifRemoved: true);
        Assert.Equal(results.Findings.Verdicts, results["site"].Verdicts);
        Assert.Empty(results["store"].Verdicts);
        Assert.Equal(["fourth-web", "answer=1m", "answer=2h"], results["site"].Comparisons.Select(comparison => comparison.Variant));
        Assert.Equal(2 * 3, results.Comparisons.Count());
        Assert.Equal(Standing.Better, results.Comparisons.Single(row => row is { Service: "site", Variant: "fourth-web" }).Standing);
        Assert.Equal(2 * 2, results.Sensitivity.Count());
        Assert.True(results.Savings.First(row => row is { Service: "site", Cause: "web" }).MinutesPerYear > 0);
        Assert.Null(results["site"].Exact);
    }

    [Fact]
    public void The_base_alone_has_no_variants_and_compare_no_sensitivity()
    {
        Results alone = Studies.Of().Run(replications: 2, baseOnly: true);
        Assert.Equal(["base"], alone.Variants.Names);
        Assert.Empty(alone.Comparisons);
        Results compared = Studies.Of().Compare(replications: 2);
        Assert.Equal(4, compared.Variants.Count);
        Assert.Empty(compared.Sensitivity);
        Assert.Contains("nothing to compare", Assert.Throws<ScenarioException>(() => Pair().Compare()).Findings[0].Code.Meaning, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Scenarios_are_compared_with_the_seed_of_the_first()
    {
        Results results = LibraryScenario.Compare(5, Pair(), Pair().With("run.seed", "77").As("again"));
        Comparison again = Assert.Single(results["site"].Comparisons);
        Assert.Equal((0, 0L), (again.Difference.Value, again.Differing));
        Assert.Contains("label", Assert.Throws<ScenarioException>(() => LibraryScenario.Compare(Pair(), Pair())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_are_those_of_the_folder()
    {
        using TempFolder folder = new();
        Results results = Studies.Of().Run(replications: 5);
        results.Save(folder.Path);
        Assert.Equal(
            Directory.GetFiles(folder.File("plots")).Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal),
            results.Figures.Names.Order(StringComparer.Ordinal));
        Assert.Equal(File.ReadAllText(folder.File("plots", "forest-site.svg")), results.Figures["forest-site"].Svg);
        Assert.Contains("forest-site", Assert.Throws<KeyNotFoundException>(() => results.Figures["forest"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_markov_chain_has_exact_figures_and_anything_else_a_reason()
    {
        // Two alike without a crew: each is down for r/(r + l) of the time, both for its square.
        double share = 12.0 / ((40 * 24) + 12);
        Assert.Equal(share * share, Pair().Solve().Services[0].LongRun.Unavailability, 1e-12);
        Assert.Equal("site", Pair().Run()["site"].Exact!.Name);
        Assert.Contains("no Markov chain", Assert.Throws<ScenarioException>(() => Studies.Of().Solve()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Stopped_at_once_there_is_nothing() =>
        Assert.Throws<OperationCanceledException>(() => Studies.Of().Run(interrupt: new CancellationToken(canceled: true)));

    [Fact]
    public void Without_a_service_nothing_would_be_measured()
    {
        ScenarioException idle = Assert.Throws<ScenarioException>(() => LibraryScenario.Parse("""
            failoversim: 1
            name: idle
            units:
              a: {count: 1, fails: exp(1d)}
            run: {horizon: 1y, replications: 1}
            """).Run());
        Assert.Contains("services", idle.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Incidents_become_units_of_a_scenario_or_findings()
    {
        using TempFolder folder = new();
        string log = folder.Write("log.csv", "component,class,start,end\n" + string.Concat(
            Enumerable.Range(1, 12).Select(i => $"a{1 + (i % 2)},disk,2024-{i:D2}-03T00:00:00Z,2024-{i:D2}-03T0{1 + (i % 5)}:00:00Z\n")));
        Incidents incidents = Incidents.Fit(log, from: "2024-01-01", to: "2025-01-01", units: new Dictionary<string, int> { ["disk"] = 4 });
        Assert.Equal(["disk"], incidents.Classes.Names);
        LibraryScenario scenario = LibraryScenario.Parse(
            $"failoversim: 1\nname: fitted\n{incidents.UnitsYaml}\nservices:\n  s: {{up-when: 1 of disk}}\nrun: {{horizon: 1y, replications: 1}}\n");
        Assert.Equal(4, scenario.Reading.Spec!.Units[0].Count);
        Assert.Contains("<svg", incidents.Figure.Svg, StringComparison.Ordinal);
        ScenarioException wrong = Assert.Throws<ScenarioException>(() => Incidents.Fit(folder.Write("bad.csv", "component,start,end\na,yesterday,\nb,tomorrow,\n")));
        Assert.Equal(2, wrong.Findings.Count);
    }

    private static LibraryScenario Pair() => LibraryScenario.Parse("""
        failoversim: 1
        name: pair
        units:
          server: {count: 2, fails: exp(40d), repair: {takes: exp(12h)}}
        services:
          site: {up-when: 1 of server}
        run: {horizon: 1y, replications: 4, seed: 1}
        """);
}
