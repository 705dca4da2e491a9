namespace FailoverSim.Models.Cluster;

/// <summary>Whether loops that change nothing are simulated.</summary>
public enum Fidelity
{
    /// <summary>A quiet heartbeat, renewal or probe is no event: its last instants are worked out when something needs them.</summary>
    Elided,

    /// <summary>Every heartbeat, renewal and probe is an event.</summary>
    Exhaustive,
}
