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

    /// <summary>What is said where no file was named.</summary>
    public const string NothingFound = "failoversim: no scenario found; name a file, or a folder that holds *.yaml files";

    /// <summary>Reads all files and prints every finding of every one of them.</summary>
    /// <param name="files">Which.</param>
    /// <param name="sets">What the command line replaces in them.</param>
    /// <param name="notes">Whether what is often meant is told, too.</param>
    public static IReadOnlyList<ScenarioReading> Read(IEnumerable<string> files, IReadOnlyList<string> sets, bool notes = false)
    {
        List<ScenarioReading> readings = [.. files.Select(file => ScenarioFile.Read(file, sets))];
        foreach (Diagnostic diagnostic in readings.SelectMany(r => r.Diagnostics).Where(found => notes || found.Severity != Severity.Note))
        {
            Console.Error.WriteLine(diagnostic);
        }
        return readings;
    }

    /// <summary>Whether each scenario has a service, and fits into memory; what stands in the way of a run is printed.</summary>
    public static bool CanRun(IReadOnlyList<ScenarioReading> readings)
    {
        List<string> idle = [.. readings.Where(reading => reading.Spec!.Services.Count == 0).Select(reading => reading.Spec!.Name)];
        foreach (string name in idle)
        {
            Console.Error.WriteLine($"failoversim: '{name}' has no services, so nothing would be measured; say under 'services' what is to be up");
        }
        return idle.Count == 0 && readings.All(MemoryFit.Allows);
    }
}
