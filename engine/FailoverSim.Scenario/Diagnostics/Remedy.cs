namespace FailoverSim.Scenario.Diagnostics;

/// <summary>What to write instead. A proposal that takes a search is worked out when somebody is to read it, and not before.</summary>
internal readonly struct Remedy
{
    private readonly string? _text;
    private readonly Func<string>? _search;

    private Remedy(string text) => _text = text;

    public Remedy(Func<string> search) => _search = search;

    public static implicit operator Remedy(string text) => new(text);

    public override string ToString() => _text ?? _search?.Invoke() ?? "";
}
