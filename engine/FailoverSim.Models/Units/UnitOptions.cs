using System.Collections.Immutable;
using FailoverSim.Kernel.Laws;
using FailoverSim.Models.Repair;

namespace FailoverSim.Models.Units;

/// <summary>A group of like units that fail independently.</summary>
/// <param name="Name">Group name; the units are NAME-1 … NAME-N.</param>
/// <param name="Count">Number of units, at least 1.</param>
/// <param name="Fails">Life from new, or from the end of repair, to failure.</param>
/// <param name="Modes">Ways to fail, at least one; those drawn have shares that sum to 1.</param>
/// <param name="Standby">Null: all units run.</param>
/// <param name="AgesWhileHeld">Whether life is used up at speed 1 while something else holds the unit down.</param>
/// <param name="Holders">How many kinds of outside events can hold the units down.</param>
public sealed record UnitOptions(
    string Name,
    int Count,
    Law Fails,
    ImmutableArray<FailureMode> Modes,
    StandbyOptions? Standby,
    bool AgesWhileHeld,
    int Holders)
{
    /// <summary>Whether an outside event can break several units at one instant.</summary>
    public bool BreakTogether { get; init; }

    /// <summary>
    /// Whether failures and repairs that nobody sees the order of need none: nothing else acts on the units, inspects them or asks how many
    /// more may fail, and not every event is asked for.
    /// </summary>
    public bool MayElide { get; init; }
}

/// <summary>One way to fail.</summary>
/// <param name="Cause">Name that down time is charged to.</param>
/// <param name="Share">Probability that a failure of a unit by itself is of this mode; 0 for a mode that only a common cause brings.</param>
/// <param name="Detection">How it comes to light.</param>
/// <param name="Repair">Null: never repaired.</param>
public sealed record FailureMode(string Cause, double Share, Detection Detection, RepairOptions? Repair);

/// <summary>How a failure comes to light.</summary>
public enum Detection
{
    AtOnce,

    /// <summary>When an inspection of the unit ends, or a switch demands it.</summary>
    Inspection,

    /// <summary>Only when a switch demands it.</summary>
    Demand,
}

/// <summary>A repair to as good as new.</summary>
/// <param name="Takes">Elapsed time of the work.</param>
/// <param name="JobClass">Who does it with which part; null: it starts at once and needs nobody.</param>
public sealed record RepairOptions(Law Takes, JobClass? JobClass);

/// <summary>Some run, the others wait.</summary>
/// <param name="Needed">How many run.</param>
/// <param name="HazardSpeed">Speed at which a waiting unit uses up its life: 0 cold, 1 hot.</param>
/// <param name="Switch">Time from the call of a waiting unit until it runs.</param>
/// <param name="SwitchFails">Probability that the called unit fails instead.</param>
public sealed record StandbyOptions(int Needed, double HazardSpeed, Law Switch, double SwitchFails);
