using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Tests.Cluster;

/// <summary>When the signals that a test names changed.</summary>
internal sealed class SignalLog(params Signal[] signals) : ITrace
{
    private readonly HashSet<Signal> _signals = [.. signals];

    public List<(long At, int Signal, bool Value)> Changes { get; } = [];

    public void OnTimer(SimTime time, Component component, int slot, int timer)
    {
    }

    public void OnState(SimTime time, Component component, int slot, string state)
    {
    }

    public void OnSignal(SimTime time, Signal signal, bool value)
    {
        if (_signals.Contains(signal))
        {
            Changes.Add((time.Nanoseconds, signal.Index, value));
        }
    }

    /// <summary>Seconds at which a signal took a value for the first time at or after an instant; NaN: it did not.</summary>
    public double First(Signal signal, bool value, double from = 0)
    {
        foreach ((long at, int index, bool changed) in Changes)
        {
            if (index == signal.Index && changed == value && at * 1e-9 >= from)
            {
                return at * 1e-9;
            }
        }
        return double.NaN;
    }
}
