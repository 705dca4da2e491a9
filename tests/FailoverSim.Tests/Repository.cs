namespace FailoverSim.Tests;

/// <summary>Where the files of the repository are.</summary>
internal static class Repository
{
    /// <remarks>Looked for from the binaries up: where builds are made reproducible, the compiler hides the paths of sources.</remarks>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    public static string Scenarios => Path.Combine(Root, "scenarios");

    /// <summary>A folder or file of the test project.</summary>
    public static string Tests(params string[] parts) => Path.Combine([Root, "tests", "FailoverSim.Tests", .. parts]);

    private static string FindRoot(string folder) => File.Exists(Path.Combine(folder, "FailoverSim.sln"))
        ? folder
        : FindRoot(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("FailoverSim.sln is not above the tests."));
}
