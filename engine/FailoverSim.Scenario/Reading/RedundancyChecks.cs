using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Language;

namespace FailoverSim.Scenario.Reading;

/// <summary>Warnings and notes about what has no copies, or copies that fail together.</summary>
internal sealed class RedundancyChecks(ClusterLayout layout, WorkloadLayout workloads, DiagnosticBag bag)
{
    /// <summary>etcd has its own warning, of majorities.</summary>
    private static readonly string[] Spreadable = ["apiserver", "controller-manager", "scheduler", "vip", "haproxy", "nginx", "keepalived"];

    public void Check()
    {
        CheckZones();
        foreach (var group in workloads.Groups)
        {
            CheckReplicas(group);
        }
    }

    private void CheckZones()
    {
        if (layout.Zones.Count < 2)
        {
            return;
        }
        foreach (var pool in layout.Pools)
        {
            string[] together = [.. Spreadable.Where(component => pool.Runs.Contains(component)
                && layout.MachinesOf(component) is { Count: > 1 } machines && machines.All(machine => machine.Zone == machines[0].Zone))];
            if (together.Length > 0 && !pool.Runs.Contains("etcd"))
            {
                bag.Warning(pool.Item.Mark, Codes.InOneZone,
                    $"all of {string.Join(", ", together.Select(component => $"'{component}'"))} are in the zone '{pool.Machines[0].Zone}', and there are {layout.Zones.Count}",
                    "write 'place: spread'", $"nodes.{pool.Name}.place=spread");
            }
        }
    }

    private void CheckReplicas(WorkloadGroup group)
    {
        var workload = group.Item.Value;
        string path = $"workloads.{group.Name}";
        if (group.Copies.All(copy => copy.Replicas == 1))
        {
            // Whether the data of a stateful set can have a second copy is the application's affair.
            bag.Note(workload.IsWritten(WorkloadKeys.Replicas) ? workload.KeyMark(WorkloadKeys.Replicas) : group.Item.Mark, Codes.SingleReplica,
                $"'{group.Name}' has one replica: it is down whenever that moves or starts", "write 'replicas: 2', if it can have two",
                workload.Has(WorkloadKeys.Volume) || workload.Optional(WorkloadKeys.Kind) == "stateful-set" ? [] : [$"{path}.replicas=2"]);
            return;
        }
        var apart = Domains(workload, WorkloadKeys.Spread, WorkloadKeys.By).Concat(Domains(workload, WorkloadKeys.AntiAffinity, WorkloadKeys.ApartBy)).ToHashSet();
        int zones = group.ZoneCount;
        string? missing = apart.Contains("zone") || (zones < 2 && apart.Contains("node")) || group.MachineCount < 2 ? null
            : zones < 2 ? "on one node" : apart.Contains("node") ? "in one zone" : "on one node or in one zone";
        if (missing is not null)
        {
            string by = zones < 2 ? "node" : "zone";
            bag.Note(group.Item.Mark, Codes.MayShareDomain, $"nothing keeps the replicas of '{group.Name}' apart: all may be {missing}",
                $"write 'spread: {{by: {by}, max-skew: 1, when-impossible: schedule-anyway}}'",
                $"{path}.spread={{by: {by}, max-skew: 1, when-impossible: schedule-anyway}}");
        }
    }

    private static IEnumerable<string> Domains(BoundMapping workload, Key constraints, Key<string> by) =>
        ((workload.Find(constraints) as BoundRecords)?.Items ?? []).Select(item => item.Optional(by) ?? "zone");
}
