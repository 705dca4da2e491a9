using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;
using FailoverSim.Reporting.Text;
using Xunit;

namespace FailoverSim.Tests.Analysis;

public class ResultTableTests
{
    private static readonly Origin Origin = new("pumps", "abc", "0.1.0", 3);

    private static Block Block(int index, int replications = 64) => new(
        index,
        [.. Enumerable.Range(0, replications).Select(i => SampleRows.Row(index * 64 + i, 1000, [(10, 1 + i)]))],
        serviceCount: 1);

    private static ResultTable Table(string variant, params Block[] blocks) => new(variant, SampleRows.Names(), 1000, blocks);

    [Fact]
    public void Blocks_in_any_order_make_a_table_in_replication_order()
    {
        var table = Table("base", Block(2, 5), Block(0), Block(1));
        Assert.Equal(133, table.Replications);
        Assert.Equal(Enumerable.Range(0, 133).Select(i => (long)i), table.RowsOf(0).Select(row => row.Replication));
        Assert.Equal(133, table.Totals(0).Replications);
    }

    [Fact]
    public void A_gap_a_repetition_and_a_short_block_within_are_errors()
    {
        Assert.Contains("missing", Assert.Throws<ArgumentException>(() => Table("base", Block(0), Block(2))).Message, StringComparison.Ordinal);
        Assert.Contains("twice", Assert.Throws<ArgumentException>(() => Table("base", Block(0), Block(0))).Message, StringComparison.Ordinal);
        Assert.Contains("short", Assert.Throws<ArgumentException>(() => Table("base", Block(0, 9), Block(1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_block_refuses_rows_that_are_not_its_own()
    {
        ServiceRow[] rows = [SampleRows.Row(0, 1000, []), SampleRows.Row(2, 1000, [])];
        Assert.Throws<ArgumentException>(() => new Block(0, rows, serviceCount: 1));
        Assert.Throws<ArgumentException>(() => new Block(1, rows[..1], serviceCount: 1));
        Assert.Throws<ArgumentException>(() => new Block(0, rows, serviceCount: 3));
    }

    [Fact]
    public void A_prefix_grows_by_the_next_block_only()
    {
        var prefix = new PrefixTotals(SampleRows.Names());
        Assert.Throws<ArgumentException>(() => prefix.Add(Block(1)));
        prefix.Add(Block(0));
        prefix.Add(Block(1));
        Assert.Equal(2, prefix.Blocks);
        Assert.Equal(128, prefix.Services[0].Replications);
        Assert.Throws<ArgumentException>(() => prefix.Add(Block(1)));
    }

    [Fact]
    public void Counts_add_up_in_any_grouping()
    {
        ResultTable whole = Table("base", Block(0), Block(1), Block(2, 5));
        ResultSet joined = ResultShard.Join([Shard(Block(1)), Shard(Block(2, 5), Block(0))]);
        foreach (ResultTable table in new[] { whole, joined.Base })
        {
            Assert.Equal((3 * 133, 9 * 133, 133), ((long)table.Count(0).Total, (long)table.Count(0).Squares, table.Count(0).Positive));
            Assert.Equal(0, table.Count(1).Total);
        }
    }

    [Fact]
    public void Counts_are_reported_per_year_and_belong_to_no_service()
    {
        const long Year = 31_536_000 * SampleRows.Second;
        Block[] blocks = [new Block(0, [.. Enumerable.Range(0, 64).Select(i => SampleRows.Row(i, 2 * Year, i < 8 ? [(10, 1)] : []))], 1)];
        ResultSet results = new(Origin, [new ResultTable("base", SampleRows.Names(), 2 * Year, blocks)]);
        Dictionary<string, SummaryRow> rows = Summary.Of(results).Where(row => row.Service.Length == 0).ToDictionary(row => row.Metric);
        Assert.Equal(["count-per-year:repairs", "count-per-year:explosions"], rows.Keys);
        Assert.Equal(24 / 128.0, rows["count-per-year:repairs"].Estimate.Value!.Value, 12);
        // They come by threes: the interval rests on replications, and is wider than that of as many independent ones.
        Assert.Equal("replications", rows["count-per-year:repairs"].Estimate.Method);
        Estimate never = rows["count-per-year:explosions"].Estimate;
        Assert.Equal((0.0, "rule-of-three"), (never.Value!.Value, never.Method));
        Assert.Equal(-Math.Log(0.05) / 128, never.High!.Value, 12);
        Assert.Equal(
            ["in a year: 0.19 repairs", "never seen (at most 0.023 a year): explosions"], CountsText.Lines(results.Base, 100));
    }

    [Fact]
    public void Shards_join_to_the_whole_and_nothing_less()
    {
        var even = Shard(Block(0), Block(2, 5));
        var odd = Shard(Block(1));
        var joined = ResultShard.Join([odd, even]);
        Assert.Equal(133, joined.Replications);
        Assert.Throws<ArgumentException>(() => ResultShard.Join([even]));
        Assert.Throws<ArgumentException>(() => ResultShard.Join([even, odd, odd]));
        Assert.Throws<ArgumentException>(() => ResultShard.Join([Shard(Block(0)), odd]));
    }

    [Theory]
    [InlineData("scenario")]
    [InlineData("seed")]
    [InlineData("engine version")]
    [InlineData("number of replications")]
    [InlineData("variants")]
    public void Shards_of_different_runs_do_not_join(string difference)
    {
        var odd = Shard(Block(1));
        var other = difference switch
        {
            "scenario" => odd with { Origin = Origin with { Hash = "def" } },
            "seed" => odd with { Origin = Origin with { Seed = 4 } },
            "engine version" => odd with { Origin = Origin with { EngineVersion = "0.2.0" } },
            "number of replications" => odd with { PlannedReplications = 134 },
            _ => odd with { Tables = [odd.Tables[0] with { Variant = "six-pumps" }] },
        };
        var fault = Assert.Throws<ArgumentException>(() => ResultShard.Join([Shard(Block(0), Block(2, 5)), other]));
        Assert.Contains(difference, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Variants_have_the_same_replications() => Assert.Throws<ArgumentException>(() =>
        new ResultSet(Origin, [Table("base", Block(0)), Table("six-pumps", Block(0), Block(1))]));

    private static ResultShard Shard(params Block[] blocks) =>
        new(Origin, 133, [new ShardTable("base", SampleRows.Names(), 1000, blocks)]);
}
