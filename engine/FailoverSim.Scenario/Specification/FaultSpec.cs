using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;

namespace FailoverSim.Scenario.Specification;

/// <summary>What breaks, how often, and how it ends.</summary>
public sealed record FaultSpec
{
    public required string Name { get; init; }

    /// <summary>Resolved victims: one clock each, unless <see cref="AllReplicas"/>.</summary>
    public required IReadOnlyList<Target> Targets { get; init; }

    /// <summary>Time between occurrences per target; null with <see cref="At"/> or <see cref="Chance"/>.</summary>
    public Law? Every { get; init; }

    /// <summary>Scripted instants from t = 0.</summary>
    public IReadOnlyList<SimDuration> At { get; init; } = [];

    /// <summary>Probability per step (or campaign) of a maintenance entry; null otherwise.</summary>
    public ChanceSpec? Chance { get; init; }

    /// <summary>The targets are struck together, by one clock; of workloads, each with all its replicas by a clock of its own.</summary>
    public bool AllReplicas { get; init; }

    /// <summary>Share of a workload's replicas that an occurrence strikes, chosen anew each time: one clock per workload. Null: each target is struck.</summary>
    public double? Share { get; init; }
    public required Affliction State { get; init; }

    /// <summary>Factor of <c>slow</c>, share of packets of <c>lossy</c>; otherwise 0.</summary>
    public double Amount { get; init; }
    public Direction Direction { get; init; } = Direction.Both;

    /// <summary>Exactly one of <see cref="Lasts"/> and <see cref="Repair"/>.</summary>
    public Law? Lasts { get; init; }

    /// <summary>A procedure's name, or that of one written in place (the fault's own).</summary>
    public string? Repair { get; init; }
}

/// <summary>A fault that a maintenance entry may bring.</summary>
public sealed record ChanceSpec(double Probability, string Maintenance);

/// <summary>One victim.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Zone, rack or feed; machine; component for processes; <c>a-b</c> for zone links; role for roles.</param>
/// <param name="Machine">Machine of a process, otherwise null.</param>
public sealed record Target(TargetKind Kind, string Name, string? Machine = null);

public enum TargetKind
{
    Zone,
    Rack,
    Feed,
    ZoneLink,
    Machine,
    Process,

    /// <summary>One pod of a workload: <c>Name</c> is the workload's copy, <c>Machine</c> its ordinal from 1.</summary>
    Pod,

    /// <summary>All pods of a workload's copy, for <see cref="FaultSpec.Share"/>.</summary>
    Workload,

    /// <summary>The machine of the first ready pod of a workload's copy (<c>workload.app.host</c>).</summary>
    WorkloadHost,

    /// <summary>The provider's API.</summary>
    CloudApi,

    /// <summary>The registry from which images are pulled.</summary>
    Registry,

    /// <summary>Whoever holds the role when the fault strikes: <c>etcd.leader</c>, <c>vip.holder</c> …</summary>
    Role,
}

/// <summary>Which ways of a zone link an event cuts.</summary>
public enum Direction
{
    Both,
    OneWay,
    Either,
}

/// <summary>How faults are repaired.</summary>
public sealed record ProcedureSpec
{
    public required string Name { get; init; }
    public required Law Takes { get; init; }

    /// <summary>In order of preference; empty: starts at once.</summary>
    public IReadOnlyList<string> Crews { get; init; } = [];
    public string? Spare { get; init; }

    /// <summary><c>then: resync</c>: the member copies its data afterwards (a lost one always does).</summary>
    public bool ThenResync { get; init; }

    /// <summary><c>when: etcd.majority-lost-for-good</c>: it restores the quorum, in place of the members' own procedures.</summary>
    public bool RestoresQuorum { get; init; }

    /// <summary><c>data-loss: up-to-last-snapshot</c> (true) or none.</summary>
    public bool LosesData { get; init; }
}

/// <summary>Planned work on the machines of a pool.</summary>
public sealed record MaintenanceSpec
{
    public required string Name { get; init; }
    public required string Pool { get; init; }
    public required SimDuration Every { get; init; }

    /// <summary>When a step may start; null: always.</summary>
    public Hours? Window { get; init; }

    /// <summary>How long a machine is out; null with <see cref="Surge"/>.</summary>
    public Law? PerNode { get; init; }

    /// <summary>New machines booted at a time in place of old ones; 0: the machines themselves are worked on.</summary>
    public int Surge { get; init; }

    /// <summary>Machines worked on at a time, without surge.</summary>
    public int Concurrency { get; init; } = 1;

    /// <summary>Pods are evicted before a machine is worked on.</summary>
    public bool Drains { get; init; }

    /// <summary>After so long what is left is deleted; null: the drain waits for ever.</summary>
    public SimDuration? DrainTimeout { get; init; }

    /// <summary>Whether budgets can hold a drain up.</summary>
    public bool RespectBudgets { get; init; } = true;
}

/// <summary>What a probe asks.</summary>
/// <param name="What"><c>apiserver.write</c>, <c>controller-manager.acting</c>, <c>etcd.leader</c>, <c>vip.held</c> …</param>
/// <param name="Through"><c>vip</c>, <c>keepalived</c>, <c>haproxy</c>, <c>nginx</c>, <c>cloud-lb</c>; null: any working instance.</param>
/// <param name="Timeout">Of one request; null: requests are not measured.</param>
/// <param name="UpAt">Share of requests answered from which the service counts as up; null: above 0.</param>
/// <param name="Of">Name of the workload's copy where <paramref name="What"/> is <c>workload</c>; otherwise null.</param>
public sealed record ProbeSpec(string What, string? Through, SimDuration? Timeout, double? UpAt, string? Of = null);
