using FailoverSim.Scenario.Specification;

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

    /// <param name="part">1: all of it, 10: a tenth.</param>
    /// <param name="sets">Further replacements <c>path=value</c>.</param>
    public static ScenarioSpec Read(int part, params string[] sets) =>
        ScenarioFiles.ReadOwn("maximum-cluster", [.. Sizes.Select(s => $"{s.Path}={s.Value / part}"), .. sets]);
}
