using System.Text;
using FailoverSim.Scenario.Catalogue;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Values;

namespace FailoverSim.Scenario.Output;

/// <summary>The defaults of the components in one version, for people.</summary>
public static class DefaultsTable
{
    /// <summary>The components that have defaults.</summary>
    public static IEnumerable<string> Components => TimerCatalogue.All.Select(settings => settings.Component);

    /// <summary>All products with their versions: <c>etcd/v3.5</c>.</summary>
    public static IEnumerable<string> Versions => Products.All.SelectMany(product => product.Versions.Select(version => $"{product.Name}/{version}"));

    /// <summary>The table, or what is wrong with the question.</summary>
    /// <param name="component">A component; null: all of them.</param>
    /// <param name="version">
    /// A version of Kubernetes or, with a component, of its product: <c>v1.33</c>, <c>etcd/v3.5</c>; null: the usual ones.
    /// </param>
    /// <param name="text">The table, or the complaint.</param>
    /// <returns>Whether there is a table.</returns>
    public static bool TryWrite(string? component, string? version, out string text)
    {
        IReadOnlyList<ComponentSettings> chosen = component is null ? [.. TimerCatalogue.All]
            : TimerCatalogue.Find(component) is { } one ? [one] : [];
        if (chosen.Count == 0)
        {
            text = $"there are no defaults of '{component}'; "
                + Suggestion.For(component!, TimerCatalogue.All.Select(settings => settings.Component), "");
            return false;
        }
        var versions = new VersionsInUse();
        if (version is not null && Choose(versions, chosen, version) is { } complaint)
        {
            text = complaint;
            return false;
        }
        text = Table(chosen, versions);
        return true;
    }

    /// <summary>A complaint, or null.</summary>
    private static string? Choose(VersionsInUse versions, IReadOnlyList<ComponentSettings> chosen, string version)
    {
        List<Product> products = version.Contains('/', StringComparison.Ordinal)
            ? Products.All.Where(product => product == TimersKind.Parse(version).Product).ToList()
            : [.. chosen.Count == 1 ? [chosen[0].Product] : Array.Empty<Product>(), Products.Kubernetes];
        string number = version.Split('/')[^1];
        foreach (var product in products)
        {
            if (product.Find(number) is { } known)
            {
                versions.Choose(product.Name, known);
                return null;
            }
        }
        var candidates = products.Count > 0 ? products.Distinct() : Products.All;
        return $"'{version}' is not a known version; write one of "
            + string.Join(", ", candidates.SelectMany(product => product.Versions.Select(known => $"{product.Name}/{known}")));
    }

    private static string Table(IReadOnlyList<ComponentSettings> chosen, VersionsInUse versions)
    {
        List<(string Key, string Value, string Source)> rows = [("key", "value", "source")];
        foreach (var settings in chosen)
        {
            string version = versions.Of(settings.Product);
            rows.AddRange(settings.For(version).Select(setting => (
                $"{settings.Component}.{setting.Key}",
                setting.Value[0] == '=' ? $"that of {setting.Value[1..]}" : setting.Value,
                settings.SourceOf(setting, version))));
        }
        int keys = rows.Max(row => row.Key.Length);
        int values = rows.Max(row => row.Value.Length);
        StringBuilder text = new();
        foreach (var (key, value, source) in rows)
        {
            text.Append(key.PadRight(keys)).Append("  ").Append(value.PadRight(values)).Append("  ").Append(source).Append('\n');
        }
        return text.ToString();
    }
}
