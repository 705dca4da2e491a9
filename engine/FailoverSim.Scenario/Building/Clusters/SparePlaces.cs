using FailoverSim.Scenario.Specification;

namespace FailoverSim.Scenario.Building.Clusters;

/// <summary>Room for machines that come later: those of a surge, and those that an autoscaler adds.</summary>
internal static class SparePlaces
{
    /// <summary>The cluster with its spare places behind the machines of each pool, in the zones of the first ones. What strikes all of a pool strikes them too.</summary>
    public static ClusterSpec AddTo(ClusterSpec spec)
    {
        Dictionary<string, List<string>> added = [];
        List<PoolSpec> pools = [];
        foreach (PoolSpec pool in spec.Pools)
        {
            int spares = pool.Worker is null ? 0 : SparesOf(spec, pool);
            MachineSpec[] places = [.. Enumerable.Range(0, spares).Select(i => pool.Machines[i % pool.Machines.Count] with
            {
                Name = $"{pool.Name}-{pool.Machines.Count + i + 1}",
                Exists = false,
            })];
            added[pool.Name] = [.. places.Select(p => p.Name)];
            pools.Add(pool with { Machines = [.. pool.Machines, .. places] });
        }
        return added.Values.All(names => names.Count == 0)
            ? spec
            : spec with { Pools = pools, Faults = [.. spec.Faults.Select(fault => Widen(fault, spec, added))] };
    }

    private static int SparesOf(ClusterSpec spec, PoolSpec pool)
    {
        int surge = spec.Maintenance.Where(m => m.Pool == pool.Name).Select(m => m.Surge).DefaultIfEmpty(0).Max();
        int growth = pool.Worker!.AutoscaleMax is { } max ? Math.Max(0, max - pool.Machines.Count) : 0;
        return surge + growth;
    }

    private static FaultSpec Widen(FaultSpec fault, ClusterSpec spec, Dictionary<string, List<string>> added)
    {
        HashSet<Target> targets = [.. fault.Targets];
        List<Target> more = [];
        foreach (PoolSpec pool in spec.Pools.Where(p => added[p.Name].Count > 0))
        {
            if (pool.Machines.All(m => targets.Contains(new Target(TargetKind.Machine, m.Name))))
            {
                more.AddRange(added[pool.Name].Select(name => new Target(TargetKind.Machine, name)));
            }
            foreach (string kind in fault.Targets.Where(t => t.Kind == TargetKind.Process).Select(t => t.Name).Distinct())
            {
                if (pool.Machines.All(m => targets.Contains(new Target(TargetKind.Process, kind, m.Name))))
                {
                    more.AddRange(added[pool.Name].Select(name => new Target(TargetKind.Process, kind, name)));
                }
            }
        }
        return more.Count == 0 ? fault : fault with { Targets = [.. fault.Targets, .. more] };
    }
}
