using BenchmarkDotNet.Attributes;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.LoadBalancing;
using FailoverSim.Tests.Cluster.LoadBalancing;

namespace FailoverSim.Benchmarks.Parts;

/// <summary>A backend stops to answer, is taken out after three failed checks, answers again, and is taken in after two.</summary>
[MemoryDiagnoser]
public class HealthCheckBenchmarks
{
    private const int Faults = 1_000;
    private const double Apart = 120;
    private Simulation _simulation = null!;
    private int _next;

    [Params(3, 20)]
    public int Backends { get; set; }

    [GlobalSetup]
    public void Build()
    {
        BalancerBench bench = new(Backends);
        _ = bench.Checks(CheckTimers.HaProxy());
        bench.Lab.Repeatedly(Apart / 2, (simulation, _) =>
        {
            simulation.Drive(bench.Backends[(_next >> 1) % Backends].Answers, value: (_next & 1) != 0);
            _next++;
            return Apart / 2;
        });
        _simulation = bench.Lab.Builder.Build(1);
    }

    [Benchmark(OperationsPerInvoke = Faults)]
    public long OutAndIn()
    {
        _next = 0;
        _simulation.Reset(0);
        _simulation.RunUntil(SimTime.Zero + SimDuration.FromSeconds(Faults * Apart));
        return _simulation.Events;
    }
}
