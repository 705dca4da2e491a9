using FailoverSim.Kernel.Time;

namespace FailoverSim.Analysis.Timeline;

/// <summary>One occurrence of a fault, whatever it struck. Within a replication its number says which.</summary>
public sealed class Occurrence : IEquatable<Occurrence>
{
    /// <summary>From 1, in the order in which faults of any kind came in the replication.</summary>
    public required long Number { get; init; }

    /// <summary>Kind of fault, as attribution calls it, such as <c>node-crash</c>.</summary>
    public required string Cause { get; init; }

    public required SimTime Instant { get; set; }

    /// <summary>Who told of it, such as <c>faults/node-crash/cp-2</c>.</summary>
    public required string Entity { get; set; }

    /// <summary>By age.</summary>
    internal static IComparer<Occurrence> ByNumber { get; } = Comparer<Occurrence>.Create((a, b) => a.Number.CompareTo(b.Number));

    /// <summary>Whether when it came and whom it struck have been forgotten.</summary>
    internal bool IsForgotten => Instant.IsNever;

    public bool Equals(Occurrence? other) => other?.Number == Number;

    public override bool Equals(object? obj) => Equals(obj as Occurrence);

    public override int GetHashCode() => Number.GetHashCode();
}
