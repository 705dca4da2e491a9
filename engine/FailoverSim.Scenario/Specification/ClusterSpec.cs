using FailoverSim.Kernel.Laws;

namespace FailoverSim.Scenario.Specification;

/// <summary>The cluster of a scenario: where its machines are, what runs on them, what breaks and who repairs it.</summary>
public sealed record ClusterSpec
{
    public IReadOnlyList<ZoneSpec> Zones { get; init; } = [];

    /// <summary>Round trip between two machines of one zone.</summary>
    public required Law RttInsideZone { get; init; }

    /// <summary>Round trip between two machines of different zones, where <see cref="PairRtts"/> does not say otherwise.</summary>
    public required Law RttBetweenZones { get; init; }

    public IReadOnlyList<PairRtt> PairRtts { get; init; } = [];
    public IReadOnlyList<RackSpec> Racks { get; init; } = [];
    public IReadOnlyList<PoolSpec> Pools { get; init; } = [];

    /// <summary>Null where no pool runs it.</summary>
    public EtcdSpec? Etcd { get; init; }
    public ApiserverSpec? Apiserver { get; init; }

    /// <summary>Those of controller-manager, scheduler and cloud-controller-manager that some pool runs.</summary>
    public IReadOnlyList<LeaderElectedSpec> LeaderElected { get; init; } = [];
    public KubeVipSpec? Vip { get; init; }
    public HaproxySpec? Haproxy { get; init; }
    public NginxSpec? Nginx { get; init; }
    public CloudLbSpec? CloudLb { get; init; }
    public KeepalivedSpec? Keepalived { get; init; }
    public ClientsSpec? Clients { get; init; }
    public required KubeletSpec Kubelet { get; init; }

    /// <summary>In place of simulated components; null: they are simulated, or ideal where the file has none.</summary>
    public ManagedControlPlaneSpec? ManagedControlPlane { get; init; }
    public IReadOnlyList<WorkloadGroupSpec> Workloads { get; init; } = [];

    /// <summary>Null, as all that follows, where no pool takes pods.</summary>
    public NodeHealthSpec? NodeHealth { get; init; }
    public SchedulingSpec? Scheduling { get; init; }
    public EndpointsSpec? Endpoints { get; init; }
    public CniSpec? Cni { get; init; }
    public CloudSpec? Cloud { get; init; }

    /// <summary>Null: names are always known.</summary>
    public DnsSpec? Dns { get; init; }

    /// <summary>Null: nobody moves running pods.</summary>
    public DeschedulerSpec? Descheduler { get; init; }
    public IReadOnlyList<FaultSpec> Faults { get; init; } = [];
    public IReadOnlyList<ProcedureSpec> Procedures { get; init; } = [];
    public IReadOnlyList<MaintenanceSpec> Maintenance { get; init; } = [];

    /// <summary>A round trip between machines of two zones, which may be the same.</summary>
    public Law Rtt(string from, string to) => from == to
        ? RttInsideZone
        : PairRtts.FirstOrDefault(pair => (pair.A, pair.B) == (from, to) || (pair.B, pair.A) == (from, to))?.Rtt ?? RttBetweenZones;
}

/// <summary>A zone.</summary>
/// <param name="Name">Name in the file.</param>
/// <param name="Power">The feed that its machines hang on; null: none that fails.</param>
public sealed record ZoneSpec(string Name, string? Power);

/// <summary>A rack within a zone; null feed: that of the zone.</summary>
public sealed record RackSpec(string Name, string Zone, string? Power);

/// <summary>Round trip between two named zones, in either order.</summary>
public sealed record PairRtt(string A, string B, Law Rtt);

/// <summary>Like machines.</summary>
public sealed record PoolSpec
{
    public required string Name { get; init; }

    /// <summary>Placed, in the order of their numbers.</summary>
    public required IReadOnlyList<MachineSpec> Machines { get; init; }

    /// <summary>Components that run on each machine (<c>etcd</c>, <c>apiserver</c> …).</summary>
    public required IReadOnlyList<string> Runs { get; init; }

    /// <summary>From power to running components.</summary>
    public required Law Boot { get; init; }

    /// <summary>Null: its machines take no pods.</summary>
    public WorkerSpec? Worker { get; init; }
}

/// <summary>One machine: <c>cp-1</c>, its zone, its rack or null, its power feed or null; or only the place for one (<paramref name="Exists"/>).</summary>
public sealed record MachineSpec(string Name, string Zone, string? Rack, string? Power, bool Exists = true);
