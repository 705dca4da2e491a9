using FailoverSim.Kernel.Time;

namespace FailoverSim.Kernel;

/// <summary>The model broke a rule that holds by construction: a defect of the engine or of a model, never of a scenario.</summary>
public sealed class InvariantViolationException(string message, SimTime time, long replication)
    : Exception($"{message} (t = {time.Nanoseconds} ns, replication {replication})")
{
    public SimTime Time { get; } = time;

    public long Replication { get; } = replication;
}
