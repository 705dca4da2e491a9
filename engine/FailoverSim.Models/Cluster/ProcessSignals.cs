using FailoverSim.Kernel.Signals;

namespace FailoverSim.Models.Cluster;

/// <summary>A process as others see it.</summary>
/// <param name="Name">Such as <c>etcd@cp-1</c>.</param>
/// <param name="Machine">Where it runs.</param>
/// <param name="Alive">It exists and listens. While this is false on a machine that is up, connections are refused; what it held in memory is gone.</param>
/// <param name="Runs">Alive, on a machine that is up, and not hung: its timers fire and it takes messages in.</param>
/// <param name="Disk">Writes to its disk return; while this is false a write that is due hangs.</param>
public sealed record ProcessSignals(string Name, MachineSignals Machine, Signal Alive, Signal Runs, Signal Disk);
