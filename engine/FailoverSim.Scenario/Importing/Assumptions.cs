using FailoverSim.Scenario.Catalogue;

namespace FailoverSim.Scenario.Importing;

/// <summary>What the scenario has though no dump says it, in words for people.</summary>
internal static class Assumptions
{
    public const string Relaxed = "where constraints could not be met by all pods, they are preferences (when-impossible: schedule-anyway)";

    public static void Add(Dump dump, ImportedPools cluster, IReadOnlyList<ImportedWorkload> workloads, List<string> assumed)
    {
        List<ImportedPool> forPods = [.. cluster.Pools.Where(pool => pool.TakesPods)];
        if (cluster.IsManaged)
        {
            string whose = Provider(dump);
            assumed.Add($"no control-plane node in the dump{whose}: a managed control plane, up for 99.95 % of the time, "
                + "each outage lognormal(median=6m p95=50m)");
        }
        else if (ServiceText.Way(cluster) is null)
        {
            assumed.Add(dump.HasEndpoint
                ? "what stands in front of the apiservers is not among the files: any apiserver that serves will do, without a 'through'"
                : "nothing stands in front of the apiservers: any that serves will do");
        }
        foreach (Product product in new[] { Products.Kubernetes, Products.Etcd, Products.KubeVip })
        {
            if (dump.Versions.Of(product) is { Seen: { } seen, Known: var known })
            {
                assumed.Add($"the timers of {product.Name} {known} stand for those of {seen}, which the catalogue lacks");
            }
        }
        if (dump.Versions.Of(Products.Kubernetes) is null)
        {
            assumed.Add($"no version of Kubernetes seen: the timers of {Products.Kubernetes.Usual}");
        }
        assumed.Add($"how often things break, and for how long, is that of '{RatesCatalogue.PublicCloudVm}' (use: rates): "
            + "put your own figures into 'faults'");
        assumed.Add("machines are replaced or restarted by repairs that need nobody; add 'repair: {crews: …}' where somebody must be called");
        assumed.Add("each pool is upgraded every 120 days, one machine after the other, 6 to 12 minutes each");
        assumed.Add("round-trip times are 0.3 ms within a zone and 1 ms between zones");
        if (dump.IsCalicoModeAssumed)
        {
            assumed.Add("Calico's DaemonSet does not tell how packets go: routes by BGP, without a tunnel ('components: cni: mode')");
        }
        if (forPods.Any(pool => pool.IsSpot))
        {
            assumed.Add("spot machines are taken back every 20 days on average");
        }
        if (forPods.Count > 0 && cluster.Pools.Any(pool => pool.Runs.Count > 0 && !pool.TakesPods))
        {
            assumed.Add("control-plane nodes with a taint take no pods of workloads, even of those that tolerate it");
        }
        if (workloads.Count > 0)
        {
            assumed.Add("a workload is up while half of its replicas are ready; a StatefulSet of three or more while a majority is ('up-when')");
            assumed.Add("containers answer 1 to 5 s after their start, and images are on the nodes already ('start', 'pull')");
        }
        if (workloads.Any(workload => workload.HasVolumes))
        {
            assumed.Add("volumes can be attached by one node at a time, in the zone in which they were made");
        }
        int cordoned = dump.Nodes.Count(node => node.IsCordoned), down = dump.Nodes.Count(node => !node.IsReady);
        if (cordoned + down > 0)
        {
            assumed.Add($"{ScenarioWriter.Plural(cordoned, "node")} cordoned and {ScenarioWriter.Plural(down, "node")} not ready "
                + "in the dump count as working machines");
        }
        if (dump.Workloads.Any(workload => workload.Name.Contains("cluster-autoscaler", StringComparison.Ordinal)))
        {
            assumed.Add("pools keep their size, though there is a cluster autoscaler; add 'autoscale: {max: N}'");
        }
    }

    private static string Provider(Dump dump)
    {
        IEnumerable<string> names = dump.Nodes.Select(node => node.Provider switch
        {
            "aws" => "Amazon EKS",
            "gce" => "Google GKE",
            "azure" => "Azure AKS",
            _ => null,
        }).OfType<string>().Distinct().Order(StringComparer.Ordinal);
        string all = string.Join(", ", names);
        return all.Length > 0 ? $" ({all} by providerID)" : "";
    }
}
