namespace FailoverSim.Scenario.Yaml;

/// <summary>
/// Bounds that no honest scenario meets; they keep a hostile or broken file from taking the machine. All of them, and those of what a
/// scenario describes, are listed in engine/docs/limits.md.
/// </summary>
internal static class YamlLimits
{
    public const int FileBytes = 4 * 1024 * 1024;
    public const int Depth = 64;

    /// <summary>Values of a file, keys included; what an alias stands for counts each time.</summary>
    public const int Values = 300_000;

    /// <summary>Entries of one mapping or list.</summary>
    public const int Entries = 10_000;

    /// <summary>Characters of one value or key.</summary>
    public const int Characters = 20_000;

    /// <summary>Nodes that aliases may add.</summary>
    public const long AliasNodes = 100_000;

    /// <summary>Findings of one file that are told.</summary>
    public const int Findings = 1_000;
}
