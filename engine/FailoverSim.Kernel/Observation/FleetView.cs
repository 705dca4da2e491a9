using FailoverSim.Kernel.Results;

namespace FailoverSim.Kernel.Observation;

/// <summary>A service that is a figure over members of a fleet, worked out when the replication has ended.</summary>
internal abstract class FleetView(ServiceDeclaration service, int index, IReadOnlyList<FleetWindows> windows) : IRecorder
{
    private long _begin;

    public ServiceDeclaration Service => service;

    public void Begin(long now, long horizonEnd)
    {
        _begin = now;
        foreach (FleetWindows objective in windows)
        {
            objective.Begin(now, horizonEnd);
        }
    }

    /// <summary>The fleet is told of what changes.</summary>
    public void Update(long now)
    {
    }

    public ServiceRow Finish(long now, in RowFrame frame)
    {
        ObjectiveColumns slos = ObjectiveColumns.Of(frame, windows);
        Figure figure = Figures();
        return new ServiceRow
        {
            Replication = frame.Replication,
            Service = index,
            UpNanoseconds = now - _begin - figure.Down,
            DownNanoseconds = figure.Down,
            OutageCount = 0,
            FirstOutageAfter = -1,
            Outages = [],
            OutageCauses = new RaggedList<CauseShare>(),
            OutageStages = new RaggedList<StageShare>(),
            SquaredDurations = 0,
            LongestOutage = 0,
            DownByCause = figure.ByCause,
            DownByStage = figure.ByStage,
            FailoverNanoseconds = figure.Failover,
            LossCount = 0,
            LossByStage = figure.LossByStage,
            LostRequestNanoseconds = figure.LostRequests,
            SloWindowsMet = slos.Met,
            SloLongestOutages = slos.LongestOutages,
            SloParts = slos.Parts,
            MemberOutages = figure.Outages,
            MemberLosses = figure.Losses,
            Counts = frame.Counts,
            Members = frame.Members,
        };
    }

    /// <summary>The fleet has finished.</summary>
    protected abstract Figure Figures();

    /// <summary>What the row says; times in nanoseconds, causes and stages sum to the down time.</summary>
    protected readonly record struct Figure(
        long Down, long Failover, long[] ByCause, long[] ByStage, long[] LossByStage, long? LostRequests, long Outages, long Losses);
}
