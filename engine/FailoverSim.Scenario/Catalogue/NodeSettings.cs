namespace FailoverSim.Scenario.Catalogue;

/// <summary>What is there only with nodes that take pods: agents on them, and what adds nodes and moves pods.</summary>
internal static class NodeSettings
{
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
