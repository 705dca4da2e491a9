using FailoverSim.Kernel.Time;

namespace FailoverSim.Kernel;

/// <summary>Times of a scenario add up to more than an instant can hold: it asks for what no clock can tell.</summary>
public sealed class ClockExceededException(SimTime time, long replication, OverflowException overflow)
    : Exception(
        $"times of the scenario add up to more than the simulated clock of 292 years can hold (t = {time.Nanoseconds} ns, replication {replication})",
        overflow)
{
    public SimTime Time { get; } = time;

    public long Replication { get; } = replication;
}
