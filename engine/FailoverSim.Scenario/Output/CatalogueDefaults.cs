using FailoverSim.Scenario.Catalogue;

namespace FailoverSim.Scenario.Output;

/// <summary>What the catalogue gives a key, over the versions of its product.</summary>
internal static class CatalogueDefaults
{
    /// <summary>As a sentence after others; empty for a key that the catalogue does not know.</summary>
    /// <param name="path">Where the key stands: <c>components.etcd.heartbeat</c>.</param>
    /// <param name="quote">Around each value: a backtick, or nothing.</param>
    public static string Sentence(string path, string quote)
    {
        var values = Of(path);
        return values switch
        {
            [] => "",
            [var only] => $" Default: {Shown(only.Value, quote)}.",
            _ => $" Default: {string.Join(", ", values.Select(value => $"{Shown(value.Value, quote)} ({value.Version})"))}.",
        };
    }

    /// <summary>The default, if it is the same in all versions and a value of its own.</summary>
    public static string? Single(string path) => Of(path) is [{ Value: var only }] && only[0] != '=' ? only : null;

    /// <summary>Each value with the version from which on it holds.</summary>
    private static List<(string Version, string Value)> Of(string path)
    {
        string[] parts = path.Split('.', 3);
        if (parts is not [var block, var component, var key] || block is not ("components" or "workloads")
            || TimerCatalogue.Find(block == "workloads" ? block : component) is not { } settings)
        {
            return [];
        }
        List<(string Version, string Value)> runs = [];
        foreach (string version in settings.Product.Versions)
        {
            if (settings.For(version).FirstOrDefault(setting => setting.Key == key)?.Value is { } value && (runs.Count == 0 || runs[^1].Value != value))
            {
                runs.Add(($"{settings.Product.Name} {version}", value));
            }
        }
        return runs;
    }

    private static string Shown(string value, string quote) =>
        value[0] == '=' ? $"that of {quote}{value[1..]}{quote}" : $"{quote}{value}{quote}";
}
