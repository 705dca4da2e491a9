using FailoverSim.Reporting.Figures.Tables;

namespace FailoverSim.Reporting.Figures;

public enum TimelineKind
{
    Service,
    Unit,
}

/// <summary>One line of a timeline.</summary>
/// <param name="Name">Name as in the scenario.</param>
/// <param name="Kind">Services stand above units.</param>
/// <param name="Spans">
/// What deviates, in order of start: time without a span is <c>up</c> for a service and <c>working</c> for a unit.
/// Every span of a service whose state is not <c>up</c> is an outage. Known states of units: working, standby,
/// switching, waiting for crew, waiting for part, in repair, undetected, held; others get a look of their own.
/// </param>
public sealed record TimelineRow(string Name, TimelineKind Kind,
    IReadOnlyList<(long StartNs, long EndNs, string State)> Spans);

/// <summary>One replication: its whole horizon and a window around what matters in it.</summary>
/// <param name="Heading">What stands above.</param>
/// <param name="HorizonNs">Length of the run; all instants count from its start.</param>
/// <param name="WindowStartNs">Start of the window, usually some time before the worst outage.</param>
/// <param name="WindowEndNs">End of the window.</param>
/// <param name="Rows">Services and units; at most 30 are shown in the window, 12 services over the whole run.</param>
/// <param name="OriginNs">The instant that the window's axis calls 0, usually the start of the outage; the window's
/// start if null or outside.</param>
public sealed record TimelineData(
    FigureHeading Heading, long HorizonNs, long WindowStartNs, long WindowEndNs, IReadOnlyList<TimelineRow> Rows,
    long? OriginNs = null) : IFigureData
{
    public string DrawnBy(IFigureRenderer renderer) => renderer.Timeline(this);

    public FigureTable ToTable() => TimelineTable.Of(this);
}
