using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Analysis.Importance;

/// <summary>Follows the structure of one service through one replication after the other.</summary>
internal interface IServiceTrace : ITrace
{
    /// <summary>The sums of the replication that has ended, times as shares of the observed horizon; the next one may begin.</summary>
    double[] Take();
}

/// <summary>Hands on to the services what happens, and puts what they add up one behind the other.</summary>
internal sealed class ServiceTraces(IReadOnlyList<IServiceTrace> services) : IServiceTrace
{
    /// <summary>Sums of each group: failed, down if failed, down if working, in a failed cut, outages that it tips over.</summary>
    public const int PerGroup = 5;

    /// <summary>Sums of the service: down time, outages.</summary>
    public const int PerService = 2;

    /// <summary>Where the sums of a group begin among those of its service; of one beyond the last, how many there are.</summary>
    public static int FirstOf(int group) => PerService + (PerGroup * group);

    public double[] Take() => [.. services.SelectMany(service => service.Take())];

    public void OnTimer(SimTime time, Component component, int slot, int timer)
    {
        foreach (IServiceTrace service in services)
        {
            service.OnTimer(time, component, slot, timer);
        }
    }

    public void OnState(SimTime time, Component component, int slot, string state)
    {
        foreach (IServiceTrace service in services)
        {
            service.OnState(time, component, slot, state);
        }
    }

    public void OnSignal(SimTime time, Signal signal, bool value)
    {
        foreach (IServiceTrace service in services)
        {
            service.OnSignal(time, signal, value);
        }
    }
}
