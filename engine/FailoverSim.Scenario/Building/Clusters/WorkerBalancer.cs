using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cloud;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.LoadBalancing;
using FailoverSim.Models.Networking;
using FailoverSim.Models.Nodes;

namespace FailoverSim.Scenario.Building.Clusters;

/// <summary>
/// The cloud's balancer in front of the worker nodes, for Services of type LoadBalancer: who tells it of nodes, its checks of them, and what
/// becomes of requests. One for all services that go through it.
/// </summary>
internal sealed class WorkerBalancer
{
    private readonly BalancedShares _shares;

    public WorkerBalancer(
        ModelBuilder builder, ClusterModel cluster, DataPlane plane, ImmutableArray<ProcessSignals>? proxies)
    {
        NodeSet nodes = plane.Nodes.Set;
        Controller = new ServiceController(builder, plane.Nodes, plane.ControlPlane.Switches);
        plane.Lifecycle.WatchedBy(Controller);
        // The provider's probers and front ends sit outside all zones, with a working path to each.
        Signal open = builder.Condition("cloud-lb/nodes.path");
        SimDuration roundTrip = SimDuration.FromSeconds(cluster.Spec.RttBetweenZones.Mean);
        // They ask kube-proxy's :10256/healthz.
        List<Backend> backends = [.. nodes.Signals.Select((node, i) => BackendOf(proxies?[i] ?? KubeProxyOn(node.Machine, cluster.Always)))];
        CloudBalancer balancer = new(
            builder,
            "cloud-lb/nodes",
            cluster.Stages,
            backends,
            [.. nodes.Signals.Select(node => new BackendRoute(node.Machine.Network, open, roundTrip))],
            ClusterWays.OptionsOf(cluster.Spec.CloudLb!),
            cluster.Fidelity,
            Controller.Members);
        _shares = new BalancedShares(builder, nodes, plane.Endpoints, Controller.Members, balancer.InRotation, cluster.Stages);
    }

    /// <summary>Who tells the balancer of nodes.</summary>
    public ServiceController Controller { get; }

    /// <summary>A workload whose requests come this way; while the model is built.</summary>
    public BalancedWorkload Of(int workload, string name) => _shares.Of(workload, $"{name}.reached");

    private static Backend BackendOf(ProcessSignals proxy) => new(proxy, proxy.Runs, proxy.Runs, SimDuration.Never);

    /// <summary>Nothing befalls it but what befalls its machine.</summary>
    private static ProcessSignals KubeProxyOn(MachineSignals machine, Signal always) =>
        new($"kube-proxy@{machine.Name}", machine, machine.Powered, machine.Up, always);
}
