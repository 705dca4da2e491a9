using FailoverSim.Kernel.Time;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Specification;
using FailoverSim.Tests;

namespace FailoverSim.Benchmarks.FullModel;

/// <summary>The repository's scenarios, as files have them or over another time.</summary>
internal static class ScenarioFiles
{
    /// <param name="name">Of a file in scenarios/, without its ending.</param>
    /// <param name="sets">Replacements <c>path=value</c>.</param>
    /// <exception cref="InvalidDataException">There is none, or something is wrong with it.</exception>
    public static ScenarioSpec Read(string name, params string[] sets) =>
        ScenarioFile.Read(Path.Combine(Repository.Scenarios, name + ".yaml"), sets).Spec
        ?? throw new InvalidDataException($"{name} cannot be read.");

    public static ScenarioSpec Over(this ScenarioSpec spec, int days) =>
        spec with { Run = spec.Run with { Horizon = SimDuration.FromSeconds(days * 86_400L) } };
}
