using FailoverSim.Reporting.Figures.Tables;

namespace FailoverSim.Reporting.Figures;

/// <summary>How long the outages of one service lasted.</summary>
/// <param name="Service">Name as in the scenario.</param>
/// <param name="Sorted">Durations in increasing order with how often each was seen; empty if there was no
/// outage.</param>
public sealed record DurationSample(string Service, IReadOnlyList<(double Seconds, long Count)> Sorted);

/// <summary>Outage durations by service, as cumulative distributions.</summary>
/// <param name="Heading">What stands above.</param>
/// <param name="Samples">One per service, in the order of the key.</param>
/// <param name="ObservedYears">Simulated time behind the samples, to say how long nothing was seen.</param>
public sealed record OutageDurationData(FigureHeading Heading, IReadOnlyList<DurationSample> Samples,
    double? ObservedYears = null) : IFigureData
{
    public string DrawnBy(IFigureRenderer renderer) => renderer.OutageDurations(this);

    public FigureTable ToTable() => OutageDurationTable.Of(this);
}
