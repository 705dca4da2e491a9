using System.Globalization;

namespace FailoverSim.Reporting.Figures.Tables;

internal static class SloBudgetTable
{
    /// <summary>What windows use in all, and from the left to the right what they have used after each part of their length.</summary>
    public static FigureTable Of(SloBudgetData data) => FigureTable.Of(
        ["budget used [%]", "whole window", .. Enumerable.Range(1, data.Fan.Count).Select(part => $"after {Part(part, data.Fan.Count)}")],
        [
            .. ((IEnumerable<BudgetMark>)[data.Median, data.Mean, .. data.High]).Select(mark => (IReadOnlyList<string>)
            [
                mark.Name, Cells.Budget(mark.Used), .. data.Fan.Select(quantiles => After(data, mark.Name, quantiles)),
            ]),
            ["windows that have used it up", Cells.Percent(UsedUp(data)), .. data.UsedUp.Select(share => Cells.Percent(share))],
        ]);

    private static string After(SloBudgetData data, string name, IReadOnlyList<double> quantiles) =>
        data.FanNames.ToList().IndexOf(name) is var line and >= 0 ? Cells.Budget(quantiles[line]) : "";

    private static double? UsedUp(SloBudgetData data) =>
        data.Windows == 0 ? null : data.Sorted.Where(value => value.Used > 1).Sum(value => value.Count) / (double)data.Windows;

    private static string Part(int part, int parts) => string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / parts:0.#} %");
}
