using FailoverSim.Kernel.Signals;
using FailoverSim.Models.Cluster;

namespace FailoverSim.Models.Nodes;

/// <summary>A place for a worker node: a machine that may be there from the start, or only be launched later.</summary>
/// <param name="Name">That of the machine, such as <c>general-17</c>.</param>
/// <param name="Machine">Its number among all machines.</param>
/// <param name="Zone">Number of its zone.</param>
/// <param name="Pool">Number of its pool.</param>
/// <param name="Cpu">For pods, thousandths of a core.</param>
/// <param name="Memory">For pods, bytes.</param>
/// <param name="MaxPods">Pods that the kubelet takes.</param>
/// <param name="Exists">It is there at t = 0; otherwise it is spare room for surges and the autoscaler.</param>
public sealed record NodeOptions(
    string Name, int Machine, int Zone, int Pool, long Cpu, long Memory, int MaxPods = 110, bool Exists = true);

/// <summary>What is true of a node, whether or not the API server knows.</summary>
/// <param name="Machine">Its machine.</param>
/// <param name="Serves">Requests from outside reach its pods: the machine is up and on its network.</param>
/// <param name="Heartbeats">Its kubelet runs and a write that it sends now is committed: leases are renewed, status is posted, new pods are learnt of.</param>
public sealed record NodeSignals(MachineSignals Machine, Signal Serves, Signal Heartbeats)
{
    /// <summary>Its kubelet's process is there: one that starts says at once that the node is ready. Null: it is as long as the machine is up.</summary>
    public Signal? Kubelet { get; init; }

    /// <summary>Its container runtime as its kubelet finds it; null: nothing befalls it.</summary>
    public RuntimeSignals? Runtime { get; init; }

    /// <summary>Its kubelet is heard and would say that it is ready.</summary>
    public bool SaysReady(SignalGraph signals) => signals[Heartbeats] && (Runtime is not { } runtime || signals[runtime.Healthy]);
}
