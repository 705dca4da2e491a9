using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Variants;

/// <summary>Copies of a tree in which one value is another.</summary>
internal static class TreeEdit
{
    /// <param name="root">The tree, which stays as it is.</param>
    /// <param name="path">Concrete keys and names; what is missing on the way is created.</param>
    /// <param name="mark">Place of the path, which becomes the place of every key created or replaced.</param>
    /// <param name="value">The new value.</param>
    public static YamlMapping Set(YamlMapping root, ReadOnlySpan<string> path, Mark mark, YamlNode value)
    {
        var key = root.Find(path[0])?.Key ?? YamlScalar.Of(mark, path[0]);
        if (path.Length == 1)
        {
            return root.With(YamlScalar.Of(mark, path[0]), value);
        }
        var child = Names(root.Find(path[0])?.Value) ?? new YamlMapping(mark, []);
        return root.With(key, Set(child, path[1..], mark, value));
    }

    /// <summary>What has names below it: a mapping, or a list of names.</summary>
    public static YamlMapping? Names(YamlNode? node) => node is YamlSequence list ? list.AsNames() : node as YamlMapping;
}
