namespace FailoverSim.Scenario.Catalogue;

internal static class KubeletSettings
{
    private const string Probes = "kubeadm, cmd/kubeadm/app/util/staticpod/utils.go";

    public static readonly ComponentSettings Table = new("kubelet", Products.Kubernetes,
    [
        new("crash-loop-back-off.first", "10s", "pkg/kubelet/kubelet.go"),
        new("crash-loop-back-off.max", "5m", "pkg/kubelet/kubelet.go"),
        new("crash-loop-back-off.reset", "10m", "client-go util/flowcontrol/backoff.go: twice the maximum"),
        new("restart", "500ms..2s", "from the exit to the next pod sync and the start", Basis.Engineering),
        new("liveness.period", "10s", Probes),
        new("liveness.timeout", "15s", Probes),
        new("liveness.failure-threshold", "8", Probes),
        new("liveness.initial-delay", "10s", Probes),
        new("start", "2s..10s", "from the end of boot to the first heartbeat", Basis.Engineering) { ForPods = true },
        new("node-lease-duration-seconds", "40s", "nodeLeaseDurationSeconds, kubelet config/v1beta1/types.go") { ForPods = true },
        new("sandbox", "300ms..2s", "sandbox and network plug-in, 0.3 to 2 s", Basis.Unverified) { ForPods = true },
    ]);
}
