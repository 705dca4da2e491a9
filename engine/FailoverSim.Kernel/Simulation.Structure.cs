using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Structure;

namespace FailoverSim.Kernel;

/// <content>What can go wrong, and what services are made of.</content>
public sealed partial class Simulation
{
    /// <summary>What can go wrong, as far as it was declared.</summary>
    public IReadOnlyList<FaultDeclaration> Faults => _faults.Value;

    /// <summary>The signal by which a service is up; null for one that is a figure and no state.</summary>
    public Signal? UpOf(int service) => (_services[service] as SignalServiceDeclaration)?.Up;

    /// <summary>All that has outages of its own: the services that are no figures, then the members of the fleet.</summary>
    public IReadOnlyList<Followed> Followed =>
    [
        .. _services.OfType<SignalServiceDeclaration>().Select(s => new Followed(s.Name, s.Up, s.Support, IsService: true)),
        .. _fleet?.Members.Select(m => new Followed(m.Name, m.Up, m.Support, IsService: false)) ?? [],
    ];

    /// <summary>Lets faults strike at the present instant, one after the other.</summary>
    /// <returns>Whether all of them did: each has a clock of its own, which runs.</returns>
    public bool Force(IReadOnlyList<FaultDeclaration> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        int[] clocks = [.. faults.Select(fault => fault.Owner?.TimerOf(fault.Slot, 0) ?? -1)];
        if (clocks.Distinct().Count() < clocks.Length || clocks.Any(clock => clock < 0 || !_timers.IsClock(clock)))
        {
            return false;
        }
        foreach (int clock in clocks)
        {
            FireNow(clock);
        }
        return true;
    }

    /// <summary>A search for what brings a service down for longer than a failover; null for one that is a figure and no state.</summary>
    /// <param name="service">In the order of declaration.</param>
    /// <param name="depth">The most faults that are combined.</param>
    /// <param name="work">The most gates, conditions and faults that one search may look at.</param>
    public CutSearch? CutsOf(int service, int depth, long work) =>
        _services[service] is SignalServiceDeclaration { Structure: { } structure } ? new CutSearch(_signals, structure, Faults, depth, work) : null;

    /// <summary>A service as a function of which parts have failed; null for one that is a figure and no state.</summary>
    /// <param name="service">In the order of declaration.</param>
    public PartStructure? PartsOf(int service) =>
        _services[service] is SignalServiceDeclaration { Structure: { } structure } ? new PartStructure(_signals, structure, Faults) : null;
}
