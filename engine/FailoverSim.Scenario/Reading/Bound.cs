using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Values;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Reading;

/// <summary>A node after its description was applied: values are typed, defaults stand in their places.</summary>
internal abstract class Bound(Mark mark)
{
    public Mark Mark { get; } = mark;

    /// <summary>Single values in it, defaults included.</summary>
    public long Values => this switch
    {
        BoundScalar => 1,
        BoundList list => list.Items.Count,
        BoundMap map => map.Items.Count,
        BoundRecords records => records.Items.Sum(item => item.Values),
        BoundNamed named => named.Items.Sum(item => item.Value.Values),
        BoundMapping mapping => mapping.Entries.Sum(entry => entry.Value.Values) + mapping.Others.Sum(other => other.Value.Values),
        BoundFree free => free.Node.Weight,
        _ => 0,
    };
}

/// <summary>A single value; <see cref="Value"/> is null if it could not be read.</summary>
internal sealed class BoundScalar(YamlScalar source, ValueKind kind, object? value) : Bound(source.Mark)
{
    public YamlScalar Source { get; } = source;
    public ValueKind Kind { get; } = kind;
    public object? Value { get; } = value;
}

internal sealed class BoundList(Mark mark, IReadOnlyList<BoundScalar> items) : Bound(mark)
{
    public IReadOnlyList<BoundScalar> Items { get; } = items;
}

/// <summary>Names with single values.</summary>
internal sealed class BoundMap(Mark mark, IReadOnlyList<(string Name, Mark Mark, BoundScalar Value)> items) : Bound(mark)
{
    public IReadOnlyList<(string Name, Mark Mark, BoundScalar Value)> Items { get; } = items;
}

/// <summary>Mappings with the same keys.</summary>
/// <param name="mark">Where they start.</param>
/// <param name="items">In written order.</param>
/// <param name="isFlat">Whether it does not matter which key stands in which item.</param>
internal sealed class BoundRecords(Mark mark, IReadOnlyList<BoundMapping> items, bool isFlat) : Bound(mark)
{
    public bool IsFlat { get; } = isFlat;
    public IReadOnlyList<BoundMapping> Items { get; } = items;
}

/// <summary>An entry whose name the author chose beside keys of the language.</summary>
internal sealed record BoundOther(string Name, Mark Mark, Bound Value);

/// <summary>YAML that is read elsewhere.</summary>
internal sealed class BoundFree(YamlNode node) : Bound(node.Mark)
{
    public YamlNode Node { get; } = node;
}

/// <summary>An entry below a name that the author chose.</summary>
internal sealed record NamedItem(string Name, Mark Mark, BoundMapping Value);

internal sealed class BoundNamed(Mark mark, IReadOnlyList<NamedItem> items) : Bound(mark)
{
    public IReadOnlyList<NamedItem> Items { get; } = items;
}

/// <summary>A value with its place.</summary>
internal sealed record Located<T>(T Value, Mark Mark);

/// <param name="mark">Where it starts.</param>
/// <param name="node">What was written; null where that is not a mapping.</param>
/// <param name="entries">What could be bound, and defaults.</param>
/// <param name="unreadable">Keys that are there, or were meant, and about which nothing can be said.</param>
/// <param name="others">What stands below names of the author's own.</param>
internal sealed class BoundMapping(Mark mark, YamlMapping? node, IReadOnlyList<(Key Key, Bound Value)> entries,
    IReadOnlySet<Key> unreadable, IReadOnlyList<BoundOther>? others = null) : Bound(mark)
{
    public IReadOnlyList<BoundOther> Others { get; } = others ?? [];

    /// <summary>In the order of the description, not of the file.</summary>
    public IReadOnlyList<(Key Key, Bound Value)> Entries { get; } = entries;

    /// <summary>False where something else than a mapping was written: nothing is known about the keys.</summary>
    public bool IsKnown => node is not null;

    /// <summary>Whether the key certainly stands in the file.</summary>
    public bool IsWritten(Key key) => node?.Find(key.Name) is { Key.Mark.IsDefault: false };

    /// <summary>Whether the key is written or may have been meant, or has a default.</summary>
    public bool Has(Key key) => Find(key) is not null || IsUnreadable(key);

    public bool IsUnreadable(Key key) => unreadable.Contains(key);

    /// <summary>Place of the key, or of the mapping where the key is missing.</summary>
    public Mark KeyMark(Key key) => node?.Find(key.Name)?.Key.Mark ?? Mark;

    public Bound? Find(Key key)
    {
        for (int i = 0; i < Entries.Count; i++)
        {
            if (Entries[i].Key == key)
            {
                return Entries[i].Value;
            }
        }
        return null;
    }

    public BoundScalar? Scalar(Key key) => Find(key) as BoundScalar;

    public BoundMapping? Child(Key key) => Find(key) as BoundMapping;

    public IReadOnlyList<NamedItem> Named(Key key) => (Find(key) as BoundNamed)?.Items ?? [];

    /// <summary>False if the key is missing or its value could not be read.</summary>
    public bool TryGet<T>(Key<T> key, out T value)
        where T : notnull
    {
        object? read = Scalar(key)?.Value;
        value = read is T typed ? typed : default!;
        return read is T;
    }

    /// <summary>A value that must be there: required or with a default, in a file without errors.</summary>
    public T Get<T>(Key<T> key)
        where T : notnull =>
        TryGet(key, out var value) ? value
            : throw new InvalidOperationException($"'{key.Name}' was not checked before use.");

    public T? Optional<T>(Key<T> key)
        where T : class => Scalar(key)?.Value as T;

    /// <summary>The values of a list that could be read.</summary>
    public IReadOnlyList<Located<T>> Items<T>(ListKey<T> key)
        where T : notnull =>
        [.. ((Find(key) as BoundList)?.Items ?? []).Where(item => item.Value is T)
            .Select(item => new Located<T>((T)item.Value!, item.Mark))];
}
