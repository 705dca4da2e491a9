using FailoverSim.Kernel.Time;

namespace FailoverSim.Models.Operations;

/// <summary>How nodes are drained.</summary>
/// <param name="Timeout">From the beginning; what is left then is deleted, whatever its budget says. Null: the drain waits for ever.</param>
/// <param name="RespectsBudgets">Pods are evicted rather than deleted.</param>
public sealed record DrainOptions(SimDuration? Timeout = null, bool RespectsBudgets = true);
