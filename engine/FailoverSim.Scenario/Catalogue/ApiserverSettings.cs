namespace FailoverSim.Scenario.Catalogue;

internal static class ApiserverSettings
{
    public static readonly ComponentSettings Table = new("apiserver", Products.Kubernetes,
    [
        new("start", "5s..20s", "kube-apiserver, process until /readyz", Basis.Unverified),
        new("shutdown-delay-duration", "0s", "apiserver pkg/server/config.go; kubeadm does not set it"),
        new("endpoint-retry", "800ms..1200ms",
            "grpc-go backoff/backoff.go: first retry after 1 s, jitter 20 %; later ones up to 2 min"),
        new("liveness-includes-etcd", "true", "apiserver pkg/server/options/etcd.go; kubeadm probes /livez"),
        new("default-not-ready-toleration-seconds", "300s", "admission plugin DefaultTolerationSeconds", Basis.Unverified) { ForPods = true },
        new("default-unreachable-toleration-seconds", "300s", "admission plugin DefaultTolerationSeconds", Basis.Unverified) { ForPods = true },
    ]);
}
