using FailoverSim.Analysis.Comparisons;
using FailoverSim.Library;
using FailoverSim.Scenario;
using Xunit;

namespace FailoverSim.Tests.Cli;

public class CheckCommandTests
{
    /// <summary>One technician for work that keeps two busy, and settings that change nothing.</summary>
    private const string Busy = """
        failoversim: 1
        name: busy
        units: {node: {count: 10, fails: exp(10d), repair: {crew: few, takes: exp(2d)}}}
        crews: {few: {size: 1}, idle: {size: 1}}
        services: {most: {up-when: 7 of node}}
        run: {horizon: 1y, replications: 40, seed: 1}
        """;

    [Fact]
    public void A_finding_costs_what_its_remedy_saves_over_the_same_replications()
    {
        using TempFolder folder = new();
        string file = folder.Write("busy.yaml", Busy);
        ScenarioReading reading = ScenarioFile.Read(file);
        IReadOnlyList<Remedy> remedies = Remedies.Of(reading, With);
        Assert.Equal(["FS0602", "FS0623"], remedies.Select(remedy => remedy.Findings[0].Code.Id).Order());
        Remedy idle = remedies.Single(remedy => remedy.WhyNoPrice is not null);
        Assert.Equal("FS0602", idle.Findings[0].Code.Id);
        var (priced, _) = Remedies.Price(remedies, new StudyPlan(reading, _ => "") { Replications = 40, Threads = 1 }, With)!.Value;
        Comparison saved = Assert.Single(priced.Single(remedy => remedy.WhyNoPrice is null).Against);
        Assert.Equal(Standing.Better, saved.Standing);

        // The same by hand: the scenario with and without the remedy, each run alone.
        double Down(params string[] sets) => Study.Run(new StudyPlan(ScenarioFile.Read(file, sets), _ => "") { Replications = 40, Threads = 1 })!
            .Results.Base.RowsOf(0).Average(row => row.DownNanoseconds) / 60e9;
        string[] remedy = [.. remedies.Single(found => found.WhyNoPrice is null).Sets];
        Assert.Equal(Down(remedy) - Down(), saved.Difference.Value!.Value, 1e-6 * Down());

        ScenarioReading With(IReadOnlyList<string> sets) => ScenarioFile.Read(file, sets);
    }

    [Fact]
    public void Price_is_printed_by_finding_and_service_or_why_there_is_none()
    {
        using TempFolder folder = new();
        (int code, string output, _) = Product.Run("check", folder.Write("busy.yaml", Busy), "--price", "--replications", "40");
        Assert.Equal(0, code);
        Assert.Matches(@"FS0623 line 4: [\s\S]+--set 'crews\.few\.size=\d+':\s+most +costs .+ \(.+ – .+\) a year", output);
        Assert.Matches(@"FS0602 line 4: [\s\S]+no price: it changes no result", output);
    }

    [Fact]
    public void Notes_are_told_by_check_alone()
    {
        using TempFolder folder = new();
        string scenario = folder.Write("one.yaml", """
            failoversim: 1
            name: one
            use: [{timers: kubernetes/v1.33}]
            control-plane: {kind: managed, availability: 99.95%, outage: 5m}
            nodes: {workers: {count: 2, cpu: 4}}
            workloads: {app: {cpu: 1}}
            services: {app: {probe: workload app}}
            run: {horizon: 10d, replications: 2}
            """);
        Assert.Contains("note FS0624", Product.Run("check", scenario).Error, StringComparison.Ordinal);
        Assert.DoesNotContain("FS0624", Product.Run("run", scenario, "--out", folder.File("out")).Error, StringComparison.Ordinal);
    }
}
