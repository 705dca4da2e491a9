using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Signals;
using FailoverSim.Models.Supervision;

namespace FailoverSim.Models.Apiserver;

/// <summary>The apiservers' signals, before the component that drives them; one slot per process.</summary>
public sealed class ApiserverSet
{
    private ApiserverSet(
        ModelBuilder builder,
        ProcessSet processes,
        IReadOnlyList<IReadOnlyList<EtcdEndpoint>> etcd,
        bool livenessIncludesEtcd,
        Signal? commits)
    {
        Processes = processes;
        Open = [.. processes.Signals.Select(p => builder.Condition($"{p.Name}.open"))];
        NotDraining = [.. processes.Signals.Select(p => builder.Condition($"{p.Name}.not-draining"))];
        Endpoints = [.. etcd.SelectMany((endpoints, slot) => endpoints.Select((endpoint, member) =>
            Declare(builder, slot, $"{processes.Signals[slot].Name}.etcd-{member + 1}", endpoint)))];
        ImmutableArray<Signal> members = [.. processes.Signals.Select((p, slot) =>
            builder.Gate($"{p.Name}.members", 1, [.. Endpoints.Where(e => e.Apiserver == slot).Select(e => e.Usable)]))];
        Etcd = commits is not { } committed
            ? members
            : [.. processes.Signals.Select((p, i) => builder.Gate($"{p.Name}.etcd", 2, members[i], committed))];
        Accepts = [.. processes.Signals.Select((p, i) => builder.Gate($"{p.Name}.accepts", 3, p.Alive, p.Machine.Up, Open[i]))];
        TakesIn = [.. processes.Signals.Select((p, i) => builder.Gate($"{p.Name}.takes-in", 3, p.Runs, Open[i], members[i]))];
        Serves = [.. processes.Signals.Select((p, i) => builder.Gate($"{p.Name}.serves", 3, p.Runs, Open[i], Etcd[i]))];
        Ready = [.. processes.Signals.Select((p, i) => builder.Gate($"{p.Name}.ready", 2, Serves[i], NotDraining[i]))];
        Live = livenessIncludesEtcd
            ? Serves
            : [.. processes.Signals.Select((p, i) => builder.Gate($"{p.Name}.live", 2, p.Runs, Open[i]))];
    }

    public ProcessSet Processes { get; }

    /// <summary>Some etcd member that serves is connected, and etcd commits.</summary>
    public ImmutableArray<Signal> Etcd { get; }

    /// <summary>Connections are taken in; those of a process that hangs are, and get no answer.</summary>
    public ImmutableArray<Signal> Accepts { get; }

    /// <summary>A request that reaches it is answered, or waits for etcd to have a leader again.</summary>
    public ImmutableArray<Signal> TakesIn { get; }

    /// <summary>A request that reaches it is answered.</summary>
    public ImmutableArray<Signal> Serves { get; }

    /// <summary>/readyz answers 200: it serves and does not stop.</summary>
    public ImmutableArray<Signal> Ready { get; }

    /// <summary>/livez answers 200.</summary>
    public ImmutableArray<Signal> Live { get; }

    /// <summary>It has found etcd since it was started, and has not closed its port.</summary>
    internal ImmutableArray<Signal> Open { get; }

    internal ImmutableArray<Signal> NotDraining { get; }

    internal ImmutableArray<Connection> Endpoints { get; }

    /// <param name="builder">The model to join.</param>
    /// <param name="processes">The kube-apiserver processes.</param>
    /// <param name="etcd">Per process, the members that it uses: the local one only, or all.</param>
    /// <param name="livenessIncludesEtcd">Whether /livez is asked with its etcd check (kubeadm: yes).</param>
    /// <param name="commits">etcd as a whole commits; null: whenever a member serves.</param>
    public static ApiserverSet Declare(
        ModelBuilder builder,
        ProcessSet processes,
        IReadOnlyList<IReadOnlyList<EtcdEndpoint>> etcd,
        bool livenessIncludesEtcd,
        Signal? commits = null) =>
        new(builder, processes, etcd, livenessIncludesEtcd, commits);

    private static Connection Declare(ModelBuilder builder, int slot, string name, EtcdEndpoint endpoint)
    {
        Signal there = builder.Gate($"{name}.there", 3, endpoint.Alive, endpoint.To, endpoint.From);
        Signal connected = builder.Condition($"{name}.connected");
        return new Connection(slot, name, there, connected, builder.Gate($"{name}.usable", 3, there, connected, endpoint.Serves));
    }

    /// <summary>What one apiserver has with one member: there is somebody to talk to, they talk, and it helps.</summary>
    internal sealed record Connection(int Apiserver, string Name, Signal There, Signal Connected, Signal Usable);
}
