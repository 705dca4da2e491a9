using System.Diagnostics;
using FailoverSim.Benchmarks.Measuring;
using FailoverSim.Kernel;

namespace FailoverSim.Benchmarks.Scaling;

/// <summary>What one thread of a run did with its time, in seconds; told by the thread itself.</summary>
internal sealed class Worker
{
    private readonly long _buildBegan = Stopwatch.GetTimestamp();
    private long _workBegan;
    private long _last;
    private long _cpuBegan;
    private long _cpuLast;

    /// <summary>Until its own copy of the model was built.</summary>
    public double Build => Stopwatch.GetElapsedTime(_buildBegan, _workBegan).TotalSeconds;

    /// <summary>From then on until the end of its last replication.</summary>
    public double Work => Stopwatch.GetElapsedTime(_workBegan, _last).TotalSeconds;

    /// <summary>Of <see cref="Work"/>, the time in which it had a processor.</summary>
    public double Busy => (_cpuLast - _cpuBegan) * 1e-9;

    /// <summary>From then on until all were done.</summary>
    public double IdleUntil(long end) => Stopwatch.GetElapsedTime(_last, end).TotalSeconds;

    public Simulation Building(Func<Simulation> build)
    {
        Simulation simulation = build();
        _workBegan = _last = Stopwatch.GetTimestamp();
        _cpuBegan = _cpuLast = CpuClock.Nanoseconds();
        return simulation;
    }

    public void ReplicationEnded()
    {
        _last = Stopwatch.GetTimestamp();
        _cpuLast = CpuClock.Nanoseconds();
    }
}
