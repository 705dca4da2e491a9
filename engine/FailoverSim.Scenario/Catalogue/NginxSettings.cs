namespace FailoverSim.Scenario.Catalogue;

internal static class NginxSettings
{
    private const string RoundRobin = "src/stream/ngx_stream_upstream_round_robin.c";

    public static readonly ComponentSettings Table = new("nginx", Products.Nginx,
    [
        new("backend", "apiserver", "what a cluster has to balance", Basis.Engineering),
        new("max-fails", "1", $"max_fails, {RoundRobin}"),
        new("fail-timeout", "10s", $"fail_timeout, {RoundRobin}"),
        new("proxy-connect-timeout", "60s", "proxy_connect_timeout, stream proxy module", Basis.Unverified),
        new("start", "100ms..1s", "process until it listens", Basis.Engineering),
    ]);
}
