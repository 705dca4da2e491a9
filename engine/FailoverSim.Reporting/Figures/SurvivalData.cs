using FailoverSim.Reporting.Figures.Tables;

namespace FailoverSim.Reporting.Figures;

/// <summary>A survival curve that was seen, and the laws fitted to it.</summary>
/// <param name="Title">What it is of.</param>
/// <param name="Note">Numbers that sum it up.</param>
/// <param name="Seen">Steps in increasing order of time: seconds, share that lives longer, and the bounds of its band; empty if nothing ended.</param>
/// <param name="Last">The longest time seen, in seconds.</param>
/// <param name="Laws">Per law its survival function of seconds; the chosen one first.</param>
public sealed record SurvivalPanel(
    string Title, string Note, IReadOnlyList<(double Time, double Survival, double Low, double High)> Seen, double Last,
    IReadOnlyList<(string Name, Func<double, double> Survival)> Laws);

/// <summary>Small multiples of survival curves with the laws fitted to them.</summary>
/// <param name="Heading">What stands above.</param>
/// <param name="Panels">One per quantity.</param>
public sealed record SurvivalData(FigureHeading Heading, IReadOnlyList<SurvivalPanel> Panels) : IFigureData
{
    public string DrawnBy(IFigureRenderer renderer) => renderer.Survival(this);

    public FigureTable ToTable() => SurvivalTable.Of(this);
}
