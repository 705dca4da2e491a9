namespace FailoverSim.Scenario.Catalogue;

/// <summary>What is there only with nodes that take pods: agents on them, and what adds nodes and moves pods.</summary>
internal static class NodeSettings
{
    private const string KubeadmDns = "cmd/kubeadm/app/phases/addons/dns/manifests.go";
    private const string Bird = "node/filesystem/etc/calico/confd/templates/bird.cfg.template";

    public static readonly ComponentSettings KubeProxy = new("kube-proxy", Products.Kubernetes,
    [
        new("propagation", "100ms..2s", "status write, EndpointSlice controller, watch and sync, each well below 1 s", Basis.Unverified) { ForPods = true },
        new("min-sync-period", "1s", "minSyncPeriod, pkg/proxy/apis/config/v1alpha1/defaults.go") { ForPods = true },
    ]);

    public static readonly ComponentSettings Cni = new("cni", Products.Calico,
    [
        new("kind", "none", "no agent whose failure matters, unless the file names one", Basis.Engineering) { ForPods = true },
        new("hold-time", "240s", $"hold time, {Bird}") { ForPods = true },
        new("restart-time", "120s", $"graceful restart time, {Bird}") { ForPods = true },
        new("connect-retry", "5s", $"connect retry time, {Bird}") { ForPods = true },
    ]);

    public static readonly ComponentSettings Dns = new("dns", Products.Kubernetes,
    [
        new("workload", "coredns", $"kubeadm's Deployment, {KubeadmDns}") { ForPods = true },
        new("ttl", "30s", $"ttl of kubeadm's Corefile (5 s without), {KubeadmDns}") { ForPods = true },
        new("timeout", "5s", "timeout of glibc's resolver, resolv.conf(5)") { ForPods = true },
        new("attempts", "2", "attempts of glibc's resolver, resolv.conf(5)") { ForPods = true },
    ]);

    /// <summary>The workload that answers lookups where the file has none of its name.</summary>
    public static readonly ComponentSettings CoreDns = new("coredns", Products.Kubernetes,
    [
        new("replicas", "2", "coreDNSReplicas, cmd/kubeadm/app/phases/addons/dns/dns.go", Basis.Unverified),
        new("cpu", "100m", KubeadmDns),
        new("memory", "70MiB", KubeadmDns),
        new("stop", "5s..6s", $"lameduck 5s of kubeadm's Corefile, {KubeadmDns}"),
        new("liveness.period", "10s", "periodSeconds, api core/v1/types.go"),
        new("liveness.timeout", "5s", KubeadmDns),
        new("liveness.failures", "5", KubeadmDns),
        new("anti-affinity.by", "node", KubeadmDns),
        new("anti-affinity.when-impossible", "schedule-anyway", KubeadmDns),
    ]);

    public static readonly ComponentSettings Autoscaler = new("autoscaler", Products.Kubernetes,
    [
        new("scan-interval", "10s", "--scan-interval, cluster-autoscaler FAQ.md") { ForPods = true },
        new("max-node-provision-time", "15m", "--max-node-provision-time, cluster-autoscaler FAQ.md") { ForPods = true },
        new("scale-down-unneeded-time", "10m", "--scale-down-unneeded-time, cluster-autoscaler FAQ.md") { ForPods = true },
    ]);

    public static readonly ComponentSettings Descheduler = new("descheduler", Products.Kubernetes,
    [
        new("every", "5m", "deschedulingInterval, descheduler charts/descheduler/values.yaml") { ForPods = true, WithParent = true },
    ]);
}
