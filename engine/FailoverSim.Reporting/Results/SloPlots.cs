using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;
using FailoverSim.Reporting.Figures;
using FailoverSim.Reporting.Text;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Reporting.Results;

/// <summary>From results to the figures of error budgets.</summary>
internal static class SloPlots
{
    private const int ReplicationsShown = 40;

    /// <summary>More could not be told apart.</summary>
    private const int WindowsShown = 800;

    public static IEnumerable<IFigureData> Of(ScenarioSpec spec, ResultTable table, string basis)
    {
        foreach (WindowSlo slo in spec.Slos.OfType<WindowSlo>())
        {
            int index = SloStatistics.IndexOf(table, slo.Name);
            if (table.Budget(index).HasBudget)
            {
                yield return Budget(slo, table, index, basis);
                yield return Windows(slo, table, index);
            }
        }
    }

    private static SloBudgetData Budget(WindowSlo slo, ResultTable table, int index, string basis)
    {
        BudgetSample sample = table.Budget(index);
        Dictionary<string, Estimate> figures = SloStatistics.OfWindows(table, index).ToDictionary(s => s.Name, s => s.Estimate);
        ILookup<string, double?> tenths = SloStatistics.OfTenths(table, index).ToLookup(s => s.Name, s => s.Estimate.Value);
        string[] quantiles = [.. SloStatistics.Quantiles.Select(q => q.Name)];
        int count = tenths[SloStatistics.UsedUp].Count();
        (double Used, long Count)[] sorted = [.. BudgetEstimates.Outline(sample).Select(value => (value.Used / BudgetSample.Budget, value.Count))];
        return new SloBudgetData(
            new FigureHeading(
                $"slo-budget-{slo.Name}", Titles.SloBudget(slo.Service, sorted, sample.Count),
                $"Error budget used by a window. SLO {slo.Name}: {SloText.Windows(slo)}; objective {100 * (decimal)slo.Objective:0.##########} %. {basis}"),
            sorted,
            sample.Count,
            Mark("median", quantiles[0]),
            Mark("mean", SloStatistics.MeanBurn),
            [Mark("90th percentile", quantiles[1]), Mark("95th percentile", quantiles[2]), Mark("99th percentile", quantiles[3]), Mark("worst", SloStatistics.Worst)],
            [.. Enumerable.Range(0, count).Select(i => (IReadOnlyList<double>)[.. quantiles.Select(q => tenths[q].ElementAt(i) ?? 0)])],
            ["median", "90th percentile", "95th percentile", "99th percentile"],
            [.. tenths[SloStatistics.UsedUp].Select(share => share ?? 0)]);

        BudgetMark Mark(string name, string figure) => new(name, figures[figure].Value, WithInterval(figures[figure]));
    }

    private static SloWindowsData Windows(WindowSlo slo, ResultTable table, int index)
    {
        SloWindows windows = table.Names.Slos[index];
        int shown = Math.Min(windows.Budgets, WindowsShown);
        List<SloWindowsRow> rows =
        [
            .. table.RowsOf(windows.Service).Take(ReplicationsShown).Select(row => new SloWindowsRow(
                row.Replication,
                [
                    .. BudgetSample.UsedBy(row, windows, index)
                        .Where(window => window.Window < shown)
                        .Select(window => (window.Window, window.Used / (double)BudgetSample.Budget)),
                ])),
        ];
        string across = windows.Kind switch
        {
            WindowKind.Rolling => "end of the window, in tenths of its length after the first one",
            WindowKind.Spans => "calendar month, from the first whole one",
            _ => "window, from the end of warm-up",
        };
        string which = rows.Count < table.Replications ? $"the first {rows.Count} of {HumanUnits.Number(table.Replications)} replications" : "all replications";
        string part = shown < windows.Budgets ? $", the first {shown} of {HumanUnits.Number(windows.Budgets)} windows" : "";
        return new SloWindowsData(
            new FigureHeading(
                $"slo-windows-{slo.Name}", Titles.SloWindows(slo.Service, shown, rows),
                $"SLO {slo.Name}: {SloText.Windows(slo)}; objective {100 * (decimal)slo.Objective:0.##########} %. Shown are {which}{part}"),
            across, shown, rows);
    }

    private static string WithInterval(Estimate used) => used switch
    {
        { Value: { } value, Low: { } low, High: { } high } when low >= high => SloText.OfBudget(value),
        { Value: { } value, Low: { } low, High: { } high } when high < 10 => $"{HumanUnits.Number(100 * value, 100 * low, 100 * high)} %",
        { Value: { } value, Low: { } low, High: { } high } => $"{HumanUnits.Number(value, low, high)} times",
        { Value: { } value, Low: { } low } => $"{SloText.OfBudget(value)} (at least {SloText.OfBudget(low)})",
        _ => SloText.OfBudget(used.Value),
    };
}
