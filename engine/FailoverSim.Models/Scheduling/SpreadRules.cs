using System.Collections.Immutable;
using FailoverSim.Models.Workloads;

namespace FailoverSim.Models.Scheduling;

/// <summary>A workload's constraints and preferences, sorted by what they do.</summary>
/// <remarks>
/// A workload without topology spread constraints has the scheduler's default ones, by zone (maxSkew 5) and by node (maxSkew 3),
/// both ScheduleAnyway: they only prefer. Affinities are no such constraints.
/// </remarks>
internal sealed class SpreadRules
{
    public SpreadRules(WorkloadOptions workload, AffinityRules? affinity)
    {
        ImmutableArray<SpreadOptions> spread = workload.Spread;
        HardByZone = [.. spread.Where(s => s is { IsHard: true, IsAntiAffinity: false, By: SpreadBy.Zone })];
        HardByNode = [.. spread.Where(s => s is { IsHard: true, IsAntiAffinity: false, By: SpreadBy.Node })];
        ApartByZone = spread.Any(s => s is { IsHard: true, IsAntiAffinity: true, By: SpreadBy.Zone });
        ApartByNode = spread.Any(s => s is { IsHard: true, IsAntiAffinity: true, By: SpreadBy.Node });
        bool hasDefaults = spread.All(s => s.IsAntiAffinity);
        PrefersZones = hasDefaults || spread.Any(s => s is { IsHard: false, By: SpreadBy.Zone });
        PrefersNodes = hasDefaults || spread.Any(s => s is { IsHard: false, By: SpreadBy.Node });
        IsHard = HardByZone.Length > 0 || HardByNode.Length > 0 || ApartByZone || ApartByNode
            || affinity is { IsAffine: true } or { ApartByZone.IsEmpty: false } or { ApartByNode.IsEmpty: false };
        IsBoundToZone = workload.Volume is { BoundToZone: true };
    }

    public ImmutableArray<SpreadOptions> HardByZone { get; }

    public ImmutableArray<SpreadOptions> HardByNode { get; }

    /// <summary>Required anti-affinity by zone.</summary>
    public bool ApartByZone { get; }

    /// <summary>Required anti-affinity by node.</summary>
    public bool ApartByNode { get; }

    /// <summary>Zones with the fewest pods of the workload first.</summary>
    public bool PrefersZones { get; }

    /// <summary>Then nodes with the fewest pods of the workload.</summary>
    public bool PrefersNodes { get; }

    /// <summary>Its pods may have volumes that bind them to a zone.</summary>
    public bool IsBoundToZone { get; }

    /// <summary>Where pods are, its own or others, can forbid it nodes that have room.</summary>
    public bool IsHard { get; }
}
