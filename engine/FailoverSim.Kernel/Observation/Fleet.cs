using System.Collections.Immutable;
using FailoverSim.Kernel.Levels;
using FailoverSim.Kernel.Signals;

namespace FailoverSim.Kernel.Observation;

/// <summary>One of many like things that are followed together, such as a workload.</summary>
/// <param name="Name">Unique in the fleet.</param>
/// <param name="Group">What it is listed under, such as the entry of the scenario file that it is a copy of.</param>
/// <param name="Up">Up while this holds.</param>
/// <param name="Support">What must work for it to come back unaided.</param>
/// <param name="Share">Share of its requests that is answered while it is up; null: they are not measured.</param>
public sealed record FleetMember(string Name, string Group, Signal Up, Signal Support, Level? Share = null);

/// <summary>Members that are followed together; services may be figures over some of them.</summary>
public sealed class Fleet
{
    internal Fleet(string name, IReadOnlyList<FleetMember> members)
    {
        Name = name;
        Members = [.. members];
    }

    public string Name { get; }

    public ImmutableArray<FleetMember> Members { get; }

    /// <summary>The numbers of some members in ascending order, each once.</summary>
    internal ImmutableArray<int> Sorted(IReadOnlyList<int> members)
    {
        ImmutableArray<int> sorted = [.. members.Order().Distinct()];
        if (sorted.Length == 0 || sorted.Length < members.Count || sorted[0] < 0 || sorted[^1] >= Members.Length)
        {
            throw new ArgumentException($"Some members of {Name}, each once, are wanted.", nameof(members));
        }
        return sorted;
    }

    internal bool MeasuresRequestsOf(ImmutableArray<int> members) => members.All(member => Members[member].Share is not null);
}

/// <summary>The mean over members of a fleet.</summary>
internal sealed record MeanDeclaration(
    string Name, Fleet Fleet, ImmutableArray<int> Members, IReadOnlyList<Objective> Objectives)
    : ServiceDeclaration(Name, Objectives);

/// <summary>In each replication, the member with the so many-th lowest availability.</summary>
/// <param name="Name">Of the service.</param>
/// <param name="Fleet">What it looks at.</param>
/// <param name="Members">Numbers, ascending.</param>
/// <param name="Rank">From 1, the worst.</param>
/// <param name="Objectives">Judged by the member of that rank in each window.</param>
internal sealed record QuantileDeclaration(
    string Name, Fleet Fleet, ImmutableArray<int> Members, int Rank, IReadOnlyList<Objective> Objectives)
    : ServiceDeclaration(Name, Objectives);
