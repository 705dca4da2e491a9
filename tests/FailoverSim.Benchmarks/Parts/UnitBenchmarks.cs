using BenchmarkDotNet.Attributes;
using FailoverSim.Benchmarks.FullModel;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Building;

namespace FailoverSim.Benchmarks.Parts;

/// <summary>Failures and repairs of plain units, with what the service makes of them.</summary>
[MemoryDiagnoser]
public class UnitBenchmarks
{
    private const int Events = 100_000;
    private Simulation _simulation = null!;
    private SimDuration _horizon;

    [Params(100, 10_000)]
    public int Units { get; set; }

    [GlobalSetup]
    public void Build()
    {
        _horizon = MachineShop.Horizon(Units, Events);
        _simulation = new ScenarioModel(MachineShop.Spec(Units, _horizon, 1)).Build();
    }

    /// <summary>There are so many in the mean.</summary>
    [Benchmark(OperationsPerInvoke = Events)]
    public long FailureOrRepair() => _simulation.Run(1, SimDuration.Zero, _horizon)[0].DownNanoseconds;
}
