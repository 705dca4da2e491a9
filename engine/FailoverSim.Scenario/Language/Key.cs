using FailoverSim.Scenario.Values;

namespace FailoverSim.Scenario.Language;

/// <summary>One key of the language: the single source of checks, defaults, paths and JSON Schema.</summary>
internal class Key(string name, Shape shape, string doc)
{
    public string Name { get; } = name;
    public Shape Shape { get; } = shape;

    /// <summary>One sentence.</summary>
    public string Doc { get; } = doc;

    public bool Required { get; init; }

    /// <summary>What stands here if the file says nothing, as the file would say it; <c>{}</c> is a mapping of
    /// defaults.</summary>
    public string? Default { get; init; }

    /// <summary>The default holds only in the absence of this other key.</summary>
    public string? DefaultUnless { get; init; }
}

/// <summary>A key with a single value of a type.</summary>
internal sealed class Key<T>(string name, ValueKind<T> kind, string doc) : Key(name, new ScalarShape(kind), doc)
    where T : notnull;

/// <summary>A key with several values of a type.</summary>
internal sealed class ListKey<T>(string name, ValueKind<T> kind, string doc, bool orSingle = true)
    : Key(name, new ListShape(kind, orSingle), doc)
    where T : notnull;
