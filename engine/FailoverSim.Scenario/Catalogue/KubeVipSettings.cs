namespace FailoverSim.Scenario.Catalogue;

internal static class KubeVipSettings
{
    public static readonly ComponentSettings Table = new("vip", Products.KubeVip,
    [
        new("kind", "kube-vip-arp", "kubeadm's guide to high availability announces by ARP"),
        new("lease.duration", "15s", "cmd/kube-vip.go; kubeadm's guide sets 5s"),
        new("lease.renew-deadline", "10s", "cmd/kube-vip.go; kubeadm's guide sets 3s"),
        new("lease.retry", "2s", "cmd/kube-vip.go; kubeadm's guide sets 1s"),
        new("lease.release-on-exit", "true", "pkg/election/election.go"),
        new("arp-takeover", "50ms..1s", "gratuitous ARP until switches and hosts follow", Basis.Engineering),
        new("start", "1s..3s", "process until it campaigns", Basis.Engineering),
        new("bgp-hold", "30s", "cmd/kube-vip.go"),
        new("bgp-keepalive", "10s", "cmd/kube-vip.go"),
    ]);
}
