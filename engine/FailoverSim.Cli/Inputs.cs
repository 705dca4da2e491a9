using FailoverSim.Scenario;
using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Cli;

/// <summary>Finds the scenario files that the user means and shows what was found in them.</summary>
internal static class Inputs
{
    /// <summary>A folder means all <c>*.yaml</c> in it, by name.</summary>
    public static IReadOnlyList<string> Files(IEnumerable<string> paths) =>
        [.. paths.SelectMany(path => Directory.Exists(path)
            ? Directory.GetFiles(path, "*.yaml").Order(StringComparer.Ordinal)
            : Enumerable.Repeat(path, 1))];

    /// <summary>Reads all files and prints every finding of every one of them.</summary>
    public static IReadOnlyList<ScenarioReading> Read(IEnumerable<string> files, IReadOnlyList<string> sets)
    {
        List<ScenarioReading> readings = [.. files.Select(file => ScenarioFile.Read(file, sets))];
        foreach (Diagnostic diagnostic in readings.SelectMany(r => r.Diagnostics))
        {
            Console.Error.WriteLine(diagnostic);
        }
        return readings;
    }
}
