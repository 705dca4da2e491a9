using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Models.Infrastructure;
using FailoverSim.Models.Nodes;

namespace FailoverSim.Models.Operations;

/// <summary>Nodes of a pool are drained and rebooted.</summary>
public sealed class NodeReboots : Component, INodeWatcher, IDrained
{
    /// <param name="builder">The model to join.</param>
    /// <param name="options">What is done when.</param>
    /// <param name="pool">Nodes to be worked on, in order; places without a Node object are passed over.</param>
    /// <param name="nodes">Node objects.</param>
    /// <param name="machines">All machines.</param>
    /// <param name="drains">Drains the nodes.</param>
    public NodeReboots(
        ModelBuilder builder, RebootOptions options, IReadOnlyList<int> pool, NodeObjects nodes, Machines machines, Drains drains)
        : base(builder, $"maintenance/{options.Name}", pool.Count + 1, 2)
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
