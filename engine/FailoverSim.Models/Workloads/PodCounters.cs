using FailoverSim.Kernel;
using FailoverSim.Kernel.Observation;

namespace FailoverSim.Models.Workloads;

/// <summary>How often things happen to pods.</summary>
internal sealed class PodCounters(ModelBuilder builder)
{
    private readonly Counter _deleted = builder.Counter("pods.deleted");
    private readonly Counter _evicted = builder.Counter("pods.evicted-through-budgets");
    private readonly Counter _tainted = builder.Counter("taint-evictions");
    private readonly Counter _taintedFalse = builder.Counter("taint-evictions-false");
    private readonly Counter _neverPlaced = builder.Counter("pods.without-room-at-start");

    public void Deleted(Simulation simulation) => simulation.Count(_deleted);

    public void Evicted(Simulation simulation) => simulation.Count(_evicted);

    /// <summary>A pod is deleted for the taint of its node.</summary>
    public void EvictedByTaint(Simulation simulation, bool answers)
    {
        simulation.Count(_tainted);
        if (answers)
        {
            simulation.Count(_taintedFalse);
        }
    }

    public void NeverPlaced(Simulation simulation) => simulation.Count(_neverPlaced);
}
