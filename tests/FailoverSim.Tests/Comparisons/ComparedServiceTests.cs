using System.Text;
using FailoverSim.Analysis.Comparisons;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Studies;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;
using FailoverSim.Reporting.Tables;
using FailoverSim.Reporting.Text;
using FailoverSim.Scenario;
using FailoverSim.Tests.Cli;
using Xunit;

namespace FailoverSim.Tests.Comparisons;

public class ComparedServiceTests
{
    private static readonly ScenarioReading Reading = ScenarioFile.Read("s.yaml", Encoding.UTF8.GetBytes("""
        failoversim: 1
        name: study
        units:
          node: {count: 3, fails: exp(20d), repair: {takes: exp(1d), crew: c}}
          disk: {count: 1, fails: exp(300d), repair: {takes: 2h}}
        crews: {c: {size: 1}}
        services: {quorum: {up-when: 2 of node}, storage: {up-when: disk}}
        run: {horizon: 1y, replications: 300, seed: 9}
        compare:
          second-crew: {set: {crews.c.size: 2}, cost: {per-year: 80k EUR, once: 5k EUR}}
          slow: {set: {units.node.repair.takes: exp(2d)}}
          only-quorum: {set: {services: {quorum: {up-when: 2 of node}, one-disk: {up-when: 1 of disk}}}}
        sweep:
          count: {path: units.node.count, values: [3, 4]}
        """));

    private static readonly Lazy<ResultSet> Results = new(() =>
    {
        StudyOutcome outcome = VariantsStudy.Run(
            Reading.Spec!, [.. Reading.Study.Variants], 2, null, CancellationToken.None, CancellationToken.None);
        return new ResultSet(new Origin("study", new string('0', 64), "1", 9), outcome.Tables);
    });

    private static readonly Lazy<IReadOnlyList<ComparedService>> Compared = new(() => ComparedService.Of(Results.Value, Reading.Study));

    [Fact]
    public void Services_are_compared_by_name_and_each_is_a_family_of_its_own()
    {
        Assert.Equal(
            [("", "quorum"), ("", "storage"), ("count", "quorum"), ("count", "storage")],
            Compared.Value.Select(service => (service.Sweep?.Name ?? "", service.Service)));
        Assert.Equal(["second-crew", "slow", "only-quorum"], Compared.Value[0].Against.Select(comparison => comparison.Variant));
        Assert.All(Compared.Value[0].Against, comparison => Assert.Equal(3, comparison.Family));
        Assert.Equal(["second-crew", "slow"], Compared.Value[1].Against.Select(comparison => comparison.Variant));
        Assert.All(Compared.Value[1].Against, comparison => Assert.Equal(2, comparison.Family));
        Assert.Equal(["only-quorum"], Compared.Value[1].Without);
        Assert.Equal(["base", "second-crew", "slow", "only-quorum"], Compared.Value[0].Ranking.Select(ranked => ranked.Variant));
        Assert.Equal(["count=3", "count=4"], Compared.Value[2].Ranking.Select(ranked => ranked.Variant));
    }

    [Fact]
    public void Differences_are_those_of_the_rows()
    {
        Comparison slow = Compared.Value[0].Against[1];
        double Minutes(string variant) => Results.Value[variant].RowsOf(0).Average(row => row.DownNanoseconds / 60e9);
        Assert.Equal(Minutes("slow") - Minutes("base"), slow.Difference.Value!.Value, 1e-6);
        Assert.Equal(Standing.Worse, slow.Standing);
        Assert.Equal(Standing.Better, Compared.Value[0].Against[0].Standing);
        // What happens to nodes does nothing to the disk, and the same nodes are no other nodes.
        Assert.All(Compared.Value[1].Against, comparison => Assert.Equal(0, comparison.Differing));
        Assert.Equal(0, Compared.Value[2].Against[0].Differing);
    }

    [Fact]
    public void Shares_of_what_varies_sum_to_one_and_name_the_cause()
    {
        IReadOnlyList<NoiseShare> noise = Noise(0);
        Assert.Equal(1, noise.Sum(share => share.Share), 1e-9);
        Assert.Equal("node", noise[0].Cause);
        Assert.Empty(Noise(1));

        static IReadOnlyList<NoiseShare> Noise(int service)
        {
            (ResultTable baseline, ResultTable slow) = (Results.Value.Base, Results.Value["slow"]);
            NoiseSums sums = new(baseline.Names, slow.Names);
            foreach ((ServiceRow one, ServiceRow other) in baseline.RowsOf(service).Zip(slow.RowsOf(service)))
            {
                sums.Add(one, other);
            }
            return sums.Shares();
        }
    }

    [Fact]
    public void Tables_say_in_words_what_is_better_and_at_what_price()
    {
        IReadOnlyList<ComparisonText> texts = ComparisonText.Of(Results.Value, Compared.Value);
        Assert.Equal(["Each variant against base", "Sweep count (units.node.count), each point against base"], texts.Select(text => text.Title));
        Assert.All(texts.SelectMany(text => text.Rows), row => Assert.Equal(ComparisonText.Heads.Count, row.Count));
        string Verdict(string variant) => texts[0].Rows.First(row => row[1] == variant)[^1];
        Assert.Matches(@"^better: saves [0-9.]+ (h|d) \([0-9.]+ – [0-9.]+\) a year, at [0-9. ]+ EUR a minute \(.+\), at [0-9. ]+ EUR once a minute \(.+\)$", Verdict("second-crew"));
        Assert.Matches(@"^worse: costs [0-9.]+ d \([0-9.]+ – [0-9.]+\) a year$", Verdict("slow"));
        Assert.Equal("the same in every replication", Verdict("only-quorum"));
        Assert.Contains(texts[0].Notes, note => note.StartsWith("quorum, best of 4: second-crew", StringComparison.Ordinal));
        Assert.Contains(texts[0].Notes, note => note.Contains("storage is not in only-quorum", StringComparison.Ordinal));
        Assert.Contains(texts[0].Notes, note =>
            note.StartsWith("slow: little luck is shared (quorum × ", StringComparison.Ordinal) && note.Contains("of what varies is node", StringComparison.Ordinal));
    }

    [Fact]
    public void Files_have_a_row_for_every_figure_of_every_pair()
    {
        using TempFolder folder = new();
        ComparisonFiles.Write(folder.Path, "study", Compared.Value, [], Summary.Of(Results.Value));
        string[] lines = File.ReadAllLines(folder.File("comparison.csv"));
        Assert.Equal("scenario,baseline,variant,service,sweep,metric,estimate,low,high,level,method,n,family,verdict", lines[0]);
        Assert.Equal(9, lines.Count(line => line.Contains(",downtime-difference-per-year,", StringComparison.Ordinal)));
        Assert.Equal(9, lines.Count(line => line.Contains(",variance-reduction,", StringComparison.Ordinal)));
        Assert.Single(lines, line => line.StartsWith("study,base,second-crew,quorum,,cost-per-minute:EUR,", StringComparison.Ordinal));
        string difference = lines.Single(line => line.StartsWith("study,base,slow,quorum,,downtime-difference-per-year,", StringComparison.Ordinal));
        Assert.EndsWith(",0.95,paired,300,3,worse", difference, StringComparison.Ordinal);
        using var json = System.Text.Json.JsonDocument.Parse(File.ReadAllText(folder.File("comparison.json")));
        Assert.Equal(lines.Length - 1, json.RootElement.GetArrayLength());
        Assert.Equal(lines[0].Split(','), json.RootElement[0].EnumerateObject().Select(property => property.Name));
        string[] sweep = File.ReadAllLines(folder.File("sweep.csv"));
        Assert.Contains(sweep, line => line.StartsWith("study,count,units.node.count,4,count=4,quorum,downtime-per-year,", StringComparison.Ordinal));
        Assert.Equal(4 + 3 + 2 + 2 + 1, File.ReadAllLines(folder.File("ranking.csv")).Length);
    }

    [Theory]
    [InlineData(-1.25, -2, -0.5, "−1.3 s (−2.0 – −0.5)")]
    [InlineData(0.3, -60, 60, "0.0 min (−1.0 – +1.0)")]
    [InlineData(7200, 3600, 10800, "2.0 h (1.0 – 3.0)")]
    [InlineData(0, -90, 90, "0.0 min (−1.5 – +1.5)")]
    public void Differences_carry_a_sign_where_they_could_have_another(double seconds, double low, double high, string expected) =>
        Assert.Equal(expected, HumanUnits.Difference(seconds, low, high));
}
