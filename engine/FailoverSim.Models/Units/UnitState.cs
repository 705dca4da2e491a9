using FailoverSim.Kernel.Signals;

namespace FailoverSim.Models.Units;

internal struct UnitState
{
    /// <summary>What keeps it down, or kept it down last.</summary>
    public Cause Cause;

    public long FailedAt;

    /// <summary>Failures so far: numbers lives, modes and repairs.</summary>
    public int Failures;

    /// <summary>Calls out of standby so far: numbers switches.</summary>
    public int Calls;

    /// <summary>Outside events that hold it down at present.</summary>
    public int Holds;

    public short Mode;

    public Phase Phase;

    /// <summary>It has failed and nobody knows; the phase is what everybody believes.</summary>
    public bool Undetected;

    /// <summary>Standby: it has given up its place, and nobody has been called for it yet.</summary>
    public bool HasLeftPlace;

    /// <summary>Standby: another unit has been called into its place; nobody waits for this one.</summary>
    public bool IsReplaced;

    public readonly bool IsHealthy => Phase <= Phase.Switching && !Undetected;
}

internal enum Phase : byte
{
    Running,
    Waiting,
    Switching,
    Answering,
    Queued,
    Repairing,
    Unrepaired,
}
