using FailoverSim.Reporting.Figures.Drawing;

namespace FailoverSim.Reporting.Figures.Tables;

internal static class SweepTable
{
    public static FigureTable Of(SweepData data) => FigureTable.Of(
        [data.Parameter, "with", "down time per year", "at least", "at most", $"against {data.Baseline}"],
        from curve in data.Curves
        from point in curve.Points
        select (IReadOnlyList<string>)
        [
            point.Label, curve.Name, point.Seconds is { } seconds ? Cells.Duration(seconds) : "none seen",
            Cells.Duration(point.Low), Cells.Duration(point.High), JudgementSign.Word(point.Judgement),
        ]);
}
