namespace FailoverSim.Scenario.Yaml;

/// <summary>
/// Bounds that no honest scenario meets; they keep a hostile or broken file from taking the machine. All of them, and those of what a
/// scenario describes, are listed in engine/docs/limits.md.
/// </summary>
/// <param name="FileBytes">Of the file.</param>
/// <param name="Values">Values of a file, keys included; what an alias stands for counts each time.</param>
internal sealed record YamlLimits(int FileBytes, int Values)
{
    public const int Depth = 64;

    /// <summary>Entries of one mapping or list.</summary>
    public const int Entries = 10_000;

    /// <summary>Characters of one value or key.</summary>
    public const int Characters = 20_000;

    /// <summary>Nodes that aliases may add.</summary>
    public const long AliasNodes = 100_000;

    /// <summary>Findings of one file that are told.</summary>
    public const int Findings = 1_000;

    /// <summary>A file that somebody has written.</summary>
    public static YamlLimits Written { get; } = new(4 << 20, 300_000);

    /// <summary>A scenario as <c>expand</c> prints it, with all that the file leaves out.</summary>
    public static YamlLimits Resolved { get; } = new(64 << 20, 5_000_000);
}
