using System.Text.RegularExpressions;

namespace FailoverSim.Tests.Deploy;

/// <summary>A file of <c>engine/deploy</c>.</summary>
internal static partial class Recipe
{
    private static string Folder { get; } = Path.Combine(Repository.Root, "engine", "deploy");

    public static string[] All { get; } = [.. Directory.GetFiles(Folder).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    public static string PathOf(string name) => Path.Combine(Folder, name);

    public static string TextOf(string name) => File.ReadAllText(PathOf(name));

    /// <summary>What its first comment says is to be typed.</summary>
    public static string UsageOf(string name) => string.Join('\n', UsageLine().Matches(TextOf(name)).Select(line => line.Groups[1].Value));

    [GeneratedRegex("^#   (.*)$", RegexOptions.Multiline)]
    private static partial Regex UsageLine();
}
