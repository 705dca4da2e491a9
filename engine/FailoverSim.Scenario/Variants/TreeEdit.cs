using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Variants;

/// <summary>Copies of a tree in which one value is another.</summary>
internal static class TreeEdit
{
    /// <param name="root">The tree, which stays as it is.</param>
    /// <param name="paths">Concrete keys and names, each path as long as the others; what is missing on the way is created.</param>
    /// <param name="mark">Place of the path, which becomes the place of every key created or replaced.</param>
    /// <param name="value">The new value.</param>
    public static YamlMapping Set(YamlMapping root, IReadOnlyList<IReadOnlyList<string>> paths, Mark mark, YamlNode value) =>
        paths.Count == 0 ? root : Set(root, paths, 0, mark, value);

    /// <summary>All at once: a path with a <c>*</c> leads to many places of one mapping.</summary>
    private static YamlMapping Set(YamlMapping node, IReadOnlyList<IReadOnlyList<string>> paths, int depth, Mark mark, YamlNode value)
    {
        bool isEnd = paths[0].Count == depth + 1;
        var changed = new OrderedDictionary<string, YamlEntry>(StringComparer.Ordinal);
        foreach (var below in paths.GroupBy(path => path[depth], StringComparer.Ordinal))
        {
            var old = node.Find(below.Key);
            changed.Add(below.Key, isEnd
                ? new YamlEntry(YamlScalar.Of(mark, below.Key), value)
                : new YamlEntry(old?.Key ?? YamlScalar.Of(mark, below.Key),
                    Set(Names(old?.Value) ?? new YamlMapping(mark, []), [.. below], depth + 1, mark, value)));
        }
        return new YamlMapping(node.Mark,
            [
                .. node.Entries.Select(entry => changed.GetValueOrDefault(entry.Key.Text, entry)),
                .. changed.Where(entry => node.Find(entry.Key) is null).Select(entry => entry.Value),
            ],
            node.IsIncomplete);
    }

    /// <summary>What has names below it: a mapping, or a list of names.</summary>
    public static YamlMapping? Names(YamlNode? node) => node is YamlSequence list ? list.AsNames() : node as YamlMapping;
}
