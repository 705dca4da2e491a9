using FailoverSim.Scenario.Values;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Catalogue;

/// <summary>Which version of each product, and which rates, a file uses.</summary>
internal sealed class VersionsInUse
{
    private readonly Dictionary<string, string> _chosen = new(StringComparer.Ordinal);

    /// <summary>The catalogue of rates, or null.</summary>
    public string? Rates { get; private set; }

    /// <summary>What the file asks for, as far as it can be understood: the binder tells the rest.</summary>
    public static VersionsInUse Of(YamlMapping root)
    {
        var versions = new VersionsInUse();
        var use = root.Find("use")?.Value;
        var entries = (use is YamlSequence list ? list.Items : use is null ? [] : [use])
            .OfType<YamlMapping>().SelectMany(item => item.Entries);
        foreach (var (key, value) in entries)
        {
            foreach (var text in (value is YamlSequence several ? several.Items : [value]).OfType<YamlScalar>())
            {
                versions.Take(key.Text, text.Text.Trim());
            }
        }
        return versions;
    }

    /// <summary>Chooses a version of a product, as <c>kubernetes/v1.33</c>.</summary>
    public void Choose(string product, string version) => _chosen[product] = version;

    /// <summary>The version in use, or the usual one.</summary>
    public string Of(Product product) => _chosen.TryGetValue(product.Name, out var version) ? version
        : product == Products.Etcd ? Products.EtcdOf(Of(Products.Kubernetes))
        : product.Usual;

    private void Take(string key, string text)
    {
        if (key == "rates")
        {
            Rates = RatesCatalogue.Find(text) is null ? Rates : text;
        }
        else if (key == "timers" && TimersKind.Parse(text) is { Product: { } product, Version: { } version })
        {
            _chosen.TryAdd(product.Name, version);
        }
    }
}
