using FailoverSim.Scenario.Values;

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

/// <summary>A mapping with keys of the language.</summary>
/// <param name="keys">In the order in which documentation and <c>expand</c> show them.</param>
/// <param name="others">Doc of further names that a later version will simulate; null if there are none.</param>
internal sealed class MappingShape(IReadOnlyList<Key> keys, string? others = null) : Shape
{
    public IReadOnlyList<Key> Keys { get; } = keys;
    public string? Others { get; } = others;

    public Key? Find(string name) => Keys.FirstOrDefault(key => key.Name == name);
}

/// <summary>A mapping from names that the author chooses.</summary>
/// <param name="noun">What a name stands for: "unit".</param>
/// <param name="item">The shape below each name.</param>
/// <param name="reserved">Names that would be misread elsewhere.</param>
/// <param name="needsOne">Whether an empty mapping is an error.</param>
internal sealed class NamedShape(string noun, MappingShape item, string[]? reserved = null,
    bool needsOne = false) : Shape
{
    public string Noun { get; } = noun;
    public MappingShape Item { get; } = item;
    public IReadOnlyList<string> Reserved { get; } = reserved ?? [];
    public bool NeedsOne { get; } = needsOne;
}

internal enum FreeForm
{
    Anything,
    Mapping,
    List,
}

/// <summary>YAML whose meaning is settled elsewhere: values to set, or parts that this version does not
/// simulate.</summary>
internal sealed class FreeShape(FreeForm form) : Shape
{
    public FreeForm Form { get; } = form;
}
