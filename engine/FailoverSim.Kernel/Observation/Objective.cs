using FailoverSim.Kernel.Time;

namespace FailoverSim.Kernel.Observation;

/// <summary>What a window of the horizon must satisfy to be met.</summary>
/// <param name="Name">Name of the SLO.</param>
/// <param name="Window">Length of the consecutive windows from the end of warm-up; a remainder is dropped.</param>
/// <param name="DownAtMost">Down time that a window may hold.</param>
/// <param name="NoOutageOver">No outage longer than this may start in a window; <see cref="SimDuration.Never"/>: any may.</param>
public sealed record Objective(string Name, SimDuration Window, SimDuration DownAtMost, SimDuration NoOutageOver);
