using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Values;

namespace FailoverSim.Scenario.Language;

/// <summary><c>topology</c> and <c>nodes</c>: where the machines are.</summary>
internal static class TopologyKeys
{
    public const int MostMachines = 10_000;

    /// <summary>Every two are joined by links.</summary>
    private const int MostZones = 100;

    private const int MostRacks = 1_000;
    private const int MostPools = 100;

    public static readonly Key<string> ZonePower = new("power", new NameKind("a power feed"),
        "The feed that the machines of the zone hang on.");

    public static readonly Key Zones = new("zones",
        new NamedShape("zone", new MappingShape([ZonePower]), needsOne: true, orList: true) { Most = MostZones },
        "Failure domains; without, there is one zone.");

    public static readonly Key<string> RackZone = new("zone", new NameKind("a zone"), "Where the rack stands.")
    {
        Required = true,
    };

    public static readonly Key<string> RackPower = new("power", new NameKind("a power feed"),
        "The feed of its machines, in place of that of the zone.");

    public static readonly Key Racks = new("racks", new NamedShape("rack", new MappingShape([RackZone, RackPower])) { Most = MostRacks },
        "Racks within zones; 'place' can name them.");

    public static readonly Key<LawValue> InsideZone = new("inside-zone", new LawKind("0.3ms", ends: true),
        "Round trip within a zone; each message takes half of a fresh draw.")
    {
        Default = "300us",
    };

    public static readonly Key<LawValue> BetweenZones = new("between-zones", new LawKind("1.2ms", ends: true),
        "Round trip between two zones.")
    {
        Default = "1ms",
    };

    public static readonly MappingShape RttShape = new([InsideZone, BetweenZones],
        new OtherNames("pair of zones", new ScalarShape(new LawKind("2ms", ends: true)), "Round trip between two named zones: a-b."));

    public static readonly Key Rtt = new("rtt", RttShape, "Round-trip times.") { Default = "{}" };

    public static readonly MappingShape Topology = new([Zones, Racks, Rtt]);

    public static readonly Key<decimal> Count = new("count", new CountKind(1, MostMachines), "How many machines.")
    {
        Required = true,
    };

    public static readonly Key Place = new("place",
        new EitherShape(new WordKind("one-per-zone", "spread"), new MapShape("zone", new CountKind(0, MostMachines))),
        "Where they are: one in each zone, dealt in turn, or so many in each zone or rack, as {a: 2, b: 1}.")
    {
        Default = "spread",
    };

    public static readonly ListKey<string> Runs = new("runs", new WordKind([.. ComponentKeys.Running]),
        "The components that run on each of them.");

    public static readonly Key<LawValue> Boot = new("boot", new LawKind("90s..240s"),
        "From power to the start of the components.")
    {
        Default = "30s..2m",
    };

    public static readonly Key<decimal> Cpu = new("cpu", new CpuKind(),
        "Cores for pods; a pool with neither this nor 'memory' takes none.");

    public static readonly Key<decimal> Memory = new("memory", new SizeKind(), "Memory for pods; without, it limits nothing.");

    public static readonly Key<decimal> MaxPods = new("max-pods", new CountKind(1, 10_000), "Pods that a machine takes at most.");

    public static readonly Key<LawValue> ReplaceAfter = new("replace-after", new LawKind("10m"),
        "Time NotReady after which a machine is replaced; without, it is not.");

    public static readonly Key<LawValue> OutOfServiceAfter = new("out-of-service-after", new LawKind("10m"),
        "Time NotReady after which somebody vouches with the out-of-service taint that nothing runs there; without, nobody does.");

    public static readonly Key<LawValue> ReclaimEvery = new("every", new LawKind("exp(20d)", positive: true, frequency: true),
        "Time from the start of a machine until the provider wants it back.")
    {
        Required = true,
    };

    public static readonly Key<SimDuration> ReclaimNotice = new("notice", new DurationKind("2m", allowZero: true),
        "Time from the warning, at which its pods are evicted, to its end.");

    public static readonly Key Reclaim = new("reclaim", new MappingShape([ReclaimEvery, ReclaimNotice]),
        "The provider takes machines back, as with spot instances.");

    public static readonly Key<decimal> AutoscaleMax = new("max", new CountKind(1, MostMachines),
        "Machines to which the pool may grow.")
    {
        Required = true,
    };

    public static readonly Key Autoscale = new("autoscale", new MappingShape([AutoscaleMax]),
        "Machines are added while pods wait for room.");

    /// <summary>What only pools that take pods can have.</summary>
    public static readonly IReadOnlyList<Key> ForPods = [MaxPods, ReplaceAfter, OutOfServiceAfter, Reclaim, Autoscale];

    public static readonly NamedShape Pools = new("pool",
        new MappingShape([Count, Place, Runs, Boot, Cpu, Memory, .. ForPods]), needsOne: true)
    { Most = MostPools };
}
