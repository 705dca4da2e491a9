namespace FailoverSim.Scenario.Importing;

/// <summary>What is measured: the control plane if it is the user's own, and the workloads, each or as a fleet.</summary>
internal static class ServiceText
{
    /// <summary>What can lead to the apiservers, the likeliest first.</summary>
    private static readonly string[] Ways = ["vip", "keepalived", "haproxy"];

    public static void Write(ImportedScenario scenario, ScenarioText text)
    {
        ImportedPools cluster = scenario.Cluster;
        text.Blank();
        text.Add(0, "services");
        HashSet<string> taken = new(StringComparer.Ordinal);
        if (cluster.Runs("apiserver"))
        {
            string through = Way(cluster) is { } way ? $", through: {way}" : "";
            Add("api-write", $"{{probe: apiserver.write{through}, timeout: 2s}}");
            Add("api-read", $"{{probe: apiserver.read{through}, timeout: 2s}}");
        }
        foreach ((string component, string name) in new[]
        {
            ("controller-manager", "controllers"), ("scheduler", "scheduling"), ("cloud-controller-manager", "cloud"),
        })
        {
            if (cluster.Runs(component))
            {
                Add(name, $"{{probe: {component}.acting}}");
            }
        }
        if (cluster.IsManaged)
        {
            Add("api-write", "{probe: apiserver.write}");
        }
        if (scenario.Dns is not null)
        {
            Add("dns", "{probe: dns, timeout: 5s}");
        }
        if (scenario.Workloads.Count > 1)
        {
            Add("fleet", "{aggregate: mean-over(workloads)}");
        }
        if (scenario.Workloads.Count > ImportLimits.FewWorkloads)
        {
            Add("worst", "{aggregate: quantile(workloads 1%)}");
            return;
        }
        foreach (ImportedWorkload workload in scenario.Workloads)
        {
            string name = taken.Contains(workload.Name) ? $"workload-{workload.Name}" : workload.Name;
            while (taken.Contains(name))
            {
                name += "-x";
            }
            Add(name, $"{{probe: workload {workload.Name}}}");
        }

        void Add(string name, string value)
        {
            taken.Add(name);
            text.Add(1, name, value);
        }
    }

    /// <summary>What leads to the apiservers; null where nothing was seen.</summary>
    public static string? Way(ImportedPools cluster) => Array.Find(Ways, cluster.Runs);
}
