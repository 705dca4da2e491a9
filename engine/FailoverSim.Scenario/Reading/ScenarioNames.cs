using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Reading;

/// <summary>What the file defines, so that references can be checked; entries with errors of their own count as
/// defined.</summary>
internal sealed class ScenarioNames
{
    private readonly DiagnosticBag _bag;
    private readonly HashSet<string> _unknown;
    private readonly Dictionary<string, NamedItem> _units;
    private readonly Dictionary<string, NamedItem> _services;
    private readonly Dictionary<IReadOnlyList<NamedItem>, HashSet<string>> _indices = new(ReferenceEqualityComparer.Instance);
    private readonly Lazy<IReadOnlyList<string>> _allCrews;

    public ScenarioNames(BoundMapping file, DiagnosticBag bag)
    {
        _bag = bag;
        _allCrews = new(() => [.. Crews!.Select(crew => crew.Name)]);
        Units = file.Named(ScenarioKeys.Units);
        Spares = file.Named(ScenarioKeys.Spares);
        Services = file.Named(ScenarioKeys.Services);
        Pools = file.Named(ScenarioKeys.Nodes);
        Faults = file.Named(ScenarioKeys.Faults);
        Workloads = file.Named(ScenarioKeys.Workloads);
        Maintenance = file.Named(ScenarioKeys.Maintenance);
        Procedures = [.. (file.Child(ScenarioKeys.Repair)?.Others ?? []).Where(other => other.Value is BoundMapping)
            .Select(other => new NamedItem(other.Name, other.Mark, (BoundMapping)other.Value))];
        _units = Units.ToDictionary(unit => unit.Name, StringComparer.Ordinal);
        _services = Services.ToDictionary(service => service.Name, StringComparer.Ordinal);
        var top = file.Named(ScenarioKeys.Crews);
        var underRepair = file.Child(ScenarioKeys.Repair)?.Named(ScenarioKeys.RepairCrews) ?? [];
        foreach (var crew in underRepair.Where(crew => top.Any(other => other.Name == crew.Name)))
        {
            bag.Error(crew.Mark, Codes.NameTwice, $"there is already a crew '{crew.Name}' under 'crews'",
                "crews and repair.crews are one namespace: rename one");
        }
        // Written order, whichever block comes first.
        Crews = [.. top.Concat(underRepair).OrderBy(crew => crew.Mark.Line).ThenBy(crew => crew.Mark.Column)];
        _unknown = new Key[] { ScenarioKeys.Units, ScenarioKeys.Spares,
            ScenarioKeys.Services, ScenarioKeys.Workloads, ScenarioKeys.Maintenance, ScenarioKeys.Repair }.Where(file.IsUnreadable).Select(key => key.Name).ToHashSet();
        if (file.IsUnreadable(ScenarioKeys.Crews) || file.IsUnreadable(ScenarioKeys.Repair)
            || file.Child(ScenarioKeys.Repair)?.IsUnreadable(ScenarioKeys.RepairCrews) == true)
        {
            _unknown.Add(ScenarioKeys.Crews.Name);
        }
    }

    public IReadOnlyList<NamedItem> Units { get; }
    public IReadOnlyList<NamedItem> Crews { get; }
    public IReadOnlyList<NamedItem> Spares { get; }
    public IReadOnlyList<NamedItem> Services { get; }
    public IReadOnlyList<NamedItem> Pools { get; }
    public IReadOnlyList<NamedItem> Faults { get; }
    public IReadOnlyList<NamedItem> Workloads { get; }
    public IReadOnlyList<NamedItem> Maintenance { get; }

    /// <summary>The named procedures of <c>repair</c>.</summary>
    public IReadOnlyList<NamedItem> Procedures { get; }

    /// <summary>Whether a block could be read; if not, every reference to it would look wrong.</summary>
    public bool Knows(Key block) => !_unknown.Contains(block.Name);

    /// <summary>Copies of a unit; null if there is no such unit, 0 if its count could not be read.</summary>
    public int? CountOf(string unit) =>
        _units.TryGetValue(unit, out var item) ? item.Value.TryGet(UnitKeys.Count, out var count) ? (int)count : 0
            : null;

    public NamedItem? Unit(string name) => _units.GetValueOrDefault(name);

    public NamedItem? Service(string name) => _services.GetValueOrDefault(name);

    /// <summary>Reports a name that is none of the defined ones.</summary>
    /// <param name="mark">Where it is used.</param>
    /// <param name="name">The name.</param>
    /// <param name="noun">What it should be.</param>
    /// <param name="defined">What there is.</param>
    /// <param name="block">The block that defines them; the noun's plural if null.</param>
    public void CheckReference(Mark mark, string name, string noun, IReadOnlyList<NamedItem> defined, string? block = null)
    {
        if (!_unknown.Contains(block ?? noun + "s") && !IndexOf(defined).Contains(name))
        {
            _bag.Error(mark, Codes.UnknownName, $"there is no {noun} '{name}'",
                Suggestion.For(name, defined.Select(item => item.Name), $"define it under '{block ?? noun + "s"}'"));
        }
    }

    /// <summary>The names of a list, which does not change.</summary>
    private HashSet<string> IndexOf(IReadOnlyList<NamedItem> items)
    {
        if (!_indices.TryGetValue(items, out var index))
        {
            _indices.Add(items, index = new HashSet<string>(items.Select(item => item.Name), StringComparer.Ordinal));
        }
        return index;
    }

    /// <summary>Checks a list of names; each may occur once.</summary>
    public void CheckReferences(IReadOnlyList<Located<string>> names, string noun, IReadOnlyList<NamedItem> defined)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (seen.Add(name.Value))
            {
                CheckReference(name.Mark, name.Value, noun, defined);
            }
            else
            {
                _bag.Error(name.Mark, Codes.ListedTwice, $"'{name.Value}' is listed twice", "keep one of them");
            }
        }
    }

    /// <summary>Checks the crews of a repair or inspection, <c>any</c> included.</summary>
    public void CheckCrews(IReadOnlyList<Located<string>> crews)
    {
        if (!Knows(ScenarioKeys.Crews))
        {
            return;
        }
        if (crews.FirstOrDefault(crew => crew.Value == "any") is { } any)
        {
            if (crews.Count > 1)
            {
                _bag.Error(any.Mark, Codes.KeysExclude, "'any' stands beside the names of crews",
                    "write either 'any' or names");
            }
            else if (Crews.Count == 0)
            {
                _bag.Error(any.Mark, Codes.NoCrews, "'any' needs a crew and there is none",
                    "define one under 'crews', or leave 'crew' out");
            }
            return;
        }
        CheckReferences(crews, "crew", Crews);
    }

    /// <summary>The crews of a repair or inspection in order of preference; <c>any</c> is all of them.</summary>
    public IReadOnlyList<string> CrewNames(IReadOnlyList<Located<string>> crews) => crews is [{ Value: "any" }]
        ? _allCrews.Value
        : [.. crews.Select(crew => crew.Value)];
}
