namespace FailoverSim.Kernel.Observation;

/// <summary>The member of a fleet that is the so many-th worst of a replication, as if it were the service.</summary>
internal sealed class QuantileRecorder(
    QuantileDeclaration service, int index, FleetRecorder fleet, IReadOnlyList<FleetWindows> windows)
    : FleetView(service, index, windows)
{
    private readonly long[] _sorted = new long[service.Members.Length];
    private readonly bool _measuresRequests = service.Fleet.MeasuresRequestsOf(service.Members);

    protected override Figure Figures()
    {
        int member = Ranked();
        return new Figure(
            fleet.DownOf(member),
            fleet.FailoverOf(member),
            fleet.DownByCause(member).ToArray(),
            fleet.DownByStage(member).ToArray(),
            fleet.LossByStage(member).ToArray(),
            _measuresRequests ? fleet.LostRequestsOf(member) : null,
            fleet.OutagesOf(member),
            fleet.LossesOf(member));
    }

    /// <summary>Of several members with the same down time the first.</summary>
    private int Ranked()
    {
        for (int i = 0; i < _sorted.Length; i++)
        {
            _sorted[i] = fleet.DownOf(service.Members[i]);
        }
        Array.Sort(_sorted);
        long down = _sorted[^service.Rank];
        int first = 0;
        while (fleet.DownOf(service.Members[first]) != down)
        {
            first++;
        }
        return service.Members[first];
    }
}
