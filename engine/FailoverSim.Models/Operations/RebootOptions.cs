using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Repair;

namespace FailoverSim.Models.Operations;

/// <summary>Nodes of a pool that are drained and rebooted, a few at a time, as kured does.</summary>
/// <param name="Name">What its down time is charged to.</param>
/// <param name="Every">Campaigns are due at the multiples of this from t = 0, the first after one period.</param>
/// <param name="Window">When a step may start.</param>
/// <param name="PerNode">From the power-off of a machine until it is powered on again, booted.</param>
/// <param name="Concurrency">Nodes that hold the lock at a time, at least 1 (kured: 1).</param>
/// <param name="Drain">How they are drained (kured: without time-out).</param>
public sealed record RebootOptions(
    string Name, SimDuration Every, DutyRoster Window, Law PerNode, int Concurrency, DrainOptions Drain);
