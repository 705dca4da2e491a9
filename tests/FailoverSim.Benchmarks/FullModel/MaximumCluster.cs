using FailoverSim.Scenario;
using FailoverSim.Scenario.Specification;
using FailoverSim.Tests;

namespace FailoverSim.Benchmarks.FullModel;

/// <summary>Scenarios/maximum-cluster.yaml, and parts of it: all counts divided, so that every node keeps its pods.</summary>
internal static class MaximumCluster
{
    public const int Nodes = 5_000;
    public const int Pods = 150_000;

    private static readonly (string Path, int Value)[] Sizes =
    [
        ("nodes.general.count", 4200),
        ("nodes.spot.count", 800),
        ("workloads.stateless.count", 4000),
        ("workloads.quorum-apps.count", 1800),
        ("workloads.singletons.count", 600),
        ("maintenance.node-upgrade.surge", 100),
    ];

    public static string File => Path.Combine(Repository.Root, "tests", "FailoverSim.Benchmarks", "Scenarios", "maximum-cluster.yaml");

    /// <param name="part">1: all of it, 10: a tenth.</param>
    /// <exception cref="InvalidDataException">The file has other keys.</exception>
    public static ScenarioSpec Read(int part) =>
        ScenarioFile.Read(File, [.. Sizes.Select(s => $"{s.Path}={s.Value / part}")]).Spec
        ?? throw new InvalidDataException($"{File} cannot be read, or has other keys.");
}
