using FailoverSim.Reporting.Figures.Tables;

namespace FailoverSim.Reporting.Figures;

/// <summary>The down time of one service in parts, such as its causes.</summary>
/// <param name="Heading">What stands above.</param>
/// <param name="Causes">Minutes down a year, the largest first; at most 15 are shown, the others in one.</param>
public sealed record ParetoData(FigureHeading Heading, IReadOnlyList<(string Cause, double Minutes)> Causes) : IFigureData
{
    /// <summary>By cause: its interval, in minutes a year; null for none. Empty: none at all.</summary>
    public IReadOnlyList<(double Low, double High)?> Intervals { get; init; } = [];

    public string DrawnBy(IFigureRenderer renderer) => renderer.Pareto(this);

    public FigureTable ToTable() => ParetoTable.Of(this);
}
