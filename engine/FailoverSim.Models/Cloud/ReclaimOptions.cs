using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Models.Cloud;

/// <summary>How a provider takes the machines of a pool back (spot, preemptible).</summary>
/// <param name="Cause">What it is charged to, such as <c>spot.reclaim</c>.</param>
/// <param name="Every">From the launch of a machine, or t = 0, to its notice.</param>
/// <param name="Notice">From the notice to the end of the machine (AWS 2 min; Azure and Google Cloud 30 s).</param>
/// <param name="SuccessorAfter">From the end of a machine until its successor is asked for; null: at once.</param>
public sealed record ReclaimOptions(string Cause, Law Every, SimDuration Notice, Law? SuccessorAfter = null);
