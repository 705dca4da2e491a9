namespace FailoverSim.Scenario.Files;

/// <summary>The folder of a scenario: the files beside it, and none elsewhere, whatever links say.</summary>
public static class ScenarioFolder
{
    /// <summary>Far more than samples or another scenario need.</summary>
    public const int MostBytes = 16 * 1024 * 1024;

    /// <summary>Links to links end here.</summary>
    private const int MostLinks = 40;

    /// <param name="folder">The folder; empty: the present one.</param>
    /// <param name="relative">A path that goes down from there.</param>
    /// <returns>Null if there is no such file, or it may not be read.</returns>
    /// <exception cref="InvalidDataException">It is no file that may be used; the message says why, as what follows its name.</exception>
    public static byte[]? Read(string folder, string relative)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(relative);
        try
        {
            string path = Resolve(Path.GetFullPath(folder.Length == 0 ? "." : folder), relative);
            return File.Exists(path) ? RegularFile.Read(path, MostBytes) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Where the path leads, each link followed by itself: one within the folder may lead to one that leaves it.</summary>
    private static string Resolve(string folder, string relative)
    {
        List<string> left = [.. relative.Split('/').Reverse()];
        string path = folder;
        for (int links = 0; left.Count > 0;)
        {
            string next = Path.GetFullPath(Path.Combine(path, left[^1]));
            left.RemoveAt(left.Count - 1);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                path = next;
                continue;
            }
            string inside = Path.GetRelativePath(folder, Path.GetFullPath(Path.Combine(path, target)));
            if (++links > MostLinks || Path.IsPathRooted(inside) || inside.Split('/')[0] == "..")
            {
                throw new InvalidDataException("is a link that leaves the folder of the scenario");
            }
            left.AddRange(inside.Split('/').Reverse());
            path = folder;
        }
        return path;
    }
}
