using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Models.Cloud;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Nodes;

namespace FailoverSim.Models.Operations;

/// <summary>Nodes of a pool are replaced by new ones.</summary>
public sealed class NodeUpgrades : Component, INodeWatcher, IDrained
{
    /// <param name="builder">The model to join.</param>
    /// <param name="options">What is done when.</param>
    /// <param name="pool">All places of the pool, those without a machine included.</param>
    /// <param name="nodes">Node objects.</param>
    /// <param name="store">Deletes those of nodes whose machine is gone.</param>
    /// <param name="instances">Their machines.</param>
    /// <param name="drains">Drains them.</param>
    /// <param name="control">What must work for that.</param>
    public NodeUpgrades(
        ModelBuilder builder, UpgradeOptions options, IReadOnlyList<int> pool, NodeObjects nodes, INodeObjectStore store,
        IInstances instances, Drains drains, ControlPlane control)
        : base(builder, $"maintenance/{options.Name}", 1, 2)
    {
    }

    /// <summary>Somebody wants to know what has been done; only while the model is built.</summary>
    public void OnStep(IStepListener listener) => throw new NotImplementedException();

    public void Drained(int node) => throw new NotImplementedException();

    public void Registered(int node) => throw new NotImplementedException();

    public void NotReady(int node) => throw new NotImplementedException();

    public void Ready(int node) => throw new NotImplementedException();

    public void Tainted(int node) => throw new NotImplementedException();

    public void Deleted(int node) => throw new NotImplementedException();

    protected override void Start() => throw new NotImplementedException();

    protected override void OnTimer(int slot, int timer) => throw new NotImplementedException();

    protected override void Encode(int slot, StateWriter writer) => throw new NotImplementedException();
}
