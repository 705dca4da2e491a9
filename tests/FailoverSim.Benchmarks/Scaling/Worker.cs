using System.Diagnostics;
using FailoverSim.Benchmarks.Measuring;
using FailoverSim.Kernel;

namespace FailoverSim.Benchmarks.Scaling;

/// <summary>What one thread of a run did with its time, in seconds; told by the thread itself.</summary>
internal sealed class Worker
{
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly long _cpuBegan = CpuClock.Nanoseconds();
    private long _cpuBuilt;
    private long _cpuLast;
    private long _last;

    /// <summary>Processor time of building its own copy of the model.</summary>
    public double Build => (_cpuBuilt - _cpuBegan) * 1e-9;

    /// <summary>Processor time of its replications.</summary>
    public double Busy => (_cpuLast - _cpuBuilt) * 1e-9;

    /// <summary>Until its last replication, the time in which it had no processor.</summary>
    public double Waiting => Stopwatch.GetElapsedTime(_began, _last).TotalSeconds - Build - Busy;

    /// <summary>From then on until all were done.</summary>
    public double IdleUntil(long end) => Stopwatch.GetElapsedTime(_last, end).TotalSeconds;

    public Simulation Building(Func<Simulation> build)
    {
        Simulation simulation = build();
        _last = Stopwatch.GetTimestamp();
        _cpuBuilt = _cpuLast = CpuClock.Nanoseconds();
        return simulation;
    }

    public void ReplicationEnded()
    {
        _last = Stopwatch.GetTimestamp();
        _cpuLast = CpuClock.Nanoseconds();
    }
}
