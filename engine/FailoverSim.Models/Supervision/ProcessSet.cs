using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Signals;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Infrastructure;

namespace FailoverSim.Models.Supervision;

/// <summary>The processes of one kind and their signals, before the component that drives them.</summary>
public sealed class ProcessSet
{
    private ProcessSet(ModelBuilder builder, string kind, MachineSet machines, IReadOnlyList<int> places)
    {
        Kind = kind;
        Machines = [.. places];
        Alive = [.. places.Select(m => builder.Condition($"{kind}@{machines.Options[m].Name}.alive", machines.Options[m].Exists))];
        NotHung = Conditions(builder, machines, "not-hung");
        Disk = Conditions(builder, machines, "own-disk");
        OwnTraffic = Conditions(builder, machines, "own-traffic");
        Signals = [.. places.Select((place, i) =>
        {
            MachineSignals machine = machines.Signals[place];
            string name = $"{kind}@{machine.Name}";
            Signal runs = builder.Gate($"{name}.runs", 3, machine.Up, Alive[i], NotHung[i]);
            Signal disk = builder.Gate($"{name}.disk", 2, Disk[i], machines.Disk[place]);
            return new ProcessSignals(name, machine, Alive[i], runs, disk);
        })];
        Traffic = [.. places.Select((place, i) =>
            builder.Gate($"{Signals[i].Name}.traffic", 2, OwnTraffic[i], machines.Traffic[place]))];
    }

    /// <summary>Such as <c>etcd</c>.</summary>
    public string Kind { get; }

    /// <summary>Index of the machine of each process.</summary>
    public ImmutableArray<int> Machines { get; }

    /// <summary>What others see of each process.</summary>
    public ImmutableArray<ProcessSignals> Signals { get; }

    /// <summary>Requests get through; while it is false only health checks are answered.</summary>
    public ImmutableArray<Signal> Traffic { get; }

    internal ImmutableArray<Signal> Alive { get; }

    internal ImmutableArray<Signal> NotHung { get; }

    /// <summary>No fault of the process itself stalls its disk.</summary>
    internal ImmutableArray<Signal> Disk { get; }

    internal ImmutableArray<Signal> OwnTraffic { get; }

    /// <param name="builder">The model to join.</param>
    /// <param name="kind">Name of the component; one set per kind.</param>
    /// <param name="machines">All machines.</param>
    /// <param name="places">Indices of the machines that run one each.</param>
    public static ProcessSet Declare(ModelBuilder builder, string kind, MachineSet machines, IReadOnlyList<int> places) =>
        new(builder, kind, machines, places);

    private ImmutableArray<Signal> Conditions(ModelBuilder builder, MachineSet machines, string what) =>
        [.. Machines.Select(m => builder.Condition($"{Kind}@{machines.Options[m].Name}.{what}"))];
}
