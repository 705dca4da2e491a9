using FailoverSim.Kernel.Signals;

namespace FailoverSim.Models.Cluster;

/// <summary>A machine as others see it.</summary>
/// <param name="Name">Such as <c>cp-1</c>.</param>
/// <param name="Zone">Name of its zone.</param>
/// <param name="Powered">Zone, rack, feed and the machine itself are there and it has booted; while this is false its processes are dead.</param>
/// <param name="Up">Powered and not hung; while this is false the machine sends no packet and answers none.</param>
/// <param name="Network">It reaches its network.</param>
public sealed record MachineSignals(string Name, string Zone, Signal Powered, Signal Up, Signal Network);
