namespace FailoverSim.Kernel.Results;

/// <summary>What part a cause has in an outage.</summary>
[Flags]
public enum CauseRole
{
    /// <summary>It came while the outage lasted.</summary>
    Later = 0,

    /// <summary>Its fault was the last one before the outage began: it tipped the service over.</summary>
    Root = 1,

    /// <summary>It was there already when the outage began, and kept a part of the service down: it let the root through.</summary>
    Enabler = 2,
}

/// <summary>The part of an outage that is charged to a cause.</summary>
/// <param name="Cause">Index in <see cref="ResultNames.Causes"/>.</param>
/// <param name="Nanoseconds">0 only where a cause was there and too little time to be split.</param>
/// <param name="Role">Both root and enabler where two faults of a kind met.</param>
public readonly record struct CauseShare(int Cause, long Nanoseconds, CauseRole Role);

/// <summary>The part of an outage that passed in a stage.</summary>
/// <param name="Stage">Index in <see cref="ResultNames.Stages"/>.</param>
/// <param name="Nanoseconds">More than 0.</param>
public readonly record struct StageShare(int Stage, long Nanoseconds);
