using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Tests.Cluster;

/// <summary>Notes when certain signals change.</summary>
internal sealed class SignalLog(params Signal[] watched) : ITrace
{
    public List<(long At, Signal Signal, bool Value)> Changes { get; } = [];

    /// <summary>Seconds at which one signal took a value.</summary>
    public double[] Times(Signal signal, bool value) =>
        [.. Changes.Where(c => c.Signal == signal && c.Value == value).Select(c => c.At / 1e9)];

    /// <summary>Lengths of the times that a signal was down, in seconds; one that lasts is left out.</summary>
    public double[] Outages(Signal signal)
    {
        double[] falls = Times(signal, false);
        double[] rises = Times(signal, true);
        return [.. falls.Zip(rises, (fall, rise) => rise - fall)];
    }

    public void OnTimer(SimTime time, Component component, int slot, int timer)
    {
    }

    public void OnState(SimTime time, Component component, int slot, string state)
    {
    }

    public void OnSignal(SimTime time, Signal signal, bool value)
    {
        if (Array.IndexOf(watched, signal) >= 0)
        {
            Changes.Add((time.Nanoseconds, signal, value));
        }
    }
}
