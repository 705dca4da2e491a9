using System.Collections.Immutable;
using FailoverSim.Kernel.Structure;
using FailoverSim.Models.Faults;
using FailoverSim.Models.Supervision;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Scenario.Building.Clusters;

/// <summary>What the targets of faults are, for whoever asks how important they are (engine/docs/sensitivity.md).</summary>
internal sealed class ClusterParts(ClusterModel cluster)
{
    /// <param name="target">As it is written.</param>
    /// <param name="victims">What is struck; of a role, one of those that may hold it.</param>
    public FaultPart Of(Target target, ImmutableArray<Victim> victims) => target.Kind switch
    {
        TargetKind.Zone => new FaultPart("zone", target.Name, "zones"),
        TargetKind.Rack => new FaultPart("rack", target.Name, "racks"),
        TargetKind.Feed => new FaultPart("power", target.Name, "power"),
        TargetKind.ZoneLink => new FaultPart("zone-link", target.Name, "zone-links"),
        TargetKind.CloudApi => new FaultPart("cloud-api", target.Name, target.Name),
        TargetKind.Registry => new FaultPart("registry", target.Name, target.Name),
        TargetKind.Machine or TargetKind.WorkloadHost => Machine(victims[0].Slot),
        TargetKind.Process or TargetKind.Role => Process(((Processes)victims[0].Of).Set, victims[0].Slot),
        _ => new FaultPart("workload", target.Name, target.Name),
    };

    private FaultPart Machine(int index)
    {
        string name = cluster.MachineSet.Options[index].Name;
        return new FaultPart("machine", name, cluster.Spec.Pools.First(pool => pool.Machines.Any(machine => machine.Name == name)).Name);
    }

    private static FaultPart Process(ProcessSet set, int slot) => new("process", set.Signals[slot].Name, set.Kind);
}
