using System.Runtime.InteropServices;

namespace FailoverSim.Tests.Live;

/// <summary>An environment in which shells find <c>failoversim</c>, and that its processes can be told by.</summary>
internal static class ProgramOnPath
{
    /// <param name="name">A variable to be set besides.</param>
    /// <param name="value">Its value.</param>
    public static Dictionary<string, string> With(string name, string value) => new()
    {
        ["PATH"] = $"{AppContext.BaseDirectory}:{Environment.GetEnvironmentVariable("PATH")}",
        // Three folders above the framework of this process.
        ["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")),
        [name] = value,
    };
}
