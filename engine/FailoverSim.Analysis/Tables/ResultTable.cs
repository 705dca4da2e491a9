using FailoverSim.Kernel.Results;

namespace FailoverSim.Analysis.Tables;

/// <summary>What one variant of a scenario yielded: the rows of the replications 0 … N−1, for every service.</summary>
public sealed class ResultTable
{
    private readonly List<Block> _blocks;
    private readonly Lazy<PrefixTotals> _totals;
    private readonly Lazy<IReadOnlyList<MemberTotals>> _fleet;
    private readonly IReadOnlyList<Lazy<BudgetSample>> _budgets;

    /// <param name="variant">Name of the variant; <see cref="ResultSet.BaseVariant"/> for the scenario as written.</param>
    /// <param name="names">Names behind the indices of the rows.</param>
    /// <param name="horizonNanoseconds">Observed time of each replication.</param>
    /// <param name="blocks">In any order; together a complete prefix, of which only the last may be shorter.</param>
    public ResultTable(string variant, ResultNames names, long horizonNanoseconds, IEnumerable<Block> blocks)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(horizonNanoseconds);
        Variant = variant;
        Names = names;
        HorizonNanoseconds = horizonNanoseconds;
        _blocks = [.. blocks.OrderBy(block => block.Index)];
        for (int i = 0; i < _blocks.Count; i++)
        {
            if (_blocks[i].Index != i)
            {
                throw new ArgumentException(
                    $"Variant {variant}: block {i} is {(_blocks[i].Index > i ? "missing" : "there twice")}.", nameof(blocks));
            }
            if (!_blocks[i].IsComplete && i < _blocks.Count - 1)
            {
                throw new ArgumentException($"Variant {variant}: block {i} is short, but not the last.", nameof(blocks));
            }
        }
        _totals = new Lazy<PrefixTotals>(Sum);
        _fleet = new Lazy<IReadOnlyList<MemberTotals>>(() => MemberTotals.Of(this));
        _budgets = [.. names.Slos.Select((_, slo) => new Lazy<BudgetSample>(() => BudgetSample.Of(this, slo)))];
        Replications = _blocks.Sum(block => (long)block.Replications);
    }

    public string Variant { get; }

    public ResultNames Names { get; }

    public long HorizonNanoseconds { get; }

    public IReadOnlyList<Block> Blocks => _blocks;

    public long Replications { get; }

    /// <summary>All rows, by replication and then by service.</summary>
    public IEnumerable<ServiceRow> Rows => _blocks.SelectMany(block => block.Rows);

    /// <summary>The rows of one service in replication order.</summary>
    public IEnumerable<ServiceRow> RowsOf(int service) => Rows.Where(row => row.Service == service);

    /// <summary>Exact sums of one service over all replications; made once, not to be added to.</summary>
    public ServiceTotals Totals(int service) => _totals.Value.Services[service];

    /// <summary>Exact sums of one counter over all replications; made once, not to be added to.</summary>
    public ReplicationSum Count(int counter) => _totals.Value.Counters[counter];

    /// <summary>Exact sums of each member of the fleet over all replications; made once, not to be added to.</summary>
    public IReadOnlyList<MemberTotals> Fleet => _fleet.Value;

    /// <summary>How whole windows of an SLO have used their budgets; made once.</summary>
    public BudgetSample Budget(int slo) => _budgets[slo].Value;

    private PrefixTotals Sum()
    {
        var totals = new PrefixTotals(Names);
        foreach (Block block in _blocks)
        {
            totals.Add(block);
        }
        return totals;
    }
}
