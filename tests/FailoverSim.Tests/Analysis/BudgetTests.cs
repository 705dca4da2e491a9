using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Specification;
using FsCheck;
using FsCheck.Xunit;
using Xunit;
using Xunit.Abstractions;

namespace FailoverSim.Tests.Analysis;

public class BudgetTests(ITestOutputHelper output)
{
    private const int Windows = 6;
    private const long Length = 1000;
    private const long Budget = 8;

    [Fact]
    public void Quantiles_are_those_of_the_sorted_windows_and_the_mean_is_their_mean()
    {
        // Two replications of six windows: used 0, 0, 0, 1/8, 0, 1/2 and 0, 1, 0, 0, 3, 0.
        ResultTable table = Table([(3, 0, 1), (5, 2, 3), (5, 9, 1)], [(1, 4, 8), (4, 0, 24)]);
        BudgetSample sample = table.Budget(0);
        Assert.Equal(12, sample.Count);
        Assert.Equal(0, BudgetEstimates.Used(sample, 0.50, 0.95).Value);
        Assert.Equal(1, BudgetEstimates.Used(sample, 0.90, 0.95).Value);
        Assert.Equal(3, BudgetEstimates.Worst(sample).Value);
        Assert.Equal((0.125 + 0.5 + 1 + 3) / 12, BudgetEstimates.MeanBurn(sample, 0.95).Value!.Value, 12);
        Assert.Equal(1, sample.Above(BudgetSample.Budget).X); // using exactly all of it is not over it
        Assert.Equal([(125e6, 1L), (500e6, 1L), (1e9, 1L), (3e9, 1L)], BudgetEstimates.Outline(sample));
    }

    [Fact]
    public void Budget_burns_down_by_tenths_of_the_window()
    {
        ResultTable table = Table([(3, 0, 1), (5, 2, 5), (5, 9, 4)], [(4, 4, 9)]);
        double[] used = [.. table.Budgets(0).Select(sample => BudgetEstimates.UsedUp(sample, 0.95).Value!.Value)];
        Assert.Equal([0, 0, 0, 0, 1 / 12.0, 1 / 12.0, 1 / 12.0, 1 / 12.0, 1 / 12.0, 2 / 12.0], used);
        Assert.Equal(5 / 8.0, BudgetEstimates.Worst(table.Budgets(0)[2]).Value);
        Assert.Equal(50, SloStatistics.OfTenths(table, 0).Count());
    }

    [Fact]
    public void With_one_window_a_replication_the_interval_is_that_of_order_statistics()
    {
        // Replication r uses r/8 of its budget in its only window.
        ResultTable table = Table(windows: 1, rolls: false, [.. Enumerable.Range(1, 200).Select(r => new[] { (0, 0, (long)r) })]);
        Estimate p90 = BudgetEstimates.Used(table.Budget(0), 0.90, 0.95);
        (long low, long high) = OrderStatistics.Ranks(200, 0.90, 0.95);
        Assert.Equal((180 / 8.0, low / 8.0, high / 8.0), (p90.Value!.Value, p90.Low!.Value, p90.High!.Value));
        Assert.Equal(200, p90.N);
    }

    [Fact]
    public void Windows_alike_within_a_replication_count_once()
    {
        // The same 1,200 windows, sorted into replications and dealt out: alike they are worth 200.
        long[] used = [.. Enumerable.Range(0, 200).Select(i => (long)(1 + (i * 37 % 200)))];
        ResultTable alike = Table(Windows, rolls: false, [.. used.Select(u => Enumerable.Range(0, Windows).Select(w => (w, 0, u)).ToArray())]);
        ResultTable apart = Table(
            Windows, rolls: false,
            [.. Enumerable.Range(0, 200).Select(r => Enumerable.Range(0, Windows).Select(w => (w, 0, used[((r * Windows) + w) % 200])).ToArray())]);
        Estimate wide = BudgetEstimates.Used(alike.Budget(0), 0.90, 0.95), narrow = BudgetEstimates.Used(apart.Budget(0), 0.90, 0.95);
        Assert.Equal(wide.Value, narrow.Value);
        (long low, long high) = OrderStatistics.Ranks(200, 0.90, 0.95);
        Assert.InRange(wide.Low!.Value, (low - 2) / 8.0, (low + 2) / 8.0);
        Assert.InRange(wide.High!.Value, (high - 2) / 8.0, (high + 2) / 8.0);
        Assert.True(wide.HalfWidth > 1.8 * narrow.HalfWidth, $"{wide.HalfWidth} {narrow.HalfWidth}");
    }

    [Property(MaxTest = 200)]
    public void Rolling_windows_are_sums_of_ten_parts(PositiveInt seed)
    {
        Random random = new(seed.Get);
        long[] parts = [.. Enumerable.Range(0, 10 * Windows).Select(_ => random.Next(5) == 0 ? random.Next(1, 6) : 0L)];
        ResultTable table = Table(Windows, rolls: true, [.. parts.Select((down, part) => (part / 10, part % 10, down)).Where(p => p.down > 0)]);
        BudgetSample sample = table.Budget(0);
        long[] expected = [.. Enumerable.Range(0, (10 * Windows) - 9).Select(first => parts[first..(first + 10)].Sum()).Order()];
        Assert.Equal(expected.Length, sample.Count);
        Assert.Equal(expected.Select(down => down * BudgetSample.Budget / Budget), Enumerable.Range(1, expected.Length).Select(rank => sample.OfRank(rank)));
    }

    [Fact]
    public void No_budget_at_all_gives_no_figures_of_one()
    {
        ResultTable table = Table(Windows, rolls: false, [(0, 0, 5)]);
        SloWindows none = table.Names.Slos[0] with { DownAtMostNanoseconds = 0 };
        ResultTable all = new("base", table.Names with { Slos = [none] }, table.HorizonNanoseconds, table.Blocks);
        Assert.False(all.Budget(0).HasBudget);
        Assert.Null(BudgetEstimates.MeanBurn(all.Budget(0), 0.95).Value);
        Assert.Null(BudgetEstimates.Used(all.Budget(0), 0.5, 0.95).Value);
    }

    [Theory]
    [InlineData(0.975, true, Verdict.Undecided)]
    [InlineData(0.965, false, Verdict.Undecided)]
    [InlineData(0.99, true, Verdict.Missed)]
    public void So_many_more_replications_leave_the_limit_out_and_hardly_fewer_do(double limit, bool atLeast, Verdict expected)
    {
        // 2,400 windows of which 3 % are over budget, well spread.
        ResultTable table = Table(
            Windows, rolls: false, [.. Enumerable.Range(0, 400).Select(r => r % 50 < 9 ? new[] { (r % 6, 0, 99L) } : [])]);
        SloSpec slo = new WindowSlo("slo", "plant", new SimDuration(Length), 0.99, new Requirement(atLeast, limit));
        SloVerdict verdict = Summary.Verdicts(table, [slo])[0];
        Assert.Equal(expected, verdict.Verdict);
        if (expected != Verdict.Undecided)
        {
            Assert.Null(SloDecision.MoreReplications(table, verdict));
            return;
        }
        double share = verdict.Probability.Value!.Value;
        long more = SloDecision.MoreReplications(table, verdict)!.Value;
        Assert.False(Holds(400 + more));
        Assert.True(Holds(400 + more - 2));

        bool Holds(double replications)
        {
            (double low, double high) = Proportion.Wilson(share, replications * Windows, QuantileOf.StudentT(399, 0.975));
            return low <= limit && limit <= high;
        }
    }

    [Fact]
    public void Interval_of_a_quantile_holds_its_level_where_windows_of_a_replication_are_alike()
    {
        // Half of the replications use budgets of mean 100, the others of mean 1,000, exponentially: at 1,609.4 nine of ten are below.
        const double Truth = 1609.4;
        Assert.Equal(0.9, 1 - (0.5 * Math.Exp(-Truth / 100)) - (0.5 * Math.Exp(-Truth / 1000)), 3);
        int covered = 0, naive = 0;
        const int Seeds = 1000, Replications = 60, PerReplication = 12;
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            ToyDowntime toy = new(seed);
            ResultTable table = Table(
                PerReplication, rolls: false,
                [.. Enumerable.Range(0, Replications).Select(_ =>
                {
                    double mean = toy.Uniform() < 0.5 ? 100 : 1000;
                    return Enumerable.Range(0, PerReplication).Select(w => (w, 0, 1 + (long)toy.Exponential(mean))).ToArray();
                })]);
            BudgetSample sample = table.Budget(0);
            Estimate p90 = BudgetEstimates.Used(sample, 0.90, 0.95);
            covered += p90.Low * Budget <= Truth && !(p90.High * Budget < Truth) ? 1 : 0;
            (long low, long high) = OrderStatistics.Ranks(sample.Count, 0.90, 0.95);
            naive += sample.OfRank(low) * Budget <= Truth * BudgetSample.Budget && sample.OfRank(high) * Budget >= Truth * BudgetSample.Budget ? 1 : 0;
        }
        // Five standard errors below 0.95; windows taken as independent fall far short of it.
        Assert.True(covered >= 0.915 * Seeds && naive < 0.915 * Seeds, $"covered {covered}, taken as independent {naive} of {Seeds}");
        output.WriteLine($"covered {covered}, taken as independent {naive} of {Seeds}");
    }

    private static ResultTable Table(params (int Window, int Tenth, long Down)[][] replications) => Table(Windows, rolls: false, replications);

    private static ResultTable Table(int windows, bool rolls, params (int Window, int Tenth, long Down)[][] replications)
    {
        SloWindows slo = new("slo", 0, rolls ? (windows * Length) - Length : windows)
        {
            Kind = rolls ? WindowKind.Rolling : WindowKind.Tiles,
            LengthNanoseconds = Length,
            DownAtMostNanoseconds = Budget,
        };
        ServiceRow[] rows = [.. replications.Select((parts, r) => Row(r, windows * Length, rolls ? 0 : windows - Over(parts), parts))];
        return new ResultTable(
            "base", new ResultNames(["plant"], ["seal"], ["repair"], [slo], []), windows * Length,
            rows.Chunk(Block.Size).Select((chunk, index) => new Block(index, chunk, 1)));

        static int Over((int Window, int Tenth, long Down)[] parts) => parts.GroupBy(p => p.Window).Count(window => window.Sum(p => p.Down) > Budget);
    }

    private static ServiceRow Row(long replication, long horizon, long met, (int Window, int Tenth, long Down)[] parts)
    {
        RaggedList<WindowPart> list = new();
        foreach ((int window, int tenth, long down) in parts)
        {
            list.Add(new WindowPart((10 * window) + tenth, down));
        }
        list.EndList();
        long all = parts.Sum(part => part.Down);
        return new ServiceRow
        {
            Replication = replication,
            Service = 0,
            UpNanoseconds = horizon - all,
            DownNanoseconds = all,
            OutageCount = 0,
            FirstOutageAfter = -1,
            Outages = [],
            OutageCauses = new(),
            OutageStages = new(),
            SquaredDurations = 0,
            LongestOutage = 0,
            DownByCause = [all],
            DownByStage = [all],
            FailoverNanoseconds = all,
            LossCount = 0,
            LossByStage = [0],
            SloWindowsMet = [met],
            SloLongestOutages = [0],
            SloParts = list,
        };
    }
}
