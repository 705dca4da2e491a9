using FailoverSim.Kernel.Time;
using FailoverSim.Models.Repair;

namespace FailoverSim.Models.Operations;

/// <summary>Nodes of a pool that are replaced by new ones, a few at a time.</summary>
/// <param name="Name">What its down time is charged to.</param>
/// <param name="Every">Campaigns are due at the multiples of this from t = 0, the first after one period.</param>
/// <param name="Window">When a step may start.</param>
/// <param name="Surge">New machines per step, at least 1.</param>
/// <param name="Drain">How the old nodes are drained.</param>
public sealed record UpgradeOptions(string Name, SimDuration Every, DutyRoster Window, int Surge, DrainOptions Drain);
