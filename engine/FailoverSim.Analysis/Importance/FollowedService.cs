using FailoverSim.Kernel;
using FailoverSim.Kernel.Structure;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Analysis.Importance;

/// <summary>Copies of a part, of which measures are taken as means.</summary>
/// <param name="Kind">What they are (engine/docs/output.md).</param>
/// <param name="Name">Of the group, or of its first copy.</param>
/// <param name="Copies">How many.</param>
/// <param name="Refusal">Why there are no measures of it; null: there are.</param>
internal sealed record PartGroup(string Kind, string Name, int Copies, string? Refusal = null);

/// <summary>A service whose structure can be followed.</summary>
/// <param name="Name">Of the service.</param>
/// <param name="Groups">What it depends on.</param>
/// <param name="Trace">Follows it in a simulation that is at t = 0, over a window in nanoseconds.</param>
internal sealed record FollowedService(string Name, IReadOnlyList<PartGroup> Groups, Func<Simulation, (long From, long To), IServiceTrace> Trace)
{
    /// <summary>How many sums its trace hands out.</summary>
    public int Sums => ServiceTraces.FirstOf(Groups.Count);

    /// <summary>One that is up when copies of units work.</summary>
    public static FollowedService OfUnits(ServiceSpec service, IReadOnlyList<UnitSpec> units)
    {
        Structure structure = new(service.Name, service.UpWhen!, units);
        return new FollowedService(
            service.Name,
            [.. structure.Groups.Select(unit => new PartGroup("unit", unit.Name, unit.Count, unit.Standby is null ? null
                : $"{unit.Name} stands by and is switched in, which is no gate; compare a variant with another count instead"))],
            (simulation, window) => new StructureTrace(structure, simulation, window));
    }

    /// <summary>One that follows protocols: the structure is what must work for it to come back unaided.</summary>
    /// <param name="name">Of the service.</param>
    /// <param name="service">Index of the service.</param>
    /// <param name="structure">Of any simulation of the scenario.</param>
    public static FollowedService OfParts(string name, int service, PartStructure structure) => new(
        name,
        [.. structure.Groups.Select(group => new PartGroup(structure.Parts[group[0]].Kind, NameOf(structure, group), group.Count))],
        (simulation, window) => new PartTrace(simulation.PartsOf(service)!, window));

    /// <summary>That of the group if all of it are alike, else that of the first one and how many more are like it.</summary>
    private static string NameOf(PartStructure structure, IReadOnlyList<int> alike)
    {
        FaultPart first = structure.Parts[alike[0]];
        int all = structure.Parts.Count(part => (part.Kind, part.Group) == (first.Kind, first.Group));
        return alike.Count == 1 ? first.Name
            : alike.Count == all ? first.Group
            : $"{first.Name} and {alike.Count - 1} alike";
    }
}
