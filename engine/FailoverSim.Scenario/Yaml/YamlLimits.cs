namespace FailoverSim.Scenario.Yaml;

/// <summary>Bounds that no honest scenario meets; they keep a hostile or broken file from taking the machine.</summary>
internal static class YamlLimits
{
    public const int FileBytes = 4 * 1024 * 1024;
    public const int Depth = 64;

    /// <summary>Nodes that aliases may add.</summary>
    public const long AliasNodes = 100_000;
}
