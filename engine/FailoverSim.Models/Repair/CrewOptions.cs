using FailoverSim.Kernel.Laws;

namespace FailoverSim.Models.Repair;

/// <summary>People who repair and inspect.</summary>
/// <param name="Name">Unique.</param>
/// <param name="Size">Jobs in hand at a time, at least 1.</param>
/// <param name="MostUrgentFirst">Order by the margin of the services; otherwise by time of failure.</param>
/// <param name="Preempt">Whether a more urgent job interrupts one in hand.</param>
/// <param name="Duty">When a job may be started.</param>
/// <param name="Answer">Delay per job from the call, or from the next on-duty instant; null: none.</param>
public sealed record CrewOptions(string Name, int Size, bool MostUrgentFirst, bool Preempt, DutyRoster Duty, Law? Answer);
