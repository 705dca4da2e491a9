namespace FailoverSim.Kernel.Signals;

/// <summary>All that a signal needs when it changes, in half a cache line.</summary>
internal struct SignalState
{
    /// <summary>Conditions: what made it fall.</summary>
    public Cause Cause;

    /// <summary>When it fell last.</summary>
    public long FellAt;

    /// <summary>Gates: how many inputs are true.</summary>
    public int TrueInputs;

    /// <summary>Gates: how many inputs must be true; 0 marks a condition.</summary>
    public int Needed;

    /// <summary>The gate that it feeds, the one of its first use if there are several; −1: none.</summary>
    public int FirstGate;

    /// <summary>Whether it feeds others besides.</summary>
    public bool FeedsMore;

    public bool Value;

    /// <summary>Conditions: what is being waited for while it is down.</summary>
    public byte Stage;

    public Watch Watch;
}

[Flags]
internal enum Watch : byte
{
    None = 0,

    /// <summary>A component reacts to it.</summary>
    Observed = 1,

    /// <summary>A recorder follows it.</summary>
    Recorded = 2,

    /// <summary>A gate whose conditions are counted one by one by a <see cref="GateTally"/>.</summary>
    Tallied = 4,
}
