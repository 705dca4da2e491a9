using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Signals;

namespace FailoverSim.Models.Cluster;

/// <summary>How the requests of one client to the Kubernetes API fare.</summary>
/// <param name="Accepts">A request is taken in; while this is false it is refused at once.</param>
/// <param name="Commits">A request is answered; while only this is false it waits, until its client gives up.</param>
/// <param name="ReadTakes">Time of a read that is answered at once.</param>
/// <param name="WriteTakes">Time of a write that is answered at once; the write has happened at its end.</param>
public sealed record ApiRoute(Signal Accepts, Signal Commits, Law ReadTakes, Law WriteTakes);
