using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Nodes;
using FailoverSim.Models.Scheduling;
using FailoverSim.Models.Workloads;

namespace FailoverSim.Models.Operations;

/// <summary>Moves pods.</summary>
public sealed class Descheduler : Component, INodeWatcher, IBindingWatcher, IBudgetWatcher
{
    /// <param name="builder">The model to join.</param>
    /// <param name="every">Period of its passes (chart default: 5 min).</param>
    /// <param name="nodes">Node objects.</param>
    /// <param name="workloads">Workloads; those spread by zone are looked after.</param>
    /// <param name="pods">The eviction API.</param>
    /// <param name="bindings">Where pods are.</param>
    /// <param name="spread">How they are spread.</param>
    /// <param name="control">What must work.</param>
    /// <param name="fidelity">Whether passes that move nothing are simulated.</param>
    public Descheduler(
        ModelBuilder builder, SimDuration every, NodeObjects nodes, WorkloadSet workloads, IPods pods, IBindings bindings, ISpread spread,
        ControlPlane control, Fidelity fidelity = Fidelity.Elided)
        : base(builder, "descheduler", 1, 1)
    {
    }

    public void Bound(int pod, int node) => throw new NotImplementedException();

    public void Relaxed(int workload) => throw new NotImplementedException();

    public void Registered(int node) => throw new NotImplementedException();

    public void NotReady(int node) => throw new NotImplementedException();

    public void Ready(int node) => throw new NotImplementedException();

    public void Tainted(int node) => throw new NotImplementedException();

    public void Deleted(int node) => throw new NotImplementedException();

    protected override void Start() => throw new NotImplementedException();

    protected override void OnTimer(int slot, int timer) => throw new NotImplementedException();

    protected override void Encode(int slot, StateWriter writer) => throw new NotImplementedException();
}
