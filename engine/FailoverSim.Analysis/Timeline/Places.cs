using System.Globalization;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Analysis.Timeline;

/// <summary>Where an entity is at home.</summary>
/// <param name="Zone">Null: in none.</param>
/// <param name="Machine">Null: on none.</param>
/// <param name="Component">What it is, such as <c>etcd</c>; of an entity on no machine its name or what comes before its number.</param>
public sealed record Place(string? Zone, string? Machine, string Component);

/// <summary>Finds the machine and zone of an entity by its name.</summary>
public sealed class Places
{
    private readonly Dictionary<string, string> _zoneOf = [];
    private readonly List<string> _machines = [];
    private readonly List<string> _members = [];

    /// <param name="spec">The scenario, with a cluster or without.</param>
    public Places(ScenarioSpec spec)
    {
        foreach (PoolSpec pool in spec.Cluster?.Pools ?? [])
        {
            foreach (MachineSpec machine in pool.Machines)
            {
                _zoneOf[machine.Name] = machine.Zone;
                _machines.Add(machine.Name);
            }
            _members.AddRange(pool.Runs.Contains("etcd") ? pool.Machines.Select(machine => machine.Name) : []);
        }
    }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<string> Machines => _machines;

    public string? ZoneOf(string machine) => _zoneOf.GetValueOrDefault(machine);

    public Place Of(string entity)
    {
        if (MemberOf(entity) is { } home)
        {
            return new Place(ZoneOf(home), home, "etcd");
        }
        int cut = entity.LastIndexOfAny(['/', '@']);
        string last = entity[(cut + 1)..];
        if (cut > 0 && _zoneOf.TryGetValue(last, out string? zone))
        {
            string component = entity[..cut];
            return new Place(zone, last, component.StartsWith("process/", StringComparison.Ordinal) ? component["process/".Length..] : component);
        }
        return new Place(null, null, GroupOf(entity));
    }

    /// <summary>The machine of a member of etcd, which is called by its number.</summary>
    private string? MemberOf(string entity) =>
        entity.StartsWith("etcd-", StringComparison.Ordinal)
        && int.TryParse(entity.AsSpan("etcd-".Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        && number >= 1 && number <= _members.Count ? _members[number - 1]
        : entity == "etcd" && _members.Count == 1 ? _members[0]
        : null;

    /// <summary><c>pump</c> of <c>pump-3</c>, <c>pod</c> of <c>pod/app-1/2</c>, <c>faults</c> of <c>faults/header</c>.</summary>
    private static string GroupOf(string entity)
    {
        int slash = entity.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0)
        {
            return entity[..slash];
        }
        int dash = entity.LastIndexOf('-');
        return dash > 0 && entity[(dash + 1)..].All(char.IsAsciiDigit) ? entity[..dash] : entity;
    }
}
