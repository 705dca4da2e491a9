using FailoverSim.Reporting.Figures.Tables;

namespace FailoverSim.Reporting.Figures;

/// <summary>A number with its interval.</summary>
/// <param name="Value">Null where none was seen.</param>
/// <param name="Low">Lower end; 0 where it is open.</param>
/// <param name="High">Upper end.</param>
public readonly record struct Bounded(double? Value, double Low, double High);

/// <summary>A value of the timer and what it comes to.</summary>
/// <param name="Label">The value as written.</param>
/// <param name="Amount">As a number.</param>
/// <param name="Down">Seconds of down time per year.</param>
/// <param name="Detection">Seconds per outage until it is noticed; null where nothing is.</param>
/// <param name="IsLeast">No other point was down less in the sample.</param>
/// <param name="MayBeBest">It cannot be told from the best.</param>
/// <param name="False">False actions per year, one for each of the mechanisms.</param>
public sealed record TradeoffPoint(
    string Label, double Amount, Bounded Down, Bounded? Detection, bool IsLeast, bool MayBeBest, IReadOnlyList<Bounded> False);

/// <summary>What a timer trades: quick detection against false alarms, and both against down time.</summary>
/// <param name="Heading">What stands above.</param>
/// <param name="Parameter">Path of what is swept.</param>
/// <param name="Mechanisms">At most four that acted for nothing, the most frequent first.</param>
/// <param name="Points">At least two.</param>
/// <param name="Level">Confidence of each interval.</param>
public sealed record TradeoffData(
    FigureHeading Heading, string Parameter, IReadOnlyList<string> Mechanisms, IReadOnlyList<TradeoffPoint> Points, double Level = 0.95) : IFigureData
{
    public string DrawnBy(IFigureRenderer renderer) => renderer.Tradeoff(this);

    public FigureTable ToTable() => TradeoffTable.Of(this);
}
