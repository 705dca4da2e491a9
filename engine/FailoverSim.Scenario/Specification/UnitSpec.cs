using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Scenario.Specification;

/// <summary>A group of like units that fail independently.</summary>
public sealed record UnitSpec
{
    public required string Name { get; init; }
    public int Count { get; init; } = 1;

    /// <summary>Life from new, or from the end of repair, to failure.</summary>
    public required Law Fails { get; init; }

    /// <summary>At least one: a unit without <c>modes</c> has a single mode with the unit's own name and share
    /// 1.</summary>
    public required IReadOnlyList<ModeSpec> Modes { get; init; }

    public StandbySpec? Standby { get; init; }

    /// <summary>Whether life is used up at speed 1 while something else holds the unit down (<c>always</c>) or not
    /// (<c>while-running</c>).</summary>
    public bool AgesAlways { get; init; } = true;
}

/// <summary>One way to fail.</summary>
/// <param name="Name">Name in the file; the unit's name where there are no modes.</param>
/// <param name="Share">Probability that a failure is of this mode; the shares of a unit sum to 1.</param>
/// <param name="FoundBy">Not hidden, found by inspection (or demand), or by demand only.</param>
/// <param name="Repair">Null: a failure of this mode is never repaired.</param>
public sealed record ModeSpec(string Name, double Share, FoundBy FoundBy, RepairSpec? Repair);

/// <summary>How a failure comes to light.</summary>
public enum FoundBy
{
    /// <summary>Not hidden.</summary>
    AtOnce,

    /// <summary>When an inspection of the unit ends, or a switch demands it.</summary>
    Inspection,

    /// <summary>Only when a switch demands it.</summary>
    Demand,
}

/// <summary>A repair to as good as new.</summary>
/// <param name="Takes">Elapsed time of the work.</param>
/// <param name="Crews">Who may do it, in order of preference; empty: starts at once; <c>any</c> lists all
/// crews.</param>
/// <param name="Spare">Part that is used up, or null.</param>
public sealed record RepairSpec(Law Takes, IReadOnlyList<string> Crews, string? Spare);

/// <summary>Some run, the others wait.</summary>
/// <param name="Needed">How many run.</param>
/// <param name="HazardSpeed">Speed at which a waiting unit uses up its life: 0 cold, 1 hot.</param>
/// <param name="Switch">Time from the call of a waiting unit until it runs.</param>
/// <param name="SwitchFails">Probability that the called unit fails instead.</param>
public sealed record StandbySpec(int Needed, double HazardSpeed, Law Switch, double SwitchFails);

/// <summary>People who repair and inspect.</summary>
public sealed record CrewSpec
{
    public required string Name { get; init; }
    public int Size { get; init; } = 1;
    public CrewOrder Order { get; init; } = CrewOrder.FirstCome;
    public bool Preempt { get; init; }
    public required Hours Hours { get; init; }

    /// <summary>Delay per job from the call, or from the next on-duty instant; null: none.</summary>
    public Law? Answer { get; init; }
}

public enum CrewOrder
{
    FirstCome,
    MostUrgentFirst,
}

/// <summary>When a crew may start a job.</summary>
public abstract record Hours
{
    /// <summary>Always (<c>24x7</c>).</summary>
    public sealed record Always : Hours;

    /// <summary>All time outside the hours of the other crews.</summary>
    public sealed record Otherwise : Hours;

    /// <summary>The given days, from–to in local time (to may lie past midnight: <c>22:00-06:00</c>; 24:00
    /// allowed).</summary>
    /// <param name="Days">Days of the week on which a shift begins.</param>
    /// <param name="From">Local time of day.</param>
    /// <param name="To">Local time of day; not after <paramref name="From"/> means the next day.</param>
    /// <param name="Zone">IANA time zone or UTC.</param>
    public sealed record Weekly(IReadOnlyList<DayOfWeek> Days, TimeSpan From, TimeSpan To, TimeZoneInfo Zone) : Hours;
}

/// <summary>Parts on the shelf; when stock plus orders is at or below <see cref="ReorderAt"/>, one order refills to
/// <see cref="Stock"/>.</summary>
public sealed record SpareSpec(string Name, int Stock, int ReorderAt, Law Delivery, Money? Price);

/// <summary>Each unit of <paramref name="Of"/> becomes a job at each multiple of <paramref name="Every"/>.</summary>
public sealed record InspectionSpec(IReadOnlyList<string> Of, SimDuration Every, Law Takes,
    IReadOnlyList<string> Crews);

/// <summary>One event that hits many units at once.</summary>
/// <param name="Name">Name in the file.</param>
/// <param name="Of">Groups of units whose copies can be hit.</param>
/// <param name="Every">Time from the end of one event to the next.</param>
/// <param name="HitsLow">Least share of the copies.</param>
/// <param name="HitsHigh">Greatest share; drawn uniformly once per event.</param>
/// <param name="Lasts">Holds the units down that long without renewing them; null otherwise.</param>
/// <param name="Repair">The units hit fail and get this repair; null otherwise. With neither, they fail like any other
/// failure.</param>
public sealed record CommonCauseSpec(
    string Name, IReadOnlyList<string> Of, Law Every, double HitsLow, double HitsHigh, Law? Lasts, RepairSpec? Repair);
