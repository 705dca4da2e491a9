using System.Runtime.InteropServices;
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
    private readonly List<(long Used, long Replication)> _some = [];

    private BudgetSample(SloWindows slo, int tenths) => (Slo, Tenths) = (slo, tenths);

    public SloWindows Slo { get; }

    /// <summary>How much of a window has passed: 10 of 10 at its end.</summary>
    public int Tenths { get; }

    public long Replications { get; private set; }

    /// <summary>Windows, those without down time included.</summary>
    public long Count => Replications * Slo.Budgets;

    /// <summary>Budgets used, by replication.</summary>
    public ReplicationSum Used { get; } = new();

    /// <summary>Whether there is any budget: an objective of 100 % has none to use.</summary>
    public bool HasBudget => Slo.HasBudget && Count > 0 && Enumerable.Range(0, Slo.Kind == WindowKind.Spans ? Slo.Budgets : 1)
        .All(window => Slo.DownAtMostIn(window) > 0);

    /// <param name="table">The replications.</param>
    /// <param name="slo">Index of the SLO.</param>
    /// <param name="tenths">Look at windows when so many tenths of them have passed; rolling ones have passed whenever they end.</param>
    public static BudgetSample Of(ResultTable table, int slo, int tenths = SloWindows.Parts)
    {
        ArgumentNullException.ThrowIfNull(table);
        SloWindows windows = table.Names.Slos[slo];
        ArgumentOutOfRangeException.ThrowIfLessThan(tenths, windows.Kind == WindowKind.Rolling ? SloWindows.Parts : 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tenths, SloWindows.Parts);
        BudgetSample sample = new(windows, tenths) { Replications = table.Replications };
        if (sample.HasBudget)
        {
            foreach (ServiceRow row in table.RowsOf(windows.Service))
            {
                sample.Add(row, slo);
            }
            // By replication within ties: the order of rows leaves no mark.
            sample._some.Sort();
        }
        return sample;
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
        long none = Count - _some.Count;
        return rank <= none ? 0 : _some[checked((int)(rank - none - 1))].Used;
    }

    /// <summary>Windows that have used more than so much, by replication.</summary>
    public RatioMoments Above(long used)
    {
        RatioMoments above = new();
        int first = FirstAbove(used);
        foreach ((_, int count) in CollectionsMarshal.AsSpan(_some)[first..].ToArray().CountBy(window => window.Replication))
        {
            above.Add(count, 1);
        }
        above.AddZeroes(Replications - above.Count);
        return above;
    }

    /// <summary>Share of the windows that have used more than so much.</summary>
    public double ShareAbove(long used) => (double)(_some.Count - FirstAbove(used)) / Count;

    /// <summary>Distinct values above none, ascending, with the number of windows that have used so much.</summary>
    public IEnumerable<(long Used, long Count)> Values()
    {
        for (int i = 0; i < _some.Count;)
        {
            int first = i;
            while (i < _some.Count && _some[i].Used == _some[first].Used)
            {
                i++;
            }
            yield return (_some[first].Used, i - first);
        }
    }

    private void Add(ServiceRow row, int slo)
    {
        Int128 sum = 0;
        foreach ((_, long used) in UsedBy(row, Slo, slo, Tenths))
        {
            _some.Add((used, row.Replication));
            sum += used;
        }
        Used.Add((long)Int128.Min(sum, long.MaxValue));
    }

    private int FirstAbove(long used)
    {
        int low = 0, high = _some.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _some[middle].Used <= used ? (middle + 1, high) : (low, middle);
        }
        return low;
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
