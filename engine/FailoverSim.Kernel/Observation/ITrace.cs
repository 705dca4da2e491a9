using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Kernel.Observation;

/// <summary>Watches a run without touching it: for golden traces, timelines and stories.</summary>
public interface ITrace
{
    /// <summary>A timer has fired, before the reaction to it.</summary>
    void OnTimer(SimTime time, Component component, int slot, int timer);

    /// <summary>An entity says in one word what it is doing now.</summary>
    void OnState(SimTime time, Component component, int slot, string state);

    /// <summary>A signal has changed.</summary>
    void OnSignal(SimTime time, Signal signal, bool value);
}
