using FailoverSim.Kernel.Signals;

namespace FailoverSim.Models.Cluster;

/// <summary>What the data plane needs of the control plane, be it simulated or somebody else's. Down, everything here freezes and what runs goes on.</summary>
/// <param name="Api">A write of a client in no particular zone is committed.</param>
/// <param name="Controllers">The controller-manager acts: node life cycle, ReplicaSets, endpoints, budgets, garbage collection. Whoever begins to act has seen nothing before.</param>
/// <param name="Scheduler">The scheduler acts.</param>
/// <param name="CloudControllers">The cloud-controller-manager acts.</param>
/// <param name="CloudApi">The provider's API answers: instances, volumes, balancers.</param>
public sealed record ControlPlane(Signal Api, Signal Controllers, Signal Scheduler, Signal CloudControllers, Signal CloudApi);
