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
public sealed record FaultDeclaration(int Cause, string Target, ImmutableArray<Signal> Conditions, Component? Owner = null, int Slot = 0)
{
    /// <summary>The thing that it strikes: the same for all faults of one thing. Null: it is no fault of one thing.</summary>
    public FaultPart? Part { get; init; }

    /// <summary>Who tells whether it lasts; null where nobody does.</summary>
    public FaultOccurrences? Occurrences { get; init; }
}

/// <summary>What faults strike.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Unique among its kind.</param>
/// <param name="Group">What it is one of several of; copies may be alike only within a group.</param>
public sealed record FaultPart(string Kind, string Name, string Group);

/// <summary>The occurrences of a fault.</summary>
/// <param name="Of">Who reports to the trace when one begins or ends.</param>
/// <param name="Causes">Each tells the cause of one that lasts, and none while it does not.</param>
public sealed record FaultOccurrences(Component Of, ImmutableArray<Func<Cause>> Causes);
