using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Signals;
using FailoverSim.Models.Cluster;

namespace FailoverSim.Models.Nodes;

/// <summary>A node's container runtime as its kubelet finds it.</summary>
/// <param name="Attached">The kubelet has met its runtime since it was started: without one it exits again, so that nobody hears of it.</param>
/// <param name="Usable">It has containers started, stopped and looked after.</param>
/// <param name="Healthy">It takes the runtime to be up, and says that the node is ready.</param>
public sealed record RuntimeSignals(Signal Attached, Signal Usable, Signal Healthy);

/// <summary>The container runtimes of the nodes, before the component that follows them.</summary>
public sealed class RuntimeSet
{
    private RuntimeSet(
        ModelBuilder builder, ImmutableArray<NodeOptions> nodes, ImmutableArray<ProcessSignals> kubelets, ImmutableArray<ProcessSignals> runtimes)
    {
        Nodes = nodes;
        Kubelets = kubelets;
        Runtimes = runtimes;
        Signals =
        [
            .. nodes.Select(node => new RuntimeSignals(
                builder.Condition($"{node.Name}.runtime-attached", node.Exists),
                builder.Condition($"{node.Name}.runtime-usable", node.Exists),
                builder.Condition($"{node.Name}.runtime-healthy"))),
        ];
    }

    /// <summary>What others see, by node.</summary>
    public ImmutableArray<RuntimeSignals> Signals { get; }

    internal ImmutableArray<NodeOptions> Nodes { get; }

    internal ImmutableArray<ProcessSignals> Kubelets { get; }

    internal ImmutableArray<ProcessSignals> Runtimes { get; }

    /// <param name="builder">The model to join.</param>
    /// <param name="nodes">The nodes.</param>
    /// <param name="kubelets">The kubelet of each.</param>
    /// <param name="runtimes">The container runtime of each.</param>
    public static RuntimeSet Declare(
        ModelBuilder builder, ImmutableArray<NodeOptions> nodes, ImmutableArray<ProcessSignals> kubelets, ImmutableArray<ProcessSignals> runtimes) =>
        new(builder, nodes, kubelets, runtimes);
}
