using FailoverSim.Reporting.Figures.Tables;

namespace FailoverSim.Reporting.Figures;

/// <summary>A point of a sweep.</summary>
/// <param name="Label">The swept value as written.</param>
/// <param name="Amount">As a number, where it is one.</param>
/// <param name="Seconds">Down time per year; null where none was seen.</param>
/// <param name="Low">Lower end of its interval; 0 where it is open.</param>
/// <param name="High">Upper end.</param>
/// <param name="Judgement">What its difference to the baseline says.</param>
public sealed record SweptPoint(string Label, double? Amount, double? Seconds, double Low, double High, Judgement Judgement);

/// <summary>Points that differ in one value only.</summary>
/// <param name="Name">What they share; empty if there is only one curve.</param>
/// <param name="Points">In written order.</param>
public sealed record SweptCurve(string Name, IReadOnlyList<SweptPoint> Points);

/// <summary>How the down time of a service depends on what is swept.</summary>
/// <param name="Heading">What stands above.</param>
/// <param name="Parameter">Path of what is swept.</param>
/// <param name="Baseline">Name of the baseline.</param>
/// <param name="BaselineSeconds">Its down time per year; null where none was seen.</param>
/// <param name="Curves">At least one.</param>
/// <param name="Level">Confidence of each interval.</param>
public sealed record SweepData(
    FigureHeading Heading, string Parameter, string Baseline, double? BaselineSeconds, IReadOnlyList<SweptCurve> Curves, double Level = 0.95) : IFigureData
{
    public string DrawnBy(IFigureRenderer renderer) => renderer.Sweep(this);

    public FigureTable ToTable() => SweepTable.Of(this);
}
