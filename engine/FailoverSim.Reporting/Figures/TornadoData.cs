using FailoverSim.Reporting.Figures.Tables;

namespace FailoverSim.Reporting.Figures;

/// <summary>One value that was made smaller and larger; times are down times in seconds a year.</summary>
/// <param name="Label">What is varied.</param>
/// <param name="Written">What the scenario says.</param>
/// <param name="Low">With the lower value.</param>
/// <param name="High">With the higher value.</param>
/// <param name="Swing">From the lower to the higher value, in words.</param>
public sealed record TornadoRow(string Label, string Written, TornadoEnd Low, TornadoEnd High, string Swing);

/// <param name="Text">What was written in place of the value.</param>
/// <param name="Seconds">Down a year.</param>
/// <param name="From">Lower end of its interval, of the difference to the scenario as written.</param>
/// <param name="To">Upper end.</param>
public sealed record TornadoEnd(string Text, double Seconds, double From, double To);

/// <summary>What the down time of a service depends on most.</summary>
/// <param name="Heading">What stands above.</param>
/// <param name="BaseSeconds">Down a year as written.</param>
/// <param name="LowName">What the lower values are: <c>at 50 %</c>.</param>
/// <param name="HighName">What the higher values are.</param>
/// <param name="Rows">From top to bottom.</param>
/// <param name="Level">Joint confidence of the intervals.</param>
public sealed record TornadoData(
    FigureHeading Heading, double BaseSeconds, string LowName, string HighName, IReadOnlyList<TornadoRow> Rows, double Level = 0.95) : IFigureData
{
    public string DrawnBy(IFigureRenderer renderer) => renderer.Tornado(this);

    public FigureTable ToTable() => TornadoTable.Of(this);
}
