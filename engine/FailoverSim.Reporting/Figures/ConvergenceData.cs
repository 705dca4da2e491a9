using FailoverSim.Reporting.Figures.Tables;

namespace FailoverSim.Reporting.Figures;

/// <summary>What was known of a service after so many replications.</summary>
/// <param name="Replications">The first so many.</param>
/// <param name="Seconds">Down time per year; null where none was seen.</param>
/// <param name="Low">Lower end of its interval; 0 where it is open.</param>
/// <param name="High">Upper end.</param>
public readonly record struct ConvergencePoint(long Replications, double? Seconds, double Low, double High)
{
    /// <summary>Half the interval's width as a share of the estimate; null where nothing was seen.</summary>
    public double? Precision => Seconds > 0 ? (High - Low) / 2 / Seconds : null;
}

/// <summary>How the estimate of one service settled.</summary>
/// <param name="Service">Name as in the scenario.</param>
/// <param name="Points">By replications; the last is of all of them.</param>
/// <param name="Exact">Seconds down per year without chance, where the model is a small Markov chain.</param>
/// <param name="Target">Precision at which the run was to stop; null where it was not to stop by this service.</param>
public sealed record ConvergencePanel(string Service, IReadOnlyList<ConvergencePoint> Points, double? Exact, double? Target);

/// <summary>Estimates with their intervals against the number of replications, a panel per service.</summary>
/// <param name="Heading">What stands above.</param>
/// <param name="Panels">At least one.</param>
/// <param name="Level">Confidence of each interval by itself.</param>
public sealed record ConvergenceData(FigureHeading Heading, IReadOnlyList<ConvergencePanel> Panels, double Level = 0.95) : IFigureData
{
    public string DrawnBy(IFigureRenderer renderer) => renderer.Convergence(this);

    public FigureTable ToTable() => ConvergenceTable.Of(this);
}
