using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Laws;
using FailoverSim.Models.Cluster;

namespace FailoverSim.Models.Nodes;

public sealed class OutOfService : Component, INodeWatcher
{
    /// <param name="builder">The model to join.</param>
    /// <param name="lifecycle">Puts the mark.</param>
    /// <param name="nodes">What the API says of nodes.</param>
    /// <param name="after">Per node: time not ready after which somebody vouches for it; null: nobody does.</param>
    /// <param name="controlPlane">Takes the mark in.</param>
    public OutOfService(
        ModelBuilder builder, NodeLifecycle lifecycle, NodeObjects nodes, ImmutableArray<Law?> after, ControlPlane controlPlane)
        : base(builder, "out-of-service", nodes.Set.Count, 1)
    {
    }

    public void Registered(int node) => throw new NotImplementedException();

    public void NotReady(int node) => throw new NotImplementedException();

    public void Ready(int node) => throw new NotImplementedException();

    public void Tainted(int node) => throw new NotImplementedException();

    public void Deleted(int node) => throw new NotImplementedException();

    protected override void Start() => throw new NotImplementedException();

    protected override void OnTimer(int slot, int timer) => throw new NotImplementedException();

    protected override void Encode(int slot, StateWriter writer) => throw new NotImplementedException();
}
