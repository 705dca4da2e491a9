using FailoverSim.Kernel.Randomness;

namespace FailoverSim.Kernel.Components;

/// <summary>One of many variates that are drawn together.</summary>
/// <param name="Slot">For whom.</param>
/// <param name="Law">A law known to the model.</param>
/// <param name="Purpose">What is drawn.</param>
/// <param name="Occurrence">How many have been drawn before for this slot and purpose.</param>
public readonly record struct Drawing(int Slot, LawId Law, Purpose Purpose, int Occurrence);
