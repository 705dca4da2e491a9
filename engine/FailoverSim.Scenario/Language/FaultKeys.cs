using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Values;

namespace FailoverSim.Scenario.Language;

/// <summary><c>faults</c>, the procedures of <c>repair</c>, and <c>maintenance</c>.</summary>
internal static class FaultKeys
{
    public static readonly ListKey<SelectorText> Of = new("of", new SelectorKind(), "What it strikes.")
    {
        Required = true,
    };

    public static readonly Key<LawValue> Every = new("every", new LawKind("exp(1y)", positive: true, frequency: true),
        "Time between events per target, from the end of one to the next.");

    public static readonly ListKey<SimDuration> At = new("at", new DurationKind("10d", allowZero: true),
        "Instants from t = 0 at which every target is struck.");

    public static readonly Key<ChanceText> Chance = new("chance", new ChanceKind(),
        "Probability per step of a maintenance.");

    public static readonly Key<string> Scope = new("scope", new WordKind("all-replicas"),
        "Strikes all targets together, by one clock; of workloads, all replicas of each by one clock per workload.");

    public static readonly Key<decimal> Share = new("share", new ReplicaShareKind(),
        "Strikes that share of the replicas of each workload, chosen anew each time, by one clock per workload.");

    public static readonly Key<StateText> State = new("state", new StateKind(),
        "What the victim is meanwhile; a zone link is cut, everything else is down unless this says otherwise.");

    public static readonly Key<string> Direction = new("direction", new WordKind("both", "one-way", "either"),
        "Which ways of a zone link are cut: both (the default), one at random, or both, a to b or b to a.");

    public static readonly Key<LawValue> Lasts = new("lasts", new LawKind("lognormal(median=40m p95=6h)"),
        "How long it lasts; a process goes on as it was.");

    public static readonly Key<LawValue> Takes = new("takes", new LawKind("2m..6m"), "Elapsed time of the work.")
    {
        Required = true,
    };

    public static readonly Key<string> Then = new("then", new WordKind("resync"),
        "What follows: the member copies its data.");

    public static readonly Key<string> When = new("when", new WordKind("etcd.majority-lost-for-good"),
        "When it takes over from the procedures of the faults.");

    public static readonly Key<string> DataLoss = new("data-loss", new WordKind("up-to-last-snapshot", "none"),
        "What is lost by it.");

    public static readonly MappingShape Procedure = new(
        [Takes, RepairKeys.Crew, RepairKeys.Spare, Then, When, DataLoss]);

    public static readonly Key Repair = new("repair", new EitherShape(new NameKind("a procedure"), Procedure),
        "How it is repaired: the name of a procedure, or one in place.");

    /// <summary>What down time without a cause is charged to; whatever else had the name would be taken for it.</summary>
    public const string NoCause = "none";

    public static readonly NamedShape Faults = new("fault",
        new MappingShape([Of, Every, At, Chance, Scope, Share, State, Direction, Lasts, Repair]), [NoCause]);

    public static readonly Key<SelectorText> MaintenanceOf = new("of", new SelectorKind(), "The pool, such as nodes.cp.")
    {
        Required = true,
    };

    public static readonly Key<SimDuration> MaintenanceEvery = new("every", new DurationKind("90d"),
        "Period; the first campaign comes after one.")
    {
        Required = true,
    };

    public static readonly Key<Specification.Hours> Window = new("window", new HoursKind(),
        "When a step may start; UTC without a time zone.")
    {
        Default = "24x7",
    };

    public static readonly Key<string> Order = new("order", new WordKind("one-at-a-time"),
        "In which order: one machine after the other.")
    {
        Default = "one-at-a-time",
        DefaultUnless = "surge",
    };

    public static readonly Key<LawValue> PerNode = new("per-node", new LawKind("6m..12m"), "How long a machine is out.");

    public static readonly Key<decimal> Surge = new("surge", new CountKind(1, TopologyKeys.MostMachines),
        "Machines that are booted at a time to take the place of as many old ones; without, the machines themselves are worked on.");

    public static readonly Key<decimal> Concurrency = new("concurrency", new CountKind(1, TopologyKeys.MostMachines),
        "Machines worked on at a time, without 'surge'.");

    public static readonly Key<bool> Drains = new("drains", new BooleanKind(),
        "Whether pods are evicted before a machine is worked on; on pools that take pods, they are unless this says otherwise.");

    public static readonly Key<SimDuration> DrainTimeout = new("drain-timeout", new DurationKind("15m"),
        "Time after which pods that are left are deleted; without, a drain waits for ever.");

    public static readonly Key<bool> RespectBudgets = new("respect-budgets", new BooleanKind(),
        "Whether budgets hold a drain up; on pools that take pods, they do unless this says otherwise.");

    /// <summary>What only maintenance of pools that take pods can have.</summary>
    public static readonly IReadOnlyList<Key> ForPods = [Surge, Concurrency, Drains, DrainTimeout, RespectBudgets];

    public static readonly NamedShape Maintenance = new("maintenance", new MappingShape(
    [
        MaintenanceOf, MaintenanceEvery, Window, Order, PerNode, .. ForPods,
    ]), [NoCause]);
}
