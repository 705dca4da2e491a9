using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Values;

namespace FailoverSim.Scenario.Language;

/// <summary><c>workloads</c>: deployments, stateful sets and singletons.</summary>
internal static class WorkloadKeys
{
    /// <summary>All pods of a file.</summary>
    public const int MostPods = 1_000_000;

    /// <summary>All workloads of a file.</summary>
    public const int MostWorkloads = 200_000;

    /// <summary>All workloads, in figures and selectors.</summary>
    public const string All = "workloads";

    public static readonly Key<decimal> Count = new("count", new CountKind(1, 100_000),
        "How many workloads like this there are: NAME-1, NAME-2 …; without, there is one, called NAME.");

    public static readonly Key<string> Kind = new("kind", new WordKind("deployment", "stateful-set"),
        "Whether a pod is created anew at once, or only when its predecessor is certainly gone.");

    public static readonly Key<IReadOnlyList<(decimal Value, decimal Share)>> Replicas = new("replicas",
        new ChoiceKind(new CountKind(1, MostPods)), "Pods of each; a choice is drawn once per workload.")
    {
        Default = "1",
    };

    public static readonly Key<DrawnText> Cpu = new("cpu", new DrawnKind(new CpuKind(), Measure.Cpu),
        "Cores that each pod requests; a law is drawn once per workload. Without, none.");

    public static readonly Key<DrawnText> Memory = new("memory",
        new DrawnKind(new SizeKind(), Measure.Size), "Memory that each pod requests; a law is drawn once per workload. Without, none.");

    public static readonly ListKey<string> Nodes = new("nodes", new NameKind("a pool"),
        "The pools whose nodes it may use; without, all that take pods.");

    public static readonly ListKey<string> Zones = new("zones", new NameKind("a zone"),
        "The zones whose nodes it may use (a required node affinity); without, all.");

    public static readonly Key<LawValue> Pull = new("pull", new LawKind("5s..40s"),
        "Pull of the image by a new pod, one after the other on a node; without, it is there already.");

    public static readonly Key<LawValue> Start = new("start", new LawKind("lognormal(median=12s p95=60s)"),
        "From the start of a container until the application answers.");

    public static readonly Key<LawValue> Stop = new("stop", new LawKind("1s..5s"),
        "From the request to stop until the container has ended, at most 'grace'.");

    public static readonly Key<SimDuration> Grace = new("grace", new DurationKind("30s", allowZero: true),
        "Time after which a container that was asked to stop is killed.");

    public static readonly Key<SimDuration> Period = new("period", new DurationKind("10s"), "From one probe to the next.");
    public static readonly Key<SimDuration> Timeout = new("timeout", new DurationKind("1s"), "How long an answer may take.");
    public static readonly Key<decimal> Failures = new("failures", new CountKind(1, 1_000), "Failures in a row that count.");

    public static readonly Key Readiness = new("readiness", new MappingShape([Period, Timeout, Failures]),
        "The probe that decides whether a pod gets requests.");

    public static readonly Key Liveness = new("liveness", new MappingShape([Period, Timeout, Failures]),
        "The probe whose failure restarts a container; without, nobody restarts one that hangs.");

    public static readonly Key<string> By = new("by", new WordKind("zone", "node"), "Among what.")
    {
        Default = "zone",
    };

    public static readonly Key<decimal> MaxSkew = new("max-skew", new CountKind(1, 1_000),
        "Pods that a domain may have more than the emptiest.")
    {
        Default = "1",
    };

    public static readonly Key<decimal> MinDomains = new("min-domains", new CountKind(1, 10_000),
        "With fewer domains the emptiest counts as empty.");

    public static readonly Key<string> WhenImpossible = new("when-impossible", new WordKind("do-not-schedule", "schedule-anyway"),
        "Whether a pod waits that finds no such place.")
    {
        Default = "do-not-schedule",
    };

    public static readonly Key Spread = new("spread", new RecordsShape(new MappingShape([By, MaxSkew, MinDomains, WhenImpossible])),
        "How evenly pods are spread (topology spread constraints).");

    public static readonly Key<string> ApartBy = new("by", new WordKind("node", "zone"), "Among what.")
    {
        Default = "node",
    };

    public static readonly Key<string> To = new("to", new NameKind("a workload"),
        "The workload whose pods are meant: its copy of the same number if both have as many copies, else all of them; without, its own pods.");

    public static readonly Key AntiAffinity = new("anti-affinity", new RecordsShape(new MappingShape([To, ApartBy, WhenImpossible])),
        "No two of its pods in one place, or none beside pods of another workload.");

    public static readonly Key Affinity = new("affinity", new RecordsShape(new MappingShape([To, By, WhenImpossible])),
        "Its pods go where pods of a workload are.");

    public static readonly Key<Quantity> MaxUnavailable = new("max-unavailable", new ReplicasKind(),
        "Replicas, rounded up, that may be missing when somebody evicts pods.");

    public static readonly Key<Quantity> MinAvailable = new("min-available", new ReplicasKind(),
        "Replicas, rounded up, that must be left when somebody evicts pods.");

    public static readonly Key Budget = new("budget", new MappingShape([MaxUnavailable, MinAvailable]),
        "Its disruption budget, which drains and reboots respect and failures do not; without, none.");

    public static readonly Key<string> BoundTo = new("bound-to", new WordKind("zone", "none"),
        "Whether the volume can be attached only in the zone in which its pod was placed first.");

    public static readonly Key<SimDuration> ForceDetachAfter = new("force-detach-after", new DurationKind("6m", allowZero: true),
        "Time after which it is detached from a node that does not answer.");

    public static readonly Key<LawValue> Attach = new("attach", new LawKind("6s..35s"), "Attach and mount.");

    public static readonly Key Volume = new("volume", new MappingShape([BoundTo, ForceDetachAfter, Attach]),
        "A volume that one node at a time may have attached; without, none.");

    public static readonly Key<SimDuration> NotReady = new("not-ready", new ToleranceKind(),
        "How long its pods stay on a node that is not ready.");

    public static readonly Key<SimDuration> Unreachable = new("unreachable", new ToleranceKind(),
        "The same on a node that sends no heartbeats.");

    public static readonly Key Tolerations = new("tolerations", new MappingShape([NotReady, Unreachable]),
        "How long its pods are left on nodes that fail.");

    public static readonly Key<Quantity> UpWhen = new("up-when", new ReadyKind(),
        "Ready replicas from which it counts as up.");

    public static readonly NamedShape Workloads = new("workload", new MappingShape(
    [
        Count, Kind, Replicas, Cpu, Memory, Nodes, Zones, Pull, Start, Stop, Grace, Readiness, Liveness, Spread, Affinity, AntiAffinity,
        Budget, Volume, Tolerations, UpWhen,
    ]), [All], needsOne: true);
}
