using System.Collections.Frozen;
using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Signals;
using FailoverSim.Models.Cluster;

namespace FailoverSim.Models.Infrastructure;

/// <summary>The machines of a model and their signals, before the component that drives them.</summary>
public sealed class MachineSet
{
    private readonly FrozenDictionary<string, int> _indices;

    private MachineSet(ModelBuilder builder, IReadOnlyList<MachineOptions> machines)
    {
        Options = [.. machines];
        _indices = Enumerable.Range(0, Options.Length).ToFrozenDictionary(i => Options[i].Name);
        Site = [.. machines.Select(m => m.Domains.Count == 0 ? (Signal?)null : builder.Gate($"{m.Name}.site", m.Domains.Count, [.. m.Domains]))];
        Own = Conditions(builder, "own");
        InService = [.. Options.Select(m => builder.Condition($"{m.Name}.in-service", m.Exists))];
        Booted = Conditions(builder, "booted");
        NotHung = Conditions(builder, "not-hung");
        Disk = Conditions(builder, "disk");
        Traffic = Conditions(builder, "traffic");
        ImmutableArray<Signal> network = Conditions(builder, "network");
        Signals = [.. machines.Select((machine, i) =>
        {
            Signal[] needed = [.. machine.Domains, Own[i], InService[i], Booted[i]];
            Signal powered = builder.Gate($"{machine.Name}.powered", needed.Length, needed);
            Signal up = builder.Gate($"{machine.Name}.up", 2, powered, NotHung[i]);
            return new MachineSignals(machine.Name, machine.Zone, powered, up, network[i]);
        })];
    }

    public ImmutableArray<MachineOptions> Options { get; }

    /// <summary>What others see of each machine, in the order of declaration.</summary>
    public ImmutableArray<MachineSignals> Signals { get; }

    /// <summary>There is a machine, and it has not been taken out for planned work.</summary>
    public ImmutableArray<Signal> InService { get; }

    /// <summary>All that the machine hangs on is there; null: it hangs on nothing.</summary>
    internal ImmutableArray<Signal?> Site { get; }

    /// <summary>The machine itself has not failed.</summary>
    internal ImmutableArray<Signal> Own { get; }

    /// <summary>It has booted since its site was out last.</summary>
    internal ImmutableArray<Signal> Booted { get; }

    internal ImmutableArray<Signal> NotHung { get; }

    /// <summary>Writes to the machine's disks return.</summary>
    internal ImmutableArray<Signal> Disk { get; }

    /// <summary>What goes through the machine arrives.</summary>
    internal ImmutableArray<Signal> Traffic { get; }

    public static MachineSet Declare(ModelBuilder builder, IReadOnlyList<MachineOptions> machines) => new(builder, machines);

    /// <summary>Index of a machine by name.</summary>
    public int IndexOf(string name) =>
        _indices.TryGetValue(name, out int index) ? index : throw new ArgumentException($"There is no machine {name}.", nameof(name));

    private ImmutableArray<Signal> Conditions(ModelBuilder builder, string what) =>
        [.. Options.Select(m => builder.Condition($"{m.Name}.{what}"))];
}
