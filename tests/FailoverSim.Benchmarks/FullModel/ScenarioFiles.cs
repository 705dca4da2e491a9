using FailoverSim.Kernel.Time;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Specification;
using FailoverSim.Tests;

namespace FailoverSim.Benchmarks.FullModel;

/// <summary>The repository's scenarios, as files have them or over another time.</summary>
internal static class ScenarioFiles
{
    /// <param name="name">Of a file in scenarios/, without its ending.</param>
    /// <exception cref="InvalidDataException">There is none, or something is wrong with it.</exception>
    public static ScenarioSpec Read(string name) => Read(Repository.Scenarios, name, []);

    /// <summary>One of the benchmarks' own.</summary>
    /// <param name="name">Without its ending.</param>
    /// <param name="sets">Replacements <c>path=value</c>.</param>
    public static ScenarioSpec ReadOwn(string name, params string[] sets) =>
        Read(Path.Combine(Repository.Root, "tests", "FailoverSim.Benchmarks", "Scenarios"), name, sets);

    public static ScenarioSpec Over(this ScenarioSpec spec, int days) =>
        spec with { Run = spec.Run with { Horizon = SimDuration.FromSeconds(days * 86_400L) } };

    private static ScenarioSpec Read(string folder, string name, string[] sets)
    {
        ScenarioReading reading = ScenarioFile.Read(Path.Combine(folder, name + ".yaml"), sets);
        return reading.Spec ?? throw new InvalidDataException(string.Join('\n', reading.Diagnostics));
    }
}
