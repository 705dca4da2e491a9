using BenchmarkDotNet.Attributes;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Time;
using FailoverSim.Tests.Cluster.Leases;

namespace FailoverSim.Benchmarks.Parts;

/// <summary>The holder of a lease dies, the lease expires, another candidate takes it, and the dead one comes back.</summary>
[MemoryDiagnoser]
public class LeaseBenchmarks
{
    private const int Takeovers = 1_000;
    private const double Apart = 120;
    private Simulation _simulation = null!;
    private int _dead;

    [Params(2, 3)]
    public int Candidates { get; set; }

    [GlobalSetup]
    public void Build()
    {
        LeaseBench bench = new(Candidates);
        bench.Lab.Repeatedly(Apart / 2, (simulation, _) =>
        {
            if (_dead < 0)
            {
                bench.Kill(simulation, _dead = bench.Electors.HolderSlot);
            }
            else
            {
                bench.Start(simulation, _dead);
                _dead = -1;
            }
            return Apart / 2;
        });
        _simulation = bench.Lab.Builder.Build(1);
    }

    [Benchmark(OperationsPerInvoke = Takeovers)]
    public long Takeover()
    {
        _dead = -1;
        _simulation.Reset(0);
        _simulation.RunUntil(SimTime.Zero + SimDuration.FromSeconds(Takeovers * Apart));
        return _simulation.Events;
    }
}
