using System.Collections.Concurrent;
using FailoverSim.Kernel.Results;

namespace FailoverSim.Analysis.Tables;

/// <summary>
/// How much of its budget of down time each window of an SLO has used, over all replications; in whole billionths of the budget,
/// so that all sums are exact and any grouping of replications gives the same.
/// </summary>
/// <remarks>
/// Windows without down time, which are most, are only counted. Rolling windows overlap: those that end where a tenth of a tile
/// does stand for the others.
/// </remarks>
public sealed class BudgetSample
{
    /// <summary>The whole budget. A window uses at most 1e9 budgets by this count, so that a replication's sum stays a long.</summary>
    public const long Budget = 1_000_000_000;

    private const long Most = Budget * Budget;

    private readonly ResultTable _table;
    private readonly int _index;
    private readonly IntegerSample _some = new(cut: Budget);
    private readonly ConcurrentDictionary<long, RatioMoments> _above = [];

    private BudgetSample(ResultTable table, int slo, int tenths) => (_table, _index, Tenths) = (table, slo, tenths);

    public SloWindows Slo => _table.Names.Slos[_index];

    /// <summary>How much of a window has passed: 10 of 10 at its end.</summary>
    public int Tenths { get; }

    public long Replications => _table.Replications;

    /// <summary>Windows, those without down time included.</summary>
    public long Count => Replications * Slo.Budgets;

    /// <summary>Budgets used, by replication.</summary>
    public ReplicationSum Used { get; } = new();

    /// <summary>Whether there is any budget: an objective of 100 % has none to use.</summary>
    public bool HasBudget => Slo.HasBudget && Count > 0 && Enumerable.Range(0, Slo.Kind == WindowKind.Spans ? Slo.Budgets : 1)
        .All(window => Slo.DownAtMostIn(window) > 0);

    /// <summary>By SLO, and for each by tenth of its windows; of rolling windows, which have no beginning, at their ends only.</summary>
    internal static IReadOnlyList<IReadOnlyList<BudgetSample>> AllOf(ResultTable table)
    {
        BudgetSample[][] samples =
        [
            .. table.Names.Slos.Select((windows, slo) => Enumerable.Range(1, SloWindows.Parts)
                .Where(tenths => windows.Kind != WindowKind.Rolling || tenths == SloWindows.Parts)
                .Select(tenths => new BudgetSample(table, slo, tenths)).ToArray()),
        ];
        Passes.Over([table], samples.SelectMany(slo => slo).Where(sample => sample.HasBudget).Select(sample => (IEnumerable<Look>)[sample.AtWindows(sample.Add)]));
        return samples;
    }

    /// <summary>Budget used by each window of a row that has down time, in the order of the windows.</summary>
    public static IEnumerable<(int Window, long Used)> UsedBy(ServiceRow row, SloWindows windows, int slo, int tenths = SloWindows.Parts)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(windows);
        WindowPart[] parts = row.SloParts[slo].ToArray();
        return parts.Length == 0 ? []
            : (windows.Kind == WindowKind.Rolling ? Rolling(parts, windows.Budgets) : Separate(parts, tenths))
                .Select(window => (window.Window, Share(window.Down, windows.DownAtMostIn(window.Window))));
    }

    /// <summary>What the window of this rank (from 1, ascending) has used.</summary>
    public long OfRank(long rank)
    {
        _table.Look([Find([rank])]);
        return rank <= None ? 0 : _some.Known(rank - None)!.Value;
    }

    /// <summary>Windows that have used more than so much, by replication.</summary>
    public RatioMoments Above(long used)
    {
        _table.Look([CountAbove([used])]);
        return _above[used];
    }

    /// <summary>
    /// Values above none in ascending order, and how many windows have used so much; of many a mean for each 0.4 %, exact at the given ranks and above the budget.
    /// </summary>
    public IReadOnlyList<(double Used, long Count)> Outline(params IEnumerable<long> ranks) =>
        _some.Outline(ranks.Where(rank => rank > None).Select(rank => rank - None));

    /// <summary>What <see cref="OfRank"/> has to look at, for many ranks at once.</summary>
    internal IEnumerable<Look> Find(IEnumerable<long> ranks) =>
        _some.Find(ranks.Where(rank => rank > None).Select(rank => rank - None))
            .Select(see => AtWindows(windows => windows.ForEach(see)));

    /// <summary>What <see cref="Above"/> has to look at, for many values at once.</summary>
    internal IEnumerable<Look> CountAbove(IEnumerable<long> values)
    {
        (long Used, RatioMoments Above)[] wanted = [.. values.Distinct().Where(used => !_above.ContainsKey(used)).Select(used => (used, new RatioMoments()))];
        if (wanted.Length == 0)
        {
            yield break;
        }
        yield return AtWindows(windows =>
        {
            foreach ((long used, RatioMoments above) in wanted)
            {
                if (windows.Count(window => window > used) is > 0 and int count)
                {
                    above.Add(count, 1);
                }
            }
        });
        foreach ((long used, RatioMoments above) in wanted)
        {
            above.AddZeroes(Replications - above.Count);
            _above[used] = above;
        }
    }

    /// <summary>Windows without down time.</summary>
    private long None => Count - _some.Count;

    /// <summary>Sees of each replication with down time what its windows have used that have any.</summary>
    private Look AtWindows(Action<List<long>> see) => Passes.AtRowsOf(Slo.Service, row =>
    {
        if (row.SloParts[_index].Length > 0)
        {
            see([.. UsedBy(row, Slo, _index, Tenths).Select(window => window.Used)]);
        }
    });

    private void Add(List<long> windows)
    {
        Int128 sum = 0;
        foreach (long used in windows)
        {
            _some.Add(used);
            sum += used;
        }
        Used.Add((long)Int128.Min(sum, long.MaxValue));
    }

    /// <summary>Rounded up: the least excess is one.</summary>
    private static long Share(long down, long budget) => (long)Int128.Min((((Int128)down * Budget) + budget - 1) / budget, Most);

    private static IEnumerable<(int Window, long Down)> Separate(WindowPart[] parts, int tenths)
    {
        for (int i = 0; i < parts.Length;)
        {
            int window = parts[i].Part / SloWindows.Parts;
            long down = 0;
            for (; i < parts.Length && parts[i].Part / SloWindows.Parts == window; i++)
            {
                down += parts[i].Part % SloWindows.Parts < tenths ? parts[i].DownNanoseconds : 0;
            }
            if (down > 0)
            {
                yield return (window, down);
            }
        }
    }

    /// <summary>Window w covers the parts w … w + 9.</summary>
    private static IEnumerable<(int Window, long Down)> Rolling(WindowPart[] parts, int windows)
    {
        int first = 0, next = 0;
        long down = 0;
        for (int window = Math.Max(0, parts[0].Part - SloWindows.Parts + 1); window < windows; window++)
        {
            for (; next < parts.Length && parts[next].Part < window + SloWindows.Parts; next++)
            {
                down += parts[next].DownNanoseconds;
            }
            for (; first < next && parts[first].Part < window; first++)
            {
                down -= parts[first].DownNanoseconds;
            }
            if (down > 0)
            {
                yield return (window, down);
            }
        }
    }
}
