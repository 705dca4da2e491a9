using FailoverSim.Kernel.Signals;

namespace FailoverSim.Kernel.Links;

/// <summary>
/// What a message from a to b depends on. Pairs share these signals (a's network, b's network, the directed pair of their
/// zones), so reachability is computed from a few of them and never stored per pair.
/// </summary>
/// <param name="FromNetwork">The sender's machine reaches its network.</param>
/// <param name="Path">The way from the sender's zone to the receiver's is open.</param>
/// <param name="ToNetwork">The receiver's machine reaches its network.</param>
/// <param name="ToHost">The receiver's machine is alive: it can refuse.</param>
/// <param name="ToProcess">The receiving process runs.</param>
/// <param name="ToReady">It takes messages in now (no write to disk pending, say).</param>
public readonly record struct LinkEnds(
    Signal FromNetwork, Signal Path, Signal ToNetwork, Signal ToHost, Signal ToProcess, Signal ToReady);
