using FailoverSim.Reporting.Figures.Tables;

namespace FailoverSim.Reporting.Figures;

/// <summary>The downtime of one service in each simulated year.</summary>
/// <param name="Service">Name as in the scenario.</param>
/// <param name="Sorted">Downtime in seconds in increasing order with the number of years that had it; years without any
/// count as 0.</param>
/// <param name="BudgetSeconds">Downtime per year that the objective allows.</param>
public sealed record YearlyDowntime(string Service, IReadOnlyList<(double Seconds, long Years)> Sorted,
    double? BudgetSeconds = null);

/// <summary>How downtime varies from year to year, by service.</summary>
/// <param name="Heading">What stands above.</param>
/// <param name="Services">From top to bottom.</param>
public sealed record YearlyDowntimeData(FigureHeading Heading, IReadOnlyList<YearlyDowntime> Services) : IFigureData
{
    public string DrawnBy(IFigureRenderer renderer) => renderer.YearlyDowntime(this);

    public FigureTable ToTable() => YearlyDowntimeTable.Of(this);
}
