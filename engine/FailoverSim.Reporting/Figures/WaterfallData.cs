using FailoverSim.Reporting.Figures.Tables;

namespace FailoverSim.Reporting.Figures;

/// <summary>The mean outage of one kind.</summary>
/// <param name="Kind">Which kind, such as <c>failover</c>.</param>
/// <param name="Outages">How many there were.</param>
/// <param name="PerYear">How often.</param>
/// <param name="Stages">Mean seconds in each stage, in the order in which they follow; together the mean down time of an outage.</param>
public sealed record WaterfallPanel(
    string Kind, long Outages, double PerYear, IReadOnlyList<(string Stage, double Seconds)> Stages);

/// <summary>What the outages of one service are made of, stage by stage and kind by kind.</summary>
/// <param name="Heading">What stands above.</param>
/// <param name="Panels">From top to bottom, each with a time axis of its own: failovers take seconds, losses hours.</param>
/// <param name="ObservedYears">Simulated time behind them, to say how long nothing was seen.</param>
public sealed record WaterfallData(
    FigureHeading Heading, IReadOnlyList<WaterfallPanel> Panels, double? ObservedYears = null) : IFigureData
{
    public string DrawnBy(IFigureRenderer renderer) => renderer.Waterfall(this);

    public FigureTable ToTable() => WaterfallTable.Of(this);
}
