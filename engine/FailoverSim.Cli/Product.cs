using System.Reflection;

namespace FailoverSim.Cli;

internal static class Product
{
    /// <summary>Version of the engine, as in results and manifests.</summary>
    public static string Version { get; } =
        typeof(Product).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
