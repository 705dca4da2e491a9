namespace FailoverSim.Kernel.Results;

/// <summary>What one replication says of one member of the fleet; times in nanoseconds.</summary>
/// <param name="Member">Index in <see cref="ResultNames.Fleet"/>.</param>
/// <param name="DownNanoseconds">All time down within the horizon, that of an outage already open at its start included.</param>
/// <param name="OutageCount">Outages that start within the horizon.</param>
/// <param name="LongestOutage">The longest of them; 0 if none.</param>
/// <param name="LostRequestNanoseconds">Requests lost, as the time in which so many arrive; 0 where they are not measured.</param>
/// <param name="CarriedInNanoseconds">The part of the down time in an outage already open at the start of the horizon.</param>
public readonly record struct MemberRow(
    int Member, long DownNanoseconds, long OutageCount, long LongestOutage, long LostRequestNanoseconds, long CarriedInNanoseconds);
