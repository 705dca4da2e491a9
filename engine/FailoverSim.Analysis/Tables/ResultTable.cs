using FailoverSim.Kernel.Results;

namespace FailoverSim.Analysis.Tables;

/// <summary>What one variant of a scenario yielded: the rows of the replications 0 … N−1, for every service.</summary>
public sealed class ResultTable
{
    private readonly Lazy<PrefixTotals> _totals;
    private readonly Lazy<IReadOnlyList<MemberTotals>> _fleet;
    private readonly Lazy<IReadOnlyList<IReadOnlyList<BudgetSample>>> _budgets;
    private readonly Lock _again = new();

    /// <param name="variant">Name of the variant; <see cref="ResultSet.BaseVariant"/> for the scenario as written.</param>
    /// <param name="names">Names behind the indices of the rows.</param>
    /// <param name="horizonNanoseconds">Observed time of each replication.</param>
    /// <param name="blocks">In any order; together a complete prefix, of which only the last may be shorter.</param>
    /// <param name="totals">Their sums; null: they are made when somebody asks for them.</param>
    public ResultTable(string variant, ResultNames names, long horizonNanoseconds, IEnumerable<Block> blocks, PrefixTotals? totals = null)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(horizonNanoseconds);
        Variant = variant;
        Names = names;
        HorizonNanoseconds = horizonNanoseconds;
        BlockList list = BlockList.Of(blocks);
        if (list.Count > 0 && list[^1].Index != list.Count - 1)
        {
            int missing = Enumerable.Range(0, list.Count).First(i => list[i].Index != i);
            throw new ArgumentException($"Variant {variant}: block {missing} is missing.", nameof(blocks));
        }
        Blocks = list;
        Replications = list.Replications;
        _totals = new Lazy<PrefixTotals>(() => Asked(totals ?? Sum()));
        _fleet = new Lazy<IReadOnlyList<MemberTotals>>(() => MemberTotals.Of(this));
        _budgets = new Lazy<IReadOnlyList<IReadOnlyList<BudgetSample>>>(() => BudgetSample.AllOf(this));
    }

    public string Variant { get; }

    public ResultNames Names { get; }

    public long HorizonNanoseconds { get; }

    public IReadOnlyList<Block> Blocks { get; }

    public long Replications { get; }

    /// <summary>All rows, by replication and then by service.</summary>
    public IEnumerable<ServiceRow> Rows => Blocks.SelectMany(block => block.Rows);

    /// <summary>The rows of one service in replication order.</summary>
    public IEnumerable<ServiceRow> RowsOf(int service) => Rows.Where(row => row.Service == service);

    /// <summary>Exact sums of one service over all replications; made once, not to be added to.</summary>
    public ServiceTotals Totals(int service) => _totals.Value.Services[service];

    /// <summary>Exact sums of one counter over all replications; made once, not to be added to.</summary>
    public ReplicationSum Count(int counter) => _totals.Value.Counters[counter];

    /// <summary>Exact sums of each member of the fleet over all replications; made once, not to be added to.</summary>
    public IReadOnlyList<MemberTotals> Fleet => _fleet.Value;

    /// <summary>How windows of an SLO have used their budgets by each tenth of their length; of rolling ones at their ends only. Made once.</summary>
    public IReadOnlyList<BudgetSample> Budgets(int slo) => _budgets.Value[slo];

    /// <summary>The same for whole windows.</summary>
    public BudgetSample Budget(int slo) => Budgets(slo)[^1];

    /// <summary>Passes over the rows of this table, one figure after the other where several threads ask: the second may find that all is known.</summary>
    internal void Look(params IEnumerable<IEnumerable<Look>> figures)
    {
        lock (_again)
        {
            Passes.Over([this], figures);
        }
    }

    private PrefixTotals Sum()
    {
        var totals = new PrefixTotals(Names);
        foreach (Block block in Blocks)
        {
            totals.Add(block);
        }
        return totals;
    }

    /// <summary>What is asked of the durations of one service is looked for in those of all: they are in the same rows.</summary>
    private PrefixTotals Asked(PrefixTotals totals)
    {
        foreach (ServiceTotals service in totals.Services)
        {
            service.Durations.Again = ranks => Look(totals.Services.Select(other => Durations(other, ranks)));
        }
        return totals;
    }

    private static IEnumerable<Look> Durations(ServiceTotals totals, Func<long, IEnumerable<long>> ranks)
    {
        if (totals.Durations.Count == 0)
        {
            yield break;
        }
        foreach (Action<long> see in totals.Durations.Find(ranks(totals.Durations.Count)))
        {
            yield return Passes.AtRowsOf(totals.Service, row =>
            {
                foreach (Outage outage in row.Outages)
                {
                    see(outage.Duration);
                }
            });
        }
    }
}
