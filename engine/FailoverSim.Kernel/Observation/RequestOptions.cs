using FailoverSim.Kernel.Levels;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Kernel.Observation;

/// <summary>How the requests of a service fare. They arrive evenly, at an instant of their own each.</summary>
/// <param name="Share">Share of them that is answered while the service is up; null: all.</param>
/// <param name="Holds">
/// While the service is down and this holds, requests wait instead of being refused, such as for a leader or behind a lost
/// SYN. When it ends before the service is back, those that wait are lost. Null: every request fails at once.
/// </param>
/// <param name="Timeout">A request that has waited longer has failed.</param>
public sealed record RequestOptions(Level? Share = null, Signal? Holds = null, SimDuration Timeout = default);
