namespace FailoverSim.Tests.Cluster.Whole;

/// <summary>The control planes of the stories; faults are called <c>f</c> and strike after an hour.</summary>
internal static class Layouts
{
    private const string Zones = """
        use: [{timers: kubernetes/v1.33}]
        topology: {zones: [a, b, c], rtt: {inside-zone: 1ms, between-zones: 1ms}}

        """;

    private const string Elected = """
          controller-manager: {lease: {duration: 15s, renew-deadline: 10s, retry: 2s}, sync: 3s}
          scheduler: {sync: 1s}

        """;

    private const string Inside = """
          controllers: {probe: controller-manager.acting}
          scheduling: {probe: scheduler.acting}
          etcd-write: {probe: etcd.write}
          anywhere: {probe: apiserver.write}

        """;

    /// <summary>Stacked members behind kube-vip, as kubeadm builds them.</summary>
    public static string Stacked(
        string rest, string vipLease = "{duration: 5s, renew-deadline: 3s, retry: 1s}") => $$"""
        {{Zones}}nodes:
          cp: {count: 3, place: one-per-zone, runs: [etcd, apiserver, controller-manager, scheduler, vip]}
        components:
          etcd: {heartbeat: 100ms, election-timeout: 1s, fsync: 5ms}
          apiserver: {etcd: local-member, start: 10s}
          vip: {kind: kube-vip-arp, lease: {{vipLease}}, arp-takeover: 50ms..1s}
        {{Elected}}services:
          api: {probe: apiserver.write, through: vip}
          vip-held: {probe: vip.held}
        {{Inside}}{{rest}}
        """;

    /// <summary>External etcd, apiservers behind HAProxy with a VRRP address.</summary>
    public static string External(string rest, int members = 3, string zones = "[a, b, c]", string pools = "") => $$$"""
        {{{Zones.Replace("[a, b, c]", zones, StringComparison.Ordinal)}}}nodes:
          etcd: {count: {{{members}}}, place: spread, runs: [etcd]}
          api: {count: 3, place: one-per-zone, runs: [apiserver]}
          ctl: {count: 3, place: one-per-zone, runs: [controller-manager, scheduler]}
          lb: {count: 2, place: {a: 1, c: 1}, runs: [haproxy, keepalived]}
        {{{pools}}}components:
          etcd: {heartbeat: 100ms, election-timeout: 1s, fsync: 5ms, snapshot-size: 600MiB, resync-rate: 1MiB/s}
          apiserver: {etcd: all-members, start: 10s}
          haproxy: {backend: apiserver, check: {path: /readyz, interval: 3s, timeout: 2s, fall: 3, rise: 2}}
          keepalived:
            advert: 1s
            priority: {a: 150, c: 100}
            preempt: {delay: 30s}
            arp-takeover: 10ms..500ms
            track: {script: haproxy-alive, interval: 2s, fall: 2, rise: 2}
        {{{Elected}}}services:
          api: {probe: apiserver.write, through: keepalived}
        {{{Inside}}}{{{rest}}}
        """;

    public static string Fault(string fault) => $"faults: {{f: {{at: [1h], {fault}}}}}";

    public static string TwoFaults(string f, string g) => $"faults: {{f: {{{f}}}, g: {{{g}}}}}";
}
