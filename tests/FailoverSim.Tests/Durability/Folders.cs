using Xunit;

namespace FailoverSim.Tests.Durability;

internal static class Folders
{
    /// <summary>Whether two folders hold the same files with the same bytes.</summary>
    public static void AssertSame(string expected, string actual)
    {
        string[] files = FilesIn(expected);
        Assert.NotEmpty(files);
        Assert.Equal(files, FilesIn(actual));
        foreach (string file in files)
        {
            Assert.True(
                File.ReadAllBytes(Path.Combine(expected, file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(actual, file))), $"{file} differs");
        }
    }

    private static string[] FilesIn(string folder) =>
        [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal)];
}
