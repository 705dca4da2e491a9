using FailoverSim.Kernel;
using FailoverSim.Kernel.Levels;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Signals;
using FailoverSim.Models.Apiserver;
using FailoverSim.Models.Leases;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Scenario.Building.Clusters;

/// <summary>Probes as signals: a service is up while everything holds that a new request needs.</summary>
internal sealed class ClusterServices(ModelBuilder builder, ClusterModel cluster)
{
    /// <summary>Declares what a probe measures.</summary>
    /// <returns>The signal whose distance from falling is the margin of the service.</returns>
    public Signal Add(string name, ProbeSpec probe, IReadOnlyList<Objective> objectives)
    {
        // First what nothing can do without, so that it is the stage of an outage in which everything fell at once.
        (Signal support, Signal?[] parts, RequestOptions? requests) = probe.What switch
        {
            "etcd.leader" => (Etcd.Quorum, [Etcd.Quorum, Etcd.Leader], null),
            "etcd.write" => (Etcd.Quorum, [Etcd.Quorum, Etcd.Write], null),
            "vip.held" => Address(),
            "apiserver.write" or "apiserver.read" when cluster.Spec.ManagedControlPlane is null => Api(name, probe),
            "node-network" => NodeNetwork(name, probe),
            "workload" => OneWorkload(probe),
            "dns" => Lookups(probe),
            _ when cluster.Spec.ManagedControlPlane is not null => Managed(),
            _ => Acting(name, probe.What[..probe.What.IndexOf('.', StringComparison.Ordinal)]),
        };
        Signal[] needed = [.. parts.OfType<Signal>().Distinct()];
        Signal up = needed.Length == 1 ? needed[0] : builder.Gate(name, needed.Length, needed);
        builder.Service(name, up, support, objectives, requests);
        return support;
    }

    /// <summary>All of a managed control plane is one block; it comes back when its owner brings it back.</summary>
    private (Signal, Signal?[], RequestOptions?) Managed()
    {
        Signal up = cluster.ManagedControlPlane!.Api;
        return (up, [up], null);
    }

    private (Signal, Signal?[], RequestOptions?) OneWorkload(ProbeSpec probe)
    {
        DataPlane plane = cluster.DataPlane!;
        int workload = plane.WorkloadOf(probe.Of!);
        Signal up = plane.Workloads.Up[workload];
        if (probe.Through == "cloud-lb")
        {
            Models.Networking.BalancedWorkload balanced = plane.Balanced(workload);
            // Before the way to the pods, which goes with them.
            return Requests([up, balanced.Reached], balanced.Answered);
        }
        return probe.Through == "dns"
            ? Requests([up, plane.Dns!.Names], plane.Endpoints.AnsweredByName(builder, workload))
            : Requests([up], plane.Endpoints.Answered(workload));

        (Signal, Signal?[], RequestOptions?) Requests(Signal?[] needs, Level answered) =>
            (plane.ControlPlane.Support, needs, new RequestOptions(answered, Timeout: probe.Timeout ?? default));
    }

    private (Signal, Signal?[], RequestOptions?) Lookups(ProbeSpec probe)
    {
        DataPlane plane = cluster.DataPlane!;
        return (
            plane.ControlPlane.Support,
            [plane.Dns!.Lookups],
            new RequestOptions(plane.Dns.AnsweredWithin(builder, probe.Timeout), Timeout: probe.Timeout ?? default));
    }

    private (Signal, Signal?[], RequestOptions?) NodeNetwork(string name, ProbeSpec probe)
    {
        Models.Networking.NetworkService network = cluster.DataPlane!.NetworkService(name, probe.UpAt);
        return (network.Support, [network.Up], new RequestOptions(cluster.DataPlane.Network!.Share, Timeout: probe.Timeout ?? default));
    }

    private Models.Etcd.EtcdSignals Etcd => cluster.Etcd!.Signals;

    private (Signal, Signal?[], RequestOptions?) Address()
    {
        ClusterWay way = cluster.Ways["vip"];
        return (way.Support, [way.Held ?? way.Reaches], null);
    }

    private (Signal, Signal?[], RequestOptions?) Api(string name, ProbeSpec probe)
    {
        ApiserverSet apiservers = cluster.Apiservers!;
        ClusterWay way = probe.Through is { } through
            ? cluster.Ways[through]
            : AnyApiserver(name, apiservers);
        Signal support = WithQuorum(name, way.Support);
        RequestOptions? requests = probe.Timeout is { } timeout
            // While only etcd's leader is missing a request waits; everything else refuses or loses it.
            ? new RequestOptions(way.Share, way.Reaches, timeout)
            : null;
        // Before an apiserver, which etcd takes with it.
        return (support, [support, cluster.CanWrite, way.Behind, way.Reaches], requests);
    }

    private ClusterWay AnyApiserver(string name, ApiserverSet apiservers)
    {
        return new ClusterWay(
            builder.Gate($"{name}.any", 1, [.. apiservers.TakesIn]), builder.Gate($"{name}.could", 1, [.. cluster.CouldServe]));
    }

    private (Signal, Signal?[], RequestOptions?) Acting(string name, string component)
    {
        Electors lease = cluster.LeaseOf(component);
        Signal support = WithQuorum(name, cluster.SupportOf(component));
        return (support, [support, cluster.CanWrite, lease.Acting], null);
    }

    private Signal WithQuorum(string name, Signal support) => cluster.Etcd is { } etcd
        ? builder.Gate($"{name}.support", 2, etcd.Signals.Quorum, support)
        : support;
}
