using BenchmarkDotNet.Attributes;
using FailoverSim.Benchmarks.FullModel;
using FailoverSim.Kernel;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Benchmarks.Parts;

/// <summary>A day in the life of nodes and pods: crashes, lost nodes, evictions, placements, starts, reclaimed machines.</summary>
[MemoryDiagnoser]
public class PodBenchmarks
{
    private ScenarioSpec _spec = null!;
    private Simulation _simulation = null!;

    /// <summary>Of the 5,000 nodes and 150,000 pods that Kubernetes names as its limit.</summary>
    [Params(100, 10)]
    public int Part { get; set; }

    [GlobalSetup]
    public void Build()
    {
        _spec = MaximumCluster.Read(Part).Over(days: 1);
        _simulation = new ScenarioModel(_spec).Build();
    }

    [Benchmark]
    public long Day() => _simulation.Run(1, _spec.Run.WarmUp, _spec.Run.Horizon)[0].DownNanoseconds;
}
