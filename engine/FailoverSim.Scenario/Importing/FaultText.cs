namespace FailoverSim.Scenario.Importing;

/// <summary>What breaks, at the rates of the catalogue, and planned work: no dump tells of either.</summary>
internal static class FaultText
{
    public static void Write(ImportedScenario scenario, ScenarioText text)
    {
        ImportedPools cluster = scenario.Cluster;
        List<string> processes = [.. cluster.Pools.SelectMany(pool => pool.Runs).Distinct()];
        List<ImportedPool> forPods = [.. cluster.Pools.Where(pool => pool.TakesPods)];
        text.Blank();
        text.Comment("How often and for how long is filled in by 'use: rates'; 'failoversim expand' shows the figures with their sources.");
        text.Add(0, "faults");
        text.Add(1, "node-crash", "{of: nodes.*}");
        text.Add(1, "node-hang", "{of: nodes.*, state: hang}");
        text.Add(1, "node-lost", "{of: nodes.*, state: lost-for-good}");
        if (processes.Count > 0)
        {
            text.Add(1, "process-crash", $"{{of: [{string.Join(", ", processes)}]}}");
        }
        if (processes.Contains("etcd"))
        {
            text.Add(1, "disk-stall", "{of: etcd, state: stall}");
        }
        if (cluster.Zones.Count > 1)
        {
            text.Add(1, "zone-outage", "{of: zones}");
            text.Add(1, "zone-partition", "{of: zone-links}");
        }
        if (forPods.Count > 0)
        {
            string network = scenario.Settings.ContainsKey("cni.kind") ? ", cni" : "";
            text.Add(1, "agent-crash", $"{{of: [kubelet, container-runtime{network}]}}");
        }
        if (scenario.Workloads.Count > 0)
        {
            text.Add(1, "container-crash", "{of: workloads.*}");
        }
        if (forPods.Any(pool => pool.Provider is not null))
        {
            text.Add(1, "cloud-api", "{of: cloud-api}");
        }
        text.Blank();
        text.Add(0, "maintenance");
        foreach (ImportedPool pool in cluster.Pools)
        {
            string drains = pool.TakesPods ? ", drain-timeout: 15m" : "";
            text.Add(1, $"upgrade-{pool.Name}", $"{{of: nodes.{pool.Name}, every: 120d, per-node: 6m..12m{drains}}}", remark: "assumed");
        }
    }
}
