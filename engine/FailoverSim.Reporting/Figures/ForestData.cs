using FailoverSim.Reporting.Figures.Tables;

namespace FailoverSim.Reporting.Figures;

/// <summary>What an interval says of a variant; each has a shape of its own.</summary>
public enum Judgement
{
    Better,
    Worse,
    Undecided,
}

/// <summary>One variant against the baseline.</summary>
/// <param name="Variant">Name as in the scenario.</param>
/// <param name="Seconds">By how much longer it is down a year; below zero: shorter.</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end of the interval.</param>
/// <param name="Judgement">What the interval says.</param>
/// <param name="Nines">Nines gained, in words.</param>
public sealed record ForestRow(string Variant, double Seconds, double Low, double High, Judgement Judgement, string Nines);

/// <summary>Paired differences with their simultaneous intervals.</summary>
/// <param name="Heading">What stands above.</param>
/// <param name="Baseline">What all are compared with.</param>
/// <param name="Rows">From top to bottom.</param>
/// <param name="Level">Joint confidence of the intervals.</param>
public sealed record ForestData(FigureHeading Heading, string Baseline, IReadOnlyList<ForestRow> Rows, double Level = 0.95) : IFigureData
{
    public string DrawnBy(IFigureRenderer renderer) => renderer.Forest(this);

    public FigureTable ToTable() => ForestTable.Of(this);
}
