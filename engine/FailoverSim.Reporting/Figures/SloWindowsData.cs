using FailoverSim.Reporting.Figures.Tables;

namespace FailoverSim.Reporting.Figures;

/// <summary>Windows of one replication that used some of their budget; 1 is all of it.</summary>
public sealed record SloWindowsRow(long Replication, IReadOnlyList<(int Window, double Used)> Windows);

/// <summary>Which windows of which replications used how much of their budgets.</summary>
/// <param name="Heading">What stands above.</param>
/// <param name="Across">What the windows are, from left to right.</param>
/// <param name="Windows">How many there are.</param>
/// <param name="Rows">From top to bottom.</param>
public sealed record SloWindowsData(FigureHeading Heading, string Across, int Windows, IReadOnlyList<SloWindowsRow> Rows) : IFigureData
{
    public string DrawnBy(IFigureRenderer renderer) => renderer.SloWindows(this);

    public FigureTable ToTable() => SloWindowsTable.Of(this);
}
