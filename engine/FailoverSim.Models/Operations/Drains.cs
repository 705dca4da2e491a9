using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Signals;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Nodes;
using FailoverSim.Models.Workloads;

namespace FailoverSim.Models.Operations;

/// <summary>kubectl drain.</summary>
public sealed class Drains : Component, INodeLeft, INodeWatcher, IBudgetWatcher
{
    public Drains(
        ModelBuilder builder, NodeObjects nodes, IPods pods, WorkloadSet workloads, Signal api, Fidelity fidelity = Fidelity.Elided)
        : base(builder, "drains", nodes.Set.Count + 1, 2)
    {
    }

    /// <summary>Somebody will drain nodes; only while the model is built.</summary>
    /// <returns>Its number, for <see cref="Begin"/>.</returns>
    public int For(DrainOptions options, IDrained drainer) => throw new NotImplementedException();

    /// <summary>A node is being drained, or has been and is not uncordoned yet.</summary>
    public bool IsTaken(int node) => throw new NotImplementedException();

    /// <summary>Cordons and drains a node. Charged to the present cause.</summary>
    public void Begin(int node, int drainer) => throw new NotImplementedException();

    /// <summary>Stops draining, if it is not done, and lets new pods onto the node.</summary>
    public void Uncordon(int node) => throw new NotImplementedException();

    public void Emptied(int node) => throw new NotImplementedException();

    public void Registered(int node) => throw new NotImplementedException();

    public void NotReady(int node) => throw new NotImplementedException();

    public void Ready(int node) => throw new NotImplementedException();

    public void Tainted(int node) => throw new NotImplementedException();

    public void Deleted(int node) => throw new NotImplementedException();

    public void Relaxed(int workload) => throw new NotImplementedException();

    protected override void Start() => throw new NotImplementedException();

    protected override void OnTimer(int slot, int timer) => throw new NotImplementedException();

    protected override void Encode(int slot, StateWriter writer) => throw new NotImplementedException();
}
