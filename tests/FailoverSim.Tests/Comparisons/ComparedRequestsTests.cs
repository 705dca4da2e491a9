using FailoverSim.Analysis.Comparisons;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Studies;
using FailoverSim.Analysis.Tables;
using FailoverSim.Reporting.Tables;
using FailoverSim.Reporting.Text;
using FailoverSim.Scenario;
using FailoverSim.Tests.Cli;
using Xunit;

namespace FailoverSim.Tests.Comparisons;

/// <summary>Requests lost while the service counts as up, as to nodes that are silent and still in a balancer's rotation.</summary>
public class ComparedRequestsTests
{
    private static readonly ScenarioReading Reading =
        ScenarioFile.Read(Path.Combine(Repository.Scenarios, "cloud-load-balancer.yaml"), ["run.replications=40"]);

    private static readonly Lazy<ResultSet> Results = new(() =>
    {
        StudyOutcome outcome = VariantsStudy.Run(
            Reading.Spec!, [.. Reading.Study.Variants], 2, null, CancellationToken.None, CancellationToken.None);
        return new ResultSet(new Origin("study", new string('0', 64), "1", 9), outcome.Tables);
    });

    private static IReadOnlyList<ComparedService> Requests => ComparedService.Of(Results.Value, Reading.Study, Loss.Requests);

    [Fact]
    public void A_service_that_is_never_down_is_told_by_the_requests_that_it_loses()
    {
        ComparedService outside = Requests.Single(service => service.Service == "outside");
        Comparison fast = outside.Against.Single(comparison => comparison.Variant == "fast-checks");
        Assert.Equal(Minutes("fast-checks") - Minutes("base"), fast.Difference.Value!.Value, 1e-6);
        Assert.Equal(Standing.Better, fast.Standing);
        Assert.Equal(0, ComparedService.Of(Results.Value, Reading.Study).Single(service => service.Service == "outside").Against[0].Differing);

        double Minutes(string variant) =>
            Results.Value[variant].RowsOf(1).Average(row => row.LostRequestNanoseconds!.Value / 60e9);
    }

    [Fact]
    public void Rows_of_requests_have_metrics_of_their_own()
    {
        using TempFolder folder = new();
        ComparisonFiles.Write(
            folder.Path, "study", ComparedService.Of(Results.Value, Reading.Study), Requests, Summary.Of(Results.Value));
        string[] lines = File.ReadAllLines(folder.File("comparison.csv"));
        string[] keys = [.. lines.Skip(1).Select(line => string.Join(',', line.Split(',').Take(6)))];
        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.Contains("study,base,fast-checks,outside,,requests-lost-difference-per-year", keys);
    }

    [Fact]
    public void Losses_are_told_in_rows_beside_those_of_down_time()
    {
        ComparisonText text = ComparisonText.Of(
            Results.Value, [.. ComparedService.Of(Results.Value, Reading.Study), .. Requests])[0];
        int row = text.Rows.ToList().FindIndex(cells => cells[0] == "requests to outside");
        Assert.StartsWith("better: saves ", text.Rows.Skip(row).First(cells => cells[1] == "fast-checks")[^1], StringComparison.Ordinal);
        Assert.Contains(text.Notes, note => note == "requests to outside, best of 3: fast-checks");
    }
}
