using FailoverSim.Benchmarks.FullModel;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Benchmarks.MemoryUse;

/// <summary>What one more of something adds to a model that has run: the difference between two models, divided.</summary>
/// <param name="What">The thing.</param>
/// <param name="Bytes">Managed or not, per one more of it.</param>
/// <param name="Whole">Bytes of the smaller model.</param>
internal sealed record ModelSize(string What, double Bytes, long Whole)
{
    public static IEnumerable<ModelSize> All()
    {
        yield return Difference("unit", 10_000,
            MachineShop.Spec(10_000, SimDuration.FromSeconds(86_400), 1), MachineShop.Spec(20_000, SimDuration.FromSeconds(86_400), 1));
        ScenarioSpec plane = ControlPlane();
        yield return Difference("machine with an etcd member", 4, plane, ControlPlane("nodes.etcd.count=7"));
        yield return Difference("machine with an apiserver", 4, plane, ControlPlane("nodes.api.count=6"));
        yield return Difference("machine with scheduler and controllers", 4, plane, ControlPlane("nodes.main.count=6"));
        ScenarioSpec cluster = MaximumCluster.Read(10).Over(days: 1);
        yield return Difference("node without pods", 400, cluster, MaximumCluster.Read(10, "nodes.spot.count=480").Over(days: 1));
        yield return Difference("pod", 400 * 36, cluster, MaximumCluster.Read(10, "workloads.stateless.replicas=72").Over(days: 1));
        yield return Difference("workload of one pod", 600, cluster, MaximumCluster.Read(10, "workloads.singletons.count=660").Over(days: 1));
    }

    private static ScenarioSpec ControlPlane(params string[] sets) => ScenarioFiles.ReadOwn("external-etcd", sets);

    private static ModelSize Difference(string what, int more, ScenarioSpec small, ScenarioSpec large)
    {
        long smaller = Of(small);
        return new ModelSize(what, (double)(Of(large) - smaller) / more, smaller);
    }

    private static long Of(ScenarioSpec spec)
    {
        Simulation simulation = new ScenarioModel(spec).Build();
        simulation.Run(0, spec.Run.WarmUp, spec.Run.Horizon);
        return new HeapWalk().NewBytesFrom(simulation);
    }
}
