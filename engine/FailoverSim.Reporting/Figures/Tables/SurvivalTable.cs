namespace FailoverSim.Reporting.Figures.Tables;

internal static class SurvivalTable
{
    /// <summary>Steps of a curve that a reader wants as numbers.</summary>
    private const int MostSteps = 12;

    public static FigureTable Of(SurvivalData data) => FigureTable.Of(
        ["quantity", "duration", "lasts longer: seen [%]", "at least", "at most", "by the law [%]", "law"],
        data.Panels.SelectMany(panel => Thinned(panel.Seen).Select(step => (IReadOnlyList<string>)
        [
            panel.Title, Cells.Duration(step.Time), Cells.Percent(step.Survival), Cells.Percent(step.Low), Cells.Percent(step.High),
            panel.Laws.Count == 0 ? Cells.None : Cells.Percent(panel.Laws[0].Survival(step.Time)),
            panel.Laws.Count == 0 ? Cells.None : panel.Laws[0].Name,
        ])));

    private static IEnumerable<T> Thinned<T>(IReadOnlyList<T> steps)
    {
        int stride = Math.Max(1, (steps.Count + MostSteps - 1) / MostSteps);
        return steps.Where((_, i) => i % stride == 0 || i == steps.Count - 1);
    }
}
