using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Repair;

namespace FailoverSim.Models.Operations;

/// <summary>Planned work on the machines of a pool, one after the other.</summary>
/// <param name="Name">What its down time is charged to.</param>
/// <param name="Every">Campaigns are due at the multiples of this from t = 0, the first after one period.</param>
/// <param name="Window">When a step may start.</param>
/// <param name="PerNode">From the power-off of a machine until it is powered on again, booted.</param>
public sealed record MaintenanceOptions(string Name, SimDuration Every, DutyRoster Window, Law PerNode);
