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

    /// <summary>A new fault has come; what follows from it is charged to it.</summary>
    void OnFault(SimTime time, Cause cause)
    {
    }

    /// <summary>An entity tells in a clause what its state does not: a term, who held a lease before, who gets the traffic now.</summary>
    /// <param name="time">Now.</param>
    /// <param name="component">Who tells.</param>
    /// <param name="slot">Which of them.</param>
    /// <param name="note">The clause, without its subject.</param>
    /// <param name="state">What it is doing from now on, where it tells that in no other way; null: as before.</param>
    void OnNote(SimTime time, Component component, int slot, string note, string? state = null)
    {
    }

    /// <summary>A signal has changed.</summary>
    void OnSignal(SimTime time, Signal signal, bool value);
}
