using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;

namespace FailoverSim.Models.LoadBalancing;

/// <summary>What a load balancer sends requests to.</summary>
/// <param name="Process">The process that listens.</param>
/// <param name="Answers">The path that health checks ask for is answered well (readyz, say); while only this is false it is answered badly.</param>
/// <param name="Serves">Requests of clients are answered well.</param>
/// <param name="NotReadyAfter">How long the bad answer to a health check takes (the etcd check of kube-apiserver: 2 s); never for a check that hangs.</param>
public sealed record Backend(ProcessSignals Process, Signal Answers, Signal Serves, SimDuration NotReadyAfter);

/// <summary>The way between a load balancer (or its prober) and a backend.</summary>
/// <param name="There">Packets reach the backend's machine.</param>
/// <param name="Back">Packets come back.</param>
/// <param name="RoundTrip">Mean round trip: checks take fixed multiples of it, so that healthy ones are strictly periodic.</param>
public sealed record BackendRoute(Signal There, Signal Back, SimDuration RoundTrip)
{
    /// <summary>Between two machines of a network.</summary>
    public static BackendRoute Between(Network network, int from, int to) =>
        new(network.Path(from, to), network.Path(to, from), SimDuration.FromSeconds(network.Rtt(from, to).Mean));
}

/// <summary>What a connection to a backend would meet.</summary>
internal enum Sight : byte
{
    /// <summary>A good answer.</summary>
    Ok,

    /// <summary>A bad answer.</summary>
    NotReady,

    /// <summary>The connection is accepted and nothing is answered.</summary>
    Hung,

    /// <summary>The machine answers for a process that is dead.</summary>
    Refused,

    /// <summary>No packet comes back.</summary>
    Silent,
}

/// <summary>A backend seen along a route.</summary>
internal readonly record struct BackendView(ProcessSignals Process, Signal Good, BackendRoute Route)
{
    public Sight Look(SignalGraph signals) =>
        !signals[Route.There] || !signals[Route.Back] || !signals[Process.Machine.Up] ? Sight.Silent
        : !signals[Process.Alive] ? Sight.Refused
        : !signals[Process.Runs] ? Sight.Hung
        : signals[Good] ? Sight.Ok
        : Sight.NotReady;

    /// <summary>Tells a slot of a component when what it would see changes.</summary>
    public void Observe(ModelBuilder builder, Component component, int slot)
    {
        builder.Observe(Route.There, component, slot);
        builder.Observe(Route.Back, component, slot);
        builder.Observe(Process.Machine.Up, component, slot);
        builder.Observe(Process.Alive, component, slot);
        builder.Observe(Process.Runs, component, slot);
        builder.Observe(Good, component, slot);
    }
}
