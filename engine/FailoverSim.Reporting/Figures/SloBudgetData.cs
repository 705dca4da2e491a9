using FailoverSim.Reporting.Figures.Tables;

namespace FailoverSim.Reporting.Figures;

/// <summary>A figure of the budget used, with its interval in words.</summary>
/// <param name="Name">Such as <c>95th percentile</c>.</param>
/// <param name="Used">In budgets: 1 is all of it; null where it is not known.</param>
/// <param name="Text">As it is to be written.</param>
public sealed record BudgetMark(string Name, double? Used, string Text);

/// <summary>How much of its error budget a window of an SLO uses.</summary>
/// <param name="Heading">What stands above.</param>
/// <param name="Sorted">Budget used by the windows that use any, ascending, with the number of windows that have used so much.</param>
/// <param name="Windows">All windows, those that use none included.</param>
/// <param name="Median">Of all windows, as the others.</param>
/// <param name="Mean">Of all windows.</param>
/// <param name="High">High quantiles and the maximum.</param>
/// <param name="Fan">By each tenth of a window from its start: the quantiles that <paramref name="FanNames"/> names. Empty for rolling windows.</param>
/// <param name="FanNames">Of the lines of the fan, from below.</param>
/// <param name="UsedUp">By each tenth, share of windows that have used more than all of it.</param>
public sealed record SloBudgetData(
    FigureHeading Heading,
    IReadOnlyList<(double Used, long Count)> Sorted,
    long Windows,
    BudgetMark Median,
    BudgetMark Mean,
    IReadOnlyList<BudgetMark> High,
    IReadOnlyList<IReadOnlyList<double>> Fan,
    IReadOnlyList<string> FanNames,
    IReadOnlyList<double> UsedUp) : IFigureData
{
    public string DrawnBy(IFigureRenderer renderer) => renderer.SloBudget(this);

    public FigureTable ToTable() => SloBudgetTable.Of(this);
}
