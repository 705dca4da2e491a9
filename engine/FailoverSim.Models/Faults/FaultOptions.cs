using System.Collections.Immutable;
using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Repair;

namespace FailoverSim.Models.Faults;

/// <summary>What breaks, how often, and how it ends: one kind of fault.</summary>
/// <remarks>At most one of <see cref="Every"/> and <see cref="At"/> is given; with neither, occurrences are triggered.</remarks>
public sealed record FaultOptions
{
    /// <summary>Unique; down time is charged to it.</summary>
    public required string Name { get; init; }

    /// <summary>What it strikes, one clock each; replicas that are struck together are one target.</summary>
    public required ImmutableArray<FaultTarget> Targets { get; init; }

    /// <summary>What becomes of a victim.</summary>
    public required Affliction What { get; init; }

    /// <summary>Factor of <see cref="Affliction.Slow"/>, share of packets of <see cref="Affliction.Lossy"/>; otherwise 0.</summary>
    public double Amount { get; init; }

    /// <summary>Which ways of a zone link an occurrence cuts; other targets have no ways.</summary>
    public Ways Ways { get; init; }

    /// <summary>Share of a target's victims that an occurrence strikes, chosen anew each time: to the nearest whole number, half up, at least 1. Null: all.</summary>
    public double? Share { get; init; }

    /// <summary>Time from t = 0, or from the end of the target's last occurrence, to its next.</summary>
    public Law? Every { get; init; }

    /// <summary>Instants at which every target is struck.</summary>
    public ImmutableArray<SimTime> At { get; init; } = [];

    public required FaultEnding Ending { get; init; }

    /// <summary>How many jobs a workshop must have room for.</summary>
    public int Jobs => Ending.JobClass is null ? 0 : Slots;

    /// <summary>Occurrences that can be under way at a time: one per target, or one per target and scripted instant.</summary>
    internal int Slots => Targets.Length * Math.Max(1, At.Length);
}

/// <summary>What one clock strikes.</summary>
/// <param name="Name">Unique within the fault: such as <c>cp-1</c>, <c>etcd@cp-1</c>, <c>a-b</c>, <c>etcd.leader</c>.</param>
/// <param name="Victims">
/// Struck together. Of a zone link: there, then back, for each link. Of a role: the processes that can hold it, of which one is struck.
/// </param>
/// <param name="AreProcesses">The victims are processes.</param>
/// <param name="Role">Whose holder is struck; null: no role.</param>
public readonly record struct FaultTarget(string Name, ImmutableArray<Victim> Victims, bool AreProcesses = false, IRole? Role = null);

/// <summary>One victim and its place among its like.</summary>
public readonly record struct Victim(IVictims Of, int Slot);

/// <summary>How an occurrence ends.</summary>
/// <param name="Takes">How long it lasts, or the elapsed time of the work.</param>
/// <param name="Restarts">The victim is restarted or replaced in the end; otherwise it goes on as it was.</param>
/// <param name="JobClass">Who repairs it; null: nobody is needed.</param>
public sealed record FaultEnding(Law Takes, bool Restarts, JobClass? JobClass)
{
    /// <summary>It passes by itself.</summary>
    public static FaultEnding Lasts(Law law) => new(law, Restarts: false, JobClass: null);

    /// <summary>It is repaired.</summary>
    public static FaultEnding Procedure(Law takes, JobClass? jobClass) => new(takes, Restarts: true, jobClass);
}

/// <summary>Which ways of a link are cut.</summary>
public enum Ways
{
    Both,

    /// <summary>There or back, with equal odds.</summary>
    OneWay,

    /// <summary>Both, only there or only back, with equal odds.</summary>
    Either,
}
