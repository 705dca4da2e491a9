using FailoverSim.Kernel;
using FailoverSim.Kernel.Observation;

namespace FailoverSim.Models.Workloads;

/// <summary>How often things happen to pods.</summary>
internal sealed class PodCounters(ModelBuilder builder)
{
    private readonly Counter _deleted = builder.Counter("pods.deleted");
    private readonly Counter _evicted = builder.Counter("pods.evicted-through-budgets");
    private readonly Counter _neverPlaced = builder.Counter("pods.without-room-at-start");

    public void Deleted(Simulation simulation) => simulation.Count(_deleted);

    public void Evicted(Simulation simulation) => simulation.Count(_evicted);

    public void NeverPlaced(Simulation simulation) => simulation.Count(_neverPlaced);
}
