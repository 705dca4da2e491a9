using FailoverSim.Reporting.Figures.Tables;

namespace FailoverSim.Reporting.Figures;

/// <summary>The availability of one service, told as unavailability because 1 − A would lose the digits that
/// matter.</summary>
/// <param name="Service">Name as in the scenario.</param>
/// <param name="Unavailability">The point estimate; null where no outage was seen, so that only a bound is
/// known.</param>
/// <param name="Low">Lower end of the interval of the unavailability; 0 where it is open.</param>
/// <param name="High">Upper end of the interval, or the bound.</param>
/// <param name="Objective">The unavailability that the objective allows: 0.001 for 99.9 %.</param>
public sealed record AvailabilityRow(string Service, double? Unavailability, double Low, double High,
    double? Objective = null)
{
    public bool IsBoundOnly => Unavailability is null or 0;

    /// <summary>Met or missed only where the whole interval agrees; null without an objective.</summary>
    public string? Verdict => Objective is not { } objective ? null
        : High <= objective ? "met"
        : Low > objective ? "missed"
        : "open";
}

/// <summary>Availability by service with intervals.</summary>
/// <param name="Heading">What stands above.</param>
/// <param name="Rows">One per service, from top to bottom.</param>
/// <param name="Level">Confidence level of the intervals, for the legend.</param>
public sealed record AvailabilityData(FigureHeading Heading, IReadOnlyList<AvailabilityRow> Rows, double Level = 0.95) : IFigureData
{
    public string DrawnBy(IFigureRenderer renderer) => renderer.Availability(this);

    public FigureTable ToTable() => AvailabilityTable.Of(this);
}
