namespace FailoverSim.Scenario.Importing;

/// <summary><c>Node</c> objects: zone, role, pool, taints and what is left for pods, by the well-known labels.</summary>
internal static class NodeSource
{
    private const string Role = "node-role.kubernetes.io/";

    private static readonly string[] ZoneLabels = ["topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone"];
    private static readonly string[] TypeLabels = ["node.kubernetes.io/instance-type", "beta.kubernetes.io/instance-type"];

    /// <summary>Pools of the clouds and of what makes machines.</summary>
    private static readonly string[] PoolLabels =
    [
        "eks.amazonaws.com/nodegroup", "alpha.eksctl.io/nodegroup-name", "cloud.google.com/gke-nodepool", "kubernetes.azure.com/agentpool", "agentpool",
        "karpenter.sh/nodepool", "kops.k8s.io/instancegroup", "doks.digitalocean.com/node-pool", "oke.oraclecloud.com/pool.name",
    ];

    private static readonly (string Label, string Value)[] SpotLabels =
    [
        ("eks.amazonaws.com/capacityType", "SPOT"), ("karpenter.sh/capacity-type", "spot"), ("cloud.google.com/gke-spot", "true"),
        ("cloud.google.com/gke-preemptible", "true"), ("kubernetes.azure.com/scalesetpriority", "spot"),
    ];

    public static NodeFacts Read(string name, Fields node)
    {
        Fields metadata = node.Map("metadata"), spec = node.Map("spec"), status = node.Map("status");
        IReadOnlyDictionary<string, string> written = metadata.Strings("labels");
        // Affinity may name a node; the label for that may be left out by hand.
        SortedDictionary<string, string> labels = new(written.ToDictionary(), StringComparer.Ordinal) { ["metadata.name"] = name };
        Fields room = status.Map("allocatable").Exists ? status.Map("allocatable") : status.Map("capacity");
        List<TaintFacts> taints = [.. spec.Maps("taints").Select(taint =>
            new TaintFacts(taint.Text("key") ?? "", taint.Text("value") ?? "", taint.Text("effect") ?? ""))];
        return new NodeFacts
        {
            Name = name,
            Mark = node.Mark,
            Zone = First(labels, ZoneLabels) is { Length: > 0 } zone ? zone : null,
            Labels = labels,
            Taints = taints,
            Cpu = room.Amount("cpu"),
            Memory = room.Amount("memory"),
            MaxPods = room.Whole("pods"),
            IsControlPlane = labels.Keys.Any(IsControlPlaneKey) || taints.Any(taint => IsControlPlaneKey(taint.Key)),
            IsEtcd = labels.ContainsKey(Role + "etcd"),
            IsSpot = SpotLabels.Any(spot => labels.TryGetValue(spot.Label, out string? value) && value == spot.Value),
            IsReady = status.Maps("conditions").All(condition => condition.Text("type") != "Ready" || condition.IsTrue("status")),
            IsCordoned = spec.IsTrue("unschedulable"),
            Pool = First(labels, PoolLabels),
            InstanceType = First(labels, TypeLabels),
            Provider = spec.Text("providerID") is { } id && id.IndexOf("://", StringComparison.Ordinal) is > 0 and var end ? id[..end] : null,
        };
    }

    /// <summary>Whether a label or taint makes a node one of the control plane.</summary>
    public static bool IsControlPlaneKey(string key) => key is Role + "control-plane" or Role + "master";

    /// <summary>Taints that tell of a node's state when it was dumped: they come and go.</summary>
    public static bool IsPassing(string key) => key is "node.kubernetes.io/not-ready" or "node.kubernetes.io/unreachable" or "node.kubernetes.io/unschedulable"
        or "node.kubernetes.io/memory-pressure" or "node.kubernetes.io/disk-pressure" or "node.kubernetes.io/pid-pressure"
        or "node.kubernetes.io/network-unavailable" or "node.cloudprovider.kubernetes.io/uninitialized" or "ToBeDeletedByClusterAutoscaler"
        or "DeletionCandidateOfClusterAutoscaler" or "node.kubernetes.io/out-of-service";

    private static string? First(SortedDictionary<string, string> labels, string[] keys) =>
        keys.Select(key => labels.GetValueOrDefault(key)).FirstOrDefault(value => value is { Length: > 0 });
}
