using FailoverSim.Reporting.Figures.Drawing;

namespace FailoverSim.Reporting.Figures.Tables;

internal static class AvailabilityTable
{
    public static FigureTable Of(AvailabilityData data) => FigureTable.Of(
        ["service", "availability [%]", "down time per year", "at least", "at most", "objective [%]", "objective is"],
        data.Rows.Select(row => (IReadOnlyList<string>)
        [
            row.Service,
            row.IsBoundOnly ? $"> {Cells.Availability(Math.Min(1, row.High))}" : Cells.Availability(row.Unavailability!.Value),
            row.IsBoundOnly ? "none seen" : PerYear(row.Unavailability!.Value),
            PerYear(row.Low),
            PerYear(Math.Min(1, row.High)),
            row.Objective is { } objective ? Cells.Availability(objective) : "",
            row.Verdict ?? "",
        ]));

    private static string PerYear(double unavailability) => Cells.Duration(unavailability * HumanTime.Year);
}
