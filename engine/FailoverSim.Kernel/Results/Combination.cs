namespace FailoverSim.Kernel.Results;

/// <summary>How many faults of a kind there were.</summary>
/// <param name="Cause">Index in <see cref="ResultNames.Causes"/>.</param>
/// <param name="Count">At least 1.</param>
public readonly record struct KindCount(int Cause, int Count);

/// <summary>The outages that began with the same faults: as many of each kind, and the last of the same kind.</summary>
/// <param name="Root">Index of the cause of the last of them, which tipped the service over (<see cref="ResultNames.Causes"/>).</param>
/// <param name="Outages">Those that start within the horizon.</param>
/// <param name="Losses">Those of them that are losses.</param>
/// <param name="Nanoseconds">All of their down time, that of an outage already open at the start of the horizon included.</param>
public readonly record struct CombinationShare(int Root, long Outages, long Losses, long Nanoseconds);
