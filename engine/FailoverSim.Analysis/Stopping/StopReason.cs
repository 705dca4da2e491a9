namespace FailoverSim.Analysis.Stopping;

/// <summary>Why a run ended.</summary>
public enum StopReason
{
    /// <summary>The fixed number of replications was done.</summary>
    FixedCount,

    /// <summary>Every listed service is known as precisely as was asked for.</summary>
    Precision,

    /// <summary><c>give-up-after</c> replications, short of the precision.</summary>
    GaveUpReplications,

    /// <summary><c>give-up-after</c> wall-clock, short of the precision; decided by the runner.</summary>
    GaveUpWallClock,

    /// <summary>Somebody asked to stop; what was finished is kept.</summary>
    Interrupted,
}
