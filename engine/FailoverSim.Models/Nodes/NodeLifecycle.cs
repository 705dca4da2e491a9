using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Signals;
using FailoverSim.Models.Cluster;

namespace FailoverSim.Models.Nodes;

public sealed class NodeLifecycle : Component
{
    public NodeLifecycle(
        ModelBuilder builder, NodeObjects nodes, ControlPlane controlPlane, NodeHealthOptions options, ClusterStages stages, Fidelity fidelity)
        : base(builder, "node-lifecycle", nodes.Set.Count + 1 + nodes.Set.Zones.Length, 2)
    {
        Ready = [.. nodes.Set.Options.Select(o => builder.Condition($"node/{o.Name}.ready", o.Exists))];
    }

    /// <summary>Per node, a condition: there is a Node object and its Ready condition is True.</summary>
    public ImmutableArray<Signal> Ready { get; }

    /// <summary>Somebody wants to be told of nodes; only while the model is built.</summary>
    public void WatchedBy(INodeWatcher watcher) => throw new NotImplementedException();

    /// <summary>Takes a Node object away, with all that was said of the node.</summary>
    public void Delete(int node) => throw new NotImplementedException();

    /// <summary>Puts the out-of-service taint on a node that is not ready.</summary>
    public void PutOutOfService(int node) => throw new NotImplementedException();

    protected override void Start() => throw new NotImplementedException();

    protected override void OnTimer(int slot, int timer) => throw new NotImplementedException();

    protected override void Encode(int slot, StateWriter writer) => throw new NotImplementedException();
}
