namespace FailoverSim.Scenario.Yaml;

/// <summary>A node of a YAML document with its place; immutable, so an alias is the node itself.</summary>
internal abstract class YamlNode(Mark mark)
{
    public Mark Mark { get; } = mark;

    /// <summary>Number of nodes once every alias is written out.</summary>
    public abstract long Weight { get; }

    /// <summary>Levels of nesting below and with this node, aliases written out.</summary>
    public abstract int Depth { get; }

    /// <summary>What the node is, for messages.</summary>
    public abstract string Noun { get; }
}

/// <summary>A scalar as written: which type it has is the business of the field that reads it.</summary>
/// <param name="mark">Where it starts, a quote included.</param>
/// <param name="text">The text without quotes.</param>
/// <param name="isPlain">Whether it stands without quotes.</param>
/// <param name="textColumn">Column of the first character of the text, where text and source agree character by
/// character; else 0.</param>
internal sealed class YamlScalar(Mark mark, string text, bool isPlain, int textColumn) : YamlNode(mark)
{
    public string Text { get; } = text;
    public bool IsPlain { get; } = isPlain;
    public override long Weight => 1;
    public override int Depth => 1;
    public override string Noun => "a single value";

    /// <summary>The place of a character of the text; the start of the scalar where escapes or line breaks blur
    /// it.</summary>
    public Mark At(int index) => textColumn == 0 ? Mark : Mark with { Column = textColumn + index };

    /// <summary>The same text elsewhere.</summary>
    public YamlScalar MovedTo(Mark mark) => new(mark, Text, IsPlain, 0);

    /// <summary>A scalar that no file holds.</summary>
    public static YamlScalar Of(Mark mark, string text) => new(mark, text, true, 0);
}

/// <summary>Stands where something was written that a finding has rejected: whoever meets it stays silent.</summary>
internal sealed class YamlBroken(Mark mark) : YamlNode(mark)
{
    public override long Weight => 1;
    public override int Depth => 1;
    public override string Noun => "nothing";
}

internal sealed record YamlEntry(YamlScalar Key, YamlNode Value);

/// <param name="mark">Where it starts.</param>
/// <param name="entries">In written order, each key once.</param>
/// <param name="isIncomplete">Whether entries had to be left out, so that a missing key says nothing.</param>
internal sealed class YamlMapping(Mark mark, IReadOnlyList<YamlEntry> entries,
    bool isIncomplete = false) : YamlNode(mark)
{
    /// <summary>Up to here looking at each is as fast as an index.</summary>
    private const int FewEntries = 16;

    private Dictionary<string, YamlEntry>? _byKey;

    public bool IsIncomplete { get; } = isIncomplete;
    public IReadOnlyList<YamlEntry> Entries { get; } = entries;
    public override long Weight { get; } = 1 + entries.Sum(entry => 1 + entry.Value.Weight);
    public override int Depth { get; } = 1 + entries.Aggregate(0, (depth, entry) => Math.Max(depth, entry.Value.Depth));
    public override string Noun => "a mapping";

    public YamlEntry? Find(string key)
    {
        if (Entries.Count <= FewEntries)
        {
            foreach (YamlEntry entry in Entries)
            {
                if (entry.Key.Text == key)
                {
                    return entry;
                }
            }
            return null;
        }
        if (_byKey is null)
        {
            _byKey = new Dictionary<string, YamlEntry>(Entries.Count, StringComparer.Ordinal);
            foreach (YamlEntry entry in Entries)
            {
                _byKey.TryAdd(entry.Key.Text, entry);
            }
        }
        return _byKey.GetValueOrDefault(key);
    }

    /// <summary>A copy in which the key has the value: in its old position, or at the end if it is new.</summary>
    public YamlMapping With(YamlScalar key, YamlNode value)
    {
        var old = Find(key.Text);
        var entries = new YamlEntry[Entries.Count + (old is null ? 1 : 0)];
        for (int i = 0; i < Entries.Count; i++)
        {
            entries[i] = Entries[i];
        }
        entries[old is null ? Entries.Count : Array.IndexOf(entries, old)] = new YamlEntry(key, value);
        return new YamlMapping(Mark, entries, IsIncomplete);
    }
}

internal sealed class YamlSequence(Mark mark, IReadOnlyList<YamlNode> items) : YamlNode(mark)
{
    public IReadOnlyList<YamlNode> Items { get; } = items;
    public override long Weight { get; } = 1 + items.Sum(item => item.Weight);
    public override int Depth { get; } = 1 + items.Aggregate(0, (depth, item) => Math.Max(depth, item.Depth));
    public override string Noun => "a list";

    /// <summary>Names without values as a mapping with nothing below each name; null if an item is not a single
    /// value.</summary>
    public YamlMapping? AsNames() => Items.All(item => item is YamlScalar)
        ? new YamlMapping(Mark, [.. Items.Cast<YamlScalar>().DistinctBy(name => name.Text)
            .Select(name => new YamlEntry(name, new YamlMapping(name.Mark, [])))])
        : null;
}
