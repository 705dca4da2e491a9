using FailoverSim.Kernel.Laws;
using FailoverSim.Models.Cluster;

namespace FailoverSim.Models.Leases;

/// <summary>One lease and how its candidates compete for it.</summary>
/// <param name="Name">Such as <c>kube-scheduler</c>.</param>
/// <param name="Timers">L, D and R.</param>
/// <param name="NodeIdentity">A candidate is known by its node, as kube-vip is: restarted, it finds itself as the holder and renews at once. Otherwise every start of a process is a new candidate.</param>
public sealed record ElectorOptions(string Name, LeaseTimers Timers, bool NodeIdentity);

/// <summary>One of those who compete for a lease.</summary>
/// <param name="Process">The process that it is part of.</param>
/// <param name="Route">How its requests to the API fare.</param>
/// <param name="Sync">Time from winning until it acts: it starts and fills its caches.</param>
public sealed record LeaseCandidate(ProcessSignals Process, ApiRoute Route, Law Sync);
