using System.Globalization;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Reading;

namespace FailoverSim.Scenario.Variants;

/// <summary>One value of a file and the path that leads to it.</summary>
internal sealed record PlacedValue(string Path, BoundScalar Value);

/// <summary>Finds the values that a sensitivity analysis varies, defaults of the catalogues included.</summary>
internal static class VaryingValues
{
    /// <summary>
    /// What <c>all-rates</c> stands for: how often things break, and how long it takes until they work again. Timers, switching
    /// times and what is planned (inspection, maintenance) are decisions and not rates; they are varied by path.
    /// </summary>
    public static readonly IReadOnlyList<Key> Rates =
    [
        UnitKeys.Fails, CrewKeys.CauseEvery, FaultKeys.Every, TopologyKeys.ReclaimEvery,
        RepairKeys.Takes, FaultKeys.Takes, CrewKeys.Lasts, FaultKeys.Lasts, CrewKeys.Delivery, CrewKeys.Answer, ControlPlaneKeys.Outage,
    ];

    /// <summary>All rates in the order of the language, names in that of the file.</summary>
    public static IEnumerable<PlacedValue> AllRates(BoundMapping file) =>
        from found in Below("", null, file)
        where found.Key is not null && Rates.Contains(found.Key)
        select new PlacedValue(found.Path, found.Value);

    /// <summary>The single value at a path; null if there is none.</summary>
    public static PlacedValue? At(BoundMapping file, IReadOnlyList<string> path)
    {
        string wanted = string.Join('.', path);
        return Below("", null, file).Where(found => found.Path == wanted).Select(found => new PlacedValue(found.Path, found.Value)).FirstOrDefault();
    }

    private static IEnumerable<(string Path, Key? Key, BoundScalar Value)> Below(string path, Key? key, Bound value) => value switch
    {
        BoundScalar scalar => [(path, key, scalar)],
        BoundMap map => map.Items.SelectMany(item => Below($"{path}.{item.Name}", null, item.Value)),
        BoundNamed named => named.Items.SelectMany(item => Below($"{path}.{item.Name}", null, item.Value)),
        // The paths of the language lead into a single record; into several none does.
        BoundRecords { Items: [var only] } => Below(path, key, only),
        BoundRecords records => records.Items.SelectMany((item, i) =>
            Below($"{path}[{(i + 1).ToString(CultureInfo.InvariantCulture)}]", key, item)),
        BoundMapping mapping => mapping.Entries
            .Where(entry => !ScenarioKeys.Studies.Contains(entry.Key))
            .Select(entry => (entry.Key.Name, (Key?)entry.Key, entry.Value))
            .Concat(mapping.Others.Select(other => (other.Name, (Key?)null, other.Value)))
            .SelectMany(child => Below(path.Length == 0 ? child.Name : $"{path}.{child.Name}", child.Item2, child.Value)),
        _ => [],
    };
}
