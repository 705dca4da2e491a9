using FailoverSim.Reporting.Figures.Drawing;

namespace FailoverSim.Reporting.Figures.Tables;

internal static class ForestTable
{
    public static FigureTable Of(ForestData data) => FigureTable.Of(
        ["variant", $"down time per year beyond {data.Baseline}", "at least", "at most", "nines gained", "verdict"],
        data.Rows.Select(row => (IReadOnlyList<string>)
        [
            row.Variant, Cells.Duration(row.Seconds), Cells.Duration(row.Low), Cells.Duration(row.High), row.Nines, JudgementSign.Word(row.Judgement),
        ]));
}
