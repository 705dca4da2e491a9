using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Workloads;

namespace FailoverSim.Models.Nodes;

public sealed class PodGc : Component, INodeWatcher
{
    public PodGc(ModelBuilder builder, NodeObjects nodes, ControlPlane controlPlane, PodGcOptions options, IPods pods)
        : base(builder, "pod-gc", nodes.Set.Count, 1)
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
