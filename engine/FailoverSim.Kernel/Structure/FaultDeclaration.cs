using System.Collections.Immutable;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Signals;

namespace FailoverSim.Kernel.Structure;

/// <summary>One thing that can go wrong, as far as the static gates see it: conditions that fall together.</summary>
/// <param name="Cause">Its kind.</param>
/// <param name="Target">What it strikes; faults of a kind differ in it.</param>
/// <param name="Conditions">What is false while it lasts.</param>
/// <param name="Owner">Whose clock brings it; null if it comes by no clock. Two faults of one clock never last at once.</param>
/// <param name="Slot">The owner's slot, of which it is the first timer.</param>
public sealed record FaultDeclaration(int Cause, string Target, ImmutableArray<Signal> Conditions, Component? Owner = null, int Slot = 0);
