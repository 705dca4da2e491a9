using System.Globalization;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Reporting.Text;

/// <summary>What an SLO's windows are, and how they use their budget, in a few lines.</summary>
public static class SloText
{
    /// <summary>Column heads of <see cref="Cells"/>.</summary>
    public static IReadOnlyList<string> Heads { get; } =
        ["probability", "required", "budget: typical", "p95", "worst", "average", "longest outage"];

    /// <summary>What an SLO came to, for the row of a table.</summary>
    public static IReadOnlyList<string> Cells(ResultTable table, SloVerdict verdict)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(verdict);
        Dictionary<string, Estimate> figures = FiguresOf(table, SloStatistics.IndexOf(table, verdict.Slo.Name));
        Requirement require = verdict.Slo.Require;
        return
        [
            Probability(verdict.Probability), $"{(require.AtLeast ? "at least" : "at most")} {HumanUnits.Number(100 * require.Probability)} %",
            Used("budget-used-p50"), Used("budget-used-p95"), Used(SloStatistics.Worst), Used(SloStatistics.MeanBurn),
            figures.GetValueOrDefault(SloStatistics.LongestOutage)?.Value is { } seconds ? HumanUnits.Duration(seconds) : "–",
        ];

        string Used(string name) => OfBudget(figures.GetValueOrDefault(name)?.Value);
    }

    /// <summary><c>99.95 (99.93 – 99.97) %</c>.</summary>
    public static string Probability(Estimate share) => share is { Value: { } value, Low: { } low, High: { } high }
        ? $"{HumanUnits.Number(100 * value, 100 * low, 100 * high)} %"
        : "–";

    /// <summary>Such as <c>consecutive tiles of 30 d from the end of warm-up</c>.</summary>
    public static string Windows(SloSpec slo)
    {
        ArgumentNullException.ThrowIfNull(slo);
        return slo switch
        {
            WindowSlo { Months: { } zone } => $"calendar months ({zone.Id})",
            WindowSlo { Rolls: true } => $"rolling windows of {HumanUnits.Duration(slo.Window.Seconds)}, one behind every instant",
            _ => $"consecutive tiles of {HumanUnits.Duration(slo.Window.Seconds)} from the end of warm-up",
        };
    }

    /// <summary>Lines without indentation, below the verdict.</summary>
    public static IReadOnlyList<string> Lines(ResultTable table, SloVerdict verdict)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(verdict);
        int slo = SloStatistics.IndexOf(table, verdict.Slo.Name);
        Dictionary<string, Estimate> figures = FiguresOf(table, slo);
        return
        [
            $"{Counted(table, slo)}{Windows(verdict.Slo)}{Budget(verdict.Slo)}",
            .. UseOfBudget(figures),
            .. Longest(figures),
            .. ToDecide(table, verdict),
        ];
    }

    /// <summary>The same where a verdict is one of many things that are read: how the budget is used, and what it would take to decide.</summary>
    public static IReadOnlyList<string> Brief(ResultTable table, SloVerdict verdict)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(verdict);
        return [.. UseOfBudget(FiguresOf(table, SloStatistics.IndexOf(table, verdict.Slo.Name))), .. ToDecide(table, verdict)];
    }

    /// <summary>A part of a budget in percent; beyond ten budgets as a multiple: <c>4 %</c>, <c>310 %</c>, <c>52 times</c>.</summary>
    public static string OfBudget(double? budgets) => budgets switch
    {
        null => "–",
        >= 10 => $"{HumanUnits.Number(budgets.Value)} times",
        _ => $"{HumanUnits.Number(100 * budgets.Value)} %",
    };

    /// <summary>What it would take to decide; nothing where it is decided.</summary>
    public static IEnumerable<string> ToDecide(ResultTable table, SloVerdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        if (verdict.Verdict == Verdict.Undecided)
        {
            yield return SloDecision.MoreReplications(table, verdict) is { } more
                ? $"about {HumanUnits.Number(UpToTwoDigits(more))} more replications would decide at this estimate"
                : "no number of replications would decide at this estimate: it is the limit";
        }
    }

    private static Dictionary<string, Estimate> FiguresOf(ResultTable table, int slo) =>
        SloStatistics.OfWindows(table, slo).ToDictionary(s => s.Name, s => s.Estimate);

    private static string Counted(ResultTable table, int slo) => table.Names.Slos[slo] is { Kind: not WindowKind.Rolling } windows
        ? string.Create(CultureInfo.InvariantCulture, $"{HumanUnits.Number(windows.Windows)} in each replication: ")
        : "";

    private static string Budget(SloSpec slo) => slo switch
    {
        WindowSlo { Months: not null } window => $"; the budget of each is {HumanUnits.Number(100 * (double)(1 - (decimal)window.Objective))} % of its length",
        WindowSlo window => $"; the budget of each is {HumanUnits.Duration((double)(1 - (decimal)window.Objective) * slo.Window.Seconds)} down",
        _ => "",
    };

    private static IEnumerable<string> UseOfBudget(Dictionary<string, Estimate> figures)
    {
        if (!figures.TryGetValue(SloStatistics.Worst, out Estimate? worst))
        {
            yield break;
        }
        if (worst.Value is null)
        {
            yield return "there is no budget: the objective is 100 %, or no window is complete";
            yield break;
        }
        (_, string median) = SloStatistics.Quantiles[0];
        yield return $"a typical window uses {OfBudget(figures[median].Value)} of its budget, "
            + string.Join(", ", SloStatistics.Quantiles.Skip(1).Select(q => $"p{100 * q.P:0} {OfBudget(figures[q.Name].Value)}"))
            + $", the worst {OfBudget(worst.Value)}; {OfBudget(figures[SloStatistics.MeanBurn].Value)} on average; "
            + $"{HumanUnits.Number(100 * (figures[SloStatistics.OverBudget].Value ?? 0))} % of windows use more than all of it";
    }

    private static IEnumerable<string> Longest(Dictionary<string, Estimate> figures) =>
        figures.TryGetValue(SloStatistics.LongestOutage, out Estimate? longest)
            ? [longest.Value is { } seconds ? $"longest outage {HumanUnits.Duration(seconds)}" : "no outage in any window"]
            : [];

    /// <summary>More would claim to know the estimate better than it is known.</summary>
    private static double UpToTwoDigits(long count)
    {
        double unit = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(count)) - 1));
        return Math.Ceiling(count / unit) * unit;
    }
}
