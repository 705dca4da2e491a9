namespace FailoverSim.Reporting.Figures.Tables;

internal static class TornadoTable
{
    public static FigureTable Of(TornadoData data) => FigureTable.Of(
        ["value", "as written", data.LowName, "down time per year with it", data.HighName, "down time per year with it", "swing per year"],
        data.Rows.Select(row => (IReadOnlyList<string>)
        [
            row.Label, row.Written, row.Low.Text, Cells.Duration(row.Low.Seconds), row.High.Text, Cells.Duration(row.High.Seconds), row.Swing,
        ]));
}
