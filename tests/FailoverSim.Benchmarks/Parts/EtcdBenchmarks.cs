using BenchmarkDotNet.Attributes;
using FailoverSim.Kernel.Time;
using FailoverSim.Tests.Cluster.Etcd;

namespace FailoverSim.Benchmarks.Parts;

/// <summary>The leader of an etcd cluster dies, another is elected by messages, and the dead one comes back and catches up.</summary>
[MemoryDiagnoser]
public class EtcdBenchmarks
{
    private const int Elections = 1_000;
    private const double Apart = 60;
    private EtcdLab _lab = null!;
    private int _dead;

    [Params(3, 5)]
    public int Members { get; set; }

    [GlobalSetup]
    public void Build()
    {
        _lab = new EtcdLab(Members);
        _lab.Bench.Repeatedly(Apart / 2, (_, _) =>
        {
            if (_dead < 0)
            {
                _lab.Kill(_dead = _lab.Leader);
            }
            else
            {
                _lab.Start(_dead);
                _dead = -1;
            }
            return Apart / 2;
        });
        _lab.Simulation.Trace = null;
    }

    [Benchmark(OperationsPerInvoke = Elections)]
    public long Election()
    {
        _dead = -1;
        _lab.Simulation.Reset(0);
        _lab.Simulation.RunUntil(SimTime.Zero + SimDuration.FromSeconds(Elections * Apart));
        return _lab.Simulation.Events;
    }
}
