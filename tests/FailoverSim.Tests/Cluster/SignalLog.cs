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

    /// <summary>Seconds at which a signal took a value for the first time at or after an instant; NaN: it did not.</summary>
    public double First(Signal signal, bool value, double from = 0)
    {
        foreach ((long at, Signal changed, bool now) in Changes)
        {
            if (changed == signal && now == value && at * 1e-9 >= from)
            {
                return at * 1e-9;
            }
        }
        return double.NaN;
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
