using FailoverSim.Scenario.Values;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Language;

/// <summary>What the value of a key looks like.</summary>
internal abstract class Shape;

/// <summary>A single value.</summary>
internal sealed class ScalarShape(ValueKind kind) : Shape
{
    public ValueKind Kind { get; } = kind;
}

/// <summary>One or more single values; where <paramref name="orSingle"/> holds, one may stand without
/// brackets.</summary>
internal sealed class ListShape(ValueKind kind, bool orSingle) : Shape
{
    public ValueKind Kind { get; } = kind;
    public bool OrSingle { get; } = orSingle;
}

/// <summary>A single value, or something with keys below it: <c>preempt: true</c> or <c>preempt: {delay: 30s}</c>.</summary>
internal sealed class EitherShape(ValueKind single, Shape other) : Shape
{
    public ScalarShape Single { get; } = new(single);

    /// <summary>A <see cref="MappingShape"/> or <see cref="MapShape"/>.</summary>
    public Shape Other { get; } = other;
}

/// <summary>Names of the file's own with a single value each: <c>{a: 150, c: 100}</c>.</summary>
/// <param name="noun">What a name stands for: "zone".</param>
/// <param name="kind">The values.</param>
internal sealed class MapShape(string noun, ValueKind kind) : Shape
{
    public string Noun { get; } = noun;
    public ValueKind Kind { get; } = kind;
}

/// <summary>Mappings with the same keys, as a list; one may stand without dash.</summary>
/// <param name="item">The shape of each.</param>
/// <param name="isFlat">Whether it does not matter which key stands in which item.</param>
internal sealed class RecordsShape(MappingShape item, bool isFlat = false) : Shape
{
    /// <summary>How many there may be: each is looked at for every copy of what it belongs to.</summary>
    public const int Most = 100;

    public MappingShape Item { get; } = item;
    public bool IsFlat { get; } = isFlat;
}

/// <summary>A mapping with keys of the language.</summary>
/// <param name="keys">In the order in which documentation and <c>expand</c> show them.</param>
/// <param name="others">What names of the author's own stand for beside them; null if there are none.</param>
internal sealed class MappingShape(IReadOnlyList<Key> keys, OtherNames? others = null) : Shape
{
    public IReadOnlyList<Key> Keys { get; } = keys;
    public OtherNames? Others { get; } = others;

    public Key? Find(string name)
    {
        for (int i = 0; i < Keys.Count; i++)
        {
            if (Keys[i].Name == name)
            {
                return Keys[i];
            }
        }
        return null;
    }
}

/// <summary>Names that the author chooses beside keys of the language.</summary>
/// <param name="Noun">What a name stands for: "procedure".</param>
/// <param name="Shape">Its value.</param>
/// <param name="Doc">One sentence.</param>
internal sealed record OtherNames(string Noun, Shape Shape, string Doc);

/// <summary>A mapping from names that the author chooses.</summary>
/// <param name="noun">What a name stands for: "unit".</param>
/// <param name="item">The shape below each name.</param>
/// <param name="reserved">Names that would be misread elsewhere.</param>
/// <param name="needsOne">Whether an empty mapping is an error.</param>
/// <param name="orList">Whether a list of names may stand for names with nothing below them.</param>
internal sealed class NamedShape(string noun, MappingShape item, string[]? reserved = null,
    bool needsOne = false, bool orList = false) : Shape
{
    public string Noun { get; } = noun;
    public MappingShape Item { get; } = item;
    public IReadOnlyList<string> Reserved { get; } = reserved ?? [];
    public bool NeedsOne { get; } = needsOne;

    /// <summary>How many there may be, where that is fewer than a mapping may have entries.</summary>
    public int Most { get; init; } = YamlLimits.Entries;
    public bool OrList { get; } = orList;
}

internal enum FreeForm
{
    Anything,
    Mapping,

    /// <summary>A list, or one value that stands for several: <c>1s..15s in 8 steps</c>.</summary>
    ListOrRange,
}

/// <summary>YAML whose meaning is settled elsewhere: values to set, or parts that this version does not
/// simulate.</summary>
internal sealed class FreeShape(FreeForm form) : Shape
{
    public FreeForm Form { get; } = form;
}
