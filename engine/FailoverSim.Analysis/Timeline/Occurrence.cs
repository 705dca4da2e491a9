using FailoverSim.Kernel.Time;

namespace FailoverSim.Analysis.Timeline;

/// <summary>One occurrence of a fault, whatever it struck.</summary>
public sealed class Occurrence
{
    /// <summary>From 1, in the order in which faults of any kind came in the replication.</summary>
    public required int Number { get; init; }

    /// <summary>Kind of fault, as attribution calls it, such as <c>node-crash</c>.</summary>
    public required string Cause { get; init; }

    public required SimTime Instant { get; init; }

    /// <summary>Who told of it, such as <c>faults/node-crash/cp-2</c>.</summary>
    public required string Entity { get; set; }
}
