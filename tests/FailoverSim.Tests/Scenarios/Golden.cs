using Xunit;

namespace FailoverSim.Tests.Scenarios;

/// <summary>Expected texts in files: <c>UPDATE_GOLDEN=1</c> rewrites them; commit only a diff that you can
/// explain.</summary>
internal static class Golden
{
    public static void Matches(string path, string actual)
    {
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, actual);
        }
        Assert.True(File.Exists(path), $"{path} is missing: run once with UPDATE_GOLDEN=1 and read what it says");
        Assert.Equal(File.ReadAllText(path), actual);
    }
}
