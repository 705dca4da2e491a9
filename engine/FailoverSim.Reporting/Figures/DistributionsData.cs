using FailoverSim.Reporting.Figures.Tables;

namespace FailoverSim.Reporting.Figures;

/// <summary>Distributions of one quantity, laid over each other.</summary>
/// <param name="Title">Which case this is.</param>
/// <param name="Note">Numbers that sum up the comparison.</param>
/// <param name="Sorted">Per sample its times in increasing order, in seconds; empty if there are none.</param>
public sealed record DistributionsPanel(string Title, string Note, IReadOnlyList<IReadOnlyList<double>> Sorted);

/// <summary>Small multiples of distributions: the same samples (measured and simulated, say) in several cases.</summary>
/// <param name="Heading">What stands above.</param>
/// <param name="Quantity">What is shared out: the title of each horizontal axis.</param>
/// <param name="Samples">Names of the samples, in the order of each panel's.</param>
/// <param name="Panels">One per case.</param>
public sealed record DistributionsData(
    FigureHeading Heading, string Quantity, IReadOnlyList<string> Samples, IReadOnlyList<DistributionsPanel> Panels) : IFigureData
{
    public string DrawnBy(IFigureRenderer renderer) => renderer.Distributions(this);

    public FigureTable ToTable() => DistributionsTable.Of(this);
}
