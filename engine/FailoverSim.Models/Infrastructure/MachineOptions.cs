using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Signals;

namespace FailoverSim.Models.Infrastructure;

/// <summary>A machine, or the place for one.</summary>
/// <param name="Name">Unique, such as <c>cp-1</c>.</param>
/// <param name="Zone">Name of its zone.</param>
/// <param name="Domains">What it hangs on: the conditions of its zone, rack and feed; may be empty.</param>
/// <param name="Boot">From its launch, or the return of all domains, until the machine runs.</param>
/// <param name="Exists">It is there at t = 0; otherwise the place is empty until <see cref="Machines.Launch"/>.</param>
public sealed record MachineOptions(string Name, string Zone, IReadOnlyList<Signal> Domains, Law Boot, bool Exists = true);
