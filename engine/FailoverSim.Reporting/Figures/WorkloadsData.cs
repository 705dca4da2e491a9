using FailoverSim.Reporting.Figures.Tables;

namespace FailoverSim.Reporting.Figures;

/// <summary>Workloads of one kind.</summary>
/// <param name="Name">Of the kind.</param>
/// <param name="Sorted">Down time of each per year, in seconds, in increasing order; 0 for one that was never down.</param>
public sealed record WorkloadGroup(string Name, IReadOnlyList<double> Sorted)
{
    /// <summary>The smallest that at least half of them do not exceed; 0 where there are none.</summary>
    public double Median => Sorted.Count == 0 ? 0 : Sorted[((Sorted.Count + 1) / 2) - 1];
}

/// <summary>How the down time of workloads is distributed.</summary>
/// <param name="Heading">What stands above.</param>
/// <param name="Groups">From top to bottom.</param>
/// <param name="ObservedYears">Simulated time behind each of them, to say how long none was down.</param>
public sealed record WorkloadsData(FigureHeading Heading, IReadOnlyList<WorkloadGroup> Groups, double ObservedYears) : IFigureData
{
    public string DrawnBy(IFigureRenderer renderer) => renderer.Workloads(this);

    public FigureTable ToTable() => WorkloadsTable.Of(this);
}
