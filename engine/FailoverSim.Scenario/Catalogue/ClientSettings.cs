namespace FailoverSim.Scenario.Catalogue;

/// <summary>What talks to the apiserver from outside, written with client-go.</summary>
internal static class ClientSettings
{
    public static readonly ComponentSettings Table = new("clients", Products.Kubernetes,
    [
        new("connections", "long-lived", "one HTTP/2 connection per process, client-go transport/cache.go"),
        new("reconnect", "exponential-backoff(first=800ms max=30s)", "client-go tools/cache/reflector.go"),
        new("http2-read-idle-timeout", "30s", "HTTP2_READ_IDLE_TIMEOUT_SECONDS, apimachinery pkg/util/net/http.go"),
        new("http2-ping-timeout", "15s", "HTTP2_PING_TIMEOUT_SECONDS, apimachinery pkg/util/net/http.go"),
    ]);
}
