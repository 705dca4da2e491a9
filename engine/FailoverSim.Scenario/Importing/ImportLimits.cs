namespace FailoverSim.Scenario.Importing;

/// <summary>Bounds that no honest dump meets.</summary>
internal static class ImportLimits
{
    public const int FileBytes = 64 * 1024 * 1024;
    public const long AllBytes = 256L * 1024 * 1024;
    public const int Files = 10_000;
    public const int Depth = 100;

    /// <summary>Nodes that aliases may add to a file.</summary>
    public const long AliasNodes = 100_000;

    public const int MostReplicas = 100_000;

    /// <summary>Servers of one <c>server-template</c>.</summary>
    public const int TemplateServers = 100;

    /// <summary>Workloads up to which each has a service of its own.</summary>
    public const int FewWorkloads = 12;

    /// <summary>Machines up to which a comment says which machine is which node.</summary>
    public const int NamedMachines = 12;
}
